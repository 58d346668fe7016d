"""Word files with footnotes, endnotes and comments, made of their markup, and what a reader sees of them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lxml import etree
from tests.template.builders import docx_bytes

from govpack.template import compile_template

if TYPE_CHECKING:
    from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:w16cid="http://schemas.microsoft.com/office/word/2016/wordml/cid" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14 w15 w16cid"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_EXTENDED = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_IDS = "http://schemas.microsoft.com/office/2016/09/relationships/commentsIds"


def para(*pieces: str) -> str:
    """A paragraph; a piece that is no markup is a run of text."""
    return f"<w:p>{''.join(p if p.startswith('<') else text_run(p) for p in pieces)}</w:p>"


def text_run(text: str) -> str:
    """A run of text."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def bookmark(name: str, *pieces: str, number: int = 1) -> str:
    """A bookmark around some pieces."""
    inside = "".join(p if p.startswith("<") else text_run(p) for p in pieces)
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'


def field_to(instruction: str, shown: str = "?") -> str:
    """A complex field, its instruction split as Word splits it."""
    half = len(instruction) // 2
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction[:half]}</w:instrText></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{instruction[half:]} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{text_run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def link_to(name: str, text: str) -> str:
    """A link to a bookmark."""
    return f'<w:hyperlink w:anchor="{name}">{text_run(text)}</w:hyperlink>'


def note_mark(number: int, kind: str = "footnote") -> str:
    """The reference to a note."""
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def commented(number: int, *pieces: str) -> str:
    """Pieces that the comment of that number is about."""
    inside = "".join(p if p.startswith("<") else text_run(p) for p in pieces)
    return (
        f'<w:commentRangeStart w:id="{number}"/>{inside}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )


def table(*rows: list[str]) -> str:
    """A table whose cells hold this markup."""
    grid = "".join('<w:gridCol w:w="2000"/>' for _ in rows[0])
    made = "".join(
        "<w:tr>" + "".join(f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{cell}</w:tc>' for cell in row)
        + "</w:tr>"
        for row in rows
    )  # fmt: skip
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>'


def word_file(
    *body: str,
    footnotes: Mapping[int, str] | None = None,
    endnotes: Mapping[int, str] | None = None,
    comments: Mapping[int, str] | None = None,
    answers: Mapping[int, int] | None = None,
) -> bytes:
    """A Word file of this markup. Notes and comments are texts by number; `answers` says which comment one answers."""
    added: dict[str, tuple[str, str, str]] = {}
    for kind, notes in (("footnote", footnotes), ("endnote", endnotes)):
        if notes is None:
            continue
        lines = "".join(
            f'<w:{kind} w:type="{what}" w:id="{n}"><w:p><w:r><w:{what}/></w:r></w:p></w:{kind}>'
            for n, what in ((-1, "separator"), (0, "continuationSeparator"))
        )
        lines += "".join(
            f'<w:{kind} w:id="{n}">{t if t.startswith("<") else para(f"<w:r><w:{kind}Ref/></w:r>", t)}</w:{kind}>'
            for n, t in notes.items()
        )
        added[f"{kind}s"] = (f"<w:{kind}s {_SPACES}>{lines}</w:{kind}s>", f"{_TYPE}{kind}s+xml", f"{_RELATION}{kind}s")
    if comments is not None:
        lines = "".join(
            f'<w:comment w:id="{n}" w:author="A. Reader" w:initials="AR">'
            f'<w:p w14:paraId="0000A00{n}">{text_run(t)}</w:p></w:comment>'
            for n, t in comments.items()
        )
        added["comments"] = (
            f"<w:comments {_SPACES}>{lines}</w:comments>",
            f"{_TYPE}comments+xml",
            f"{_RELATION}comments",
        )
        more = "".join(
            f'<w15:commentEx w15:paraId="0000A00{n}" w15:done="0"'
            + (f' w15:paraIdParent="0000A00{answers[n]}"' if answers and n in answers else "") + "/>"
            for n in comments
        )  # fmt: skip
        added["commentsExtended"] = (
            f"<w15:commentsEx {_SPACES}>{more}</w15:commentsEx>", f"{_TYPE}commentsExtended+xml", _EXTENDED,
        )  # fmt: skip
        ids = "".join(f'<w16cid:commentId w16cid:paraId="0000A00{n}" w16cid:durableId="1000A00{n}"/>' for n in comments)
        added["commentsIds"] = (
            f"<w16cid:commentsIds {_SPACES}>{ids}</w16cid:commentsIds>", f"{_TYPE}commentsIds+xml", _IDS,
        )  # fmt: skip
    return _with_parts(docx_bytes(), "".join(body), added)


def _with_parts(data: bytes, body: str, added: Mapping[str, tuple[str, str, str]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "word/document.xml":
                section = re.search(rb"<w:sectPr.*</w:sectPr>", text, re.DOTALL)
                assert section is not None
                text = f"<w:document {_SPACES}><w:body>{body}".encode() + section[0] + b"</w:body></w:document>"
            elif name == "[Content_Types].xml":
                lines = "".join(
                    f'<Override PartName="/word/{n}.xml" ContentType="{k}"/>' for n, (_, k, _) in added.items()
                )
                text = text.replace(b"</Types>", lines.encode() + b"</Types>")
            elif name == "word/_rels/document.xml.rels":
                lines = "".join(
                    f'<Relationship Id="rIdN{n}" Type="{r}" Target="{n}.xml"/>' for n, (_, _, r) in added.items()
                )
                text = text.replace(b"</Relationships>", lines.encode() + b"</Relationships>")
            new.writestr(name, text)
        for name, (text_of_part, _, _) in added.items():
            new.writestr(f"word/{name}.xml", text_of_part)
    return buffer.getvalue()


@dataclass
class Opened:
    """A finished Word file, by its parts."""

    data: bytes
    roots: dict[str, etree._Element] = field(default_factory=dict)

    def part(self, name: str) -> etree._Element:
        """The root of ``word/name.xml``."""
        if name not in self.roots:
            with zipfile.ZipFile(io.BytesIO(self.data)) as package:
                self.roots[name] = etree.fromstring(package.read(f"word/{name}.xml"))
        return self.roots[name]

    def values(self, path: str, attribute: str, part: str = "document") -> list[str]:
        """The attribute of every element of that name."""
        return [e.get(f"{{{W}}}{attribute}", "") for e in self.part(part).iter(f"{{{W}}}{path}")]

    def notes(self, kind: str = "footnote") -> list[str]:
        """What the notes say, in the order in which the text refers to them."""
        held = {e.get(f"{{{W}}}id"): _text(e) for e in self.part(f"{kind}s").iter(f"{{{W}}}{kind}")}
        return [held[number] for number in self.values(f"{kind}Reference", "id")]

    def texts(self) -> list[str]:
        """The text of each paragraph of the body."""
        return [_text(paragraph) for paragraph in self.part("document").iter(f"{{{W}}}p")]

    def marked(self) -> dict[str, str]:
        """The text that each bookmark is around, paragraphs apart."""
        found: dict[str, str] = {}
        opened: dict[str, str] = {}
        for element in self.part("document").iter():
            if element.tag == f"{{{W}}}bookmarkStart":
                opened[element.get(f"{{{W}}}id", "")] = element.get(f"{{{W}}}name", "")
                found[element.get(f"{{{W}}}name", "")] = ""
            elif element.tag == f"{{{W}}}bookmarkEnd":
                del opened[element.get(f"{{{W}}}id", "")]
            elif element.tag == f"{{{W}}}t":
                for name in opened.values():
                    found[name] += element.text or ""
        assert not opened
        return found

    def faults(self) -> list[str]:
        """What Word would complain of: ids given twice, ranges half there, references that lead nowhere."""
        said: list[str] = []
        body = self.part("document")
        for kind in ("bookmark", "commentRange", "perm", "moveFromRange", "moveToRange"):
            starts, ends = (self.values(f"{kind}{edge}", "id") for edge in ("Start", "End"))
            said += [f"{kind} ids {starts} {ends}"] if sorted(starts) != sorted(ends) else []
            said += [f"{kind} ids twice {starts}"] if len(set(starts)) != len(starts) else []
        names = [name.casefold() for name in self.values("bookmarkStart", "name")]
        said += [f"names twice {names}"] if len(set(names)) != len(names) else []
        said += [f"long name {name}" for name in names if len(name) > 40]
        targets = [a for a in self.values("hyperlink", "anchor") if a]
        instructions = "".join(e.text or "" for e in body.iter(f"{{{W}}}instrText")) + " ".join(
            self.values("fldSimple", "instr")
        )
        targets += re.findall(r"(?:PAGE|NOTE)?REF (\S+)", instructions)
        said += [f"no target {target}" for target in targets if target.casefold() not in names]
        for kind in ("footnote", "endnote", "comment"):
            asked = self.values(f"{kind}Reference", "id")
            try:
                held = [n for n in self.values(kind, "id", f"{kind}s") if int(n) > 0 or kind == "comment"]
            except KeyError:
                held = []
            said += [f"{kind}s {held} for {asked}"] if held != asked else []
        said += ["comment ranges"] if not set(self.values("commentRangeStart", "id")) <= set(
            self.values("commentReference", "id")
        ) else []  # fmt: skip
        said += ["signs left"] if "\ufdd0" in etree.tostring(body, encoding="unicode") else []
        return said


def filled_parts(data: bytes, context: Mapping[str, Any], **options: Any) -> Opened:
    """The template `data` rendered with `context`, by its parts."""
    return Opened(compile_template(data).render(context, **options).data)


def _text(element: etree._Element) -> str:
    return "".join(e.text or "" for e in element.iter(f"{{{W}}}t"))
