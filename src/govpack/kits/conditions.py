"""Conditions over a document's plain data, in the sandbox: one Jinja expression that decides whether a clause stands
in an agreement, and ``{% if %}`` in what our own lawyers are told of it, so that a note is true of each contract.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from govpack.findings import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


_METHODS = ("items", "keys", "values", "get")
# Those whose work is bounded by what goes in.
_FILTERS = (
    "count default first join last length list lower map max min reject rejectattr select selectattr sum unique upper"
).split()


class ConditionError(ValueError):
    """A condition that is no expression, or that asks for what is not there; the message says which."""


class PlainEnvironment(ImmutableSandboxedEnvironment):
    """Plain data only: keys before methods; a field of something not given is itself not given.

    A kit may come from a stranger, so nothing in a condition can take longer than its data is large.
    """

    intercepted_binops = frozenset(("*", "**", "%"))

    def __init__(self, **options: Any) -> None:
        super().__init__(undefined=StrictUndefined, **options)
        self.globals.clear()
        self.filters = {name: function for name, function in self.filters.items() if name in _FILTERS}

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002 - Jinja's signature
        raise SecurityError(f"a condition compares, it does not compute with {operator}")

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if obj is None:
            return None
        if isinstance(obj, dict) and argument in obj:
            return obj[argument]
        if isinstance(obj, dict) and argument not in _METHODS:
            known = [name for name in obj if isinstance(name, str)]
            return self.undefined(f"there is no '{argument}' here{did_you_mean(str(argument), known)}")
        return super().getitem(obj, argument)


def holds(condition: str, context: Mapping[str, Any]) -> bool:
    """Whether `condition` is true of `context`. ConditionError where that cannot be told."""
    try:
        return bool(compile_condition(condition)(**context))
    except ConditionError:
        raise
    except Exception as error:
        # Whatever an expression over somebody's data runs into (a sum of text and number, say) is its author's to mend.
        raise ConditionError(str(error)) from error


@cache
def compile_condition(condition: str) -> Callable[..., Any]:
    """The condition as a function of its context. ConditionError where it is no expression."""
    try:
        return _environment().compile_expression(condition, undefined_to_none=False)
    except TemplateError as error:
        raise ConditionError(f"'{condition}' is no expression: {error.message}") from error


def statement_of(condition: str) -> nodes.Node:
    """The condition as a statement of Jinja's, for those who look at what it names; it compiled before."""
    return _environment().parse(f"{{% if {condition} %}}{{% endif %}}").body[0]


def words_of(note: str, context: Mapping[str, Any]) -> str:
    """The words of `note` that are meant where its conditions hold of `context`, on one line.

    ConditionError where that cannot be told.
    """
    try:
        said = note if "{" not in note else compile_note(note)(**context)
    except ConditionError:
        raise
    except Exception as error:
        # As in a condition, whatever an expression over somebody's data runs into is its author's to mend.
        raise ConditionError(str(error)) from error
    return " ".join(said.split())


@cache
def compile_note(note: str) -> Callable[..., str]:
    """The note as a function of its context. ConditionError where it holds another tag than ``{% if %}``."""
    environment = _environment()
    try:
        tree = environment.parse(note)
        # A loop could run for ever, and a value printed here would miss the filters that papers have.
        for statement in tree.find_all(nodes.Stmt):
            if not isinstance(statement, (nodes.If, nodes.Output)):
                raise ConditionError("a note may hold {% if %}, and no other tag")
        for output in tree.find_all(nodes.Output):
            if not all(isinstance(node, nodes.TemplateData) for node in output.nodes):
                raise ConditionError("a note prints no values: it may hold {% if %}, and no other tag")
        return environment.from_string(tree).render
    except TemplateError as error:
        raise ConditionError(f"'{note}' cannot be read: {error.message}") from error


@cache
def _environment() -> PlainEnvironment:
    return PlainEnvironment()
