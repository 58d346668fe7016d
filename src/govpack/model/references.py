"""The references of a pack: where an id stands that names something else, and which ids there are.

Both work on a Pack and on the plain tree of its inputs, so that broken references can be told together with other
problems. The annotations of the models say where references stand; a tree of another shape is passed over.
"""

from __future__ import annotations

import builtins
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin

from govpack.model.base import Model, Path, Ref
from govpack.model.pack import Pack


class Reference(NamedTuple):
    """An id that names something: where it stands, the kind of thing, and the id."""

    path: Path
    kind: str
    id: str


_Walk = Callable[[object, Path, list[Reference]], None]

_PLACES: dict[str, tuple[str, ...]] = {
    "people": ("people",),
    "partners": ("partners",),
    "segments": ("strategy", "segments"),
    "functions": ("organisation", "critical_functions"),
    "roles": ("governance", "roles"),
    "contracts": ("contracts",),
    "lanes": ("roadmap", "lanes"),
    "milestones": ("roadmap", "milestones"),
    "criteria": ("rubric", "criteria"),
    "capabilities": ("strategy", "capabilities"),
    "kpis": ("strategy", "goals", "kpis"),
}


def iter_references(pack: object) -> Iterator[Reference]:
    """Every reference of a Pack or of the plain tree of its inputs, in the order of the model's fields.

    Where the key of a map is the reference, the path ends in that key.
    """
    found: list[Reference] = []
    walk = _walk_model(Pack)
    if walk is not None:
        walk(pack, (), found)
    return iter(found)


def reference_names(pack: object, kind: str) -> set[str]:
    """The ids that a reference of a kind may name, in a Pack or the plain tree of its inputs; KeyError if no kind."""
    if kind == "sides":
        return {"bank"} | reference_names(pack, "partners")
    holders: list[object] = [pack]
    for step in _PLACES[kind]:
        values = [_value(holder, step) for holder in holders]
        # A list on the way (goals) is gone through; people are a map, and their ids its keys.
        holders = [member for value in values for member in (_members(value) or (value,))]
    found: set[str] = set()
    for holder in holders:
        names = holder if kind == "people" and isinstance(holder, Mapping) else (_value(holder, "id"),)
        found |= {name for name in names if isinstance(name, str)}
    return found


def _value(holder: object, name: str) -> object:
    if isinstance(holder, Model):
        return getattr(holder, name, None)
    return holder.get(name) if isinstance(holder, Mapping) else None


def _members(value: object) -> Sequence[object]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


@cache
def _walk_model(model: type[Model]) -> _Walk | None:
    walks = {
        name: walk
        for name, field in model.model_fields.items()
        if (walk := _walk_type(field.annotation, tuple(field.metadata))) is not None
    }

    def walk_model(value: object, path: Path, found: list[Reference]) -> None:
        for name, walk in walks.items():
            member = _value(value, name)
            if member is not None:
                walk(member, (*path, name), found)

    return walk_model if walks else None


def _walk_type(annotation: Any, metadata: tuple[object, ...] = ()) -> _Walk | None:
    """How to find references in a value of a type; None where there can be none."""
    ref = next((marker for marker in metadata if isinstance(marker, Ref)), None)
    if ref is not None:
        return None if ref.or_text else _walk_id(ref.kind)
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return _walk_model(annotation)
    arguments = get_args(annotation)
    match get_origin(annotation):
        case typing.Annotated:
            walk = _walk_type(arguments[0], arguments[1:])
        case typing.Union | types.UnionType:
            walk = next((found for argument in arguments if (found := _walk_type(argument)) is not None), None)
        case builtins.tuple:
            walk = _walk_list(_walk_type(arguments[0]))
        case builtins.dict:
            walk = _walk_map(_walk_type(arguments[0]), _walk_type(arguments[1]))
        case _:
            walk = None
    return walk


def _walk_id(kind: str) -> _Walk:
    def walk_id(value: object, path: Path, found: list[Reference]) -> None:
        if isinstance(value, str):
            found.append(Reference(path, kind, value.strip()))

    return walk_id


def _walk_list(walk: _Walk | None) -> _Walk | None:
    if walk is None:
        return None

    def walk_list(value: object, path: Path, found: list[Reference]) -> None:
        for position, member in enumerate(_members(value)):
            walk(member, (*path, position), found)

    return walk_list


def _walk_map(walk_key: _Walk | None, walk: _Walk | None) -> _Walk | None:
    if walk_key is None and walk is None:
        return None

    def walk_map(value: object, path: Path, found: list[Reference]) -> None:
        for key, member in value.items() if isinstance(value, Mapping) else ():
            if walk_key is not None:
                walk_key(key, (*path, key), found)
            if walk is not None:
                walk(member, (*path, key), found)

    return walk_map
