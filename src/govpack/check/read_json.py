"""A JSON file to an Outline: a section for each key, a table for each list of records, addresses as paths."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from govpack.check.file_facts import FileFacts, PartText
from govpack.check.outline import Block, Cell, Outline, Paragraph, Row, Section, Table
from govpack.errors import PackageError

_MOST_BYTES, _DEEPEST = 64 * 2**20, 64


def read_json(source: Path | bytes, file: str) -> Outline:
    """The outline of a JSON file. PackageError where it is missing, too large, or no JSON, with line and column."""
    try:
        data = source.read_bytes() if isinstance(source, Path) else source
    except OSError as error:
        raise PackageError(f"{file} cannot be read: {error.strerror}") from None
    if len(data) > _MOST_BYTES:
        raise PackageError(f"{file} is larger than {_MOST_BYTES // 2**20} MB")
    try:
        text = data.decode("utf-8-sig")
        tree = json.loads(text)
    except UnicodeDecodeError:
        raise PackageError(f"{file} is no JSON: it is not written in UTF-8") from None
    except json.JSONDecodeError as error:
        raise PackageError(f"{file} is no JSON: line {error.lineno}, column {error.colno}: {error.msg}") from None
    except (RecursionError, ValueError) as error:
        raise PackageError(f"{file} cannot be read: {error}") from None
    if not isinstance(tree, dict):
        raise PackageError(f"{file} holds no object: it is to start with {{")
    about = tree.get("about")
    title = str(about.get("title", "")) if isinstance(about, dict) else str(tree.get("title", ""))
    opening, sections = _children(tree, "", (), 1)
    facts = FileFacts(parts=(PartText(file, "text", tuple(text.splitlines())),))
    return Outline(file, "json", title, Section("", 0, "", (), "", opening), sections, facts=facts)


def _children(
    node: dict[str, Any], address: str, path: tuple[str, ...], level: int
) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    blocks: list[Block] = []
    sections: list[Section] = []
    for key, value in node.items():
        at = f"{address}.{key}" if address else str(key)
        if isinstance(value, dict) and level < _DEEPEST:
            own, below = _children(value, at, (*path, _words(key)), level + 1)
            sections.append(Section(_words(key), level, "", (*path, _words(key)), at, own, below))
        elif isinstance(value, list):
            sections.append(Section(_words(key), level, "", (*path, _words(key)), at, tuple(_listed(value, at))))
        else:
            blocks.append(Paragraph(f"{_words(key)}: {_text(value)}", at))
    return tuple(blocks), tuple(sections)


def _listed(values: list[Any], at: str) -> list[Block]:
    """A list of records as a table headed by their keys; any other list as a line for each value."""
    records = [value for value in values if isinstance(value, dict)]
    if not records or len(records) < len(values):
        return [Paragraph(_text(value), f"{at}[{number}]") for number, value in enumerate(values)]
    keys = list(dict.fromkeys(key for record in records for key in record))
    header = tuple(_words(key) for key in keys)
    top = Row(tuple(Cell(name, column) for column, name in enumerate(header)), 1, at)
    rows = tuple(
        Row(
            tuple(Cell(_text(record.get(key)), column) for column, key in enumerate(keys)),
            number + 2,
            f"{at}[{number}]",
            tuple(f"{at}[{number}].{key}" for key in keys),
        )
        for number, record in enumerate(records)
    )
    return [Table((top, *rows), header, rows, at)]


def _words(key: object) -> str:
    return str(key).replace("_", " ")


def _text(value: Any) -> str:
    """A value in a reader's words: a named thing by its name, several by commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return str(value["name"]) if "name" in value else ", ".join(_text(each) for each in value.values())
    return ", ".join(_text(each) for each in value) if isinstance(value, list) else str(value)
