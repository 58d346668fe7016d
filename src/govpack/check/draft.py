"""A first checklist from a module roadmap: every item that it lists, with a best guess of what to look for.

It is valid as it stands. A guess is a section or slide by the name that the roadmap uses; what only a person can judge
is left to one. Comments say what to add.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.check.roadmap import Line, Roadmap

_HEAD = """\
# A checklist drafted from {file}. It is valid as it stands; complete it, from the top down:
# 1. documents: what the deliverables are called, by patterns of file names, and by headings that such a file has.
# 2. items: each quotes the roadmap (asks, source). `of` names the documents that it is about; `requires` is a guess.
#    Replace `for_a_person` by what can be looked for where something can: tables with their columns and least rows,
#    each row filled, figures that agree. docs/checks.md has every kind with an example.
title: {title}
source: {source}
"""
# How deliverables are told apart by the words of a roadmap: the ending of the files that such words mean.
_ENDINGS = (
    (re.compile(r"\b(pitch|briefing|decks?|presentation|slides?)\b", re.I), "pptx"),
    (re.compile(r"\b(scorecards?|dashboards?|workbooks?|spreadsheets?|models?)\b", re.I), "xlsx"),
)
_STOP = {
    *"a all an and are as at be by cover covers each for from has have holds in include includes inform".split(),
    *"informs into is it its of on or output outputs the this to track tracks with within".split(),
}
_SPLIT = re.compile(r",\s*(?:and\s+)?|\s+&\s+|\s+and\s+|;\s*")
_CODE = re.compile(r"\b[A-Z]{2,}-\d+\b")
_VERB = re.compile(r"\b(?:includes?|covers?|tracks?|contains?|holds?|has|lists?|shows?|describes?)\b\s*", re.I)


def draft_checklist(roadmap: Roadmap) -> str:
    """The checklist as YAML text: every item of the roadmap's lists and tables, in its order."""
    documents = _documents(roadmap)
    title = " ".join(filter(None, ("Quality checklist of", roadmap.module or "the module"))) + (
        f", {roadmap.title}" if roadmap.title else ""
    )
    lines = [
        _HEAD.format(file=roadmap.file, title=_quoted(title), source=_quoted(f"{roadmap.file}, Quality Checklist"))
    ]
    lines.append("documents:")
    for name, words in documents.items():
        lines += _document(name, words)
    lines += ["", "items:"]
    ids: set[str] = set()
    for asks, source, names, kind in _asked(roadmap, documents):
        lines += _item(_free(_slug(asks, 5) or "item", ids), asks, source, names, kind)
    return "\n".join(lines) + "\n"


def _documents(roadmap: Roadmap) -> dict[str, str]:
    """The deliverables by id, with the roadmap's words for each."""
    found: dict[str, str] = {}
    for row in roadmap.lines("Practical Components"):
        words = row.cell("Description") or row.cell("Asset") or row.text
        found.setdefault(_slug(words, 6) or "deliverable", words)
    return found


def _document(name: str, words: str) -> Iterator[str]:
    ending = _ending(words)
    pieces = [piece for piece in (_slug(part, 4) for part in _SPLIT.split(words)) if piece]
    patterns = list(dict.fromkeys(f"*{piece}*.{ending}" for piece in (name, *pieces)))
    yield f"  {name}:"
    yield f"    title: {_quoted(words)}"
    yield f"    files: [{', '.join(map(_quoted, patterns))}] # add the names that your files have"
    yield "    headings: [] # titles by which such a file is known, whatever its name"


def _ending(words: str) -> str:
    return next((ending for pattern, ending in _ENDINGS if pattern.search(words)), "docx")


def _asked(roadmap: Roadmap, documents: dict[str, str]) -> Iterator[tuple[str, str, list[str], str]]:
    """What each line asks, its source, the documents that it is about, and what sort of line it is."""
    for line in roadmap.lines("Quality Checklist"):
        yield line.text, f"{roadmap.file}, Quality Checklist, line {line.line}", _about(line.text, documents), "named"
    for name, row in zip(_ids_of(roadmap), roadmap.lines("Practical Components"), strict=True):
        yield _component(row), f"{roadmap.file}, Practical Components, line {row.line}", [name], "approval"
    for heading in ("Content Outline", "Learning Objectives"):
        for line in roadmap.lines(heading):
            yield line.text, f"{roadmap.file}, {heading}, line {line.line}", _about(line.text, documents), "person"
    for row in roadmap.lines("Competency Alignment"):
        asks = ", ".join(filter(None, (row.cell("Competency"), row.cell("Proficiency"), row.cell("Evidence"))))
        yield (
            asks or row.text,
            f"{roadmap.file}, Competency Alignment, line {row.line}",
            _about(asks, documents),
            "person",
        )


def _ids_of(roadmap: Roadmap) -> list[str]:
    return [
        _slug(row.cell("Description") or row.cell("Asset") or row.text, 6) or "deliverable"
        for row in roadmap.lines("Practical Components")
    ]


def _component(row: Line) -> str:
    criteria, validation = row.cell("Completion"), row.cell("Linked") or row.cell("Validation")
    said = ": ".join(filter(None, (row.cell("Asset"), row.cell("Description")))) or row.text
    said += f"; {criteria}" if criteria else ""
    return f"{said} ({validation})" if validation else said


def _about(text: str, documents: dict[str, str]) -> list[str]:
    """The document that shares most words with the line: the first of all where none shares any."""
    words = _words(text)
    return [max(documents, key=lambda name: len(words & _words(documents[name])))]


def _words(text: str) -> set[str]:
    found = re.findall(r"[a-z0-9]{3,}", text.casefold())
    return {word[:-1] if word.endswith("s") else word for word in found if word not in _STOP}


def _item(name: str, asks: str, source: str, documents: list[str], kind: str) -> Iterator[str]:
    yield f"  - id: {name}"
    yield f"    asks: {_quoted(asks)}"
    yield f"    source: {_quoted(source)}"
    yield f"    of: [{', '.join(documents)}] # a guess: the documents that it is about, the first above all"
    yield "    requires:"
    parts = (_parts(asks) or _CODE.findall(asks)) if kind == "named" else []
    for part in parts:
        yield f"      - mentions: {{any: [{_quoted(part)}]}} # better: a section or table so called, with its columns"
    if kind == "approval":
        yield "      # add what the deliverable must hold; an approval is for whoever gives it"
    if not parts:
        yield f"      - for_a_person: {_quoted(f'whether this is met: {asks}')} # replace it by what can be looked for"


def _parts(asks: str) -> list[str]:
    """The things that a line lists after its verb: segmentation, goals, KPIs, risk mitigation."""
    _, *rest = _VERB.split(asks, maxsplit=1)
    if not rest:
        return []
    return [part for piece in _SPLIT.split(rest[0].rstrip(". ")) if (part := piece.strip(" .:")) and len(part) <= 60]


def _slug(text: str, most: int) -> str:
    words = [word for word in re.findall(r"[a-z0-9]+", text.casefold()) if word not in _STOP]
    return "-".join(words[:most])[:60].strip("-")


def _free(name: str, taken: set[str]) -> str:
    """A name that no other item has."""
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free)
    return free


def _quoted(text: str) -> str:
    """Text as YAML takes it whatever stands in it: JSON's strings are YAML's."""
    return json.dumps(text, ensure_ascii=False)
