"""Markdown fragments with tags, such as clauses, and what they become in the paragraph that includes them.

Tags are found before the Markdown is read, and stand in it as marks of no meaning to Markdown. Statements on lines of
their own go between the paragraphs; statements inside a line stay inside its text. Every fragment's tags are read when
the template is compiled; its paragraphs are made for a holder (the paragraph with the ``include``) when it is first
included there, since a library holds many wordings and a document uses one of each.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import TemplateNotFound, nodes

from govpack.findings import did_you_mean
from govpack.template.language.slots import Form, Slot
from govpack.template.language.source import Marks, build_source
from govpack.template.markup.paragraphs import properties_of, run_of
from govpack.template.parts.shapes import Shapes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

    from govpack.findings import Location
    from govpack.template.blocks.scope import Site
    from govpack.template.language.environment import TemplateEnvironment
    from govpack.template.language.said import Said
    from govpack.template.language.source import Source
    from govpack.template.parts.compiling import Workshop
    from govpack.template.parts.fragment_tags import ReadFragment


class Fragment(NamedTuple):
    """A piece of Markdown with tags, such as a clause, and where it comes from (`line` is that of its first line).

    `lines` says where each line of the text stands, if they do not simply follow each other.
    """

    text: str
    file: str = ""
    line: int = 1
    lines: tuple[int, ...] = ()

    def line_at(self, position: int) -> int:
        """The line of the file for a position in the text."""
        number = self.text.count("\n", 0, position)
        return self.lines[number] if self.lines else self.line + number


class FragmentLibrary:
    """The fragments of one template, read once, and the holders that may include them."""

    def __init__(self, fragments: Mapping[str, Fragment]) -> None:
        self._fragments = fragments
        self._read: dict[str, ReadFragment] = {}
        self._holders: dict[str, Shapes] = {}
        self._properties: dict[str, etree._Element | None] = {}
        self._holds_controls: dict[str, bool] = {}
        self._slots: list[Slot] = []
        self._environment: TemplateEnvironment | None = None
        self._counts_numbers = False
        self.gathers_headings = False
        self._lock = Lock()

    def read(self, shop: Workshop) -> None:
        """Read the tags of every fragment; what is wrong with them is reported to `shop`."""
        from govpack.template.parts.fragment_tags import read_fragment  # noqa: PLC0415 - a template without any does not wait

        self._slots = shop.slots
        self._environment = shop.environment
        for name, fragment in self._fragments.items():
            self._read[name] = read_fragment(shop, name, fragment)

    def add_holder(self, shop: Workshop, site: Site, said: Said, *, holds_controls: bool) -> str:
        """The paragraph of the tag at `site` may include fragments; the statement that includes the one it names."""
        assert said.tree is not None
        include = next(iter(said.tree.find_all(nodes.Include)))
        if isinstance(include.template, nodes.Const) and (name := str(include.template.value)) not in self._fragments:
            slot = shop.slots[site.number]
            reason = f"there is no fragment '{name}'{did_you_mean(name, self._fragments)}"
            shop.report(slot.raw, reason, slot.location)
        first = next(leaf for leaf in site.paragraph.leaves if leaf.end > site.tag.start)
        holder = str(len(self._holders) + 1)
        self._properties[holder] = properties_of(run_of(first.element))
        self._holders[holder] = Shapes(site.paragraph.element, self._properties[holder], shop.styles)
        self._holds_controls[holder] = holds_controls
        self._counts_numbers = shop.counts_numbers
        self.gathers_headings = shop.gathers_headings
        expression = site.tag.source.removeprefix("include")
        return f'include ({expression}) ~ "@{holder}"'

    def load(self, name: str) -> Source:
        """The source of ``fragment@holder``, for Jinja's loader. TemplateNotFound where there is no such fragment."""
        from govpack.template.parts.fragment_markup import FragmentWriter  # noqa: PLC0415 - like the reading of their tags

        fragment, _, holder = name.rpartition("@")
        if fragment not in self._read or holder not in self._holders or self._environment is None:
            raise TemplateNotFound(name)
        with self._lock:
            marks = Marks()
            writer = FragmentWriter(self, self._read[fragment], holder, marks)
            source = build_source(writer.write(), marks.statements)
            self._environment.sources[name] = source
        return source

    def load_all(self) -> None:
        """Make every fragment for the first holder, so that all values they use are known."""
        if self._environment is None or not self._holders:
            return
        for name in self._read:
            self._environment.get_template(f"{name}@1")

    @property
    def holders(self) -> tuple[str, ...]:
        """The paragraphs that may include fragments."""
        return tuple(self._holders)

    def shapes(self, holder: str) -> Shapes:
        """The shapes that paragraphs take in `holder`."""
        return self._holders[holder]

    def slot_for(self, slot: int, holder: str, *, bold: bool, italic: bool) -> int:
        """A slot like `slot`, for text of this look in `holder`."""
        made = copy(self._slots[slot])
        dialect = self._holders[holder].dialect
        made.may_be_control = self._holds_controls[holder]
        made.become_run(dialect, dialect.with_look(self._properties[holder], bold=bold, italic=italic))
        self._slots.append(made)
        return len(self._slots) - 1

    def markup_slot(self, slot: int, fallback: str) -> int:
        """A slot like `slot` for markup of the engine's own; `fallback` stands in where its value is missing."""
        made = replace(self._slots[slot], form=Form.MARKUP, fallback=fallback)
        self._slots.append(made)
        return len(self._slots) - 1

    def engine_slot(self, location: Location) -> int:
        """A slot for a statement of the engine's own."""
        self._slots.append(Slot(Form.MARKUP, "", location))
        return len(self._slots) - 1

    @property
    def counts_numbers(self) -> bool:
        """Whether numbered paragraphs must be counted, because something refers to them."""
        return self._counts_numbers
