"""Unknown fields in a template, found without data: its names are held against a description of the context."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from jinja2 import nodes

from govpack.findings import did_you_mean
from govpack.template.language.environment import METHODS
from govpack.template.language.expression_code import OWN, OWN_NOTE
from govpack.template.language.expressions import path_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from jinja2 import Environment

_OF_VALUES = frozenset(name for kind in (str, int, Decimal, datetime.date) for name in dir(kind))
# What these make of a list is a list of the same, or one of its items.
_SAME = frozenset(("sort", "unique", "reverse", "list", "select", "reject", "selectattr", "rejectattr", "default", "d"))
_ONE = frozenset(("first", "last", "min", "max", "random"))
_BY_ATTRIBUTE = frozenset(("selectattr", "rejectattr", "sort", "unique", "groupby", "map", "sum", "min", "max"))


class Known(Protocol):
    """What is known of a value: whether it is a group, list, map or single value, its fields and its items."""

    @property
    def kind(self) -> str:
        """``group``, ``list``, ``map``, ``value``, or ``any`` where nothing can be said."""

    @property
    def item(self) -> Known | None:
        """What the items of a list or map are."""

    def fields(self) -> Mapping[str, Known]:
        """The fields of a group."""


Names = dict[str, "Known | None"]  # None: nothing can be said of it


class FieldChecker:
    """Walks syntax trees and reports names that the context does not have; `report` takes a slot and a reason.

    `shown` is called where a part or note is written in the scope of its place: with what is called, its argument, and
    the names of the scope.
    """

    def __init__(self, environment: Environment, context: Mapping[str, Known]) -> None:
        self.holders: dict[str, Names] = {}
        self.report: Callable[[int, str], None] = lambda _slot, _reason: None
        self.shown: Callable[[str, Any, Names], None] = lambda _call, _what, _names: None
        self._environment = environment
        self._context = context
        self._slot = 0  # of the statement being looked at

    def walk(self, body: Iterable[nodes.Node], names: Names) -> None:  # noqa: PLR0912 - one case a statement
        """Check statements in their order; `names` are the loop variables and assignments in effect."""
        around = self._slot
        for node in body:
            self._slot = node.lineno if isinstance(node, nodes.Stmt) else around
            match node:
                case nodes.For():
                    self._loop(node, names)
                case nodes.Assign():
                    value = self._see(node.node, names)
                    for target in node.target.find_all(nodes.Name):
                        names[target.name] = None
                    if isinstance(node.target, nodes.Name):
                        names[node.target.name] = value
                case nodes.If():
                    self._see(node.test, names)
                    self.walk((*node.body, *node.elif_, *node.else_), names)
                case nodes.Macro() | nodes.CallBlock():
                    for default in node.defaults:
                        self._see(default, names)
                    if isinstance(node, nodes.Macro):
                        names[node.name] = None
                    else:
                        self._see(node.call, names)
                    own: Names = {argument.name: None for argument in node.args}
                    self.walk(node.body, {**names, "caller": None, "varargs": None, "kwargs": None, **own})
                case nodes.Include():
                    for constant in node.template.find_all(nodes.Const):
                        self.holders[str(constant.value)] = dict(names)
                    self._see(node.template, names)
                case nodes.Expr():
                    self._see(node, names)
                case nodes.With():
                    for given in node.values:
                        self._see(given, names)
                    hidden: Names = {n.name: None for target in node.targets for n in target.find_all(nodes.Name)}
                    self.walk(node.body, {**names, **hidden})
                case nodes.AssignBlock():
                    self.walk(node.body, dict(names))
                    if isinstance(node.target, nodes.Name):
                        names[node.target.name] = None
                case nodes.Output():
                    self.walk(node.nodes, names)
                case nodes.Stmt():
                    self.walk(node.iter_child_nodes(), dict(names))
        self._slot = around

    def _loop(self, node: nodes.For, names: Names) -> None:
        listed = self._see(node.iter, names)
        inner: Names = {**names, "loop": None}
        inner.update((target.name, None) for target in node.target.find_all(nodes.Name))
        item = listed.item if listed is not None else None
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = item if listed is not None and listed.kind == "list" else None
        elif isinstance(node.target, nodes.Tuple) and listed is not None and listed.kind == "map":
            last = node.target.items[-1]
            if isinstance(last, nodes.Name):
                inner[last.name] = item
        if node.test is not None:
            self._see(node.test, inner)
        self.walk(node.body, inner)
        self.walk(node.else_, dict(names))

    def _see(self, node: nodes.Node, names: Names) -> Known | None:
        match node:
            case nodes.Name():
                return self._name(node, names)
            case nodes.Getattr():
                return self._field(node, node.attr, self._see(node.node, names))
            case nodes.Getitem():
                base = self._see(node.node, names)
                if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
                    return self._field(node, node.arg.value, base)
                self._see(node.arg, names)
                return base.item if base is not None and base.kind in ("list", "map") else None
            case nodes.Filter() if node.node is not None:
                return self._filter(node, self._see(node.node, names), names)
            case nodes.Test(name="defined" | "undefined"):
                return None
            case nodes.CondExpr():
                self._see(node.test, names)
                seen = [self._see(each, names) for each in (node.expr1, node.expr2) if each is not None]
                return seen[0]
            case nodes.Call():
                return self._call(node, names)
        for child in node.iter_child_nodes():
            self._see(child, names)
        return None

    def _name(self, node: nodes.Name, names: Names) -> Known | None:
        if node.name in names:
            return names[node.name]
        if node.name in self._context:
            return self._context[node.name]
        if node.name not in self._environment.globals and node.name[:1] != "_" and node.ctx == "load":
            known = (*self._context, *names)
            self.report(self._slot, f"there is no '{node.name}' here{did_you_mean(node.name, known)}")
        return None

    def _field(self, node: nodes.Node, name: str, base: Known | None) -> Known | None:
        if base is None or base.kind == "any":
            return None
        if base.kind == "map":
            return base.item
        owner = path_of(node.node) if isinstance(node, (nodes.Getattr, nodes.Getitem)) else ""
        if base.kind == "group":
            fields = base.fields()
            if name in fields:
                return fields[name]
            if name not in METHODS:
                self.report(self._slot, f"there is no '{name}' here{did_you_mean(name, fields)}")
        elif base.kind == "list":
            self.report(self._slot, f"'{owner}' is a list, which has no '{name}'; loop over it")
        elif name not in _OF_VALUES:
            self.report(self._slot, f"'{owner}' is a single value, which has no '{name}'")
        return None

    def _call(self, node: nodes.Call, names: Names) -> Known | None:
        if isinstance(node.node, nodes.Name) and node.node.name in (OWN, OWN_NOTE):
            # A part or note that this place shows is written in the scope of the place.
            self.shown(node.node.name, node.args[0].as_const(), names)
            return None
        for argument in (*node.args, *(keyword.value for keyword in node.kwargs)):
            self._see(argument, names)
        if not isinstance(node.node, nodes.Getattr):
            self._see(node.node, names)
            return None
        base = self._see(node.node.node, names)
        if base is None or node.node.attr not in METHODS:
            return None
        if node.node.attr == "get" and node.args and isinstance(node.args[0], nodes.Const):
            return self._field(node, str(node.args[0].value), base)
        # Pairs of a map still know what its items are; values are told apart by the loop that takes them.
        return base if node.node.attr == "items" else _Listed(base.item) if node.node.attr == "values" else None

    def _filter(self, node: nodes.Filter, base: Known | None, names: Names) -> Known | None:
        for argument in (*node.args, *(keyword.value for keyword in node.kwargs)):
            self._see(argument, names)
        path = _attribute_of(node)
        reached = base.item if base is not None and base.kind == "list" else None
        if path:
            for step in path.split("."):
                reached = self._field(node, step, reached) if not step.isdigit() else None
        if node.name in ("dictsort", "items") or node.name in _SAME:
            return base
        if node.name in _ONE:
            return base.item if base is not None else None
        return _Listed(reached) if node.name == "map" and path else None


class _Listed:
    """A list of what is known."""

    kind = "list"

    def __init__(self, item: Known | None) -> None:
        self.item = item

    @staticmethod
    def fields() -> dict[str, Any]:
        """None: it is a list."""
        return {}


def _attribute_of(node: nodes.Filter) -> str:
    """The field of each item that a filter such as ``sort(attribute="name")`` goes by."""
    if node.name not in _BY_ATTRIBUTE:
        return ""
    given = [keyword.value for keyword in node.kwargs if keyword.key == "attribute"]
    if not given and node.name in ("selectattr", "rejectattr", "groupby", "sum"):
        given = list(node.args[:1])
    value = given[0].value if given and isinstance(given[0], nodes.Const) else ""
    return value if isinstance(value, str) else ""
