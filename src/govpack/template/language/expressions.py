"""What the trees of single tags say: what they ask for that templates do not have, which values they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from govpack.findings import did_you_mean
from govpack.template.language.environment import REFUSED_FILTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jinja2 import Environment


def faults_of(environment: Environment, held: Sequence[nodes.Node]) -> Iterator[str]:
    """What a well-formed tag, whose tree has the nodes `held`, asks for that templates do not have."""
    for found in held:
        if not isinstance(found, (nodes.Filter, nodes.Test)):
            continue
        known = environment.filters if isinstance(found, nodes.Filter) else environment.tests
        if found.name in REFUSED_FILTERS and isinstance(found, nodes.Filter):
            yield f"templates have no filter '{found.name}': {REFUSED_FILTERS[found.name]}"
        elif found.name not in known:
            kind = "filter" if isinstance(found, nodes.Filter) else "test"
            yield f"there is no {kind} '{found.name}'{did_you_mean(found.name, known)}"
    for found in held:
        if isinstance(found, (nodes.Name, nodes.Macro)) and found.name[:1] == "_":
            yield f"names that begin with an underscore, such as '{found.name}', are not for templates"
    for found in held:
        if isinstance(found, nodes.Getattr) and found.attr[:1] == "_":
            yield f"'{found.attr}' is internal; templates can't reach it"


def label_of(tree: nodes.Template) -> str:
    """The path of the value that the tag prints, its sign and filters apart: ``contract.term``; else the empty text."""
    output = tree.body[0] if tree.body else None
    node: nodes.Node | None = output.nodes[0] if isinstance(output, nodes.Output) else None
    while isinstance(node, (nodes.Filter, nodes.Neg, nodes.Pos)):
        node = node.node
    if isinstance(node, nodes.Expr):
        return path_of(node)
    return ""


def path_of(node: nodes.Node) -> str:
    """``a.b[0].c`` of a chain of names and keys; the empty text where the expression is anything else."""
    match node:
        case nodes.Name():
            return str(node.name)
        case nodes.Getattr():
            base = path_of(node.node)
            return f"{base}.{node.attr}" if base else ""
        case nodes.Getitem(arg=nodes.Const(value=key)):
            base = path_of(node.node)
            return (f"{base}[{key}]" if isinstance(key, int) else f"{base}.{key}") if base else ""
        case nodes.Getitem(arg=nodes.Slice()):
            return path_of(node.node)
        case nodes.Getitem():
            base = path_of(node.node)
            return f"{base}[]" if base else ""
    return ""


def resolve(node: nodes.Node, names: Mapping[str, str]) -> str:
    """The path of `node` with its first name replaced by what it stands for; filters keep the list they work on."""
    while isinstance(node, nodes.Filter) and node.node is not None:
        node = node.node
    path = path_of(node)
    if not path:
        return ""
    cut = min((at for at in (path.find("."), path.find("[")) if at >= 0), default=len(path))
    first, rest = path[:cut], path[cut:]
    if first not in names:
        return path
    return f"{names[first]}{rest}" if names[first] else ""


def mapping_of(node: nodes.Node) -> nodes.Node | None:
    """The mapping whose pairs a loop goes through: ``x.items()`` or ``x | dictsort``."""
    match node:
        case (
            nodes.Call(node=nodes.Getattr(attr="items", node=mapping))
            | nodes.Filter(name="dictsort" | "items", node=nodes.Node() as mapping)
        ):
            found: nodes.Node = mapping
            return found
    return None
