"""Markdown fragments with tags, such as clauses, compiled for the paragraph that includes them.

Tags are found before the Markdown is read, and stand in it as marks of no meaning to Markdown. Statements on lines of
their own go between the paragraphs; statements inside a line stay inside its text.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from jinja2 import nodes

from govpack.findings import Location, did_you_mean
from govpack.template.expressions import calls
from govpack.template.markdown import read_markdown
from govpack.template.paragraphs import ParagraphText, properties_of, run_of
from govpack.template.references import MARK_END, MARK_START
from govpack.template.scope import Site, pair_blocks
from govpack.template.shapes import Shapes
from govpack.template.slots import Form
from govpack.template.source import build_source
from govpack.template.tags import CLOSERS, OPENERS, Kind, TagError, find_tags

if TYPE_CHECKING:
    from lxml import etree

    from govpack.template.compiling import Fragment, Workshop
    from govpack.template.markdown import TextBlock
    from govpack.template.shapes import Shape

# In Markdown a mark ends with a punctuation sign that nobody writes (a Manichaean one): asterisks next to a letter or
# a noncharacter would not count as bold before a quotation mark. Marks of statements that go before, or behind, the
# paragraph of their text begin with noncharacters of their own, and stand at its end.
_END = "\U00010af1"
_BEFORE, _BEHIND = "\ufdd2", "\ufdd3"
_MARK = re.compile(f"{MARK_START}(\\d+){_END}")
_MARKS_ONLY = re.compile(f"\\s*(?:{MARK_START}\\d+{_END}\\s*)+")
_BESIDE = re.compile(f" ?([{_BEFORE}{_BEHIND}])(\\d+){_END}")


def compile_include(shop: Workshop, site: Site, tree: nodes.Template) -> str:
    """Compile the fragments that the tag at `site` may name, for its paragraph; the statement that includes one."""
    shop.holders += 1
    suffix = f"@{shop.holders}"
    include = next(iter(tree.find_all(nodes.Include)))
    slot = shop.slots[site.number]
    names = list(shop.fragments)
    if isinstance(include.template, nodes.Const):
        name = str(include.template.value)
        if name not in shop.fragments:
            shop.report(slot.raw, f"there is no fragment '{name}'{did_you_mean(name, names)}", slot.location)
            return "set govpack_left_out = 1"
        names = [name]
    first = next(leaf for leaf in site.paragraph.leaves if leaf.end > site.tag.start)
    properties = properties_of(run_of(first.element))
    for name in names:
        compiler = _FragmentCompiler(shop, shop.fragments[name], name, site.paragraph.element, properties)
        source = build_source(compiler.compile(), shop.marks.statements)
        shop.environment.add(name + suffix, source.text, source.slots)
    expression = site.tag.source.lstrip("+-").strip().removeprefix("include")
    return f'include ({expression}) ~ "{suffix}"'


class _FragmentCompiler:
    """Compiles one fragment for one paragraph that may include it."""

    def __init__(
        self,
        shop: Workshop,
        fragment: Fragment,
        name: str,
        holder: etree._Element,
        properties: etree._Element | None,
    ) -> None:
        self._shop = shop
        self._fragment = fragment
        self._name = name
        self._holder = holder
        self._properties = properties
        self._shapes = Shapes(holder, properties, shop.styles)
        self._kinds: dict[int, Site] = {}
        self._bookmarks: set[int] = set()

    def compile(self) -> str:
        """The fragment's markup, with marks for its tags."""
        marked = self._mark_tags()
        written: list[str] = []
        for block in read_markdown(self._separate_statements(marked)):
            try:
                shape = self._shapes.of(block)
            except LookupError as error:
                self._shop.report("", str(error.args[0]), self._location(0))
                continue
            if shape.restarts:
                self._shop.report(
                    "", "an ordered list needs a paragraph that a multilevel list numbers", self._location(0)
                )
                continue
            written.append(self._write_block(block, shape))
        return "".join(written)

    def _location(self, position: int) -> Location:
        if not self._fragment.file:
            return Location(f"fragment {self._name}", self._fragment.text.count("\n", 0, position) + 1)
        return Location(self._fragment.file, self._fragment.line + self._fragment.text.count("\n", 0, position))

    def _mark_tags(self) -> str:
        """The text with a mark for each tag; comments and raw marks are gone."""
        text = self._fragment.text
        pieces, position = [], 0
        if any(sign in text for sign in (MARK_START, _END, _BEFORE, _BEHIND)):
            self._shop.report("", "the fragment holds a character that the engine keeps for itself", self._location(0))
        for tag in find_tags(text):
            if isinstance(tag, TagError):
                self._shop.report(tag.tag, tag.reason, self._location(text.find(tag.tag[:20])))
                continue
            pieces.append(text[position : tag.start])
            position = tag.end
            if tag.kind is Kind.SILENT:
                continue
            read = self._shop.read_tag(tag, self._location(tag.start))
            if read is None:
                continue
            number, tree = read
            if tag.kind is Kind.VALUE:
                mark = self._shop.marks.value(number, tag.source)
                if calls(tree, "bookmark"):
                    self._bookmarks.add(len(self._shop.marks.statements) - 1)
            elif tag.word == "include":
                self._shop.report(tag.raw, "a fragment can't include another", self._location(tag.start))
                continue
            else:
                mark = self._shop.marks.block(number, tag.source.lstrip("+-"))
                nowhere = ParagraphText(self._holder)
                self._kinds[len(self._shop.marks.statements) - 1] = Site(number, tag, nowhere)
            pieces.append(mark.replace(MARK_END, _END))
        for fault in pair_blocks(self._kinds.values())[1]:
            slot = self._shop.slots[fault.site.number]
            self._shop.report(slot.raw, fault.reason, slot.location)
        return "".join([*pieces, text[position:]])

    def _separate_statements(self, text: str) -> str:
        """Take lines that hold statements only out of the text; each goes with the line before or behind it."""
        lines: list[str] = []
        pending = ""
        for line in text.splitlines():
            numbers = [int(found) for found in _MARK.findall(line)]
            if numbers and _MARKS_ONLY.fullmatch(line) and all(number in self._kinds for number in numbers):
                for number in numbers:
                    word = self._kinds[number].tag.word
                    last = next((at for at in range(len(lines) - 1, -1, -1) if lines[at].strip()), None)
                    if pending or last is None or word in OPENERS or word == "set":
                        pending += f" {_BEFORE}{number}{_END}"
                    else:
                        lines[last] += f" {_BEHIND}{number}{_END}"
                continue
            if pending and line.strip():
                lines.append(line + pending)
                pending = ""
                continue
            lines.append(line)
        if pending and lines:
            lines[-1] += pending.replace(_BEFORE, _BEHIND)
        return "\n".join(lines)

    def _write_block(self, block: TextBlock, shape: Shape) -> str:
        before: list[str] = []
        behind: list[str] = []
        runs: list[str] = []
        bookmarked = False
        depth = 0
        for span in block.spans:
            text = span.text
            for found in _BESIDE.finditer(text):
                side = before if found[1] == _BEFORE else behind
                side.append(f"{MARK_START}{found[2]}{MARK_END}")
            pieces = _MARK.split(_BESIDE.sub("", text))
            for index, piece in enumerate(pieces):
                if index % 2 == 0:
                    if piece:
                        runs.append(self._literal(piece, (span.bold, span.italic)))
                    continue
                number = int(piece)
                runs.append(f"{MARK_START}{piece}{MARK_END}")
                bookmarked |= number in self._bookmarks
                if number in self._kinds:
                    word = self._kinds[number].tag.word
                    depth += (word in OPENERS) - (word in CLOSERS)
                else:
                    slot = self._shop.slots[self._shop.marks.statements[number].slot]
                    dialect = self._shapes.dialect
                    slot.become_run(dialect, dialect.with_look(self._properties, bold=span.bold, italic=span.italic))
        if depth:
            self._report_open(block)
        count = ""
        if shape.level is not None and self._shop.counts_numbers:
            count = self._engine_mark(f"_count({json.dumps(shape.level.num_id)}, {shape.level.depth})")
        close = self._engine_mark("_close_bookmarks()") if bookmarked else ""
        return "".join([*before, shape.open, count, *runs, close, shape.close, *behind])

    def _report_open(self, block: TextBlock) -> None:
        shown = _BESIDE.sub("", _MARK.sub("…", "".join(span.text for span in block.spans)))[:60]
        reason = f"a statement in the item “{shown}” opens or closes in another; put it on a line of its own"
        self._shop.report("", reason, self._location(0))

    def _literal(self, text: str, look: tuple[bool, bool]) -> str:
        shown = escape(text).replace("\n", self._shapes.dialect.breaks["\n"].replace("{properties}", ""))
        return f"{self._shapes.runs[look]}{shown}{self._shapes.dialect.run_close}"

    def _engine_mark(self, expression: str) -> str:
        return self._shop.marks.value(self._shop.add_slot("", self._location(0), Form.MARKUP), expression)
