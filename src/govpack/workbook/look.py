"""How the workbook looks: cell formats by purpose, ratings in colour, and how each sheet prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from govpack.model.pack import Pack

INK, NAVY, ACCENT, MUTED, RULE, TINT = "#1F2933", "#1B2A49", "#1F6F78", "#55606E", "#C5CCD6", "#E9EDF3"
ENTRY_INK, ENTRY_TINT = "#1D4E89", "#F5F9FD"
TINTS = {"green": "#DCEEE2", "amber": "#FBE9C4", "red": "#F6D5D3"}
SERIES = ("#1B2A49", "#1F6F78", "#B7791F", "#7A4E8A", "#A63A3A", "#2E7D4F", "#55606E", "#3C7FB1")
FONT = "Calibri"
_MARGIN = 0.4  # inches, left and right
# Pixels that stand on a page unscaled. LibreOffice does not round the width of a digit to 7 pixels as Excel does: its
# columns are 7.44 / 7 times as wide.
_PAGE_WIDTH = (11.69 - 2 * _MARGIN) * 96 * 7 / 7.44
ROW = 20
"""Height of an ordinary row, in pixels."""

_CELL = {"border": 1, "border_color": RULE, "valign": "vcenter"}
_FIGURE = {"align": "right", "indent": 1}
_WRAP = {"text_wrap": True}
_INSET = {"align": "left", "indent": 1}
_MIDDLE = {"align": "center"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 18, "font_color": NAVY, "valign": "vcenter"},
    "lead": {"font_color": MUTED, "valign": "vcenter"},
    "heading": {"bold": True, "font_size": 12, "font_color": NAVY, "valign": "vcenter"},
    "head": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": NAVY,
        "border": 1,
        "border_color": NAVY,
        "text_wrap": True,
        "valign": "vcenter",
    },
    "head_number": {"align": "right", "indent": 1},
    "text": _CELL | _WRAP | _INSET,
    "label": _CELL | _WRAP | _INSET | {"bold": True},
    "word": _CELL | _MIDDLE,
    "link": _CELL | _MIDDLE | {"font_color": ACCENT, "underline": 1},
    "number": _CELL | _FIGURE | {"num_format": "0.0"},
    "whole": _CELL | _FIGURE | {"num_format": "0"},
    "plain": _CELL | _FIGURE,
    "change": _CELL | _FIGURE | {"num_format": "+0.0;-0.0;0.0"},
    "total": _CELL | _FIGURE | {"num_format": "0.0", "bold": True, "bg_color": TINT},
    "total_label": _CELL | _INSET | {"bold": True, "bg_color": TINT},
    "total_word": _CELL | _MIDDLE | {"bold": True, "bg_color": TINT},
    "total_plain": _CELL | _FIGURE | {"bold": True, "bg_color": TINT},
    "note": {"font_color": MUTED},
    "prose": {"text_wrap": True, "valign": "top"},
    "prose_label": {"bold": True, "valign": "top"},
}
_ENTRY = {"font_color": ENTRY_INK, "bg_color": ENTRY_TINT}
_LOOKS["head"] |= _INSET
_LOOKS["head_number"] = _LOOKS["head"] | _LOOKS["head_number"]
_LOOKS |= {
    "entry": _CELL | _FIGURE | _ENTRY,
    "entry_text": _CELL | _WRAP | _INSET | _ENTRY,
    "entry_word": _CELL | _MIDDLE | _ENTRY | {"shrink": True},
    "entry_date": _CELL | _ENTRY | {"num_format": "d mmm yyyy", "align": "right", "indent": 1},
}


class Look:
    """The formats of one workbook, each made when it is first used."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[str, Format] = {}

    def __getitem__(self, name: str) -> Format:
        if name not in self._made:
            base = {"font_name": FONT, "font_size": 10, "font_color": INK}
            self._made[name] = self._book.add_format(base | _LOOKS[name])
        return self._made[name]

    def ground(self, rating: str) -> Format:
        """The ground of a rating, for conditional formats."""
        if rating not in self._made:
            self._made[rating] = self._book.add_format({"bg_color": TINTS[rating], "font_color": INK})
        return self._made[rating]


def set_up(
    sheet: Worksheet, pack: Pack, *, head: int, columns: int, tab: str = NAVY, parts: Sequence[float] = ()
) -> None:
    """Print `sheet` on A4 landscape, as wide as a page, with row `head` (from 0) on each; freeze the rows down to it.

    `columns` stay in sight when one scrolls to the right. A sheet that is too wide to be read on one page is printed in
    `parts`, pixels wide each: the caller breaks the page between their columns.
    """
    about = pack.pack
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=_MARGIN, right=_MARGIN, top=0.75, bottom=0.65)
    if parts:
        sheet.set_print_scale(min(100, int(100 * _PAGE_WIDTH / max(parts))))
    else:
        sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.freeze_panes(head + 1, columns)
    sheet.set_tab_color(tab)
    left = _plain(f"{about.programme or about.title}, {pack.organisation.short_name}")
    sheet.set_header(f"&L&9{left}&R&9&BINTERNAL&B, {_plain(about.confidentiality)}")
    status = _plain(f"{about.status_label}, version {about.version}, as of {about.as_of:%Y-%m-%d}")
    sheet.set_footer(f"&L&9{status}&C&9&A&R&9Page &P of &N")


def pixels(widths: Iterable[float]) -> int:
    """How wide columns of these widths, in signs, are together."""
    return sum(int(7 * width + 0.5) + 5 for width in widths)


def colour_ratings(sheet: Worksheet, look: Look, rows: tuple[int, int], column: int) -> None:
    """Ground the words Green, Amber and Red of `column` in their colour, as they change."""
    for rating in TINTS:
        rule = {"type": "cell", "criteria": "==", "value": f'"{rating.capitalize()}"', "format": look.ground(rating)}
        sheet.conditional_format(rows[0], column, rows[1], column, rule)


def colour_scores(sheet: Worksheet, look: Look, rows: tuple[int, int], columns: tuple[int, int], first: str) -> None:
    """Ground points by the rating bands; `first` is the relative reference of the first cell, such as C5."""
    tests = {
        "green": f"{first}>=green_from",
        "amber": f"AND({first}>=amber_from,{first}<green_from)",
        "red": f"{first}<amber_from",
    }
    for rating, test in tests.items():
        rule = {"type": "formula", "criteria": f"=AND(ISNUMBER({first}),{test})", "format": look.ground(rating)}
        sheet.conditional_format(rows[0], columns[0], rows[1], columns[1], rule)


def _plain(text: str) -> str:
    """Text in a header: an ampersand opens a code there; at most a few words fit (255 signs in all, with codes)."""
    flat = " ".join(text.split())
    return (flat if len(flat) <= 90 else f"{flat[:89]}…").replace("&", "&&")
