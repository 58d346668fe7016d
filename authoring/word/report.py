"""What the documents that stay inside have in common: title page, marking, sections that turn the paper, tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.word.base import TEXT_LANDSCAPE, TEXT_PORTRAIT
from authoring.word.draft import Draft
from authoring.word.furniture import INTERNAL, furnish
from authoring.word.tables import Cell, Term, row, rows_table, share_out, table, terms_table

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from authoring.word.tables import DataTable

_FIRST_SHAPE = 2049


class Report(Draft):
    """An internal report being drawn. `width` is that of the text on the present paper, in twips."""

    def __init__(self, title: str, *, purpose: str, about: str = "", particulars: Sequence[Term] = ()) -> None:
        """Draw the title page. `about` says whom the report is about, where it is not about the whole pack.

        `particulars` are rows that its document control has besides.
        """
        super().__init__(
            "report",
            title=f"{title}: {about or '{{ pack.title }}'}",
            subject="{{ organisation.name }}, version {{ pack.version }}",
        )
        self._header = f"{title}: {about}" if about else f"{title} · {{{{ pack.programme or pack.title }}}}"
        self._sections = 0
        self.width = TEXT_PORTRAIT
        self._furnish()
        self._draw_title(title, purpose, about, particulars)

    def turn(self, *, landscape: bool) -> None:
        """Begin a page with the paper turned."""
        self.new_section(landscape=landscape)
        self.width = TEXT_LANDSCAPE if landscape else TEXT_PORTRAIT
        self._furnish()

    def bullets(self, loop: str, text: str, *, together: bool = False) -> None:
        """A bullet for each turn of `loop`; with `together` all of them stand on one page."""
        self.tag(f"for {loop}")
        if together:
            self.tag("if not loop.last")
            self.write(text, "List Bullet").paragraph_format.keep_with_next = True
            self.tag("else")
        self.write(text, "List Bullet")
        self.tag(*(["endif"] if together else []), "endfor")

    def section(self, each: DataTable, *, level: int = 2, otherwise: str = "") -> None:
        """A table under its heading and intro; without rows the sentence `otherwise`, or a gap that says what lacks.

        That sentence stays with what comes next where the table would.
        """
        self.write(each.heading, f"Heading {level}")
        self.tag(f"if {each.when or each.rows}")
        self._introduce(each)
        rows_table(self, each, width=self.width)
        self.tag("else")
        nothing = self.write(otherwise or f"{{{{ {each.rows} | default(none, true) }}}}")
        if each.followed or each.closing:
            nothing.paragraph_format.keep_with_next = True
        self.tag("endif")

    def optional_section(self, each: DataTable, *, level: int = 2) -> None:
        """A table under its heading and intro, left out where it would have no rows."""
        self.tag(f"if {each.when or each.rows}")
        self.write(each.heading, f"Heading {level}")
        self._introduce(each)
        rows_table(self, each, width=self.width)
        self.tag("endif")

    def grid(
        self, title: str, heads: Sequence[str], path: str, name: str, cell: Callable[[str], Cell], *, height: int
    ) -> None:
        """A shaded table of five by five on one page, of the rows at `path`, each named by its field `name`.

        `cell` makes a cell from the path of what it shows; its rows are at least `height` twips high.
        """
        widths = share_out(self.width, (15, 17, 17, 17, 17, 17))
        top = [Cell(head, "TableHead", "left" if index == 0 else "center") for index, head in enumerate(heads)]
        rows = [row(top, widths, head=True)]
        for index in range(5):
            line = f"{path}[{index}]"
            cells = [cell(f"{line}.cells[{column}]") for column in range(5)]
            first = Cell(f"{{{{ {line}.{name} }}}}", "TableLabel")
            rows.append(row([first, *cells], widths, keep=index < 4, height=height, middle=True))
        self.append(table(title, widths, rows))

    def facts(
        self,
        title: str,
        shares: Sequence[float],
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        aligned: Container[int] = (),
    ) -> None:
        """A table of a few fixed rows; the columns `aligned`, counted from nought, stand at the right."""
        widths = share_out(self.width, shares)

        def side(index: int) -> str:
            return "right" if index in aligned else "left"

        made = [row([Cell(head, "TableHead", side(at)) for at, head in enumerate(heads)], widths, head=True)]
        for number, texts in enumerate(rows, 1):
            cells = [Cell(text, "TableText" if at else "TableLabel", side(at)) for at, text in enumerate(texts)]
            made.append(row(cells, widths, keep=number < len(rows)))
        self.append(table(title, widths, made))

    def sign_off(self, intro: str, rows: Iterable[tuple[str, str, str]], *, heading: str = "Sign-off") -> None:
        """Places to sign, a row each: as what (after statements that open the row), who (a path), what closes it."""
        self.write(heading, "Heading 1")
        self.write(intro, "Table Intro")
        widths = share_out(self.width, (20, 22, 26, 18, 14))
        heads = [Cell(head, "TableHead") for head in ("Signs as", "Name", "Role", "Signature", "Date")]
        made = [row(heads, widths, head=True)]
        for part, path, closer in rows:
            cells = [
                Cell(part, "TableLabel"),
                Cell(f"{{{{ {path}.name }}}}"),
                Cell(f"{{{{ {path}.role }}}}"),
                Cell(""),
                Cell(closer),
            ]
            made.append(row(cells, widths, height=794, keep=True))
        self.append(table("Sign-off", widths, made))

    def _introduce(self, each: DataTable) -> None:
        if each.intro:
            self.write(each.intro, "Table Intro")

    def _furnish(self) -> None:
        furnish(
            self.document.sections[-1],
            title=self._header,
            width=self.width,
            first_shape=_FIRST_SHAPE + 2 * self._sections,
            notice=INTERNAL,
        )
        self._sections += 1

    def _draw_title(self, title: str, purpose: str, about: str, particulars: Sequence[Term]) -> None:
        self.write("{% if pack.is_draft %}Draft · {% endif %}Internal", "Status")
        self.write(title, "Title")
        self.write(about or "{{ pack.title }}", "Subtitle")
        terms_table(
            self,
            "Document control",
            ("Document control", "Particulars"),
            [
                Term("Organisation", "{{ organisation.legal_name }}"),
                Term("Purpose", purpose),
                *particulars,
                Term("Status", "{{ pack.status_label }}"),
                Term("Version and date", "{{ pack.version }}, {{ pack.as_of | date }}"),
                Term("Owner", "{{ pack.owner.name }}, {{ pack.owner.role }}"),
                Term(
                    "Confidentiality",
                    "{{ pack.confidentiality }}; internal to {{ organisation.name }}, not for partners",
                ),
            ],
        )
        self.write("Contents", "TOC Heading")
        self.write("{{ toc() }}", "toc 1")
