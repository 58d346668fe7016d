"""What single tags say, read with Jinja's own parser: is it well formed, what may it use, which values does it name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError, nodes

from govpack.findings import did_you_mean
from govpack.template.environment import BLOCK_END, BLOCK_START, REFUSED_FILTERS, VALUE_END, VALUE_START
from govpack.template.tags import Kind
from govpack.template.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Environment

    from govpack.template.tags import Tag

_INCLUDE_MORE = re.compile(r"\s(ignore\s+missing|with\s+context|without\s+context)\s*$")
# What completes a statement to a whole block, before and after it.
_WHOLE = {
    "for": ("", "endfor"),
    "if": ("", "endif"),
    "elif": ("if 1", "endif"),
    "else": ("if 1", "endif"),
    "macro": ("", "endmacro"),
    "call": ("", "endcall"),
    "filter": ("", "endfilter"),
    "with": ("", "endwith"),
    "endfor": ("for x in y", ""),
    "endif": ("if 1", ""),
    "endmacro": ("macro x()", ""),
    "endcall": ("call x()", ""),
    "endfilter": ("filter upper", ""),
    "endwith": ("with", ""),
    "endset": ("set x", ""),
}


def parse_tag(environment: Environment, tag: Tag) -> nodes.Template:
    """The syntax tree of one tag, statements completed to whole blocks. TemplateSyntaxError says what is wrong."""
    if tag.kind is Kind.VALUE:
        if not tag.source:
            raise TemplateSyntaxError("the tag is empty", 1)
        return environment.parse(f"{VALUE_START}{tag.source}{VALUE_END}")
    if tag.kind is Kind.CELL:
        said = tag.source.removeprefix(tag.word).strip()
        if not said and tag.word in ("cellbg", "colspan"):
            raise TemplateSyntaxError(f"'{tag.word}' needs a value, such as {{% {tag.word} x %}}", 1)
        return environment.parse(f"{VALUE_START}{said}{VALUE_END}" if said else "")
    if tag.word == "include" and (more := _INCLUDE_MORE.search(tag.source)):
        raise TemplateSyntaxError(f"'include' takes the name of a fragment alone; leave out '{more[1]}'", 1)
    before, after = ("", "endset") if tag.word == "set" and tag.opens else _WHOLE.get(tag.word, ("", ""))
    statements = [text for text in (before, tag.source, after) if text]
    return environment.parse("".join(f"{BLOCK_START}{text}{BLOCK_END}" for text in statements))


def faults_of(environment: Environment, tree: nodes.Template) -> Iterator[str]:
    """What a well-formed tag asks for that templates do not have."""
    held = list(walk([tree]))
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
    """The path of the value that the tag prints, filters apart: ``contract.term``; the empty text for anything else."""
    output = next((node for node in walk([tree]) if isinstance(node, nodes.Output)), None)
    node: nodes.Node | None = output.nodes[0] if output is not None and output.nodes else None
    while isinstance(node, nodes.Filter):
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
