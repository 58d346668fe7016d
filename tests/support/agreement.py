"""A built agreement as a reader sees it: its numbered provisions, what each reference leads to, its regulatory map."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEPTHS = {"Heading1": 1, "ScheduleHeading": 1, "UnnumberedHeading": 1, "SchedulePart": 2}
_REF = re.compile(r"\bREF (\w+) ")


@dataclass
class Provision:
    """A paragraph of the agreement: its words, its style, how deep it stands, its bookmarks and references."""

    words: str
    style: str
    depth: int
    names: tuple[str, ...]
    targets: tuple[str, ...]
    strong: tuple[str, ...] = ()


@dataclass
class Agreement:
    """An agreement, read from its file; `rows` are those of the regulatory map, by law and article."""

    file: Path
    provisions: list[Provision] = field(default_factory=list)
    rows: dict[str, etree._Element] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> Agreement:
        made = cls(file)
        with ZipFile(file) as archive:
            body = etree.fromstring(archive.read("word/document.xml"))[0]
        for element in body.iter(f"{W}p"):
            made.provisions.append(_provision(element))
        for row in body.iter(f"{W}tr"):
            cells = [words_of(cell) for cell in row.iterfind(f"{W}tc")]
            title = next(row.iterancestors(f"{W}tbl")).find(f"{W}tblPr/{W}tblCaption")
            if title is not None and title.get(f"{W}val") == "Regulatory map" and cells[0] != "Law":
                made.rows[f"{cells[0]} {cells[1]}"] = row
        return made

    @cached_property
    def text(self) -> str:
        """All its words, a line for each paragraph."""
        return "\n".join(provision.words for provision in self.provisions)

    @cached_property
    def headings(self) -> list[str]:
        """The headings of its clauses, in order."""
        return [provision.words for provision in self.provisions if provision.style == "Heading1"]

    def provision_at(self, name: str) -> str:
        """The words of what bears the bookmark `name`: the paragraph, all below it, and the words that lead to it."""
        start = next(at for at, provision in enumerate(self.provisions) if name in provision.names)
        depth = self.provisions[start].depth
        words = [self.provisions[start].words]
        above = depth
        for provision in reversed(self.provisions[:start]):
            if 1 < provision.depth < above:
                above = provision.depth
                words.insert(0, provision.words)
            if provision.depth == 1:
                break
        for provision in self.provisions[start + 1 :]:
            if provision.depth <= depth:
                break
            words.append(provision.words)
        return "\n".join(words)

    def answer_of(self, row: str) -> str:
        """The words of everything that a row of the regulatory map refers to."""
        targets = _REF.findall("".join(node.text or "" for node in self.rows[row].iter(f"{W}instrText")))
        assert targets, f"{row} refers to nothing"
        return "\n".join(self.provision_at(target) for target in targets)


def words_of(element: etree._Element) -> str:
    """The words of a paragraph or cell; a tab is a blank, what a comment or an instruction says is left out."""
    parts = []
    for node in element.iter(f"{W}t", f"{W}tab"):
        parts.append(node.text or "" if node.tag == f"{W}t" else " ")
    return " ".join("".join(parts).replace("\u00a0", " ").split())


def _provision(element: etree._Element) -> Provision:
    style_node = element.find(f"{W}pPr/{W}pStyle")
    style = style_node.get(f"{W}val", "") if style_node is not None else ""
    fields = "".join(node.text or "" for node in element.iter(f"{W}instrText"))
    strong = [
        words_of(run)
        for run in element.iter(f"{W}r")
        if run.find(f"{W}rPr/{W}b") is not None or run.find(f"{W}rPr/{W}rStyle[@{W}val='Strong']") is not None
    ]
    return Provision(
        words_of(element),
        style,
        _depth(style),
        tuple(node.get(f"{W}name", "") for node in element.iter(f"{W}bookmarkStart")),
        tuple(_REF.findall(fields)),
        tuple(strong),
    )


def _depth(style: str) -> int:
    """How deep a paragraph of this style stands: 1 for a heading; a paragraph without a number stands below all."""
    if style in _DEPTHS:
        return _DEPTHS[style]
    if found := re.fullmatch(r"Clause(\d)", style):
        return int(found[1])
    if found := re.fullmatch(r"ScheduleLevel(\d)", style):
        return 1 + int(found[1])
    return 9
