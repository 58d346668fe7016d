"""Word comments that tags make: ``{{ note(text, author) }}`` (ECMA-376 part 1, 17.13.4).

A note is anchored on the rest of its paragraph. It bears no date, so that the same inputs give the same file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import Undefined, UndefinedError
from lxml import etree

from govpack.ooxml.names import NS, RT_COMMENTS, qn
from govpack.ooxml.package import CONTENT_TYPES, Deflated, Package
from govpack.ooxml.xml import escape, parse_xml, quoted, serialise
from govpack.template.values.undefined import Blank, NotGiven
from govpack.template.values.values import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govpack.template.markup.styles import Styles
    from govpack.template.rendering.links import Links

_PART = "word/comments.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_MOST_INITIALS = 4
# Who says what belongs into a blank.
GUIDE = "How to fill in"
_HOW = (
    "This is a template to fill in by hand. Each highlighted field is a content control: click it and type.\n"
    "The comment on a field says what belongs there and in which form; a field that comes again has it once.\n"
    "A list has one row, or one column: copy it for each further entry. A chart: right-click it and choose Edit Data.\n"
    "Delete all comments before the document leaves the house."
)
_BEYOND = 1_000_000
# What Word calls the styles of comments, in whatever language it runs.
_MARK_STYLE, _TEXT_STYLE = "annotation reference", "annotation text"


def make_note(text: object, author: object) -> Note:
    """What ``note(text, author)`` gives. A text that is not given, or empty, makes no comment."""
    if isinstance(author, Blank):
        author = author.shown_
    if not isinstance(author, str) or not author.strip():
        raise TypeError(f"'note' takes the words and the name of who says them; found the name '{author}'")
    if text is None or isinstance(text, NotGiven):
        return Note("", author)
    if isinstance(text, Undefined):
        raise UndefinedError(text._undefined_hint)
    if not isinstance(text, str):
        raise TypeError(f"'note' takes words; found a value of the kind '{type(text).__name__}'")
    return Note(text, author)


class Notes:
    """The comments of one rendering. `open` and `close` give markup; `finish` puts the part into the package."""

    def __init__(self, styles: Styles, links: Links, members: Mapping[str, Deflated]) -> None:
        self._mark_style = styles.id_by_name(_MARK_STYLE, "character")
        self._text_style = styles.id_by_name(_TEXT_STYLE, "paragraph")
        self._links = links
        self._members = members
        self._made: list[str] = []
        self._open: list[int] = []
        self._main = self._part = ""
        self._next = 0
        self._said: set[str] = set()

    def open(self, note: Note) -> str:
        """Begin the range of `note` in the paragraph being written. ValueError where no comment can stand."""
        if not note.text.strip():
            return ""
        self._find_part()
        if self._links.part != self._main:
            raise ValueError("Word has comments in the body of a document only; move the tag there")
        number = self._next
        self._next += 1
        self._made.append(self._comment(number, note))
        self._open.append(number)
        return f'<w:commentRangeStart w:id="{number}"/>'

    def close(self) -> str:
        """End the range of every note that the paragraph being written began, each with the mark that shows it."""
        if not self._open:
            return ""
        look = f'<w:rPr><w:rStyle w:val="{self._mark_style}"/></w:rPr>' if self._mark_style else ""
        ends = "".join(
            f'<w:commentRangeEnd w:id="{number}"/><w:r>{look}<w:commentReference w:id="{number}"/></w:r>'
            for number in self._open
        )
        self._open.clear()
        return ends

    def beside(self, blank: Blank, markup: str) -> str:
        """The runs `markup` with what is to be said of `blank`, where the body has not had it before.

        The first such comment comes with a word on what they are for.
        """
        self._find_part()
        note = Note(blank.guidance_, GUIDE)
        if blank.path_ in self._said or self._links.part != self._main:
            return markup
        self._said.add(blank.path_)
        before, self._open = self._open, []
        opened = "" if len(self._said) > 1 else self.open(Note(_HOW, note.author))
        opened += self.open(note)
        closed = self.close()
        self._open = before
        return f"{opened}{markup}{closed}"

    def finish(self, members: dict[str, Deflated]) -> None:
        """Write the comments into `members`, behind those that the template has itself."""
        if not self._made:
            return
        made = "".join(self._made)
        if self._part:
            root = parse_xml(members[self._part].inflate(), self._part)
            root.extend(parse_xml(_comments(made).encode(), _PART))
            members[self._part] = Deflated.of(serialise(root))
            return
        members[_PART] = Deflated.of(_comments(made).encode())
        self._links.add_relationship(self._main, RT_COMMENTS, _PART, external=False)
        types = parse_xml(members[CONTENT_TYPES].inflate(), CONTENT_TYPES)
        node = etree.SubElement(types, qn("ct:Override"))
        node.set("PartName", f"/{_PART}")
        node.set("ContentType", _TYPE)
        members[CONTENT_TYPES] = Deflated.of(serialise(types))

    def _find_part(self) -> None:
        """Which part is the document's body, which one holds the template's own comments, and the first free id."""
        if self._main:
            return
        package = Package(dict(self._members))
        self._main = package.main_part
        found = [r.target for r in package.relationships(self._main).values() if r.type == RT_COMMENTS]
        self._part = next((part for part in found if part in package), "")
        if self._part:
            root = parse_xml(package.read(self._part), self._part)
            taken = [int(node.get(qn("w:id"), "0")) for node in root.iter(qn("w:comment"))]
            # Those of the template may come again and again, each with a number of its own.
            self._next = max(_BEYOND, *taken) + 1 if taken else 0

    def _comment(self, number: int, note: Note) -> str:
        look = f'<w:pPr><w:pStyle w:val="{self._text_style}"/></w:pPr>' if self._text_style else ""
        sign = f'<w:rPr><w:rStyle w:val="{self._mark_style}"/></w:rPr>' if self._mark_style else ""
        lines = [line for line in note.text.splitlines() if line.strip()]
        paragraphs = [f'<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r>' for line in lines]
        paragraphs[0] = f"<w:r>{sign}<w:annotationRef/></w:r>{paragraphs[0]}"
        said = "".join(f"<w:p>{look}{runs}</w:p>" for runs in paragraphs)
        author, initials = quoted(note.author), quoted(_initials(note.author))
        return f'<w:comment w:id="{number}" w:author={author} w:initials={initials}>{said}</w:comment>'


def _comments(made: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{NS["w"]}">{made}</w:comments>'
    )


def _initials(author: str) -> str:
    return "".join(word[0].upper() for word in re.findall(r"\w+", author))[:_MOST_INITIALS]
