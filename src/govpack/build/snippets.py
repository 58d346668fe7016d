"""YAML ready to paste: what the model asks for at a place of the inputs, each field with a word on what goes there."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from govpack.model.parts import EACH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from govpack.model.parts import Part

_WIDTH = 76
_PLAIN = re.compile(r"[A-Za-z][\w./()&%€-]*(?: [\w./()&%€+-]+)*")
# What YAML's core schema reads as something else than text.
_NO_TEXT = {"true", "false", "null", "yes", "no", "on", "off", "inf", "nan"}


Path = tuple[str, ...]


class Asks:
    """What findings ask of the inputs: fields by the path of what has them, and what single entries lack.

    All that is asked of a part is shown together, since a key can be given only once.
    """

    def __init__(self) -> None:
        self._fields: dict[Path, dict[str, None]] = {}
        self._lacking: dict[tuple[str | int, ...], dict[str, None]] = {}

    def add(self, path: Path, fields: Iterable[str] = ()) -> None:
        """That the part at `path` is wanted, and `fields` of it."""
        self._fields.setdefault(path, {}).update(dict.fromkeys(fields))

    def add_lacking(self, entry: tuple[str | int, ...], fields: Iterable[str]) -> None:
        """That the entry at this place of the inputs lacks `fields`."""
        self._lacking.setdefault(entry, {}).update(dict.fromkeys(fields))

    def lacking(self, entry: tuple[str | int, ...]) -> tuple[str, ...]:
        """All that the entry lacks."""
        return tuple(self._lacking.get(entry, ()))

    def wants(self, path: Path, field: str) -> bool:
        """Whether `field` of the part at `path` is wanted, or something below it."""
        inner = (*path, field)
        return field in self._fields.get(path, ()) or any(asked[: len(inner)] == inner for asked in self._fields)


def new_part(part: Part, path: Path, asks: Asks, indent: int = 0) -> list[str]:
    """The lines that give the part at `path`, with the fields that must be there and those that are asked for."""
    head = _commented(f"{' ' * indent}{part.name}:", part)
    return [head] if part.kind == "value" else [head, *inside(part, path, asks, indent + 2)]


def inside(part: Part, path: Path, asks: Asks, indent: int) -> list[str]:
    """The lines below the name of the part at `path`: an entry, or fields."""
    entry, pad, below = part.entry, " " * indent, (*path, EACH)
    if entry is None:
        return _fields(part, path, asks, indent)
    if part.kind == "mapping":
        key = re.sub(r"[^a-z0-9]+", "-", part.about.partition("→")[0].strip().lower()) if "→" in part.about else "id"
        return [f"{pad}{key}:", *_fields(entry, below, asks, indent + 2)]
    if entry.kind != "object":
        return [f"{pad}- # a line of text for each"]
    return _dashed(_fields(entry, below, asks, indent + 2), indent)


def filled_entry(
    entry: Part, given: Mapping[str, Any], wanted: Collection[str], indent: int, *, dash: bool
) -> list[str]:
    """An entry as it is given, with a line for each field of `wanted` that it lacks, at its place in the model."""
    pad = " " * (indent + 2 if dash else indent)
    lines = []
    for inner in entry.fields:
        if given.get(inner.name) is not None:
            lines.append(f"{pad}{inner.name}: {flow(given[inner.name])}")
        elif inner.name in wanted:
            lines.append(_commented(f"{pad}{inner.name}:", inner))
    return _dashed(lines, indent) if dash else lines


def lacking_fields(entry: Part, given: Mapping[str, Any], wanted: Collection[str], indent: int) -> list[str]:
    """A line for each field of `wanted` that an entry lacks."""
    lacking = [inner for inner in entry.fields if inner.name in wanted and given.get(inner.name) is None]
    return [_commented(f"{' ' * indent}{inner.name}:", inner) for inner in lacking]


def flow(value: Any) -> str:
    """A value on one line of YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    plain = _PLAIN.fullmatch(value) and value.lower() not in _NO_TEXT
    return value if plain else json.dumps(value, ensure_ascii=False)


def _fields(part: Part, path: Path, asks: Asks, indent: int) -> list[str]:
    """A line for each field that must be given or is asked for; where none is, for every plain one."""
    chosen = [inner for inner in part.fields if inner.required or asks.wants(path, inner.name)]
    lines: list[str] = []
    for inner in chosen or [inner for inner in part.fields if inner.kind == "value"]:
        lines += new_part(inner, (*path, inner.name), asks, indent)
    return lines


def _dashed(lines: list[str], indent: int) -> list[str]:
    return [f"{line[:indent]}- {line[indent + 2 :]}" if not at else line for at, line in enumerate(lines)]


def _commented(line: str, part: Part) -> str:
    """The line with what the field is for, cut where a terminal of 80 columns would break it."""
    about = part.about.partition("; ")[0]
    if part.choices and not all(choice in about for choice in part.choices):
        about = f"{about}: {' | '.join(part.choices)}"
    room = _WIDTH - len(line) - 3
    if len(about) > room:
        about = about[:room].rpartition(" ")[0].rstrip(",:;(") + " …"
    return f"{line}  # {about}" if about else line
