"""Turns what pydantic refuses into findings: what is wrong, where it was written, how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govpack.findings import Finding, Location
from govpack.inputs.judgements import judge
from govpack.inputs.shapes import Items, Map, Record, Shape
from govpack.inputs.words import found, listing, suggestion
from govpack.sources import MarkedDict, MarkedList, locate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

_Path = tuple[str | int, ...]
_KEY = "[key]"  # how pydantic says that the key of a mapping is wrong, not its value
_MOST_NAMES = 12


def complaints(
    errors: Iterable[ErrorDetails], tree: MarkedDict, shape: Record, *, whole: str = "the pack"
) -> list[Finding]:
    """A finding for each place that pydantic complains of; what the members of a union say becomes one sentence.

    `whole` is what a person calls all that is read.
    """
    grouped: dict[tuple[_Path, bool], list[ErrorDetails]] = {}
    for error in errors:
        if error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]:
            continue  # pydantic counts the items that are right; what is wrong with the others is said
        path = _path_in(tree, error)
        grouped.setdefault((path, error["loc"][-1:] == (_KEY,)), []).append(error)
    return [
        _Complaint(path, group, tree, shape, of_key=of_key, whole=whole).finding()
        for (path, of_key), group in grouped.items()
    ]


def _path_in(tree: MarkedDict, error: ErrorDetails) -> _Path:
    """The error's location without the names of union members and validators that pydantic mixes into it."""
    path: list[str | int] = []
    node: Any = tree
    for step in error["loc"]:
        if isinstance(node, MarkedDict) and step in node:
            node = node[str(step)]
        elif isinstance(node, MarkedList) and isinstance(step, int) and step < len(node):
            node = node[step]
        elif step is error["loc"][-1] and error["type"] == "missing":
            pass
        else:
            continue
        path.append(step)
    return tuple(path)


class _Complaint:
    """What is wrong at one place: one error, or one for each member of a union."""

    def __init__(
        self, path: _Path, errors: list[ErrorDetails], tree: MarkedDict, shape: Record, *, of_key: bool, whole: str
    ) -> None:
        self.whole = whole
        self.path, self.errors, self.tree, self.shape, self.of_key = path, errors, tree, shape, of_key
        self.error = errors[0]
        self.value = self.error["input"]
        self.name = str(path[-1]) if path else whole

    def finding(self) -> Finding:
        """The sentence, with its place."""
        kind = self.error["type"]
        if kind == "missing":
            return self._missing()
        if kind == "extra_forbidden":
            return self._unknown()
        place = self._key_place() if self.of_key else locate(self.tree, self.path)
        subject = self._subject()
        if self.value is None and not self.of_key:
            return Finding(f"{subject} has no value", place, remedy="write one, or take the line out")
        phrases, remedies = zip(*(judge(error, self._purpose()) for error in self.errors), strict=True)
        # Members of a union that expect the same kind of thing say the same: once is enough.
        message = f"{subject} {listing(list(dict.fromkeys(phrases)))}"
        if not self.of_key and self.value != "":
            message += f"; found {found(self.value)}"
        remedy = next(filter(None, remedies), "")
        if not remedy and not self.of_key and isinstance(self.value, list | dict) and (purpose := self._purpose()):
            remedy = f"one value goes here: {purpose[0].lower()}{purpose[1:]}"
        return Finding(message, place, remedy=remedy)

    def _subject(self) -> str:
        if self.of_key:
            return f"the name '{self.name}'"
        if self.path and isinstance(self.path[-1], int):
            names = [step for step in self.path if isinstance(step, str)]
            return f"item {self.path[-1] + 1} of {names[-1] if names else self.whole}"
        return self.name

    def _missing(self) -> Finding:
        owner = self.path[:-1]
        place = locate(self.tree, owner)
        purpose = self._purpose()
        remedy = f"add it: {purpose[0].lower() + purpose[1:] if purpose[1:2].islower() else purpose}" if purpose else ""
        if place.file.lower().endswith(".csv") and self._absent_column(owner):
            table = Location(place.file, 1, 1)
            return Finding(f"the column '{self.name}' is missing from this table", table, remedy=remedy)
        return Finding(f"{self.name} is missing from {self._label(owner)}", place, remedy=remedy)

    def _absent_column(self, owner: _Path) -> bool:
        """Whether no row of the table has the field, so that the table lacks it, not the row."""
        table = _node(self.tree, owner[:-1])
        return isinstance(table, MarkedList) and not any(self.name in row for row in table)

    def _unknown(self) -> Finding:
        place = self._key_place()
        owner, record = self.path[:-1], _shape_at(self.shape, self.path[:-1])
        names = list(record.fields) if isinstance(record, Record) else []
        label = self._label(owner[:1]) if place.file.lower().endswith(".csv") else self._label(owner)
        near = suggestion(self.name, tuple(names))
        if near is not None:
            remedy = f"did you mean '{near}'?"
        elif names and len(names) <= _MOST_NAMES:
            remedy = f"known are {listing(sorted(names), 'and')}"
        else:
            remedy = "take it out, or put it under custom:" if self.whole == "the pack" else "take it out"
        return Finding(f"'{self.name}' is not known in {label}", place, remedy=remedy)

    def _key_place(self) -> Location:
        holder = _node(self.tree, self.path[:-1])
        return holder.key_location(self.name) if isinstance(holder, MarkedDict) else locate(self.tree, self.path)

    def _label(self, path: _Path) -> str:
        """What a person calls the thing at `path`: ``partners 'nimbus'``, ``organisation``, ``the pack``."""
        if not path:
            return self.whole
        step, node = path[-1], _node(self.tree, path)
        names = [str(name) for name in path if isinstance(name, str)]
        if isinstance(step, int):
            given = node.get("id") or node.get("name") if isinstance(node, MarkedDict) else None
            return f"{names[-1]} '{given}'" if isinstance(given, str) else f"item {step + 1} of {names[-1]}"
        if isinstance(_shape_at(self.shape, path[:-1]), Map) and len(names) > 1:
            return f"{names[-2]} '{step}'"
        return step

    def _purpose(self) -> str:
        record = _shape_at(self.shape, self.path[:-1])
        return record.purposes.get(self.name, "") if isinstance(record, Record) else ""


def _node(tree: Any, path: _Path) -> Any:
    node = tree
    for step in path:
        node = node[step]
    return node


def _shape_at(shape: Shape, path: _Path) -> Shape | None:
    here: Shape | None = shape
    for step in path:
        if isinstance(here, Record):
            here = here.fields.get(str(step))
        elif isinstance(here, Items):
            here = here.item
        elif isinstance(here, Map):
            here = here.value
        else:
            return None
    return here
