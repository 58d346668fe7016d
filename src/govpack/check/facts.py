"""What a file carries besides its readable text: raw text of every part, properties, targets outside, edit marks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from govpack.check.file_facts import External, FileFacts, PartText
from govpack.errors import PackageError
from govpack.ooxml.names import RT_CORE_PROPERTIES, RT_CORE_PROPERTIES_FIRST, RT_EXTENDED_PROPERTIES, qn
from govpack.ooxml.package import Limits, read_package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from govpack.ooxml.package import Package

_LABELS = (
    (r"/header\d*\.xml$", "header"),
    (r"/footer\d*\.xml$", "footer"),
    (r"/footnotes\.xml$", "footnotes"),
    (r"/endnotes\.xml$", "endnotes"),
    (r"comments\w*\.xml$", "comments"),
    (r"/slides/slide(\d+)\.xml$", r"slide part \1"),
    (r"/notesSlides/notesSlide(\d+)\.xml$", r"notes part \1"),
    (r"/worksheets/sheet(\d+)\.xml$", r"sheet part \1"),
    (r"/charts/\w+\.xml$", "chart"),
    (r"^docProps/", "document properties"),
    (r"^customXml/", "custom XML"),
    (r"/glossary/", "building blocks"),
    (r"slideLayouts?/", "slide layout"),
    (r"slideMasters?/", "slide master"),
    (r"\.xlsx$", "workbook in a chart"),
)
_MOST_EMBEDDED = 32 * 2**20  # bytes of the workbooks behind all charts together
_EXTRAS = (
    (r"vbaProject", "a macro project"),
    (r"thumbnail", "a thumbnail picture"),
    (r"/embeddings/.*\.bin$|activeX", "an embedded OLE object"),
)
_TEXT = {qn("w:t"), qn("w:delText"), qn("w:instrText"), qn("a:t"), qn("s:t"), qn("c:v"), qn("m:t")}
_PARAGRAPH = {qn("w:p"), qn("a:p"), qn("s:si"), qn("s:is"), qn("c:pt"), qn("c:tx")}
# Attributes whose value people read, type or name: alternative text, control names, values of custom properties.
_SPOKEN = {"descr", "title", "name", "tooltip", "alt", "string"} | {
    qn(name) for name in ("w:val", "w:name", "o:title", "w:instr", "w:tooltip")
}
# Where they stand in the body of a document; elsewhere, and where a brace is about, every element is looked at.
_NAMED = tuple(
    qn(name)
    for name in (
        "wp:docPr", "p:cNvPr", "pic:cNvPr", "wps:cNvPr", "w:tag", "w:alias", "w:fldSimple", "w:hyperlink",
        "w:tblCaption", "w:tblDescription", "a:hlinkClick", "v:shape", "v:imagedata",
    )
)  # fmt: skip
_PROPERTIES = {RT_CORE_PROPERTIES, RT_CORE_PROPERTIES_FIRST, RT_EXTENDED_PROPERTIES}
# The head and foot of a sheet's printed pages: left, middle and right in one text, with codes for font and fields.
_PRINTED = tuple(qn(f"s:{side}{what}") for side in ("odd", "even", "first") for what in ("Header", "Footer"))
_CODE = re.compile(r'&(?:&|"[^"]*"|K(?:[0-9A-Fa-f]{6}|\d\d[+-]\d{3})|\d{1,3}|[A-Za-z])')
_MEANT = {"&&": "&", "&L": "\n", "&C": "\n", "&R": "\n"}
_W_LANG = re.compile(rb'<w:lang\b[^>]*\bw:val="([^"]+)"')
_A_LANG = re.compile(rb'<a:(?:rPr|endParaRPr|defRPr)\b[^>]*\blang="([^"]+)"')
# Parts of look and settings hold no words of the document; a template tag in them is seen by their raw bytes.
_LOOK = re.compile(
    r"/(theme|styles|fontTable|webSettings|numbering|tableStyles|presProps|viewProps|stylesWithEffects)\w*\.xml$"
)


def read_facts(package: Package) -> FileFacts:
    """The facts of `package`."""
    parts: list[PartText] = []
    external: list[External] = []
    rsids = embedded = 0
    marked = False
    for name in package.names:
        if name.endswith(".rels"):
            external += _external(package, name)
        elif name.endswith(".xlsx"):
            inner = _workbook(package.read(name), name)
            embedded += sum(member.size for member in inner.members.values())
            if embedded > _MOST_EMBEDDED:
                raise PackageError(f"the workbooks inside it inflate to more than {_MOST_EMBEDDED // 2**20} MB")
            parts.append(PartText(name, label_of(name), tuple(_workbook_lines(inner, name))))
        elif name.endswith((".xml", ".vml")) and name != "[Content_Types].xml":
            data = package.read(name)
            tags = b"{{" in data or b"{%" in data
            if _LOOK.search(name) and not tags:
                continue
            root = package.tree(name)
            if name == package.main_part and package.kind == "docx":
                marked = b"w:rsid" in data
            if name.endswith("/settings.xml"):
                rsids = sum(1 for _ in root.iter(qn("w:rsid"), qn("w:rsidRoot")))
            whole = tags or not name.startswith(("word/", "ppt/"))
            parts.append(PartText(name, label_of(name), tuple(_lines(root, whole))))
            if "/worksheets/" in name and (printed := tuple(_printed(root))):
                parts.append(PartText(name, "header", printed))
    properties = _properties(package)
    return FileFacts(
        parts=tuple(parts),
        properties=properties,
        external=tuple(external),
        rsids=rsids or int(marked),
        extras=tuple(words for pattern, words in _EXTRAS if any(re.search(pattern, name) for name in package.names)),
        language=properties.get("language", "") or _language(package),
    )


def _language(package: Package) -> str:
    """The language that the styles of a document, or the first slides of a deck, say their text is in."""
    pattern, parts = (_W_LANG, r"/(styles|document)\.xml$") if package.kind == "docx" else (_A_LANG, r"/slides/slide\d")
    for name in package.names:
        if re.search(parts, name) and (found := pattern.search(package.read(name))):
            return found[1].decode("ascii", "replace")
    return ""


@lru_cache(maxsize=1_024)
def label_of(part: str) -> str:
    """A part's name in a person's words: ``header``, ``document properties``; else the name itself."""
    for pattern, label in _LABELS:
        if found := re.search(pattern, part):
            return found.expand(label)
    return "text" if part.endswith(("word/document.xml", "ppt/presentation.xml")) else part


def core_title(package: Package) -> str:
    """The title in the core properties, or an empty text."""
    return _properties(package).get("title", "")


def _lines(root: etree._Element, whole: bool = True) -> Iterator[str]:
    """The text of each paragraph, across its runs, then spoken attributes, and where `whole` any other text."""
    parts: list[str] = []
    spoken: list[str] = []
    for node in root.iter() if whole else root.iter(*_TEXT, *_PARAGRAPH, *_NAMED):
        tag = node.tag
        if tag in _TEXT:
            parts.append(node.text or "")
            continue
        if tag in _PARAGRAPH and parts:
            yield "".join(parts)
            parts = []
        elif (text := str(node.text or "").strip()) and not len(node):
            spoken.append(text)
        for name, given in node.items():
            if name in _SPOKEN:
                value = str(given)
                if "{" in value or "[" in value or " " in value:
                    spoken.append(value)
    if parts:
        yield "".join(parts)
    yield from spoken


def _printed(root: etree._Element) -> Iterator[str]:
    """What stands at the head and foot of a sheet's printed pages, without the codes of its look."""
    for node in root.iter(*_PRINTED):
        text = _CODE.sub(lambda code: _MEANT.get(code[0].upper(), ""), node.text or "")
        yield from (words for line in text.splitlines() if (words := line.strip()))


def _workbook(data: bytes, name: str) -> Package:
    try:
        return read_package(data, limits=Limits(total_bytes=_MOST_EMBEDDED), name=name)
    except PackageError as error:
        raise PackageError(f"the workbook '{name}' inside it cannot be read: {error}") from None


def _workbook_lines(inner: Package, name: str) -> Iterator[str]:
    try:
        for part in inner.names:
            if re.search(r"xl/(sharedStrings|worksheets/|workbook)", part) and part.endswith(".xml"):
                yield from _lines(inner.tree(part))
    except PackageError as error:
        raise PackageError(f"the workbook '{name}' inside it cannot be read: {error}") from None


def _external(package: Package, rels: str) -> Iterator[External]:
    folder, _, file = rels.rpartition("_rels/")
    part = folder + file.removesuffix(".rels")
    for link in package.relationships(part).values():
        if link.external:
            yield External(label_of(part), link.type.rpartition("/")[2], link.target)


def _properties(package: Package) -> dict[str, str]:
    found: dict[str, str] = {}
    for link in package.relationships().values():
        if link.type in _PROPERTIES and link.target in package:
            for node in package.tree(link.target):
                if isinstance(node.tag, str) and node.text and not len(node):
                    found[node.tag.rpartition("}")[2]] = node.text.strip()
    return found
