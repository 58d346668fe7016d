"""How the workbook looks: cell formats by purpose, ratings in colour, and how each sheet prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from babel.dates import format_date

from govpack.workbook.pages import BOTTOM, SIDE, TOP, scale_for

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from govpack.model.pack import Pack

INK, NAVY, ACCENT, MUTED, RULE, TINT = "#1F2933", "#1B2A49", "#1F6F78", "#55606E", "#C5CCD6", "#E9EDF3"
ENTRY_INK, ENTRY_TINT = "#1D4E89", "#F5F9FD"
TINTS = {"green": "#DCEEE2", "amber": "#FBE9C4", "red": "#F6D5D3"}
SERIES = ("#1B2A49", "#1F6F78", "#B7791F", "#7A4E8A", "#A63A3A", "#2E7D4F", "#55606E", "#3C7FB1")
FONT = "Calibri"
ROW = 20
"""Height of a row that is given none, in pixels."""
TITLE_HEIGHT, TITLE_SIZE = 24.0, 18
"""Height of the row of a sheet's title, and the size of its text, in points."""

_CELL = {"border": 1, "border_color": RULE, "valign": "vcenter"}
_WRAP = {"text_wrap": True}
_INSET = {"align": "left", "indent": 1}
_MIDDLE = {"align": "center"}
# The blanks at a figure's right stand in its number format: LibreOffice 7.4 loses the indent of some of those columns.
_ASIDE = "_)_)"
_FIGURE = {"align": "right", "num_format": f"General{_ASIDE}"}
_ONE_DECIMAL = _FIGURE | {"num_format": f"0.0{_ASIDE}"}
_ENTRY = _CELL | {"font_color": ENTRY_INK, "bg_color": ENTRY_TINT}
_TOTAL = _CELL | {"bold": True, "bg_color": TINT}
_HEAD = _CELL | _WRAP | {"bold": True, "font_color": "#FFFFFF", "bg_color": NAVY, "border_color": NAVY}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": TITLE_SIZE, "font_color": NAVY, "valign": "vcenter"},
    "lead": {"font_color": MUTED, "valign": "vcenter"},
    "heading": {"bold": True, "font_size": 12, "font_color": NAVY, "valign": "vcenter"},
    "head": _HEAD | _INSET,
    "head_number": _HEAD | {"align": "right", "indent": 1},
    "head_word": _HEAD | _MIDDLE,
    "text": _CELL | _WRAP | _INSET,
    "label": _CELL | _WRAP | _INSET | {"bold": True},
    "word": _CELL | _MIDDLE,
    "link": _CELL | _MIDDLE | {"font_color": ACCENT, "underline": 1},
    "number": _CELL | _ONE_DECIMAL,
    "whole": _CELL | _FIGURE | {"num_format": f"0{_ASIDE}"},
    "plain": _CELL | _FIGURE,
    "change": _CELL | _FIGURE | {"num_format": f"+0.0{_ASIDE};-0.0{_ASIDE};0.0{_ASIDE}"},
    "total": _TOTAL | _ONE_DECIMAL,
    "total_label": _TOTAL | _INSET,
    "total_word": _TOTAL | _MIDDLE,
    "total_plain": _TOTAL | _FIGURE,
    "note": {"font_color": MUTED, "valign": "vcenter"},
    "prose": {"text_wrap": True, "valign": "top"},
    "prose_label": {"bold": True, "valign": "top"},
    "entry": _ENTRY | _FIGURE,
    "entry_text": _ENTRY | _WRAP | _INSET,
    "entry_word": _ENTRY | _MIDDLE | {"shrink": True},
    "entry_choice": _ENTRY | {"align": "right", "num_format": f"@{_ASIDE}", "shrink": True},
    "spare_text": _WRAP | _INSET | {"font_color": ENTRY_INK, "valign": "vcenter"},
    "spare_date": {"align": "right", "num_format": f"d mmm yyyy{_ASIDE}", "font_color": ENTRY_INK, "valign": "vcenter"},
    "spare_score": _ONE_DECIMAL | {"valign": "vcenter"},
    "entry_date": _ENTRY | {"align": "right", "num_format": f"d mmm yyyy{_ASIDE}"},
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

    def title(self, size: int) -> Format:
        """A title of another size, wrapped within its cells."""
        if f"title {size}" not in self._made:
            form = _LOOKS["title"] | {"font_name": FONT, "font_size": size, "text_wrap": True, "valign": "bottom"}
            self._made[f"title {size}"] = self._book.add_format(form)
        return self._made[f"title {size}"]

    def ground(self, rating: str) -> Format:
        """The ground of a rating, for conditional formats."""
        if rating not in self._made:
            # Red is bold, too: on paper without colours the three grounds are one grey.
            form = {"bg_color": TINTS[rating], "font_color": INK} | ({"bold": True} if rating == "red" else {})
            self._made[rating] = self._book.add_format(form)
        return self._made[rating]


def set_up(sheet: Worksheet, pack: Pack, *, tab: str = NAVY, parts: Sequence[int] = ()) -> None:
    """Print `sheet` on A4 landscape, as wide as a page.

    A sheet whose pages are broken by hand is given in `parts`, pixels wide each: the caller breaks the page between
    their columns.
    """
    about = pack.pack
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=SIDE, right=SIDE, top=TOP, bottom=BOTTOM)
    if parts:
        sheet.set_print_scale(scale_for(max(parts)))
    else:
        sheet.fit_to_pages(1, 0)
    sheet.set_tab_color(tab)
    left = _plain(f"{about.programme or about.title}, {pack.organisation.short_name}")
    sheet.set_header(f"&L&9{left}&R&9&BINTERNAL&B, {_plain(about.confidentiality)}")
    status = _plain(f"{about.status_label}, version {about.version}, as of {in_words(about.as_of, about.locale)}")
    sheet.set_footer(f"&L&9{status}&C&9&A&R&9Page &P of &N")


def hold_head(sheet: Worksheet, head: int, columns: int) -> None:
    """Keep the rows down to the table's head, and the first `columns`, in sight; print the head on each page."""
    sheet.repeat_rows(head)
    sheet.freeze_panes(head + 1, columns)


def in_words(day: datetime.date, locale: str) -> str:
    """The day as the pack's documents write it: 30 September 2026."""
    return str(format_date(day, format="long", locale=locale.replace("-", "_")))


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
