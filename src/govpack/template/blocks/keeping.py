"""What keeps lists and tables from leaving one item or one row alone on a page: it stays with the one beside it.

The first item of a list stays on the page of the second, the last but one on the page of the last; so do the rows of a
table whose header row repeats. What a loop or a condition makes is known only when it is written: signs in the markup
then say where items and rows begin, and are settled at the end.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from govpack.ooxml.names import qn
from govpack.template.blocks.scope import Side
from govpack.template.language.tags import PAIRED
from govpack.template.markup.references import MARK_END, MARK_START, Pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from lxml import etree

    from govpack.template.blocks.beside import Beside
    from govpack.template.blocks.scope import Block, Site
    from govpack.template.markup.markdown import TextBlock
    from govpack.template.markup.styles import Styles

KEPT = "<w:keepNext/>"
_LOOSE = '<w:keepNext w:val="0"/>'
_OPEN = f"{MARK_START}~keep "
_HEAD, _ROW, _INTRO, _ITEM, _MORE = "head", "row", "intro", "item", "more"
_ROW_END = "</w:tr>"
_BODY, _TABLE, _TR, _P, _PPR, _STYLE = (qn(f"w:{name}") for name in ("body", "tbl", "tr", "p", "pPr", "pStyle"))
_REPEATED = f"{qn('w:trPr')}/{qn('w:tblHeader')}"
# The start of a paragraph that does not keep with the next yet; w:keepNext follows w:pStyle (17.3.1.26).
_PARAGRAPH = re.compile(
    r"(<w:p(?: [^<>]*[^<>/])?>)(<w:pPr/>|<w:pPr>(?:<w:pStyle [^<>]*/>)?(?!<w:pStyle |<w:keepNext)|(?!<w:pPr))"
)


def kept_blocks(
    blocks: Sequence[TextBlock], varies: Callable[[TextBlock], bool] = lambda _: False, *, outermost: int = 0
) -> tuple[list[bool], list[str]]:
    """For each block, whether it stays on the page of the next one, and the signs that tell so at the end.

    What introduces a list stays with it. A list with a block that `varies`, since statements stand beside it, gets
    signs. Lists no deeper than `outermost` are none here: they are the text itself.
    """
    kept = [after.depth > block.depth for block, after in pairwise(blocks)] + [False] * bool(blocks)
    signs = [""] * len(blocks)
    items: dict[int, list[int]] = {}
    for at, block in enumerate(blocks):
        if block.first and block.depth > outermost:
            items.setdefault(block.list_number, []).append(at)
    for number, places in items.items():
        first, last = places[0], places[-1]
        end = next((at for at in range(last + 1, len(blocks)) if blocks[at].depth < blocks[last].depth), len(blocks))
        if any(varies(block) for block in blocks[first:end]):
            if first:
                signs[first - 1] += _sign(_INTRO, number)
            for at in range(first, end):
                signs[at] += _sign(_ITEM if at in places else _MORE, number)
        elif first < last:
            kept[first] = kept[last - 1] = True
    return kept, signs


def sign_kept(blocks: Sequence[Block], sites: Iterable[Site], styles: Styles, beside: Beside) -> None:
    """Put signs into the rows and list items of Word that `blocks` repeat or leave out; `beside` are the part's marks.

    Rows get them where the table's header row repeats, items where a loop of the body repeats nothing else.
    """
    gone = {site.anchor for site in sites if site.side is Side.REPLACE and site.tag.word in PAIRED}
    tables: dict[etree._Element, None] = {}
    for number, block in enumerate(blocks):
        word, first, last = block.sites[0].tag.word, block.sites[0].anchor, block.sites[1].anchor
        if first is None or last is None or (parent := first.getparent()) is None:
            continue
        if word in ("for", "if") and first.tag == _TR:
            tables |= dict.fromkeys(first.iterancestors(_TABLE))
        elif word == "for" and parent.tag == _BODY and _sign_items(number, first, last, gone, styles):
            beside.add(first, Side.BEFORE, _sign(_INTRO, f"0{number}"))
    for table in tables:
        _sign_rows(table)


def _sign_rows(table: etree._Element) -> None:
    rows = list(table.iter(_TR))
    heads = [row.find(_REPEATED) is not None for row in rows]
    if not any(heads) or next(table.iterdescendants(_TABLE), None) is not None:
        return
    for row, is_head in zip(rows, heads, strict=True):
        row.text = _sign(_HEAD if is_head else _ROW) + (row.text or "")


def _sign_items(
    number: int, first: etree._Element, last: etree._Element, gone: Container[etree._Element | None], styles: Styles
) -> bool:
    """Sign the items from `first` to `last`, but for paragraphs of tags; False where these are not all."""
    held = [first]
    while held[-1] is not last and (following := held[-1].getnext()) is not None:
        held.append(following)
    items = [element for element in held if element not in gone]
    if not items or not all(_is_item(element, styles) for element in items):
        return False
    for element in items:
        style = element[0][0]
        style.tail = _sign(_ITEM, f"0{number}") + (style.tail or "")
    return True


def settle_kept(text: Pieces) -> None:
    """Take the signs out of `text` of a part; the first and the last but one of each list and table keep."""
    kept_rows: list[int] = []
    kept: list[int] = []
    rows: list[int] = []
    lists: dict[str, list[tuple[int, bool]]] = {}
    pieces = text.texts
    for at in text.signs:
        if not pieces[at].startswith(_OPEN):
            continue
        sign, _, pieces[at] = pieces[at].partition(MARK_END)
        kind, _, number = sign.removeprefix(_OPEN).partition(" ")
        if kind == _HEAD:
            kept_rows += _ends(rows)
            rows = []
        elif kind == _ROW:
            rows.append(at)
        elif kind == _INTRO:
            kept += _ends_of_list(lists.pop(number, []))
        else:
            lists.setdefault(number, []).append((at, kind == _ITEM))
    for at in (*kept_rows, *_ends(rows)):
        _keep_row(pieces, at)
    for entries in lists.values():
        kept += _ends_of_list(entries)
    for at in kept:
        _keep_paragraph(pieces, at)


def _sign(kind: str, number: int | str = "") -> str:
    return f"{_OPEN}{kind} {number}{MARK_END}"


def _is_item(element: etree._Element, styles: Styles) -> bool:
    """Whether `element` is a paragraph of a list, by its style, and no heading."""
    if element.tag != _P or element.find(f"{_PPR}/{_STYLE}") is None or styles.outline_of(element) is not None:
        return False
    return element[0][0].tag == _STYLE and styles.level_of(element) is not None


def _ends(rows: Sequence[int]) -> Sequence[int]:
    return (rows[0], rows[-2]) if len(rows) > 1 else ()


def _ends_of_list(entries: Sequence[tuple[int, bool]]) -> Sequence[int]:
    items = [index for index, (_, is_item) in enumerate(entries) if is_item]
    return (entries[items[0]][0], entries[items[-1] - 1][0]) if len(items) > 1 else ()


def _keep_row(pieces: list[str], at: int) -> None:
    """Every paragraph of the row that begins there keeps with the next, as Word asks of a row that does."""
    end = next(place for place in range(at, len(pieces)) if _ROW_END in pieces[place]) + 1
    row, closed, rest = "".join(pieces[at:end]).partition(_ROW_END)
    row = _PARAGRAPH.sub(_kept_paragraph, row.replace(_LOOSE, KEPT))
    pieces[at:end] = [f"{row}{closed}{rest}", *[""] * (end - at - 1)]


def _keep_paragraph(pieces: list[str], at: int) -> None:
    """The paragraph whose properties go on there keeps with the next."""
    while not pieces[at]:  # the sign of another list follows
        at += 1
    if not pieces[at].startswith(KEPT):
        pieces[at] = f"{KEPT}{pieces[at]}"


def _kept_paragraph(found: re.Match[str]) -> str:
    properties = found[2]
    if properties.startswith("<w:pPr>"):
        return f"{found[1]}{properties}{KEPT}"
    return f"{found[1]}<w:pPr>{KEPT}</w:pPr>"
