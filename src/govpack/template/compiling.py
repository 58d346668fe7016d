"""From a package to a compiled template: find the tags, scope the blocks, make each part one Jinja template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError
from lxml import etree

from govpack.errors import TemplateError
from govpack.findings import Finding, Location, did_you_mean
from govpack.ooxml.names import RT_THUMBNAIL, qn
from govpack.ooxml.package import CONTENT_TYPES, Deflated, Package
from govpack.ooxml.xml import parse_xml, serialise
from govpack.template.cleaning import clean
from govpack.template.environment import TemplateEnvironment
from govpack.template.expressions import calls, faults_of, label_of, parse_tag
from govpack.template.fragments import Fragment, FragmentLibrary
from govpack.template.frames import FrameBinder
from govpack.template.links import LinkTargets
from govpack.template.part import PartCompiler
from govpack.template.pictures import image
from govpack.template.places import part_names
from govpack.template.plans import Family
from govpack.template.series import chart
from govpack.template.slides import SlideStatements
from govpack.template.slots import Form, Slot
from govpack.template.source import Marks, build_source
from govpack.template.styles import Styles, read_styles
from govpack.template.tags import STATEMENTS, Kind, Tag, TagError
from govpack.template.values import Bookmark, Contents, Reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import nodes

    from govpack.template.frames import Frame
    from govpack.template.scope import Fault

_NUMBERING_CALLS = ("ref", "bookmark", "toc")
_RELATIONSHIPS = "_rels/.rels"
_NUMBERING_END = (qn("w:numIdMacAtCleanup"),)


@dataclass(slots=True)
class Compiled:
    """What a compiled template is made of: members as they are, parts to render by name, and the slots of the tags."""

    members: dict[str, Deflated]
    parts: list[str]
    slots: list[Slot]
    environment: TemplateEnvironment
    fragments: FragmentLibrary
    family: Family
    frames: list[Frame]
    styles: Styles
    empty_cells: frozenset[str]
    numbering: tuple[str, str, str] | None


class Workshop:
    """What the compiling of all parts shares: slots, marks, findings, fragments."""

    def __init__(self, package: Package, fragments: Mapping[str, Fragment]) -> None:
        self.package = package
        self.names = part_names(package)
        self.family = Family(package, package.members)
        self.frames = FrameBinder(self)
        self.slides = SlideStatements(self)
        self.links = LinkTargets(self)
        self.styles = read_styles(package)
        self.environment = TemplateEnvironment()
        self.environment.globals.update(FUNCTIONS)
        self.marks = Marks()
        self.slots: list[Slot] = []
        self.fragments = FragmentLibrary(fragments)
        self.root_of_nothing = etree.Element("nothing")
        self.findings: list[Finding] = []
        self.counts_numbers = False
        self.gathers_headings = False

    def location(self, at: str) -> Location:
        """The place `at` in the template being compiled."""
        return Location(self.package.name or "template", at=at)

    def report(self, raw: str, reason: str, location: Location) -> None:
        """Note a fault of the tag `raw`."""
        self.findings.append(Finding(f"'{raw}': {reason}" if raw else reason, location))

    def report_fault(self, fault: Fault | None) -> None:
        """Note what is wrong with a block, if anything is."""
        if fault is None:
            return
        slot = self.slots[fault.site.number]
        reason = fault.reason
        if fault.other is not None:
            other = self.slots[fault.other.number]
            reason += f"; see '{other.raw}' at {other.location.at}"
        self.report(slot.raw, reason, slot.location)

    def engine_slot(self) -> int:
        """A new slot for a statement of the engine's own."""
        return self.add_slot("", self.location(""), Form.MARKUP)

    def add_slot(self, raw: str, location: Location, form: Form = Form.STATEMENT) -> int:
        """A new slot for a tag, by its number."""
        self.slots.append(Slot(form, raw, location))
        return len(self.slots) - 1

    def read_tag(self, tag: Tag | TagError, location: Location) -> tuple[int, nodes.Template] | None:
        """The slot and syntax tree of `tag`; None, and a finding, where it is wrong."""
        if isinstance(tag, TagError):
            self.report(tag.tag, tag.reason, location)
            return None
        if tag.kind is Kind.BLOCK and tag.word not in STATEMENTS:
            reason = (
                f"'{tag.word}' is not among the statements that templates may use{did_you_mean(tag.word, STATEMENTS)}"
            )
            self.report(tag.raw, reason if tag.word else "the tag is empty", location)
            return None
        try:
            tree = parse_tag(self.environment, tag)
        except TemplateSyntaxError as error:
            self.report(tag.raw, _in_words(error.message or "", tag), location)
            return None
        faults = list(faults_of(self.environment, tree))
        for fault in faults:
            self.report(tag.raw, fault, location)
        if faults:
            return None
        number = self.add_slot(tag.raw, location)
        self.slots[number].label = label_of(tree)
        if any(calls(tree, name) for name in _NUMBERING_CALLS):
            self.counts_numbers = True
            self.gathers_headings |= calls(tree, "toc")
        return number, tree


def _reference(identifier: str) -> Reference:
    return Reference(_text(identifier, "ref"))


def _bookmark(identifier: str) -> Bookmark:
    return Bookmark(_text(identifier, "bookmark"))


def _text(value: object, function: str) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError(f"'{function}' takes the name of a bookmark; found '{value}'")
    return value


def _contents(levels: int = 1) -> Contents:
    return Contents(levels)


FUNCTIONS = {"ref": _reference, "bookmark": _bookmark, "toc": _contents, "chart": chart, "image": image}


def compile_package(package: Package, fragments: Mapping[str, Fragment]) -> Compiled:
    """Compile every part of `package`. TemplateError carries all that is wrong with its tags."""
    workshop = Workshop(package, fragments)
    always = _always_read(package)
    members = _without_thumbnails(package)
    compilers: list[PartCompiler] = []
    for part in members:
        if not part.endswith(".xml") or part == CONTENT_TYPES:
            continue
        raw = package.read(part)
        if not (b"{" in raw or b"rsid" in raw or part in always or workshop.family.has_links(part)):
            continue
        root = parse_xml(members[part].inflate(), part)
        clean(root)
        compilers.append(PartCompiler(workshop, part, root, workshop.names.get(part, part)))
    for compiler in compilers:
        compiler.read()
    workshop.fragments.read(workshop)
    parts, empty_cells = [], set()
    # A chart is bound by the part that shows it, and the presentation lists slides by what is in them.
    lists_slides = package.main_part if package.kind == "pptx" else ""
    compilers.sort(key=lambda compiler: (compiler.part == lists_slides, compiler.part in workshop.family.charts))
    for compiler in compilers:
        markup = compiler.compile()
        if markup is None:
            members[compiler.part] = Deflated.of(serialise(compiler.root))
            continue
        source = build_source(markup, workshop.marks.statements)
        workshop.environment.add(compiler.part, source.text, source.slots)
        parts.append(compiler.part)
        workshop.family.plans[compiler.part].template = compiler.part
        if compiler.may_empty_cells:
            empty_cells.add(compiler.part)
    if workshop.findings:
        raise TemplateError(_summary(package, len(workshop.findings)), workshop.findings)
    workshop.environment.load_missing = workshop.fragments.load
    for name in parts:
        workshop.environment.get_template(name)
    workshop.family.settle()
    return Compiled(
        members,
        parts,
        workshop.slots,
        workshop.environment,
        workshop.fragments,
        workshop.family,
        workshop.frames.frames,
        workshop.styles,
        frozenset(empty_cells),
        _open_numbering(members, workshop.styles),
    )


def _always_read(package: Package) -> set[str]:
    """Parts that are read though no tag stands in them: those that hold a person's name, and that show other parts."""
    kinds = ("drawingml.chart+xml", "presentationml.slide+xml")
    shown = {part for part in package if package.content_type(part).endswith(kinds)}
    return {package.main_part, "docProps/core.xml", "docProps/app.xml", *shown}


def _summary(package: Package, count: int) -> str:
    what = "one fault" if count == 1 else f"{count} faults"
    return f"the template {package.name or ''} has {what}".replace("  ", " ")


def _without_thumbnails(package: Package) -> dict[str, Deflated]:
    """The members of `package` but for the picture that its author's Office took of the first page."""
    pictures = {r.id: r.target for r in package.relationships().values() if r.type == RT_THUMBNAIL}
    members = {name: package.members[name] for name in package if name not in pictures.values()}
    if pictures:
        root = parse_xml(package.read(_RELATIONSHIPS), _RELATIONSHIPS)
        for node in [node for node in root if node.get("Id") in pictures]:
            root.remove(node)
        members[_RELATIONSHIPS] = Deflated.of(serialise(root))
    return members


def _open_numbering(members: dict[str, Deflated], styles: Styles) -> tuple[str, str, str] | None:
    """The numbering part cut where a rendering may add lists of its own: name, before, after."""
    part = styles.numbering_part
    if not part:
        return None
    root = parse_xml(members[part].inflate(), part)
    end = next((child for child in root if child.tag in _NUMBERING_END), None)
    mark = "\ufdd0"
    if end is not None:
        before = end.getprevious()
        if before is not None:
            before.tail = mark
    elif len(root):
        root[-1].tail = mark
    head, _, tail = etree.tostring(root, encoding="unicode").partition(mark)
    return part, head, tail


def _in_words(message: str, tag: Tag) -> str:
    """Jinja's complaint as a person would put it."""
    if "expected token 'end of" in message or "end of print statement" in message:
        found = message.rpartition("got ")[2].strip("'")
        return f"the {tag.kind.value} goes on with '{found}' where it should end; quote texts, and join with ~"
    return message
