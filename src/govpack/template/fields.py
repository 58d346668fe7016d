"""The values that a template uses, nested, with the places that use them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import nodes

from govpack.template.language.environment import METHODS
from govpack.template.language.expression_code import OWN, OWN_NOTE
from govpack.template.language.expressions import mapping_of, path_of, resolve
from govpack.template.language.trees import build_tree
from govpack.template.parts.plans import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govpack.findings import Location
    from govpack.template.language.environment import TemplateEnvironment
    from govpack.template.language.slots import Slot
    from govpack.template.parts.plans import Family


_SCOPES = (nodes.For, nodes.Assign, nodes.Macro, nodes.CallBlock, nodes.With, nodes.AssignBlock)


@dataclass(frozen=True, slots=True)
class Field:
    """A value that a template uses: its path (``contracts[].term``; ``[]`` is each item of a list) and its places."""

    path: str
    places: tuple[Location, ...]


def list_fields(environment: TemplateEnvironment, slots: list[Slot], family: Family) -> tuple[Field, ...]:
    """Every value that the compiled parts and fragments of a template name, in alphabetical order."""
    found: dict[str, dict[Location, None]] = {}
    owned = {part for part, plan in family.plans.items() if family.owner_of(part) and plan.dynamic}
    notes = {name.partition("#")[0] for name in environment.sources if "#" in name} & family.plans.keys()
    for name in environment.sources:
        if name not in owned and not (
            "#" in name and name.partition("#")[0] in notes
        ):  # else read from the place that shows it, in its scope
            for path, place in _Reader(environment, family, slots, name).paths():
                found.setdefault(path, {})[place] = None
    return tuple(Field(path, tuple(places)) for path, places in sorted(found.items()))


class _Reader:
    """Reads the paths that the source `name` uses, and those of the parts that it shows."""

    def __init__(self, environment: TemplateEnvironment, family: Family, slots: list[Slot], name: str) -> None:
        self._environment = environment
        self._family = family
        self._slots = slots
        self._name = name
        self._slot = 0  # of the statement being read

    def paths(self, names: dict[str, str] | None = None) -> Iterator[tuple[str, Location]]:
        """Each path with its place; `names` says what the names of the scope stand for."""
        held = dict(names or {})
        if source := self._environment.sources.get(self._name):
            yield from self._walk_all(build_tree(source).body, held)
        plan = self._family.plans.get(self._name)
        for relation in plan.relations if plan else []:
            if relation.kind is Kind.OWNED and not relation.marked:
                yield from self._shown(relation.target, held)

    def _shown(self, part: str, names: dict[str, str]) -> Iterator[tuple[str, Location]]:
        yield from _Reader(self._environment, self._family, self._slots, part).paths(names)

    def _walk(self, node: nodes.Node, names: dict[str, str]) -> Iterator[tuple[str, Location]]:
        """The paths below `node`, each with its place."""
        if not isinstance(node, nodes.Stmt):
            yield from self._walk_expression(node, names)
            return
        around, self._slot = self._slot, node.lineno
        if isinstance(node, _SCOPES):
            yield from self._walk_scope(node, names)
        else:
            yield from self._walk_all(node.iter_child_nodes(), names)
        self._slot = around

    def _walk_expression(self, node: nodes.Node, names: dict[str, str]) -> Iterator[tuple[str, Location]]:
        if isinstance(node, nodes.Call):
            yield from self._walk_call(node, names)
        elif isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem)) and path_of(node):
            path = resolve(node, names)
            if path and path.split(".")[0] not in self._environment.globals and path[0] != "_":
                yield path, self._slots[self._slot].location
            if isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const):
                yield from self._walk(node.arg, names)
        else:
            yield from self._walk_all(node.iter_child_nodes(), names)

    def _walk_all(self, some: Iterable[nodes.Node], names: dict[str, str]) -> Iterator[tuple[str, Location]]:
        for node in some:
            yield from self._walk(node, names)

    def _walk_scope(self, node: nodes.Node, names: dict[str, str]) -> Iterator[tuple[str, Location]]:
        """The paths of a statement that gives names a meaning."""
        if isinstance(node, nodes.For):
            yield from self._walk(node.iter, names)
            inside = (*node.body, *node.else_, *([node.test] if node.test else []))
            yield from self._walk_all(inside, _names_in_loop(node, names))
        elif isinstance(node, nodes.Assign):
            yield from self._walk(node.node, names)
            for target in [node.target] if isinstance(node.target, nodes.Name) else node.target.find_all(nodes.Name):
                names[target.name] = resolve(node.node, names)
        elif isinstance(node, (nodes.Macro, nodes.CallBlock, nodes.With, nodes.AssignBlock)):
            before, inner = _names_in_body(node, names)
            yield from self._walk_all(before, names)
            yield from self._walk_all(node.body, inner)

    def _walk_call(self, node: nodes.Call, names: dict[str, str]) -> Iterator[tuple[str, Location]]:
        if isinstance(node.node, nodes.Getattr) and node.node.attr in METHODS:
            # What a mapping has is asked for, not a field of that name.
            yield from self._walk_all((node.node.node, *node.args), names)
        elif isinstance(node.node, nodes.Name) and node.node.name == OWN:
            part, identifier = self._family.references[node.args[0].as_const()]
            relation = self._family.relation(part, identifier)
            if relation is not None:
                yield from self._shown(relation.target, names)
        elif isinstance(node.node, nodes.Name) and node.node.name == OWN_NOTE:
            yield from self._shown(node.args[0].as_const(), names)
        else:
            yield from self._walk_all(node.iter_child_nodes(), names)


def _names_in_body(
    node: nodes.Macro | nodes.CallBlock | nodes.With | nodes.AssignBlock, names: dict[str, str]
) -> tuple[list[nodes.Node], dict[str, str]]:
    """What stands before a body, and what names stand for in it: its arguments for no field, or for one given."""
    inner = dict(names)
    before: list[nodes.Node] = []
    match node:
        case nodes.Macro():
            names[node.name] = ""
            before = list(node.defaults)
            inner |= dict.fromkeys((node.name, "caller", "varargs", "kwargs"), "")
            inner |= {argument.name: "" for argument in node.args}
        case nodes.CallBlock():
            before = [node.call, *node.defaults]
            inner |= {argument.name: "" for argument in node.args}
        case nodes.With():
            before = list(node.values)
            for target, value in zip(node.targets, node.values, strict=True):
                inner |= {name.name: "" for name in target.find_all(nodes.Name)}
                if isinstance(target, nodes.Name):
                    inner[target.name] = resolve(value, names)
        case nodes.AssignBlock():
            before = [node.filter] if node.filter is not None else []
            if isinstance(node.target, nodes.Name):
                names[node.target.name] = ""
    return before, inner


def _names_in_loop(node: nodes.For, names: dict[str, str]) -> dict[str, str]:
    """What names stand for inside a loop: its variable for each item of its list."""
    inner = {**names, "loop": ""}
    inner.update((target.name, "") for target in node.target.find_all(nodes.Name))
    mapping = mapping_of(node.iter)
    value: nodes.Node = node.target
    if mapping is not None and isinstance(value, nodes.Tuple):
        value = value.items[-1]
    path = resolve(mapping or node.iter, names)
    if isinstance(value, nodes.Name) and path:
        inner[value.name] = f"{path}[]"
    return inner
