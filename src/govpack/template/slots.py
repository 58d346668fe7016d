"""A slot is the place of one tag in a template: what it says, where it stands, and the markup that its value needs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from govpack.template.dialects import DRAWING, WORD, Dialect, xml_of

if TYPE_CHECKING:
    from lxml import etree

    from govpack.findings import Location
    from govpack.template.shapes import Shapes


class Form(Enum):
    """What a value becomes: a run of text, text of an element or attribute, markup of the engine's own, or nothing."""

    RUN = "run"
    TEXT = "text"
    ATTRIBUTE = "attribute"
    MARKUP = "markup"
    STATEMENT = "statement"


@dataclass(slots=True)
class Slot:
    """The place of one tag.

    `raw` is the tag as typed, `label` the value's path for placeholders. For runs, `before` and `after` are the markup
    around the text, `before_missing` the same with a highlight, `properties` the run's look. `shapes` is there where
    the tag stands alone in its paragraph, so that whole paragraphs may take its place.
    """

    form: Form
    raw: str
    location: Location
    label: str = ""
    before: str = ""
    after: str = ""
    before_missing: str = ""
    properties: str = ""
    line_break: str = "\n"
    tab: str = "\t"
    dialect: Dialect | None = None
    shapes: Shapes | None = None

    def become_run(self, dialect: Dialect, properties: etree._Element | None) -> None:
        """Prepare the markup of a run of text with these run properties."""
        self.form = Form.RUN
        self.dialect = dialect
        self.properties = xml_of(properties)
        self.before = dialect.run_open(properties)
        self.before_missing = dialect.run_open(dialect.with_look(properties, highlight=True))
        self.after = dialect.run_close
        self.line_break = dialect.breaks["\n"].replace("{properties}", self.properties)
        self.tab = dialect.breaks["\t"]

    @property
    def in_word(self) -> bool:
        """Whether the value lands among WordprocessingML runs, where fields and bookmarks can stand."""
        return self.dialect is WORD

    @property
    def in_drawing(self) -> bool:
        """Whether the value lands among DrawingML runs."""
        return self.dialect is DRAWING
