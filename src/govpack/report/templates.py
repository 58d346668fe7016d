"""What is wrong with templates, and which values they use: as text for people, as JSON for machines.

Lint as JSON: ``version`` (1), ``exit_code`` (0, 1, 2), ``templates`` (``template``, ``findings``), ``conditions``
(findings on those of the kit) and ``problems`` (findings). Fields as JSON: ``version`` (1) and ``templates``
(``template``, ``fields``); a field has ``name``, ``path``, ``list`` (whether its items are used), ``places`` and
``fields``. A finding has ``message``, ``file``, ``line``, ``column``, ``at``, ``severity`` and ``remedy``; a place
``file``, ``line`` and ``at``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from govpack.findings import Finding, Location
    from govpack.template import Field

_MOST_PLACES = 3


@dataclass(slots=True)
class FieldNode:
    """A value in the tree of values: its name below the one above, where it is used, and what is used of it."""

    name: str
    path: str
    places: tuple[Location, ...] = ()
    is_list: bool = False
    nodes: dict[str, FieldNode] = field(default_factory=dict)


def nest_fields(fields: Iterable[Field]) -> dict[str, FieldNode]:
    """The fields of a template as a tree, by name: ``contracts[].term`` is ``term`` in the list ``contracts``."""
    tree: dict[str, FieldNode] = {}
    for one in fields:
        level, path, node = tree, "", None
        for step in one.path.split("."):
            name, items, _ = step.partition("[]")
            path = f"{path}.{name}" if path else name
            node = level.setdefault(name, FieldNode(name, path))
            node.is_list |= bool(items)
            path += step[len(name) :]
            level = node.nodes
        if node is not None:
            node.places = tuple(dict.fromkeys((*node.places, *one.places)))
    return tree


def fields_as_text(listed: Mapping[str, tuple[Field, ...]]) -> str:
    """A tree for each template: every value with the first places that use it."""
    lines: list[str] = []
    for template, fields in listed.items():
        values = list(_lines(nest_fields(fields), ""))
        width = min(max((len(name) for name, _ in values), default=0), 48)
        lines += [f"{template}: {_count(len(fields), 'value')}"]
        lines += [f"  {name:<{width}}  {_places(places)}".rstrip() for name, places in values]
    return "\n".join(lines)


def _lines(nodes: Mapping[str, FieldNode], indent: str) -> Iterator[tuple[str, tuple[Location, ...]]]:
    for node in nodes.values():
        yield f"{indent}{node.name}{'[]' if node.is_list else ''}", node.places
        yield from _lines(node.nodes, indent + "  ")


def _places(places: tuple[Location, ...]) -> str:
    # A clause is known by its file's name; which folder it lies in, JSON says.
    shown = [place.at or f"{PurePath(place.file).name}{f':{place.line}' if place.line else ''}" for place in places]
    more = f"; and {len(shown) - _MOST_PLACES} more" if len(shown) > _MOST_PLACES else ""
    return "; ".join(shown[:_MOST_PLACES]) + more


def fields_as_json(listed: Mapping[str, tuple[Field, ...]]) -> str:
    """The same for machines."""
    templates = [{"template": name, "fields": _nodes(nest_fields(fields))} for name, fields in listed.items()]
    return json.dumps({"version": 1, "templates": templates}, indent=2, ensure_ascii=False)


def _nodes(nodes: Mapping[str, FieldNode]) -> list[dict[str, Any]]:
    return [
        {
            "name": node.name,
            "path": node.path,
            "list": node.is_list,
            "places": [{"file": place.file, "line": place.line, "at": place.at} for place in node.places],
            "fields": _nodes(node.nodes),
        }
        for node in nodes.values()
    ]


def lint_as_text(templates: int, findings: Collection[Finding], unread: int = 0) -> str:
    """Every finding, a line each, and how many there are in so many `templates`; `unread` could not be read."""
    looked = f"{_count(templates, 'template')} looked over"
    if unread:
        looked += f", {unread} could not be read"
    clean = "no fault in what was" if unread else "nothing wrong"
    faults = _count(len(findings), "fault") if findings else clean
    total = f"{looked}: {faults}." if templates or not unread else f"{looked}."
    return "\n".join([*map(str, findings), total])


def lint_as_json(
    templates: Mapping[str, tuple[Finding, ...]],
    conditions: Iterable[Finding],
    problems: Iterable[Finding],
    exit_code: int,
) -> str:
    """The same for machines."""
    data = {
        "version": 1,
        "exit_code": exit_code,
        "templates": [{"template": name, "findings": list(map(_finding, found))} for name, found in templates.items()],
        "conditions": list(map(_finding, conditions)),
        "problems": list(map(_finding, problems)),
    }
    return json.dumps(data, indent=2, ensure_ascii=False)


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.location
    return {
        "message": finding.message,
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "at": place.at if place else "",
        "severity": finding.severity.value,
        "remedy": finding.remedy,
    }


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
