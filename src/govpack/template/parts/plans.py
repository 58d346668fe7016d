"""What each part of a template owns, and so what comes and goes with it when it is repeated or left out.

A slide owns its notes, charts and comments; a chart owns its workbook; what is shared (layouts, media, links) stays
one for all. A part that is owned is rendered from the place that shows it, in that place's own scope.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from govpack.ooxml.names import RT_SLIDE, qn
from govpack.ooxml.package import CONTENT_TYPES, Package
from govpack.ooxml.xml import parse_xml
from govpack.template.language.tags import has_tag
from govpack.template.parts.targets import with_plain_tags

if TYPE_CHECKING:
    from govpack.ooxml.package import Deflated, Relationship
    from govpack.template.parts.charts import ChartPlan

# By the last step of the relationship's type, which transitional and strict files have in common.
_OWNED = frozenset(
    "chart chartEx chartUserShapes chartStyle chartColorStyle themeOverride package oleObject notesSlide diagramData "
    "diagramLayout diagramQuickStyle diagramColors diagramDrawing comments tags vmlDrawing control ctrlProp "
    "activeXControlBinary".split()
)


_OFF = ("0", "false")


class Kind(Enum):
    """What a relationship leads to: a part that is shared, or owned; the owner; another slide; a link with tags."""

    SHARED = "shared"
    OWNED = "owned"
    OWNER = "owner"
    SLIDE = "slide"
    LINK = "link"


class Relation:
    """A relationship of a part. `marked` says that the part's markup asks for it where it is used, and only then."""

    def __init__(self, id: str, type: str, target: str, external: bool, kind: Kind) -> None:  # noqa: A002 - the format's own word
        self.id = id
        self.type = type
        self.target = target
        self.external = external
        self.kind = kind
        self.marked = False


class PartPlan:
    """How a part is written: from its `template`, where it has one, or as it is; `subtree` is all that it owns."""

    def __init__(self, part: str, relations: list[Relation]) -> None:
        self.part = part
        self.relations = relations
        self.template: str | None = None
        self.chart: ChartPlan | None = None
        self.is_workbook = False
        self.dynamic = False
        self.subtree: tuple[str, ...] = ()
        self.jumps: list[tuple[int, str]] = []


class ContentTypes(NamedTuple):
    """What ``[Content_Types].xml`` says: by extension, and by part."""

    defaults: dict[str, str]
    overrides: dict[str, str]


class Family:
    """The parts of one template by what owns them. `references` are those that marks speak of: (part, relation id)."""

    def __init__(self, package: Package, members: dict[str, Deflated]) -> None:
        self.references: list[tuple[str, str]] = []
        self.plans: dict[str, PartPlan] = {}
        self.roots: list[str] = []
        self.repeated_slides: set[str] = set()
        self.main = package.main_part
        self.charts = {part for part in members if package.content_type(part).endswith("drawingml.chart+xml")}
        self.slides = _slides(package) if package.kind == "pptx" else []
        self.hidden_slides = {slide for slide in self.slides if parse_xml(package.read(slide)).get("show") in _OFF}
        self._package = package
        self._owners = self._find_owners(members)
        parts = [part for part in members if not part.endswith(".rels") and part != CONTENT_TYPES]
        for part in parts:
            found = package.relationships(part).values()
            self.plans[part] = PartPlan(part, [self._relation(part, relationship) for relationship in found])
        self.tops = tuple(r.target for r in package.relationships().values() if not r.external)
        root = parse_xml(package.read(CONTENT_TYPES), CONTENT_TYPES)
        self.types = ContentTypes(
            {node.get("Extension", ""): node.get("ContentType", "") for node in root.iter(qn("ct:Default"))},
            {
                node.get("PartName", "").lstrip("/"): node.get("ContentType", "")
                for node in root.iter(qn("ct:Override"))
            },
        )
        self.reachable = self.reach({})

    def _find_owners(self, members: dict[str, Deflated]) -> dict[str, str]:
        owners: dict[str, str] = {}
        shared: set[str] = set()
        for part in members:
            if part.endswith(".rels"):
                continue
            for target in {r.target for r in self._package.relationships(part).values() if self._owns(part, r)}:
                if target not in members or owners.setdefault(target, part) != part:
                    shared.add(target)
        return {target: owner for target, owner in owners.items() if target not in shared}

    def _owns(self, part: str, relationship: Relationship) -> bool:
        if relationship.external or relationship.target == part:
            return False
        word = relationship.type.rpartition("/")[2]
        return word in _OWNED or (word == "slide" and part == self.main)

    def _relation(self, part: str, r: Relationship) -> Relation:
        kind = Kind.SHARED
        if not r.external and self._owners.get(r.target) == part and self._owns(part, r):
            kind = Kind.OWNED
        elif not r.external and self._owners.get(part) == r.target:
            kind = Kind.OWNER
        elif r.type == RT_SLIDE and not r.external:
            kind = Kind.SLIDE
        elif r.external and has_tag(with_plain_tags(r.target)):
            kind = Kind.LINK
        return Relation(r.id, r.type, r.target, r.external, kind)

    def owner_of(self, part: str) -> str | None:
        """The part that owns `part`, if one does."""
        return self._owners.get(part)

    def relation(self, part: str, identifier: str) -> Relation | None:
        """The relationship `identifier` of `part`."""
        plan = self.plans.get(part)
        return next((r for r in plan.relations if r.id == identifier), None) if plan else None

    def has_links(self, part: str) -> bool:
        """Whether a link of `part` has a tag in its target, or leads to a slide that may be left out."""
        found = self.plans[part].relations if part in self.plans else []
        return any(r.kind is Kind.LINK or (r.kind is Kind.SLIDE and r.target in self.repeated_slides) for r in found)

    def refer(self, part: str, identifier: str) -> int:
        """The number by which marks speak of the relationship `identifier` of `part`."""
        self.references.append((part, identifier))
        return len(self.references) - 1

    def is_dynamic(self, part: str) -> bool:
        """Whether something of `part`, or of what it owns, is filled, repeated or left out."""
        plan = self.plans[part]
        if plan.template or plan.chart or plan.is_workbook or part in self.repeated_slides:
            return True
        return any(self.is_dynamic(r.target) for r in plan.relations if r.kind is Kind.OWNED)

    def settle(self) -> None:
        """Once every part is compiled: say what is written anew, and what is only carried along."""
        for part, plan in self.plans.items():
            plan.dynamic = self.is_dynamic(part)
            plan.subtree = tuple(self._subtree(part))
            if plan.dynamic and part not in self._owners:
                self.roots.append(part)
        # What counts slides is written when they are known.
        self.roots.sort(key=lambda part: part.startswith("docProps/"))

    def _subtree(self, part: str) -> list[str]:
        found = [part]
        for relation in self.plans[part].relations:
            if relation.kind is Kind.OWNED:
                found += self._subtree(relation.target)
        return found

    def reach(self, targets: dict[str, list[str]]) -> set[str]:
        """The parts that the package leads to; `targets` says where parts lead that are written anew."""
        found: set[str] = set()
        waiting = list(self.tops)
        while waiting:
            part = waiting.pop()
            if part in found:
                continue
            found.add(part)
            if part in targets:
                waiting += targets[part]
            elif part in self.plans:
                waiting += (r.target for r in self.plans[part].relations if not r.external)
        return found


def _slides(package: Package) -> list[str]:
    """The slides of a presentation in their order."""
    known = package.relationships(package.main_part)
    listed = parse_xml(package.read(package.main_part), package.main_part).iter(qn("p:sldId"))
    found = [known[node.get(qn("r:id"), "")].target for node in listed if node.get(qn("r:id"), "") in known]
    return [slide for slide in found if slide in package]
