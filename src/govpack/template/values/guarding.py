"""Jinja's own filters within the bounds of a rendering, over values that have a text where they work on texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from jinja2 import pass_context
from jinja2.filters import FILTERS as JINJA
from jinja2.filters import make_attrgetter
from jinja2.tests import TESTS
from jinja2.utils import _PassArg

from govpack.template.values.limits import BUDGET, SHORT_TEXT, LimitError
from govpack.template.values.texts import text_of
from govpack.template.values.undefined import Blank, Blanks

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.runtime import Context

    from govpack.template.values.limits import Budget

_TEXT_FILTERS = ("upper", "lower", "title", "capitalize", "trim", "truncate", "wordcount", "string")
_LIST_FILTERS = (
    "dictsort groupby items list map max min reject rejectattr reverse select selectattr sort unique".split()
)
# What compares or hashes the values of a list, so that all that they hold counts.
_COMPARING = frozenset("dictsort groupby max min sort unique".split())
# What leaves a list that is to be filled in as it is, and what chooses among its rows.
_KEEPING = frozenset("list reverse sort unique".split())
_CHOOSING = frozenset("reject rejectattr select selectattr".split())
# What goes through a text letter by letter in Python: so many times as slow.
_SLOW = {"title": 10, "wordcount": 10}
_TESTS = "in eq == equalto ne != lt < lessthan le <= gt > greaterthan ge >=".split()
_LONGEST_NUMBER = 1_000
_MOST_PLACES = 30


def _guarded(name: str, *, is_text: bool) -> Callable[..., Any]:
    filter_ = JINJA[name]
    passed = _PassArg.from_obj(filter_)

    @pass_context
    def on_text(context: Context, value: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(value, Blank):
            return value
        if type(value) is not str:
            value = text_of(value)
        if len(value) > SHORT_TEXT:
            context.parent[BUDGET].text(len(value))
            context.parent[BUDGET].markup(len(value) * _SLOW.get(name, 0))
        return filter_(value, *args, **kwargs)

    if is_text and passed is None:
        return on_text

    @pass_context
    def guarded(context: Context, value: Any, *args: Any, **kwargs: Any) -> Any:
        budget: Budget = context.parent[BUDGET]
        if isinstance(value, Blanks) and name in _KEEPING:
            return value
        if is_text:
            value = text_of(value)
        if isinstance(value, str):
            budget.text(len(value))
        elif isinstance(value, (list, tuple, dict, range)):
            budget.take(len(value))
        elif isinstance(value, Iterator):
            value = budget.steps(value)
        if name in _COMPARING:
            value = budget.weighed(list(value) if isinstance(value, Iterator) else value)
        if passed is None:
            return filter_(value, *args, **kwargs)
        first = {
            _PassArg.context: context,
            _PassArg.eval_context: context.eval_ctx,
            _PassArg.environment: context.environment,
        }[passed]
        if isinstance(value, Blanks) and name in _CHOOSING:
            # Whether a row is wanted cannot be told where it depends on what is to be filled in: then it is.
            attribute = make_attrgetter(context.environment, args[0]) if name.endswith("attr") and args else None
            rows = [
                row
                for row in value
                if isinstance(attribute(row) if attribute else row, Blank) or list(filter_(first, [row], *args))
            ]
            return Blanks(rows, value.label)
        made = filter_(first, value, *args, **kwargs)
        return Blanks(made, value.label) if isinstance(value, Blanks) and name == "map" else made

    return guarded


def _guarded_test(name: str) -> Callable[..., bool]:
    test: Callable[[Any, Any], bool] = TESTS[name]  # type: ignore[assignment]

    @pass_context
    def guarded(context: Context, value: Any, other: Any) -> bool:
        budget: Budget = context.parent[BUDGET]
        return test(budget.weighed(value), budget.weighed(other))

    return guarded


@pass_context
def join(context: Context, value: Any, d: Any = "", attribute: str | int | None = None) -> Any:
    """The texts of `value`, or of its items' `attribute`, with `d` between; what is to be filled in, as such."""
    budget: Budget = context.parent[BUDGET]
    if attribute is not None:
        value = map(make_attrgetter(context.environment, attribute), value)
    items = list(budget.steps(value))
    if (blank := next((item for item in items if isinstance(item, Blank)), None)) is not None:
        return blank
    return budget.join(text_of(d), [text_of(item) for item in items])


@pass_context
def replace(context: Context, value: Any, old: Any, new: Any, count: int | None = None) -> Any:
    """`value` with `new` in the place of `old`."""
    if isinstance(value, Blank):
        return value
    budget: Budget = context.parent[BUDGET]
    return budget.replace(text_of(value), text_of(old), text_of(new), -1 if count is None else count)


@pass_context
def sum_(context: Context, iterable: Any, attribute: str | int | None = None, start: Any = 0) -> Any:
    """The sum of numbers, or of the items' `attribute`."""
    if attribute is not None:
        iterable = map(make_attrgetter(context.environment, attribute), iterable)
    if isinstance(start, (str, list, tuple, dict)):
        raise TypeError("'sum' adds numbers")
    budget: Budget = context.parent[BUDGET]
    return sum(budget.steps(iterable), start)


def round_(value: Any, precision: int = 0, method: str = "common") -> Any:
    """`value` to so many decimals."""
    if not isinstance(precision, int) or abs(precision) > _MOST_PLACES:
        raise ValueError(f"'round' takes a number of decimals up to {_MOST_PLACES}; found '{precision}'")
    return JINJA["round"](value, precision, method)


def int_(value: Any, default: int = 0, base: int = 10) -> Any:
    """`value` as a whole number."""
    if isinstance(value, Blank):
        return value
    if isinstance(value, str) and len(value) > _LONGEST_NUMBER:
        raise LimitError("the tag reads a number of more digits than a document can show")
    made: int = JINJA["int"](value, default, base)
    return made


def float_(value: Any, default: float = 0.0) -> Any:
    """`value` as a number with decimals."""
    return value if isinstance(value, Blank) else JINJA["float"](value, default)


def length(value: Any) -> Any:
    """How many items `value` has."""
    return value.number if isinstance(value, Blanks) else len(value)


@pass_context
def slice_(context: Context, value: Any, slices: int, fill_with: Any = None) -> Any:
    """`value` in so many lists."""
    context.parent[BUDGET].take(slices)
    return _SLICE(context, value, slices, fill_with)


@pass_context
def batch(context: Context, value: Any, linecount: int, fill_with: Any = None) -> Any:
    """`value` in lists of so many items."""
    context.parent[BUDGET].take(linecount)
    return _BATCH(context, value, linecount, fill_with)


_SLICE, _BATCH = _guarded("slice", is_text=False), _guarded("batch", is_text=False)
GUARDED: dict[str, Callable[..., Any]] = {
    **{name: _guarded(name, is_text=True) for name in _TEXT_FILTERS},
    **{name: _guarded(name, is_text=False) for name in _LIST_FILTERS},
    "join": join,
    "replace": replace,
    "sum": sum_,
    "round": round_,
    "int": int_,
    "float": float_,
    "length": length,
    "count": length,
    "slice": slice_,
    "batch": batch,
}
GUARDED_TESTS = {name: _guarded_test(name) for name in _TESTS}
