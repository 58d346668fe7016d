"""A deck to an Outline: one section a slide, with its title, body, tables, charts, pictures and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.check.facts import core_title, label_of, read_facts
from govpack.check.figures import read_chart
from govpack.check.grids import Drawn, make_table
from govpack.check.outline import Note, Outline, Paragraph, Picture, Section, join_address
from govpack.errors import PackageError
from govpack.ooxml.names import RT_NOTES_SLIDE, RT_SLIDE_LAYOUT, qn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml import etree

    from govpack.check.outline import Block
    from govpack.ooxml.package import Package

_MOST_CHARACTERS = 40_000
_TITLES = {"title", "ctrTitle"}
_FURNITURE = {"sldNum", "dt", "ftr", "hdr", "sldImg"}
_SP, _GROUP, _FRAME, _PIC = qn("p:sp"), qn("p:grpSp"), qn("p:graphicFrame"), qn("p:pic")


def read_pptx(package: Package, file: str) -> Outline:
    """The outline of a deck. PackageError where a slide it names is missing or no XML."""
    main = package.main_part
    root = package.tree(main)
    links = package.relationships(main)
    slides: list[Section] = []
    seen: set[str] = set()
    for entry in root.iter(qn("p:sldId")):
        link = links.get(entry.get(qn("r:id"), ""))
        part = link.target if link is not None else f"slide {len(slides) + 1}"
        if part in seen:
            raise PackageError(f"it is damaged: slide {len(slides) + 1} is another slide once more")
        seen.add(part)
        if package.tree(part).get("show", "1") in {"0", "false"}:
            continue  # a hidden slide is not shown to anyone
        slides.append(_slide(package, part, len(slides) + 1))
    comments = tuple(
        Note("comment", "", label_of(name), "")
        for name in package.names
        if name.startswith("ppt/comments/") and name.endswith(".xml")
    )
    first = slides[0].heading if slides else ""
    return Outline(
        file=file,
        kind="pptx",
        title=first or core_title(package),
        preamble=Section("", 0, "", (), "opening"),
        sections=tuple(slides),
        comments=comments,
        facts=read_facts(package),
    )


def _slide(package: Package, part: str, number: int) -> Section:
    tree = package.tree(part).find(f"{qn('p:cSld')}/{qn('p:spTree')}")
    shapes = [] if tree is None else list(_shapes(tree))
    layout = _layout_tops(package, part) if tree is not None else {}
    title_shape = _title_shape(shapes, layout)
    title = " ".join(" ".join(_texts(title_shape)).split()) if title_shape is not None else ""
    address = f"slide {number} \u201c{title}\u201d" if title else f"slide {number}"
    blocks: list[Block] = []
    counts: dict[str, int] = {}

    def place(word: str) -> str:
        counts[word] = counts.get(word, 0) + 1
        return join_address(address, f"{word} {counts[word]}")

    for shape in shapes:
        if shape is title_shape or _placeholder(shape) in _FURNITURE:
            continue
        if shape.tag == _SP:
            blocks += [Paragraph(text, place("paragraph")) for text in _texts(shape)]
        elif shape.tag == _FRAME:
            blocks += _frame(package, part, shape, place)
        elif shape.tag == _PIC:
            blocks.append(Picture(_alt(shape), place("picture")))
    notes = tuple(Paragraph(text, join_address(address, "notes")) for text in _notes(package, part))
    return Section(title, 1, str(number), (title,), address, tuple(blocks), (), notes)


def _shapes(tree: etree._Element) -> Iterator[etree._Element]:
    for node in tree:
        if node.tag == qn("mc:AlternateContent"):
            branch = node.find(qn("mc:Choice"))
            if branch is not None:
                yield from _shapes(branch)
        elif node.tag == _GROUP:
            yield from _shapes(node)
        elif node.tag in {_SP, _FRAME, _PIC}:
            described = node.find(f"*/{qn('p:cNvPr')}")
            if described is None or described.get("hidden", "0") not in {"1", "true"}:
                yield node


def _placeholder(shape: etree._Element) -> str:
    node = shape.find(f"*/{qn('p:nvPr')}/{qn('p:ph')}")
    return "" if node is None else node.get("type", "body")


def _layout_tops(package: Package, part: str) -> dict[str, int]:
    """Where the slide's layout places its placeholders, by index: slides leave the position out."""
    for link in package.relationships(part).values():
        if link.type == RT_SLIDE_LAYOUT and link.target in package:
            tree = package.tree(link.target).find(f"{qn('p:cSld')}/{qn('p:spTree')}")
            tops = {}
            for shape in () if tree is None else _shapes(tree):
                node, top = shape.find(f"*/{qn('p:nvPr')}/{qn('p:ph')}"), _top(shape)
                if node is not None and top is not None:
                    tops[node.get("idx", "0")] = top
            return tops
    return {}


def _title_shape(shapes: list[etree._Element], layout: dict[str, int]) -> etree._Element | None:
    for shape in shapes:
        if _placeholder(shape) in _TITLES and any(_texts(shape)):
            return shape
    written = [s for s in shapes if s.tag == _SP and _placeholder(s) not in _FURNITURE and any(_texts(s))]

    def top(shape: etree._Element) -> int:
        own = _top(shape)
        node = shape.find(f"*/{qn('p:nvPr')}/{qn('p:ph')}")
        return own if own is not None else layout.get("" if node is None else node.get("idx", "0"), 10**9)

    return min(written, key=top, default=None)


def _top(shape: etree._Element) -> int | None:
    node = shape.find(f"{qn('p:spPr')}/{qn('a:xfrm')}/{qn('a:off')}")
    return None if node is None else int(node.get("y", "0"))


def _texts(shape: etree._Element) -> list[str]:
    body = shape.find(qn("p:txBody"))
    return [] if body is None else [text for p in body.iterfind(qn("a:p")) if (text := _text(p))]


def _text(paragraph: etree._Element) -> str:
    parts = []
    for node in paragraph.iter(qn("a:t"), qn("a:br")):
        parts.append("\n" if node.tag == qn("a:br") else node.text or "")
    text = "".join(parts).strip()
    if len(text) > _MOST_CHARACTERS:
        raise PackageError(f"a paragraph in it holds more than {_MOST_CHARACTERS:,} characters; it is not read")
    return text


def _alt(shape: etree._Element) -> str:
    node = shape.find(f"*/{qn('p:cNvPr')}")
    return "" if node is None else node.get("descr", "") or node.get("title", "")


def _frame(package: Package, part: str, frame: etree._Element, place: Callable[[str], str]) -> Iterator[Block]:
    data = frame.find(f"{qn('a:graphic')}/{qn('a:graphicData')}")
    for node in () if data is None else data:
        if node.tag == qn("a:tbl"):
            rows = [[_drawn(cell) for cell in row.iterfind(qn("a:tc"))] for row in node.iterfind(qn("a:tr"))]
            look = node.find(qn("a:tblPr"))
            headed = look is not None and look.get("firstRow", "0") in {"1", "true"}
            yield make_table([row for row in rows if row], place("table"), int(headed))
        elif node.tag == qn("c:chart"):
            link = package.relationships(part).get(node.get(qn("r:id"), ""))
            if link is not None and link.target in package:
                yield read_chart(package, link.target, _alt(frame), place("chart"))


def _drawn(cell: etree._Element) -> Drawn:
    # PowerPoint keeps the covered cells of a merge, each with its mark.
    text = "\n".join(text for p in cell.iter(qn("a:p")) if (text := _text(p)))
    merged = {name: cell.get(name, "0") in {"1", "true"} for name in ("hMerge", "vMerge")}
    return Drawn(text, above=merged["vMerge"], left=merged["hMerge"])


def _notes(package: Package, part: str) -> list[str]:
    for link in package.relationships(part).values():
        if link.type == RT_NOTES_SLIDE and link.target in package:
            tree = package.tree(link.target).find(f"{qn('p:cSld')}/{qn('p:spTree')}")
            shapes = [] if tree is None else [s for s in _shapes(tree) if _placeholder(s) not in _FURNITURE]
            return [text for shape in shapes for text in _texts(shape)]
    return []
