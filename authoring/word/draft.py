"""Writing on the base: paragraphs in named styles, tag paragraphs, sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor, Twips

from authoring.palette import MUTED
from authoring.word.base import A4, finish, new_document
from govpack.ooxml.names import NS, qn

if TYPE_CHECKING:
    from docx.section import Section
    from docx.text.paragraph import Paragraph

NAMESPACES = " ".join(f'xmlns:{prefix}="{NS[prefix]}"' for prefix in ("w", "r", "v", "o", "w10", "w14"))
# How tables write a date, which never breaks within: 31 Dec 2027.
SHORT_DATE = '"d\u00a0MMM\u00a0y"'
_UNBROKEN = " | unbroken"
# Who says the drafting notes of a review copy, as an expression of a tag.
NOTE_AUTHOR = "organisation.short_name ~ ' drafting note'"


class Draft:
    """A template being drawn, top to bottom."""

    def __init__(self, kind: str, *, title: str, subject: str) -> None:
        self.document = new_document(kind, title=title, subject=subject)
        self._controls = 0
        self._begins_page = False

    def write(self, text: str, style: str = "Body Text", *, page_break: bool = False) -> Paragraph:
        """Add a paragraph; ``**words**`` in it are bold. With `page_break` it begins a page.

        What begins a page or a section stands at its top, without the space that it has before it elsewhere.
        """
        paragraph = self.document.add_paragraph(style=style)
        if self._begins_page or page_break:
            paragraph.paragraph_format.space_before = 0
        self._begins_page = False
        if page_break:
            paragraph.paragraph_format.page_break_before = True
        add_text(paragraph, text)
        return paragraph

    def tag(self, *statements: str) -> None:
        """Add a paragraph for each statement, small and grey: it vanishes when the template is filled."""
        for statement in statements:
            run = self.document.add_paragraph(style="Normal").add_run(f"{{% {statement} %}}")
            run.font.size = Pt(8)
            run.font.color.rgb = RGBColor.from_string(MUTED)

    def append(self, xml: str) -> None:
        """Add an element of the body, such as a table, given with the prefixes of NAMESPACES undeclared."""
        start, _, rest = xml.partition(">")
        closing = "/>" if start.endswith("/") else ">"
        element = parse_xml(f"{start.removesuffix('/')} {NAMESPACES}{closing}{rest}")
        for identifier in element.iterfind(f".//{qn('w:sdtPr')}/{qn('w:id')}"):
            self._controls += 1
            identifier.set(qn("w:val"), str(self._controls))
        self.document.element.body.insert_element_before(element, "w:sectPr")

    def new_section(self, *, landscape: bool) -> Section:
        """End the section with a page of its own and turn the paper; header and footer are still to be drawn."""
        section: Section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        width, height = (A4[1], A4[0]) if landscape else A4
        section.page_width, section.page_height = Twips(width), Twips(height)
        self._begins_page = True
        return section

    def finish(self) -> bytes:
        """The template as a file."""
        return finish(self.document)


def add_text(paragraph: Paragraph, text: str) -> None:
    """Add `text` to `paragraph`, with ``**words**`` in the Strong style."""
    for index, piece in enumerate(text.split("**")):
        if piece:
            paragraph.add_run(piece, style="Strong" if index % 2 else None)


def capital(path: str, otherwise: str | None = None, *, narrow: bool = False) -> str:
    """Tags that print the value at `path` with a capital letter first, and `otherwise` where there is none.

    Without `otherwise`, a value that is not there shows as a gap. In a `narrow` column no line ends within a reference,
    an amount, a date or a short compound.
    """
    shown = f"{{{{ {path} | upper_first{_UNBROKEN if narrow else ''} }}}}"
    return shown if otherwise is None else f"{{% if {path} %}}{shown}{{% else %}}{otherwise}{{% endif %}}"


def note_on(path: str) -> str:
    """A tag that makes a comment of the drafting note on the clause at `path`, in a review copy only."""
    return f"{{{{ note({path}.note, {NOTE_AUTHOR}) }}}}"


def narrow(path: str) -> str:
    """A tag that prints the value at `path` for a narrow column, as `capital` does, with the letters that it has."""
    return f"{{{{ {path}{_UNBROKEN} }}}}"


def given(path: str, otherwise: str = "–", *, narrow: bool = False) -> str:
    """Tags that print the value at `path`, as `capital` does, and `otherwise` where there is none."""
    return f"{{% if {path} %}}{{{{ {path}{_UNBROKEN if narrow else ''} }}}}{{% else %}}{otherwise}{{% endif %}}"


def by_hand(path: str, control: str, otherwise: str) -> str:
    """A control to choose or write in, where the value at `path` is to be filled in by hand, and `otherwise` elsewhere.

    For what the text of a cell follows from: in a template to fill in nothing can be worked out.
    """
    return f"{{% if {path} is blank %}}[[{control}]]{{% else %}}{otherwise}{{% endif %}}"


def person(path: str, otherwise: str) -> str:
    """Tags that print the name of the person or thing at `path`, and `otherwise` where there is none."""
    return f"{{% if {path} %}}{{{{ {path}.name }}}}{{% else %}}{otherwise}{{% endif %}}"


def money(path: str, otherwise: str) -> str:
    """Tags that print the amount at `path`, and `otherwise` where there is none (nought is an amount)."""
    return f"{{% if {path} is not none %}}{{{{ {path} | money }}}}{{% else %}}{otherwise}{{% endif %}}"
