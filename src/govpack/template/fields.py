"""The values that a template uses, nested, with the places that use them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import nodes

from govpack.template.environment import METHODS
from govpack.template.expressions import mapping_of, path_of, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.findings import Location
    from govpack.template.environment import TemplateEnvironment
    from govpack.template.slots import Slot


@dataclass(frozen=True, slots=True)
class Field:
    """A value that a template uses: its path (``contracts[].term``; ``[]`` is each item of a list) and its places."""

    path: str
    places: tuple[Location, ...]


def list_fields(environment: TemplateEnvironment, slots: list[Slot]) -> tuple[Field, ...]:
    """Every value that the compiled parts and fragments of a template name, in alphabetical order."""
    found: dict[str, dict[Location, None]] = {}
    for name in environment.sources:
        tree = environment.parse(environment.sources[name])
        for path, line in _paths(tree, {}, environment):
            location = slots[environment.number_at(name, line)].location
            found.setdefault(path, {})[location] = None
    return tuple(Field(path, tuple(places)) for path, places in sorted(found.items()))


def _paths(node: nodes.Node, names: dict[str, str], environment: TemplateEnvironment) -> Iterator[tuple[str, int]]:
    """The paths below `node`; `names` says what loop variables and assignments stand for."""
    if isinstance(node, nodes.For):
        yield from _paths(node.iter, names, environment)
        inner = _names_in_loop(node, names)
        for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
            yield from _paths(child, inner, environment)
        return
    if isinstance(node, nodes.Assign):
        yield from _paths(node.node, names, environment)
        for target in [node.target] if isinstance(node.target, nodes.Name) else node.target.find_all(nodes.Name):
            names[target.name] = resolve(node.node, names)
        return
    if isinstance(node, (nodes.Macro, nodes.CallBlock, nodes.With, nodes.AssignBlock)):
        yield from _paths_of_body(node, names, environment)
        return
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr) and node.node.attr in METHODS:
        # What a mapping has is asked for, not a field of that name.
        for child in (node.node.node, *node.args):
            yield from _paths(child, names, environment)
        return
    if isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem)) and path_of(node):
        path = resolve(node, names)
        if path and path.split(".")[0] not in environment.globals and path[0] != "_":
            yield path, node.lineno
        if isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const):
            yield from _paths(node.arg, names, environment)
        return
    for child in node.iter_child_nodes():
        yield from _paths(child, names, environment)


def _paths_of_body(
    node: nodes.Macro | nodes.CallBlock | nodes.With | nodes.AssignBlock,
    names: dict[str, str],
    environment: TemplateEnvironment,
) -> Iterator[tuple[str, int]]:
    """The paths in a body, whose own names (arguments, assignments) stand for no field, or for one that is given."""
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
    for part in before:
        yield from _paths(part, names, environment)
    for part in node.body:
        yield from _paths(part, inner, environment)


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
