"""A slot is the place of one tag in a template: what it says, where it stands, and the markup that its value needs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from govpack.template.markup.dialects import DRAWING, WORD, Dialect, xml_of
from govpack.template.values.pieces import Level

if TYPE_CHECKING:
    from lxml import etree

    from govpack.findings import Location
    from govpack.template.parts.controls import ControlPath
    from govpack.template.parts.natives import Native
    from govpack.template.parts.shapes import Shape, Shapes


class Form(Enum):
    """What a value becomes: text in a run, element or attribute, the engine's own markup, a control, or nothing."""

    RUN = "run"
    TEXT = "text"
    ATTRIBUTE = "attribute"
    MARKUP = "markup"
    NATIVE = "native"
    STATEMENT = "statement"
    HELD = "held"


@dataclass(slots=True, eq=False)
class Slot:
    """The place of one tag.

    `raw` is the tag as typed, `label` the value's path for placeholders. For runs, `before` and `after` are the markup
    around the text, `before_missing` the same with a highlight, `properties` the run's look. `shapes` is there where
    the tag stands alone in its paragraph, so that whole paragraphs may take its place; `around` is the paragraph of a
    tag that does not, where a value may split it. `level` is what the tag stands among; `fallback` what an attribute
    holds where the value is missing. `control` is the path of a value that gets a content control, where the place
    allows for one (`may_be_control`); `native` is the control of the template that the value sets.
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
    may_be_control: bool = False
    control: ControlPath | None = None
    native: Native | None = None
    level: Level = Level.TEXT
    around: Shape | None = None
    fallback: str = ""

    def become_run(self, dialect: Dialect, properties: etree._Element | None) -> None:
        """Prepare the markup of a run of text with these run properties."""
        self.form = Form.RUN
        self.level = Level.RUNS
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
