"""What the model expects at each place of the tree, worked out once from the annotations of its fields.

pydantic validates; a shape knows what pydantic does not say: which cell of a table is a list, where text may stand
for a number, and what a field is for.
"""

from __future__ import annotations

import datetime
import types
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value of a type: `int`, `Decimal`, `date`, `bool`, `str`, or None for any."""

    type: type | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    item: Shape


@dataclass(frozen=True, slots=True)
class Map:
    """A mapping whose keys are the author's own."""

    value: Shape


@dataclass(slots=True)
class Record:
    """A mapping with the fields of a model, by the names that inputs use, and what each is for."""

    fields: dict[str, Shape] = field(default_factory=dict)
    purposes: dict[str, str] = field(default_factory=dict)


Shape = Scalar | Items | Map | Record
ANYTHING = Scalar()
_SCALARS = (bool, int, Decimal, datetime.date, str)  # bool before int: it is one


@cache
def record_of(model: type[BaseModel]) -> Record:
    """The shape of a model."""
    record = Record()
    for name, info in model.model_fields.items():
        key = info.alias or name
        record.fields[key] = _shape(info.annotation)
        record.purposes[key] = info.description or ""
    return record


def _shape(annotation: Any) -> Shape:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is None:
        return _plain_shape(annotation)
    shape: Shape = ANYTHING
    if origin is Annotated:
        shape = _shape(arguments[0])
    elif origin in {Union, types.UnionType}:
        given = [argument for argument in arguments if argument is not types.NoneType]
        shape = _shape(given[0]) if len(given) == 1 else ANYTHING
    elif origin in {list, tuple, set, frozenset}:
        shape = Items(_shape(arguments[0]))
    elif origin is dict:
        shape = Map(_shape(arguments[1]))
    elif origin is Literal:
        shape = Scalar(str)
    return shape


def _plain_shape(annotation: Any) -> Shape:
    if not isinstance(annotation, type):
        return ANYTHING
    if issubclass(annotation, BaseModel):
        return record_of(annotation)
    return Scalar(next((kind for kind in _SCALARS if issubclass(annotation, kind)), None))
