"""What is worked out of a document once, and kept by the part of it that it is about for as long as that is there."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, TypeVarTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_Args = TypeVarTuple("_Args")
_Value = TypeVar("_Value")
Kept = dict[tuple[Any, ...], Any]
"""Values by the name of the function that gave them and its further arguments."""


class Keeper(Protocol):
    """A part of a document, which never changes, with room for what is derived from it."""

    @property
    def kept(self) -> Kept:
        """What was derived so far."""


_Keeper = TypeVar("_Keeper", bound=Keeper)


def keep(function: Callable[[_Keeper, *_Args], _Value]) -> Callable[[_Keeper, *_Args], _Value]:
    """`function`, called once for each part of a document with the same further arguments, which are hashable.

    A cache that all documents share would forget the first parts of a long one before they are asked for again.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def once(part: _Keeper, *args: *_Args) -> _Value:
        key = (name, *args)
        if key not in part.kept:
            part.kept[key] = function(part, *args)
        value: _Value = part.kept[key]
        return value

    return once
