"""What a file for a counterparty carries beside its words, and that nobody wrote for its reader.

A template that a person keeps in Word collects such things: comments, tracked changes, hidden text, objects, targets on
somebody's own machine. None of them is a secret of the inputs, so no search for words would find it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govpack.build.texts import plain
from govpack.check.facts import label_of
from govpack.check.outline import texts_of
from govpack.findings import Finding, Location

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from govpack.build.texts import PartTexts
    from govpack.check.outline import Outline

_PUBLIC = re.compile(r"(?:https?|mailto|tel):", re.I)
_SHOWN = 40


def find_marks(
    path: str, template: Path, parts: Mapping[str, PartTexts | None], outline: Outline | None
) -> Iterator[Finding]:
    """What of this kind the document at `path`, made from `template`, would take along. One finding each kind."""
    if outline is not None:
        for notes, what, remedy in (
            (outline.comments, "comments", "delete them"),
            (outline.changes, "tracked changes", "accept or reject them"),
            (outline.hidden, "hidden text", "delete it"),
        ):
            if notes:
                words = " ".join(notes[0].text.split())
                shown = f" (“{words[:_SHOWN]}{'…' if len(words) > _SHOWN else ''}”)" if words.strip("¶ ") else ""
                yield _carried(path, f"{what}{shown}", notes[0].address, f"{remedy} in {template}")
        for link in outline.facts.external:
            if link.type != "hyperlink" or not _PUBLIC.match(link.target):
                yield _carried(path, f"the target {link.target}", link.label, f"break the link in {template}")
    for part, said in parts.items():
        if said is None:
            what = f"{part}, which cannot be searched,"
            yield _carried(path, what, "", f"take the object, macro or inserted file out of {template}")


def _carried(path: str, what: str, at: str, remedy: str) -> Finding:
    return Finding(f"{what} would reach the counterparty", Location(path, at=at), remedy=remedy)


def place_of(words: str, part: str, outline: Outline | None) -> str:
    """Where in the document a reader finds `words`, which stand in `part`: the paragraph or cell, else what it is."""
    wanted = _bare(words).split()
    texts = [(_bare(text), address) for text, address in (_readable(outline) if outline is not None else ())]
    for text, address in texts:
        if f" {' '.join(wanted)} " in f" {text} ":
            return address
    for count in range(len(wanted) - 1, 1, -1):  # it goes on in the next paragraph or cell
        for text, address in texts:
            if f" {text}".endswith(f" {' '.join(wanted[:count])}"):
                return f"from {address}"
    label = label_of(part.rpartition(", ")[2])
    return part if label == part else f"{label} ({part})"


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", plain(text).casefold()))


def _readable(outline: Outline) -> Iterator[tuple[str, str]]:
    for section in outline.walk():
        yield section.heading, section.address
        yield from texts_of(section.blocks)
