"""A Word document to an Outline: headings by style, by outline level, or, where there is neither, by look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.check.docx_flow import FlowParagraph, FlowReader, paragraphs_of
from govpack.check.docx_sections import SectionBuilder
from govpack.check.docx_styles import BODY_LEVEL, Formats, Styles, outline_level
from govpack.check.facts import core_title, read_facts
from govpack.check.outline import Note, Outline
from govpack.check.words import split_number
from govpack.errors import PackageError
from govpack.ooxml.names import RT_COMMENTS, RT_NUMBERING, RT_STYLES, qn
from govpack.ooxml.numbering import read_numbering
from govpack.ooxml.xml import child_of

if TYPE_CHECKING:
    from lxml import etree

    from govpack.check.docx_flow import Flow
    from govpack.ooxml.package import Package

_HEADING_CHARACTERS, _HEADING_WORDS = 160, 24
_LOOK_CHARACTERS, _LOOK_WORDS = 90, 12
_TITLED = 6  # headings of a document whose first may be its title


def read_docx(package: Package, file: str) -> Outline:
    """The outline of a Word document. PackageError where a part that it needs is missing or no XML."""
    main = package.main_part
    related = {link.type: link.target for link in package.relationships(main).values() if not link.external}

    def part(relation: str) -> etree._Element | None:
        target = related.get(relation, "")
        return package.tree(target) if target in package else None

    root = package.tree(main)
    body = child_of(root, qn("w:body"))
    if body is None:
        raise PackageError(f"{file}: '{main}' holds no document body")
    styles = Styles(part(RT_STYLES))
    flow = FlowReader(styles, read_numbering(part(RT_NUMBERING)), Formats(body)).read(body)
    flow = [item for item in flow if not (isinstance(item, FlowParagraph) and item.raw.contents)]
    headings, title = find_headings(flow, styles.default_size)
    builder = SectionBuilder(package, main)
    for item in flow:
        level = headings.get(id(item))
        if isinstance(item, FlowParagraph) and level is not None:
            builder.heading(item, level)
        else:
            builder.block(item)
    preamble, sections = builder.finish()
    return Outline(
        file=file,
        kind="docx",
        title=title or core_title(package) or next((s.heading for s in sections[:1]), ""),
        preamble=preamble,
        sections=sections,
        controls=tuple(builder.controls),
        bookmarks=builder.bookmarks,
        references=tuple(builder.references),
        comments=_comments(part(RT_COMMENTS)),
        changes=tuple(builder.changes),
        hidden=tuple(builder.hidden),
        facts=read_facts(package),
    )


def _comments(root: etree._Element | None) -> tuple[Note, ...]:
    return tuple(
        Note("comment", node.get(qn("w:author"), ""), "".join(run.text or "" for run in node.iter(qn("w:t"))), "")
        for node in (() if root is None else root.iterfind(qn("w:comment")))
    )


def find_headings(flow: list[Flow], body_size: int) -> tuple[dict[int, int], str]:
    """The level of each heading by the identity of its flow item, and the document's title.

    A paragraph in a heading style that runs on like a sentence is a sub-clause: law firms number those so.
    """
    paragraphs = [item for item in flow if isinstance(item, FlowParagraph) and item.raw.text.strip()]
    title = next((item.raw.text.strip() for item in paragraphs if item.raw.style.title), "")
    levels = {}
    for item in paragraphs:
        level = _own_level(item)
        if level is not None and not item.raw.style.title and not _runs_on(item.raw.text.strip()):
            levels[id(item)] = level
    if levels:
        return (levels, title) if title else _without_title(paragraphs, levels, _first_line(flow))
    lookalikes = [item for item in paragraphs if not item.raw.style.title and _looks_like_heading(item, body_size)]
    sizes = sorted({item.raw.size for item in lookalikes}, reverse=True)
    if not title and lookalikes and lookalikes[0] is paragraphs[0] and len(lookalikes) > 1:
        first = lookalikes[0]
        if sum(item.raw.size == first.raw.size for item in lookalikes) == 1 and first.raw.size == sizes[0]:
            title = first.raw.text.strip()
            lookalikes, sizes = lookalikes[1:], sizes[1:]
    for item in lookalikes:
        typed = split_number(item.raw.text.strip())[0]
        depth = typed.count(".") + 1 if typed[:1].isdigit() else None
        levels[id(item)] = depth or sizes.index(item.raw.size) + 1
    return levels, title or _first_line(flow)


def _without_title(paragraphs: list[FlowParagraph], levels: dict[int, int], first: str) -> tuple[dict[int, int], str]:
    """A first heading above all others is the document's title: web pages and Markdown have no other.

    It heads no section, and the headings below it move up. With few headings below, it may as well be a section.
    """
    headings = [item for item in paragraphs if id(item) in levels]
    top = levels[id(headings[0])]
    if (
        len(headings) < _TITLED
        or headings[0] not in paragraphs[:3]
        or any(levels[id(item)] <= top for item in headings[1:])
    ):
        return levels, first
    up = min(levels[id(item)] for item in headings[1:]) - 1
    return {id(item): levels[id(item)] - up for item in headings[1:]}, headings[0].raw.text.strip()


def _own_level(item: FlowParagraph) -> int | None:
    level = outline_level(item.raw.properties)
    if level is None:
        return item.raw.style.heading
    return level + 1 if level < BODY_LEVEL else None


def _runs_on(text: str) -> bool:
    if len(text) > _HEADING_CHARACTERS or len(text.split()) > _HEADING_WORDS:
        return True
    return text[-1] in ".;" and len(text.split()) > _LOOK_WORDS


def _looks_like_heading(item: FlowParagraph, body_size: int) -> bool:
    text = item.raw.text.strip()
    if len(text) > _LOOK_CHARACTERS or len(text.split()) > _LOOK_WORDS or text[-1] in ".;,:" or "\n" in text:
        return False
    if item.listed and item.number is None:
        return False  # a bullet
    if not any(sign.isalpha() for sign in text):
        return False
    bold = sum(end - start for start, end in item.raw.bold) >= len(text) * 0.9
    return bold or item.raw.size >= body_size * 1.15


def _first_line(flow: list[Flow]) -> str:
    """The first words of a document that has no title style: a cover often sets its title in a style of its own."""
    for paragraph in paragraphs_of(flow[:6]):
        if (text := paragraph.raw.text.strip()) and len(text) <= _HEADING_CHARACTERS:
            return text
    return ""
