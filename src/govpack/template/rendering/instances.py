"""The parts that one rendering writes: each repetition of a slide, chart or link has its own, with its own ids."""

from __future__ import annotations

import posixpath
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from govpack.ooxml.names import RT_HYPERLINK, RT_IMAGE
from govpack.ooxml.package import CONTENT_TYPES, Deflated
from govpack.template.markup.relations import rels_name, write_relations, write_types
from govpack.template.parts.plans import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govpack.template.markup.references import Pieces
    from govpack.template.parts.plans import Family, PartPlan, Relation
    from govpack.template.parts.series import ChartData

_NUMBERED = re.compile(r"(.*?)(\d*)(\.[^./]*)?")


class Instance:
    """One writing of a part: under `name`, with the relationships that it turned out to need."""

    def __init__(self, plan: PartPlan, name: str, owner: Instance | None) -> None:
        self.plan = plan
        self.name = name
        self.owner = owner
        self.text: Pieces | None = None
        self.data: ChartData | None = None
        self.next_id = 0
        self.children: dict[str, str] = {}
        self.latest: dict[str, str] = {}
        self.used: set[str] = set()
        self.added: list[tuple[str, str, str, bool]] = []
        self.ids: set[int] = set()

    def add(self, type_: str, target: str, *, external: bool = False) -> str:
        """The id of a relationship to `target`, made where there is none yet."""
        for identifier, known, to, outside in self.added:
            if (known, to, outside) == (type_, target, external):
                return identifier
        taken = {r.id for r in self.plan.relations} | {identifier for identifier, *_ in self.added}
        number = len(taken) + 1
        while (fresh := f"rId{number}") in taken:
            number += 1
        self.added.append((fresh, type_, target, external))
        return fresh


class Instances:
    """What one rendering makes of the parts of `family`. `render` gives the text of a template by its name."""

    def __init__(self, family: Family, members: dict[str, Deflated], render: Callable[..., Pieces]) -> None:
        self.made: dict[str, Instance] = {}
        self.stack: list[Instance] = []
        self.pending: dict[str, ChartData] = {}
        self.slide_ids: dict[str, list[tuple[int, str]]] = {}
        self._family = family
        self._members = members
        self._render = render
        self._used: set[str] = set()
        self._counters: dict[str, int] = {}
        self._media: dict[bytes, str] = {}
        self._new: dict[str, Deflated] = {}
        self._types: dict[str, str] = {}
        self._dropped = False

    @property
    def current(self) -> Instance:
        """The part being written."""
        return self.stack[-1]

    def write_roots(self, names: Mapping[str, Any]) -> None:
        """Write every part that none owns, and with it what it owns."""
        for part in self._family.roots:
            self._make(self._family.plans[part], None, names, None)

    def write_within(self, holder: Instance, template: str, names: Mapping[str, Any], scope: Mapping[str, Any]) -> str:
        """The text of `template`, a piece of the part that `holder` is, which gathers what that needs."""
        self.stack.append(holder)
        text = self._render(template, names, scope)
        self.stack.pop()
        return str(text)

    # -- called from generated code

    def own(self, number: int, context: Any, scope: Mapping[str, Any]) -> str:
        """The place of an owned part: write that part in `scope`; its relationship's id."""
        _, identifier = self._family.references[number]
        holder = self.current
        relation = next(r for r in holder.plan.relations if r.id == identifier)
        plan = self._family.plans[relation.target]
        name = self._make(plan, holder, context.get_all(), scope)
        if identifier not in holder.children:
            holder.children[identifier] = name
            return identifier
        made = holder.latest[identifier] = holder.add(relation.type, name)
        return made

    def again(self, identifier: str) -> str:
        """The id that `identifier` got where the part it leads to was written last: another branch shows the same."""
        return self.current.latest.get(identifier, identifier)

    def use(self, identifier: str) -> str:
        """A shared relationship is used in a block that was not left out."""
        self.current.used.add(identifier)
        return identifier

    def link(self, target: str) -> str:
        """The id of a link to `target`."""
        return self.current.add(RT_HYPERLINK, target, external=True)

    def identify(self, identifier: int, highest: int) -> str:
        """`identifier` where it is still free in this part, or a fresh one above `highest`."""
        holder = self.current
        if identifier in holder.ids:
            identifier = holder.next_id = max(holder.next_id, highest) + 1
        holder.ids.add(identifier)
        return str(identifier)

    def picture(self, data: bytes, kind: str, content_type: str) -> str:
        """The id of a relationship to a picture of these bytes; the same bytes are held once."""
        key = sha256(data).digest()
        if key not in self._media:
            packed = Deflated.of(data, 6 if kind == "svg" else 0)
            same = (
                name
                for name, member in self._members.items()
                if member.crc == packed.crc and member.size == packed.size and "/media/" in name
            )
            name = next(same, "")
            if not name:
                folder = self._family.main.partition("/")[0]
                name = self._fresh(f"{folder}/media/image1.{kind}")
                self._new[name] = packed
                self._types[name] = content_type
            self._media[key] = name
        return self.current.add(RT_IMAGE, self._media[key])

    # -- writing

    def _make(self, plan: PartPlan, owner: Instance | None, names: Mapping[str, Any], scope: Any) -> str:
        first = plan.part not in self._used
        if first and not plan.dynamic:
            self._used.update(plan.subtree)
            return plan.part
        self._used.add(plan.part)
        instance = Instance(plan, plan.part if first else self._fresh(plan.part), owner)
        self.made[instance.name] = instance
        if plan.chart is not None:
            instance.data = self.pending.pop(plan.part, None)
        self.stack.append(instance)
        if plan.template:
            instance.text = self._render(plan.template, names, scope)
        for relation in plan.relations:
            if relation.kind is Kind.OWNED and not relation.marked:
                child = self._family.plans[relation.target]
                instance.children[relation.id] = self._make(child, instance, names, scope)
        self.stack.pop()
        return instance.name

    def _fresh(self, part: str) -> str:
        """A name like `part` that nothing goes by yet."""
        found = _NUMBERED.fullmatch(part)
        assert found is not None
        stem, suffix = found[1], found[3] or ""
        pattern = stem if "/media/" in stem else stem + suffix
        if pattern not in self._counters:
            numbers = [
                int(other[2] or 0)
                for name in (*self._members, *self._new)
                if name.startswith(stem) and (other := _NUMBERED.fullmatch(name)) and other[1] == stem
            ]
            self._counters[pattern] = max(numbers, default=0)
        self._counters[pattern] += 1
        return f"{stem}{self._counters[pattern]}{suffix}"

    def finish(self, settle: Callable[[Pieces], None], *, gaps: bool) -> dict[str, Deflated]:
        """All members of the finished package. With `gaps`, links whose target is missing lead nowhere.

        `settle` fills what is known only at the end into a text.
        """
        members = dict(self._members)
        targets: dict[str, list[str]] = {}
        for name, instance in self.made.items():
            plan = instance.plan
            if (text := instance.text) is not None:
                # A long part need not be held until Python looks for what nobody refers to any more.
                instance.text = None
                settle(text)
                pieces = [self._settle_jumps(instance, str(text))] if plan.jumps else text.texts
                # Most pieces are ASCII, which takes less to encode than a text that is not so as a whole.
                members[name] = Deflated.quick(b"".join(map(str.encode, pieces)))
            elif plan.is_workbook and instance.owner is not None:
                members[name] = self._workbook(instance)
            elif name != plan.part:
                members[name] = self._members[plan.part]
            if name != plan.part and (kind := self._family.types.overrides.get(plan.part)):
                self._types[name] = kind
            targets[name] = self._write_relations(instance, members, gaps=gaps)
        if self._dropped:
            gone = self._family.reachable - self._family.reach(targets)
            for part in gone:
                members.pop(part, None)
                members.pop(rels_name(part), None)
        if self._new or self._types or self._dropped:
            members.update(self._new)
            members[CONTENT_TYPES] = Deflated.quick(write_types(self._family.types, self._types, members).encode())
        return members

    def _workbook(self, instance: Instance) -> Deflated:
        owner = instance.owner
        if owner is None or owner.plan.chart is None or owner.plan.chart.workbook is None or owner.data is None:
            return self._members[instance.plan.part]
        # A zip in a zip: what could be squeezed out of it is out already.
        return Deflated.of(owner.plan.chart.workbook.fill(owner.data), 0)

    def _write_relations(self, instance: Instance, members: dict[str, Deflated], *, gaps: bool) -> list[str]:
        """Put the instance's relationships among `members`; the parts they lead to."""
        made: list[tuple[str, str, str, bool]] = []
        changed = bool(instance.added) or instance.name != instance.plan.part
        for relation in instance.plan.relations:
            target = self._target(instance, relation, gaps=gaps)
            if target is None:
                self._dropped = changed = True
                continue
            changed |= target != relation.target
            made.append((relation.id, relation.type, target, relation.external))
        made += instance.added
        if changed and made:
            folder = posixpath.dirname(instance.name)
            shown = [
                (i, kind, to if external else quote(posixpath.relpath(to, folder or ".")), external)
                for i, kind, to, external in made
            ]
            members[rels_name(instance.name)] = Deflated.quick(write_relations(shown).encode())
        elif changed:
            members.pop(rels_name(instance.name), None)
        return [target for _, _, target, external in made if not external]

    def _target(self, instance: Instance, relation: Relation, *, gaps: bool) -> str | None:
        match relation.kind:
            case Kind.OWNED:
                return instance.children.get(relation.id)
            case Kind.OWNER:
                return instance.owner.name if instance.owner else relation.target
            case Kind.SLIDE:
                return relation.target if self._stays(relation.target) else None
            case Kind.LINK:
                return "about:blank" if gaps else None
        return relation.target if not relation.marked or relation.id in instance.used else None

    def _stays(self, slide: str) -> bool:
        return slide not in self._family.repeated_slides or slide in self.made

    def _settle_jumps(self, instance: Instance, text: str) -> str:
        """Keep links to slides that are there; take out those to slides that were left out."""
        for number, target in instance.plan.jumps:
            start, end = f"\ufdd0jump{number}\ufdd1", f"\ufdd0/jump{number}\ufdd1"
            if self._stays(target):
                text = text.replace(start, "").replace(end, "")
            else:
                text = re.sub(f"{start}.*?{end}", "", text, flags=re.DOTALL)
        return text
