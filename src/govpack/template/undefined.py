"""Values that are not there. They are never silent: to print one, or to work with one, is an error that names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import Undefined, UndefinedError

from govpack.findings import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable


class Missing(Undefined):
    """A name that nothing goes by: `contract.uptme`. It keeps the path, so that the message can say all of it."""

    __slots__ = ()

    @property
    def _path(self) -> str:
        return str(self._undefined_name)

    def __getattr__(self, name: str) -> Any:
        if name[:1] == "_":
            raise AttributeError(name)
        return type(self)(self._undefined_hint, None, f"{self._path}.{name}")

    def __getitem__(self, key: Any) -> Any:
        return type(self)(self._undefined_hint, None, f"{self._path}.{key}")

    # Any, not NoReturn: NotGiven answers some of the questions that Missing refuses.
    def _fail(self, *_args: Any, **_kwargs: Any) -> Any:
        raise UndefinedError(self._undefined_hint or f"there is no '{self._path}'")

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _fail
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _fail
    __pos__ = __neg__ = __int__ = __float__ = __complex__ = __pow__ = __rpow__ = _fail
    __lt__ = __le__ = __gt__ = __ge__ = __call__ = _fail
    __iter__ = __str__ = __len__ = __bool__ = __eq__ = __ne__ = __contains__ = _fail
    __hash__ = Undefined.__hash__


class NotGiven(Missing):
    """A field that exists and has no value. It can be asked for (`if`, `is none`, `default`), but not printed."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return other is None or isinstance(other, NotGiven)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = Missing.__hash__


def missing_name(name: str, known: Iterable[str]) -> Missing:
    """The value of a top-level `name` that the context does not have."""
    return Missing(f"there is no '{name}' here{did_you_mean(name, known)}", None, name)


def missing_field(owner: str, name: str, known: Iterable[str]) -> Missing:
    """The value of a field `name` that its owner does not have; `known` are the owner's own fields."""
    return Missing(f"there is no '{name}' here{did_you_mean(name, known)}", None, f"{owner}.{name}" if owner else name)
