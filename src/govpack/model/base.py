"""The words every model is written in: field types, markers for fields and properties, and the base classes."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, StringConstraints
from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from govpack.model.pack import Pack

Path = tuple[str | int, ...]
"""Where a value stands in the inputs: ``("contracts", 2, "expires")``."""

HUNDRED = Decimal(100)
_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Marker:
    """Something said about a field beside its type."""

    name: str


Internal = Marker("internal")
"""Never reaches a document for a counterparty: positions, scores, spend, exit plans."""
Negotiable = Marker("negotiable")
"""A term that the parties may still change, shown as an editable value in Word."""


@dataclass(frozen=True, slots=True)
class Ref:
    """The value is the id of something in the pack; `kind` says of what. `or_text` allows other words, too."""

    kind: str
    or_text: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """What a value of the type looks like, for a person who writes one: ``a date, such as 1 February 2027``."""

    words: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that the inputs break: where, and what is wrong in a programme owner's words."""

    path: Path
    message: str


def _refuse_number_as_date(value: object) -> object:
    # pydantic would read a number as seconds since 1970
    if isinstance(value, int | float | Decimal):
        raise PydanticCustomError("date_from_number", "Input should be a date such as 2027-02-01")
    return value


Text = Annotated[str, StringConstraints(min_length=1), Form("a few words")]
Prose = Annotated[str, StringConstraints(min_length=1), Form("a sentence or more")]
"""Text of a sentence or more; Markdown where the description says so."""
Label = Annotated[str, Field(min_length=1, coerce_numbers_to_str=True), Form("a word or a number")]
"""Text that may look like a number: a version, a registration."""
Id = Annotated[
    str,
    Field(pattern=r"^[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?$", max_length=64),
    Form("letters, digits and hyphens"),
]
"""An id: letters, digits, hyphens and underscores. Ids become names of folders, so nothing else may be in them."""
Date = Annotated[
    datetime.date,
    Field(ge=datetime.date(1900, 1, 1), le=datetime.date(2199, 12, 31)),
    BeforeValidator(_refuse_number_as_date),
    Form("a date, such as 1 February 2027"),
]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$"), Form("a country, by its two-letter code, such as IE")]
"""A country as its two-letter code, ISO 3166-1: IE, DE."""
CountryName = Annotated[str, Form("a country by its name, such as Ireland")]
Money = Annotated[Decimal, Field(ge=0, le=10**15), Form("an amount with its currency, such as EUR 250,000")]
Measure = Annotated[Decimal, Field(ge=-(10**15), le=10**15), Form("a number")]
Percent = Annotated[Decimal, Field(ge=0, le=1000), Form("a number, such as 99.9")]
Points = Annotated[Decimal, Field(ge=0, le=100), Form("a number from 0 to 100")]
OneToFive = Annotated[int, Field(ge=1, le=5), Form("a whole number from 1 to 5")]
Hours = Annotated[int, Field(ge=0, le=100_000), Form("a whole number")]
Days = Annotated[int, Field(ge=0, le=10_000), Form("a whole number")]
Months = Annotated[int, Field(ge=0, le=600), Form("a whole number")]

PersonRef = Annotated[str, Ref("people")]
PartnerRef = Annotated[str, Ref("partners")]
PartnerOrText = Annotated[str, Ref("partners", or_text=True)]
SegmentRef = Annotated[str, Ref("segments")]
FunctionRef = Annotated[str, Ref("functions")]
RoleRef = Annotated[str, Ref("roles")]
ContractRef = Annotated[str, Ref("contracts")]
CapabilityRef = Annotated[str, Ref("capabilities")]
KpiRef = Annotated[str, Ref("kpis")]
CriterionRef = Annotated[str, Ref("criteria")]
LaneRef = Annotated[str, Ref("lanes")]
RoadmapMilestoneRef = Annotated[str, Ref("milestones")]
SideRef = Annotated[str, Ref("sides")]
"""``bank`` or the id of a partner; stays text in a view."""


def shared(function: _F) -> _F:
    """Mark a derived figure as one that a counterparty may see; a property without it is internal."""
    function.__shared__ = True  # type: ignore[attr-defined]
    return function


class Model(BaseModel):
    """What the inputs say: unknown keys are refused, and nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True)


class Derived(Model):
    """A row that is worked out from the inputs and never read from them."""


@dataclass(frozen=True, slots=True, eq=False)
class Home:
    """Where an object stands: its pack, and its key where it is the value of a map."""

    pack: Pack
    key: str

    def __eq__(self, other: object) -> bool:
        # Objects are equal by what they say, not by where they stand; comparing packs here would never end.
        return isinstance(other, Home) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


class PackMember(Model):
    """An object whose derived figures need the rest of the pack. The Pack settles it once everything is read."""

    _home: Home | None = PrivateAttr(default=None)

    def settle(self, pack: Pack, key: str = "") -> None:
        """Say which pack this belongs to, and under which key of a map, if any."""
        self._home = Home(pack, key)

    @property
    def _pack(self) -> Pack:
        return self._settled.pack

    @property
    def _settled(self) -> Home:
        if self._home is None:
            msg = f"this {type(self).__name__} belongs to no pack yet"
            raise LookupError(msg)
        return self._home


def fill(model: Model, name: str, value: object) -> None:
    """Put what follows from the rest into a field that was left out; only while a model comes into being."""
    if getattr(model, name) is None:
        model.__dict__[name] = value


def is_internal(field: FieldInfo) -> bool:
    """Whether the field is kept from counterparties."""
    return Internal in field.metadata


def is_negotiable(field: FieldInfo) -> bool:
    """Whether the field is a term that the parties may still change."""
    return Negotiable in field.metadata


def derived_names(cls: type) -> dict[str, bool]:
    """The public derived figures of a class, each with whether a counterparty may see it."""
    found: dict[str, bool] = {}
    for base in reversed(cls.__mro__):
        if base.__module__.startswith("pydantic"):
            continue
        for name, member in vars(base).items():
            if name.startswith("_") or not isinstance(member, property | cached_property):
                continue
            function = member.fget if isinstance(member, property) else member.func
            found[name] = bool(getattr(function, "__shared__", False))
    return found


def rounded(value: Decimal, places: int = 1) -> Decimal:
    """Half up, as people round: `places` decimals stay, also where they are zeros."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def tidy(value: Decimal, places: int = 1) -> Decimal:
    """Rounded half up, without the zeros at the end: 74.0 becomes 74."""
    figure = rounded(value, places)
    whole = figure.to_integral_value()
    return whole if whole == figure else figure.normalize()


def share_pct(part: Decimal, total: Decimal) -> Decimal | None:
    """`part` in percent of `total`, unrounded; None where there is nothing to share."""
    return HUNDRED * part / total if total else None
