"""Bounds on the work that one rendering may ask for, counted in steps and characters, never in seconds.

They are far above what a document needs, so that only a template that has gone wrong, or means harm, meets them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from govpack.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Where generated code and filters find the budget of their rendering.
BUDGET, STEPS, CONCAT = "_budget", "_steps", "_concat"
WEIGHED, MADE = "_weighed", "_made"

_STEPS = 1_500_000
_CHARACTERS = 200_000_000
# What is compared or hashed: so many values make a step, at most so many lists in each other.
_A_STEP, _DEEPEST, _A_VALUE = 8, 40, 64
# A text of other letters than ASCII's may take so many bytes for each.
_WIDEST = 4
# What calls and faults cost beside a round of a loop, in steps.
CALL, MACRO, FAULT = 3, 20, 10
_LONGEST_TEXT = 10_000_000
SHORT_TEXT = 10_000
_LARGEST_NUMBER = 2_000  # bits
_EXPONENT = 400
# What templates may do with a text; its result is never longer than twice what went in, or is checked in `call_text`.
TEXT_METHODS = frozenset(
    "upper lower title capitalize swapcase casefold strip lstrip rstrip startswith endswith removeprefix removesuffix "
    "split rsplit splitlines partition rpartition count find rfind index rindex join replace isalpha isalnum isdigit "
    "isdecimal isnumeric isspace isupper islower istitle isascii".split()
)


class LimitError(TemplateError):
    """A rendering has asked for more than any document needs; it ends there."""


class Budget:
    """What is left of the bounds of one rendering. Every method raises LimitError where nothing is."""

    __slots__ = ("_characters", "_data", "_known", "_steps")

    def __init__(self, data: Any = None) -> None:
        """`data` is what the rendering was given: it may hold itself, and no template made it to be large."""
        self._steps = _STEPS
        self._characters = _CHARACTERS
        self._data = data
        self._known: set[int] | None = None

    def take(self, count: int = 1) -> None:
        """Count steps: items of loops and lists, calls."""
        self._steps -= count
        if self._steps < 0:
            raise LimitError(f"the template asks for more than {_STEPS:,} steps of loops and lists")

    def text(self, length: int) -> None:
        """Count a text that is made; short ones cost nothing."""
        if length > _LONGEST_TEXT:
            raise LimitError(f"the tag makes a text of more than {_LONGEST_TEXT // 10**6} million characters")
        if length > SHORT_TEXT:
            self.markup(length)

    def markup(self, length: int) -> None:
        """Count characters that are held."""
        self._characters -= length
        if self._characters < 0:
            raise LimitError(f"the template makes texts of more than {_CHARACTERS // 10**6} million characters")

    def steps(self, items: Iterable[Any]) -> Iterable[Any]:
        """`items`, each counted: all at once where their number is known."""
        if isinstance(items, (list, tuple, dict, range, str)):
            self.take(len(items) + 1)
            return items
        return self._counted(items)

    def _counted(self, items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            self.take()
            yield item

    def weighed(self, value: Any) -> Any:
        """`value`, which is to be compared, looked through or hashed: all that it holds is counted."""
        kind = type(value)
        if kind is str:
            if len(value) > SHORT_TEXT:
                self.markup(len(value))
        elif isinstance(value, (list, tuple, dict)):
            self._weigh(value)
        return value

    def _given(self) -> set[int]:
        """The ids of all dicts in the data, which lives as long as this does."""
        if self._known is None:
            self._known = set()
            seen: set[int] = set()
            waiting = [self._data]
            while waiting:
                item = waiting.pop()
                if isinstance(item, (list, tuple, dict)) and id(item) not in seen:
                    seen.add(id(item))
                    if isinstance(item, dict):
                        self._known.add(id(item))
                    waiting += item.values() if isinstance(item, dict) else item
        return self._known

    def _weigh(self, value: Any) -> None:
        # One iterator for each level: a value that holds itself a million times takes no memory here.
        inside = [iter((value,))]
        while inside:
            for item in inside[-1]:
                if type(item) is str:
                    if len(item) > _A_VALUE:
                        self.take(len(item) // (_A_VALUE * _A_STEP) + 1)
                elif isinstance(item, (list, tuple, dict)):
                    if isinstance(item, dict) and id(item) in self._given():
                        self.take()
                        continue
                    self.take(len(item) // _A_STEP + 1)
                    if len(inside) > _DEEPEST:
                        raise LimitError(f"the tag compares lists that lie more than {_DEEPEST} deep in each other")
                    inside.append(iter(item.values() if isinstance(item, dict) else item))
                    break
            else:
                inside.pop()

    def value(self, made: Any) -> Any:
        """What an operator made, counted."""
        if isinstance(made, str):
            self.text(len(made))
            if len(made) > SHORT_TEXT and not made.isascii():
                self.markup(len(made) * (_WIDEST - 1))
        elif isinstance(made, (list, tuple)):
            self.take(len(made))
        return made

    def repeat(self, left: Any, right: Any) -> None:
        """Before ``left * right``: no long repetition, no giant number."""
        for many, count in ((left, right), (right, left)):
            if isinstance(many, (str, list, tuple, bytes)) and isinstance(count, int):
                size = len(many) * count
                if size > 1_000_000:
                    raise LimitError("the tag asks for more repetition than a document can need")
        if isinstance(left, int) and isinstance(right, int):
            bounded(left)
            bounded(right)

    def join(self, separator: str, texts: list[str]) -> str:
        """`texts` with `separator` between."""
        self.take(len(texts))
        self.text(sum(map(len, texts)) + len(separator) * max(len(texts) - 1, 0))
        return separator.join(texts)

    def replace(self, text: str, old: str, new: str, count: int = -1) -> str:
        """`text` with `new` for each `old`, at most `count` of them."""
        found = text.count(old) if count is None or count < 0 else min(count, text.count(old))
        self.text(len(text) + found * max(len(new) - len(old), 0))
        return text.replace(old, new, -1 if count is None else count)

    def call_text(self, text: str, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """``text.name(…)``, one of `TEXT_METHODS`."""
        if name == "join" and len(args) == 1:
            return self.join(text, [str(item) for item in self.steps(args[0])])
        if name == "replace" and len(args) >= 2:
            return self.replace(text, *args, **kwargs)
        self.text(len(text))
        return getattr(text, name)(*args, **kwargs)


def bounded(value: Any) -> Any:
    """`value`; LimitError where it is a number of more digits than a document can show."""
    if isinstance(value, int) and value.bit_length() > _LARGEST_NUMBER:
        raise LimitError("the tag makes a number of more digits than a document can show")
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) > _EXPONENT:
        raise LimitError("the value is a number of more digits than a document can show")
    return value
