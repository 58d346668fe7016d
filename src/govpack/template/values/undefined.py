"""Values that are not there. They are never silent: to print one, or to work with one, is an error that names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import Undefined, UndefinedError

from govpack.findings import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


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


class Blank(NotGiven):
    """A value that a person will fill in by hand: printed as ``[label]`` in a control, with a comment that says what.

    It counts as given, so that what is only written about a given value is written too. It goes through arithmetic and
    filters as it is, holds itself once where it is gone through, and equals nothing. `guidance` is what the comment
    says: what belongs there and in which form. `path` is what the control goes by; `shown` is printed in the place of
    a label that would be too long there; `unit` behind the control, where what is filled in is a bare number.
    """

    __slots__ = ("guidance_", "label_", "path_", "shown_", "unit_")

    def __init__(self, label: str, guidance: str = "", path: str = "", shown: str = "", unit: str = "") -> None:
        super().__init__(f"'{label}' is filled in by hand", None, path or label)
        self.label_ = label
        self.guidance_ = guidance
        self.path_ = path or label
        self.shown_ = shown or label
        self.unit_ = unit

    def __str__(self) -> str:
        return f"[{self.shown_}]"

    __repr__ = __str__

    def counted_in(self, unit: str) -> Blank:
        """The same, a bare number with `unit` behind it: `` months``, ``%``."""
        return Blank(self.label_, self.guidance_, self.path_, self.shown_, unit)

    def __bool__(self) -> bool:
        return True

    def __len__(self) -> int:
        return 1

    def __index__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[Any]:
        return iter((self,))

    def __getattr__(self, name: str) -> Any:
        if name[:1] == "_":
            raise AttributeError(name)
        # The year of a date is called by what it is: what is said of the whole date would mislead there.
        return Blank(self.label_, self.guidance_, self.path_, name) if name == "year" else self

    def __getitem__(self, key: Any) -> Any:
        # Of a text that is written in pieces, such as its first letter in capitals, the first piece shows the label.
        return "" if isinstance(key, slice) and key.start else self

    def __contains__(self, item: object) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    def _never(self, _other: object) -> Any:
        return False

    def _itself(self, *_args: Any, **_kwargs: Any) -> Any:
        return self

    __lt__ = __le__ = __gt__ = __ge__ = _never
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _itself
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = _itself
    __pos__ = __neg__ = __abs__ = __round__ = __call__ = _itself
    __hash__ = Missing.__hash__


class Blanks(list[Any]):
    """A list with one row to fill in; `label` says what it is a list of. Choosing among its rows keeps the one."""

    def __init__(self, rows: Iterable[Any], label: str) -> None:
        super().__init__(rows)
        self.label = label

    def __getitem__(self, key: Any) -> Any:
        found = super().__getitem__(key)
        return Blanks(found, self.label) if isinstance(key, slice) else found

    @property
    def number(self) -> Blank:
        """How many rows there will be."""
        what = f"number of {self.label}"
        return Blank(what, f"How many {self.label} there are.\nWrite a whole number.", what)
