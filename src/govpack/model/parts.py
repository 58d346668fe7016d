"""What the inputs of a pack may hold, part by part: read off the schema, for messages that say what to write where."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from govpack.model.schema import pack_schema

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

EACH = "[]"
"""The step of a path that stands for every entry of a list or mapping: ``strategy.goals[].kpis``."""


def split_path(path: str) -> tuple[str, ...]:
    """``strategy.goals[].kpis`` as its steps: strategy, goals, [], kpis."""
    return tuple(step for piece in path.split(".") for step in piece.replace(EACH, f".{EACH}").split(".") if step)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the inputs: its name, what it is for, and what it holds.

    `kind` is ``list``, ``mapping`` (entries by names of the writer's choice), ``object`` (named fields) or ``value``.
    """

    name: str
    about: str
    kind: str
    required: bool
    choices: tuple[str, ...]
    _schema: Mapping[str, Any] = field(repr=False)

    @property
    def fields(self) -> tuple[Part, ...]:
        """The fields of an object, in the order of the model; of anything else none."""
        if self.kind != "object":
            return ()
        required = self._schema.get("required", ())
        return tuple(_part(name, inner, name in required) for name, inner in self._schema["properties"].items())

    @property
    def entry(self) -> Part | None:
        """What an entry of a list or mapping is."""
        if self.kind == "list":
            return _part("", self._schema["items"], required=True)
        if self.kind == "mapping":
            return _part("", _values_of(self._schema), required=True)
        return None

    def step(self, name: str) -> Part | None:
        """The field `name`, or with ``[]`` the entry; None where there is no such thing."""
        if name == EACH:
            return self.entry
        return next((inner for inner in self.fields if inner.name == name), None)


@lru_cache(maxsize=1)
def whole_pack() -> Part:
    """The inputs as a whole."""
    return _part("", pack_schema(), required=True)


def find_part(steps: Sequence[str]) -> Part | None:
    """What the inputs hold at `steps` (see `split_path`), or None where the model has no such place."""
    part: Part | None = whole_pack()
    for step in steps:
        part = part.step(step) if part is not None else None
    return part


def find_home(name: str) -> tuple[str, ...]:
    """The one place, at most two steps deep, where the inputs have a part of this name; nothing where none or many."""
    homes: list[tuple[str, ...]] = [(name,)] if whole_pack().step(name) else []
    homes += [(top.name, name) for top in whole_pack().fields if top.step(name)]
    return homes[0] if len(homes) == 1 else ()


@lru_cache(maxsize=256)
def find_lists(singular: str) -> tuple[tuple[str, ...], ...]:
    """Where the inputs have lists whose name is the plural of `singular` (kpi, activity), the nearest to the top first.

    A list within another is found through that one's entries.
    """
    plurals = {f"{singular}s", f"{singular[:-1]}ies" if singular.endswith("y") else f"{singular}s"}
    found: list[tuple[str, ...]] = []
    level: list[tuple[tuple[str, ...], Part]] = [((), whole_pack())]
    for _ in range(5):
        below: list[tuple[tuple[str, ...], Part]] = []
        for steps, part in level:
            if steps and steps[-1] in plurals and part.kind == "list":
                found.append(steps)
            entry = part.entry
            below += [((*steps, inner.name), inner) for inner in part.fields]
            below += [((*steps, EACH), entry)] if entry is not None else []
        level = below
    return tuple(found)


def _part(name: str, schema: Mapping[str, Any], required: bool) -> Part:
    about = str(schema.get("description", ""))
    inner = _resolve(schema)
    choices = tuple(str(choice) for choice in inner.get("enum", ()))
    return Part(name, about or str(inner.get("description", "")), _kind_of(inner), required, choices, inner)


def _resolve(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema itself, behind references and the choice of null."""
    if "$ref" in schema:
        found: Mapping[str, Any] = _definitions()[str(schema["$ref"]).rpartition("/")[2]]
        return _resolve(found)
    if "anyOf" in schema:
        return _resolve(next((one for one in schema["anyOf"] if one.get("type") != "null"), schema["anyOf"][0]))
    return schema


@lru_cache(maxsize=1)
def _definitions() -> Mapping[str, Any]:
    found: Mapping[str, Any] = pack_schema()["$defs"]
    return found


def _kind_of(schema: Mapping[str, Any]) -> str:
    if schema.get("type") == "array":
        return "list"
    if "properties" in schema:
        return "object"
    return "mapping" if schema.get("type") == "object" else "value"


def _values_of(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    patterns = schema.get("patternProperties")
    found = next(iter(patterns.values())) if patterns else schema.get("additionalProperties")
    return found if isinstance(found, dict) else {}
