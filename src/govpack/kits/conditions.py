"""Conditions of clauses: one Jinja expression over a document's plain data, in the sandbox."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from govpack.findings import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2 import nodes


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


class Asked:
    """The conditions that are asked of one contract's plain data: many ask the same, and each is told once."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self._context = context
        self._told: dict[str, bool | ConditionError] = {}

    def holds(self, condition: str) -> bool:
        """Whether `condition` is true. ConditionError where that cannot be told."""
        if condition not in self._told:
            try:
                self._told[condition] = holds(condition, self._context)
            except ConditionError as error:
                self._told[condition] = error
        told = self._told[condition]
        if isinstance(told, ConditionError):
            raise told
        return told


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


@cache
def _environment() -> PlainEnvironment:
    return PlainEnvironment()
