"""Turns a govpack template with its clauses into the docxtpl template that says the same.

docxtpl wants every block's scope spelt out and knows neither clauses nor live references, so:

- a statement alone in its paragraph becomes ``{%p … %}``; one that opens in the first cell of a row and closes in the
  last becomes a ``{%tr … %}`` row before and one behind; one between other cells, ``{%tc … %}`` cells;
- ``{% include clause.fragment %}`` becomes the paragraphs of the fragments in question, each behind a ``{%p if … %}``;
- ``{{ bookmark(…) }}`` goes, ``{{ ref(…) }}`` stays as a function that gives the number as plain text, and
  ``{{ toc() }}`` becomes a loop over lines of text.

It is made for the bundled agreement, whose tags lie within one run each and have no brace in a string.
"""

from __future__ import annotations

import re
from copy import deepcopy
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from govpack.ooxml.names import NS, qn
from govpack.ooxml.package import read_package
from govpack.template.markup.markdown import read_markdown
from govpack.template.markup.styles import read_styles
from govpack.template.parts.shapes import Shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}")
_STATEMENT = re.compile(r"\{%\s*(\w+)(.*?)\s*%\}")
_STATEMENTS_ONLY = re.compile(r"\s*(?:\{%(?:(?!%\}).)*%\}\s*)+")
_BOOKMARK = re.compile(r"\{\{ bookmark\(.*?\) \}\}")
_TOC = re.compile(r"\{\{ toc\(.*?\) \}\}")
_ITEM = re.compile(r"\s*(?:(?:\d+[.)]|[-*+])\s+)?(?:#{1,6}\s+)?")
# A tag while its Markdown is read, by its number: in the text, or a statement before or behind its paragraph.
# The end is punctuation, since Markdown begins bold text behind no letter.
_INLINE, _BEFORE, _BEHIND, _END = "\ue000", "\ue001", "\ue002", "⟧"
_MARKS = (_INLINE, _BEFORE, _BEHIND)
_MARK = re.compile(f"([{''.join(_MARKS)}]\\d+{_END})")
_PARAGRAPH, _CELL, _ROW, _TEXT = qn("w:p"), qn("w:tc"), qn("w:tr"), qn("w:t")


def derive(template: Path, fragments: Mapping[str, str]) -> bytes:
    """A docxtpl template equivalent to `template` with `fragments`, Markdown by name."""
    styles, _ = read_styles(read_package(template))
    target = BytesIO()
    with ZipFile(template) as source, ZipFile(target, "w", ZIP_DEFLATED) as made:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml" or name.startswith(("word/header", "word/footer")):
                root = etree.fromstring(data)
                for paragraph in list(root.iter(_PARAGRAPH)):
                    _expand(paragraph, fragments, styles)
                _place_blocks(root)
                data = etree.tostring(root, encoding="UTF-8", standalone=True)
            made.writestr(name, data)
    return target.getvalue()


def _text(paragraph: etree._Element) -> str:
    return "".join(node.text or "" for node in paragraph.iter(_TEXT))


def _tag_paragraph(statement: str) -> etree._Element:
    """A paragraph for `statement` (``{% if x %}``), which docxtpl puts in the paragraph's place."""
    paragraph = etree.Element(_PARAGRAPH)
    text = etree.SubElement(etree.SubElement(paragraph, qn("w:r")), _TEXT)
    text.text = statement.replace("{%", "{%p", 1)
    return paragraph


def _tag_cell(statement: str, kind: str) -> etree._Element:
    cell = etree.Element(_CELL)
    text = etree.SubElement(etree.SubElement(etree.SubElement(cell, _PARAGRAPH), qn("w:r")), _TEXT)
    text.text = statement.replace("{%", "{%" + kind, 1)
    if kind == "tc":
        return cell
    row = etree.Element(_ROW)
    row.append(cell)
    return row


def _replace(paragraph: etree._Element, others: list[etree._Element]) -> None:
    for other in others:
        paragraph.addprevious(other)
    parent = paragraph.getparent()
    assert parent is not None
    parent.remove(paragraph)


def _expand(paragraph: etree._Element, fragments: Mapping[str, str], styles: object) -> None:
    """What docxtpl does not have: includes, contents and bookmarks."""
    text = _text(paragraph).strip()
    if _TOC.fullmatch(text):
        line = deepcopy(paragraph)
        for node in line.iter(_TEXT):
            node.text = _TOC.sub("{{ line }}", node.text or "")
        _replace(paragraph, [_tag_paragraph("{% for line in contents %}"), line, _tag_paragraph("{% endfor %}")])
        return
    if (found := _STATEMENT.fullmatch(text)) and found[1] == "include":
        asked = found[2].strip()
        of_schedules = "schedule" in asked
        wanted = {name: body for name, body in fragments.items() if name.startswith("schedule") == of_schedules}
        made: list[etree._Element] = []
        for index, (name, body) in enumerate(wanted.items()):
            made.append(_tag_paragraph(f'{{% {"elif" if index else "if"} {asked} == "{name}" %}}'))
            made += _paragraphs(body, Shapes(paragraph, None, styles))  # type: ignore[arg-type]
        _replace(paragraph, [*made, _tag_paragraph("{% endif %}")])
        return
    for node in paragraph.iter(_TEXT):
        node.text = _BOOKMARK.sub("", node.text or "")


def _paragraphs(markdown: str, shapes: Shapes) -> Iterator[etree._Element]:
    """The paragraphs of a fragment, in the styles that govpack gives them, and those of its statements."""
    tags: list[str] = []
    for block in read_markdown(_mark_tags(markdown, tags)):
        shape = shapes.of(block)
        behind: list[str] = []
        runs = ""
        for look, spans in groupby(block.spans, key=lambda span: (span.bold, span.italic)):
            run = ""
            for piece in _MARK.split("".join(span.text for span in spans)):
                tag = tags[int(piece[1:-1])] if piece[:1] in _MARKS else ""
                if not tag:
                    run += escape(piece)
                elif piece[0] == _INLINE:
                    run += escape(tag)
                elif piece[0] == _BEFORE:
                    yield _tag_paragraph(tag)
                else:
                    behind.append(tag)
            runs += f"{shapes.runs[look]}{run}</w:t></w:r>" if run else ""
        declared = shape.open.replace("<w:p>", f'<w:p xmlns:w="{NS["w"]}">', 1)
        yield etree.fromstring(f"{declared}{runs}{shape.close}")
        yield from map(_tag_paragraph, behind)


def _mark_tags(markdown: str, tags: list[str]) -> str:
    """`markdown` with a mark for each tag, which goes into `tags`.

    A line of statements only would end a list: what opens a block goes to the next line, what closes it to the last.
    """

    def marked(found: re.Match[str], kind: str = _INLINE) -> str:
        if _BOOKMARK.fullmatch(found[0]):
            return ""
        tags.append(found[0])
        return f"{kind}{len(tags) - 1}{_END}"

    lines: list[str] = []
    pending = ""
    for line in markdown.splitlines():
        if not _STATEMENTS_ONLY.fullmatch(line):
            start = _ITEM.match(line).end() if pending and line.strip() else 0  # type: ignore[union-attr]
            text = _TAG.sub(marked, line[start:])
            lines.append(f"{line[:start]}{pending}{text}" if line.strip() else line)
            pending = "" if line.strip() else pending
            continue
        for found in _STATEMENT.finditer(line):
            if pending or not "".join(lines).strip() or found[1] in ("for", "if", "set"):
                pending += marked(found, _BEFORE)
            else:
                last = max(number for number, before in enumerate(lines) if before.strip())
                lines[last] += marked(found, _BEHIND)
    return "\n".join(lines) + pending.replace(_BEFORE, _BEHIND)


def _place_blocks(root: etree._Element) -> None:
    """Say for each block what it repeats: rows, cells, paragraphs; those within a paragraph stay as they are."""
    opened: list[tuple[str, etree._Element]] = []
    for node in list(root.iter(_TEXT)):
        for tag in _STATEMENT.finditer(node.text or ""):
            if tag[1] in ("for", "if"):
                opened.append((tag[0], node))
            elif tag[1] in ("endfor", "endif"):
                _place_in_table(*opened.pop(), tag[0], node)
    for paragraph in list(root.iter(_PARAGRAPH)):
        statements = list(_STATEMENT.finditer(_text(paragraph)))
        if statements and statements[0][1] not in ("p", "tr", "tc") and _STATEMENTS_ONLY.fullmatch(_text(paragraph)):
            _replace(paragraph, [_tag_paragraph(tag[0]) for tag in statements])


def _place_in_table(opener: str, first: etree._Element, closer: str, last: etree._Element) -> None:
    start, end = next(first.iterancestors(_CELL), None), next(last.iterancestors(_CELL), None)
    if start is end:
        return
    if start is None or end is None or start.getparent() is not end.getparent():
        raise ValueError(f"{opener} and {closer} stand in different rows; this script does not know such blocks")
    first.text = (first.text or "").replace(opener, "", 1)
    last.text = "".join((last.text or "").rpartition(closer)[::2])
    cells = list(start.getparent().iter(_CELL))  # type: ignore[union-attr]
    if start is cells[0] and end is cells[-1]:
        row = start.getparent()
        assert row is not None
        row.addprevious(_tag_cell(opener, "tr"))
        row.addnext(_tag_cell(closer, "tr"))
    else:
        start.addprevious(_tag_cell(opener, "tc"))
        end.addnext(_tag_cell(closer, "tc"))
