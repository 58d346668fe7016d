"""Office packages written by hand, part by part, for places that no library knows how to make."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

import pytest
from lxml import etree

from govpack.errors import TemplateError
from govpack.ooxml.names import NS
from govpack.ooxml.package import read_package
from govpack.ooxml.writing import write_package
from govpack.template import compile_template

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
FORMATS = "application/vnd.openxmlformats-officedocument."
_MORE = {
    "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "dsp": "http://schemas.microsoft.com/office/drawing/2008/diagram",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "p188": "http://schemas.microsoft.com/office/powerpoint/2018/8/main",
    "cust": "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
}
NAMESPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in (NS | _MORE).items() if prefix != "xml")
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PLAIN = ("plain",)

Says = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Place:
    """A place that holds text: what a finding calls it, the member it lies in, and whether its text comes in runs.

    `target` says that it is a URI.
    """

    name: str
    member: str
    words: str
    runs: bool = True
    target: bool = False

    def __str__(self) -> str:
        return self.name


@dataclass
class Parts:
    """A package in the making. `said` is the text of each place, in pieces where it stands in several runs."""

    main: str
    kind: str
    said: Says
    members: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    relations: dict[str, list[str]] = field(default_factory=dict)

    def word(self, place: str, *, tag: str = "w:t", properties: str = "") -> str:
        """The runs of a place in Word, one a piece."""
        look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
        return "".join(
            f'<w:r>{look}<{tag} xml:space="preserve">{escape(piece)}</{tag}></w:r>' for piece in self.said(place)
        )

    def drawn(self, place: str) -> str:
        """The runs of a place in a drawing, one a piece."""
        return "".join(f'<a:r><a:rPr lang="en-IE"/><a:t>{escape(piece)}</a:t></a:r>' for piece in self.said(place))

    def text(self, place: str) -> str:
        """The text of a place that holds it in one element."""
        return escape("".join(self.said(place)))

    def quoted(self, place: str) -> str:
        """The text of a place that holds it in an attribute, in quotation marks."""
        return quoteattr("".join(self.said(place)), {"\n": "&#10;", "\t": "&#9;"})

    def add(self, part: str, markup: str, content_type: str = "", type_: str = "", owner: str | None = None) -> str:
        """Add a part that `owner` (the main part) shows; the id of its relationship."""
        opened, _, rest = markup.partition(">")
        if opened.endswith("/"):
            opened, rest = opened[:-1], f"/>{rest}"
        else:
            rest = f">{rest}"
        self.members[part] = f"{HEAD}{opened} {NAMESPACES}{rest}".encode()
        if content_type:
            self.types[part] = content_type if "/" in content_type else f"{FORMATS}{content_type}+xml"
        return self.relate(owner, type_, part) if type_ else ""

    def relate(self, owner: str | None, type_: str, target: str, *, external: bool = False) -> str:
        """A relationship of `owner` (the main part; the package where it is empty); its id."""
        owner = self.main if owner is None else owner
        found = self.relations.setdefault(owner, [])
        identifier = f"rId{len(found) + 1}"
        mode = ' TargetMode="External"' if external else ""
        to = target if external else f"/{target}"
        kind = type_ if "/" in type_ else OFFICE + type_
        found.append(f'<Relationship Id="{identifier}" Type="{kind}" Target={quoteattr(to)}{mode}/>')
        return identifier

    def write(self) -> bytes:
        """The package as a file."""
        self.types[self.main] = f"{FORMATS}{self.kind}.main+xml"
        self.relate("", "officeDocument", self.main)
        overrides = "".join(f'<Override PartName="/{p}" ContentType="{t}"/>' for p, t in self.types.items())
        defaults = (
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
            '<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.oleObject"/>'
            '<Default Extension="png" ContentType="image/png"/>'
        )
        members = {"[Content_Types].xml": f'{HEAD}<Types xmlns="{NS["ct"]}">{defaults}{overrides}</Types>'.encode()}
        for owner, listed in self.relations.items():
            folder, _, file = owner.rpartition("/")
            name = f"{folder}/_rels/{file}.rels".lstrip("/")
            members[name] = f'{HEAD}<Relationships xmlns="{NS["rel"]}">{"".join(listed)}</Relationships>'.encode()
        return write_package((members | self.members).items())


def said(places: dict[str, Sequence[str]]) -> Says:
    """What `places` say; the others say nothing of note."""
    return lambda name: places.get(name, PLAIN)


def readings(data: bytes, member: str) -> list[str]:
    """What can be read in a member: the text of its paragraphs, or of the whole, and each attribute."""
    root = etree.fromstring(read_package(data).read(member))
    attributes = [str(value) for element in root.iter() for value in element.attrib.values()]
    return ["".join(root.itertext()), *attributes]


def braces(data: bytes) -> Iterator[str]:
    """The members of a file that still hold a tag's braces."""
    for name in read_package(data).names:
        if name.endswith((".xml", ".rels", ".vml")):
            texts = readings(data, name)
            if any("{{" in text or "{%" in text or "%7B%7B" in text.upper() for text in texts):
                yield name


def changed(data: bytes, parts: Mapping[str, Callable[[bytes], bytes] | bytes]) -> bytes:
    """The file with these members, by name, made anew from what they were, or put in."""
    package = read_package(data)
    members = {name: package.read(name) for name in package.names}
    for key, value in parts.items():
        members[key] = value(members[key]) if callable(value) else value
    return write_package(members.items())


def refusal(data: bytes) -> str:
    """What is said of a template that is refused for one reason."""
    with pytest.raises(TemplateError) as caught:
        compile_template(data)
    assert len(caught.value.findings) == 1
    return str(caught.value.findings[0])
