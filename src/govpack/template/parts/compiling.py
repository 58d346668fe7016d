"""From a package to a compiled template: find the tags, scope the blocks, make each part one Jinja template."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from govpack.errors import TemplateError
from govpack.findings import Finding, Location, did_you_mean
from govpack.ooxml.package import CONTENT_TYPES, Deflated, Package
from govpack.ooxml.xml import parse_xml, serialise
from govpack.template.blocks.notes import NoteParts, split_notes
from govpack.template.blocks.ranges import Ranges
from govpack.template.language.depth import TOO_DEEP, deepest_tag
from govpack.template.language.environment import TemplateEnvironment
from govpack.template.language.faults import capped
from govpack.template.language.said import Said, read_said
from govpack.template.language.slots import Form, Slot
from govpack.template.language.source import Marks, build_source
from govpack.template.language.tags import REFUSED, STATEMENTS, Kind, Tag, TagError
from govpack.template.markup.cleaning import clean, without_revision_ids
from govpack.template.markup.encodings import is_ascii_based
from govpack.template.markup.identifiers import Taken
from govpack.template.markup.members import check_main, is_markup, without_thumbnails
from govpack.template.markup.naming import part_names
from govpack.template.markup.prefixes import with_usual_prefixes
from govpack.template.markup.styles import Styles, read_styles
from govpack.template.parts.controls import Controls, stories, with_namespaces
from govpack.template.parts.fragments import Fragment, FragmentLibrary
from govpack.template.parts.frames import FrameBinder
from govpack.template.parts.leftovers import is_worth_reading, read_fillable, refuse_leftovers
from govpack.template.parts.part import PartCompiler
from govpack.template.parts.plans import Family
from govpack.template.parts.slides import SlideStatements
from govpack.template.parts.targets import LinkTargets
from govpack.template.parts.tracking import Tracker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govpack.template.blocks.scope import Fault
    from govpack.template.parts.frames import Frame
    from govpack.template.values.positions import Stand

# A part without any of these has no tag, whatever it is split over, unless it is written in UTF-16 or the like.
_SIGNS = (b"{", b"}", b"&#")
_SPLIT_IT = "no document needs them; let a loop repeat what comes many times"
_MOST_TAGS = 10_000
_NUMBERING_CALLS = ("ref", "bookmark", "toc")


class Compiled(NamedTuple):
    """What a compiled template is made of: members as they are, parts to render by name, and the slots of the tags."""

    members: dict[str, Deflated]
    parts: list[str]
    slots: list[Slot]
    environment: TemplateEnvironment
    fragments: FragmentLibrary
    family: Family
    frames: list[Frame | Stand]
    styles: Styles
    numbering: str
    taken: Taken
    notes: NoteParts
    ranges: Ranges
    gathers_headings: bool
    neutral: bool


class Workshop:
    """What the compiling of all parts shares: slots, marks, findings, fragments."""

    def __init__(self, package: Package, fragments: Mapping[str, Fragment], controls: Controls | None) -> None:
        self.package = package
        self.names = part_names(package)
        self.family = Family(package, package.members)
        self.frames = FrameBinder(self)
        self.slides = SlideStatements(self)
        self.links = LinkTargets(self)
        # Large parts, which are read but once.
        self.styles, self.roots = read_styles(package)
        self.environment = TemplateEnvironment()
        self.marks = Marks()
        self.slots: list[Slot] = []
        self.fragments = FragmentLibrary(fragments)
        self.root_of_nothing = etree.Element("nothing")
        self.findings: list[Finding] = []
        self.compilers: list[PartCompiler] = []
        self.taken = Taken()
        self.notes = NoteParts(package)
        self.ranges = Ranges()
        # The parts whose values may stand in controls.
        self.stories = stories(package) if controls else frozenset()
        self.counts_numbers = False
        self.gathers_headings = False
        self._said: dict[tuple[Kind, str], Said] = {}

    def root_of(self, part: str) -> etree._Element:
        """The root of a part that is being compiled; one without tags so far joins in."""
        for compiler in self.compilers:
            if compiler.part == part:
                return compiler.root
        root = parse_xml(self.package.read(part), part)
        clean(root)
        self.compilers.append(PartCompiler(self, part, root, self.names.get(part, part)))
        return root

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
        if len(self.slots) == _MOST_TAGS:
            raise TemplateError(f"{self.package.name or 'the template'} holds more than {_MOST_TAGS} tags; {_SPLIT_IT}")
        self.slots.append(Slot(form, raw, location))
        return len(self.slots) - 1

    def read_tag(self, tag: Tag | TagError, location: Location) -> tuple[int, Said] | None:
        """The slot of `tag` and what it says; None, and a finding, where it is wrong."""
        if isinstance(tag, TagError):
            self.report(tag.tag, tag.reason, location)
            return None
        if tag.kind is Kind.BLOCK and tag.word in REFUSED:
            self.report(tag.raw, f"'{tag.word}' is not for templates: {REFUSED[tag.word]}", location)
            return None
        if tag.kind is Kind.BLOCK and tag.word not in STATEMENTS:
            reason = (
                f"'{tag.word}' is not among the statements that templates may use{did_you_mean(tag.word, STATEMENTS)}"
            )
            self.report(tag.raw, reason if tag.word else "the tag is empty", location)
            return None
        # The same tag comes many times in a document and its clauses; it is read once.
        key = (tag.kind, tag.source)
        if key not in self._said:
            self._said[key] = read_said(tag)
        said = self._said[key]
        for fault in said.faults:
            self.report(tag.raw, fault, location)
        if said.faults:
            return None
        number = self.add_slot(tag.raw, location)
        self.slots[number].label = said.label
        self.counts_numbers |= not said.called.isdisjoint(_NUMBERING_CALLS)
        self.gathers_headings |= "toc" in said.called
        return number, said


class Prepared(NamedTuple):
    """A package whose tags are found and placed: members that stay, and the parts whose sources Jinja is to compile."""

    workshop: Workshop
    members: dict[str, Deflated]
    parts: list[str]


def prepare_package(package: Package, fragments: Mapping[str, Fragment], controls: Controls | None = None) -> Prepared:
    """Make each part of `package` that has tags Jinja source; what is wrong is in the workshop's findings."""
    workshop = Workshop(package, fragments, controls)
    always = _always_read(package)
    members = without_thumbnails(package)
    compilers = workshop.compilers
    for part in members:
        if part == CONTENT_TYPES or part.endswith(".rels") or not is_markup(part, package.content_type(part)):
            continue
        raw = package.read(part)
        wanted = part in always or part in workshop.notes.by_part or workshop.family.has_links(part)
        if not (wanted or is_worth_reading(raw)):
            continue
        if not wanted and (cleaned := without_revision_ids(raw)) is not None:
            members[part] = Deflated.of(cleaned)
            continue
        root = read_fillable(workshop, part, raw)
        if root is None:
            continue
        check_main(package, part, root)
        root = _clean(workshop, part, root)
        if wanted or any(sign in raw for sign in _SIGNS) or not is_ascii_based(raw):
            compilers.append(PartCompiler(workshop, part, root, workshop.names.get(part, part)))
        else:
            members[part] = Deflated.of(serialise(root))
    for compiler in compilers:  # a control bound to XML brings that part in while this goes on
        compiler.read()
    if any(compiler.includes_fragments for compiler in compilers):
        workshop.fragments.read(workshop)
    parts: list[str] = []
    # A chart is bound by the part that shows it, and the presentation lists slides by what is in them.
    lists_slides = package.main_part if package.kind == "pptx" else ""
    # What refers to bookmarks and notes in blocks of the body comes behind it.
    body = package.main_part if package.kind == "docx" else ""
    compilers.sort(
        key=lambda compiler: (
            compiler.part == lists_slides,
            compiler.part in workshop.family.charts,
            workshop.notes.order(compiler.part),
            bool(body) and compiler.part != body,
        )
    )
    for compiler in compilers:
        markup = compiler.compile()
        if markup is None:
            members[compiler.part] = Deflated.of(serialise(compiler.root))
            continue
        markup, notes = split_notes(workshop, compiler.part, markup)
        workshop.environment.sources[compiler.part] = build_source(markup, workshop.marks.statements)
        parts += [compiler.part, *notes]
        workshop.family.plans[compiler.part].template = compiler.part
    refuse_leftovers(workshop, members)
    return Prepared(workshop, members, parts)


def _clean(workshop: Workshop, part: str, root: etree._Element) -> etree._Element:
    clean(root)
    workshop.taken.note(root)
    if part in workshop.stories:
        root = with_namespaces(root)
    return with_usual_prefixes(root)


def compile_package(package: Package, fragments: Mapping[str, Fragment], controls: Controls | None = None) -> Compiled:
    """Compile every part of `package`. TemplateError carries all that is wrong with its tags."""
    prepared = prepare_package(package, fragments, controls)
    workshop = prepared.workshop
    if workshop.findings:
        raise TemplateError(_summary(package, len(workshop.findings)), capped(workshop.findings))
    workshop.environment.load_missing = workshop.fragments.load
    if controls:
        workshop.environment.prepare = Tracker(workshop.slots, controls).annotate
    for name in prepared.parts:
        try:
            workshop.environment.get_template(name)
        except (RecursionError, SyntaxError):
            # Python has bounds of its own, which no template meets that a person can still read.
            slot = workshop.slots[deepest_tag(workshop.environment, name)]
            workshop.report(slot.raw, TOO_DEEP, slot.location)
            raise TemplateError(_summary(package, 1), workshop.findings) from None
    workshop.family.settle()
    return Compiled(
        prepared.members,
        prepared.parts,
        workshop.slots,
        workshop.environment,
        workshop.fragments,
        workshop.family,
        workshop.frames.frames,
        workshop.styles,
        workshop.styles.numbering_part,
        workshop.taken,
        workshop.notes,
        workshop.ranges,
        workshop.gathers_headings,
        bool(controls and controls.neutral),
    )


def _always_read(package: Package) -> set[str]:
    """Parts that are read though no tag stands in them: those that hold a person's name, and that show other parts."""
    kinds = ("drawingml.chart+xml", "presentationml.slide+xml", "wordprocessingml.people+xml")
    shown = {part for part in package if package.content_type(part).endswith(kinds)}
    return {package.main_part, "docProps/core.xml", "docProps/app.xml", *shown}


def _summary(package: Package, count: int) -> str:
    what = "one fault" if count == 1 else f"{count} faults"
    return f"the template {package.name or ''} has {what}".replace("  ", " ")
