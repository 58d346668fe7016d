"""Numbered lists: multilevel, each level linked to the paragraph style that carries it.

Lengths are in twips, twentieths of a point. Indents live here only, so that a style and its level can't disagree.
"""

from __future__ import annotations

from dataclasses import dataclass

from govpack.ooxml.names import NS


@dataclass(frozen=True, slots=True)
class Level:
    """One level: the style that carries it, how it counts, what it prints, where its text stands."""

    style: str
    format: str
    text: str
    left: int
    hanging: int
    bold: bool = False  # the number, as the words of a heading in bold are


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list of one to nine levels. A deeper level starts again under each number of the one above."""

    levels: tuple[Level, ...]


CLAUSES = NumberedList(
    (
        Level("Heading1", "decimal", "%1.", 720, 720),
        Level("Clause2", "decimal", "%1.%2", 720, 720),
        Level("Clause3", "lowerLetter", "(%3)", 1287, 567),
        Level("Clause4", "lowerRoman", "(%4)", 1854, 567),
        Level("Clause5", "upperLetter", "(%5)", 2421, 567),
    )
)
SCHEDULES = NumberedList(
    (
        # A reference prints the word with its number, and the two never part.
        Level("ScheduleHeading", "decimal", "Schedule\u00a0%1", 1814, 1814),
        Level("ScheduleLevel1", "decimal", "%2.", 720, 720, bold=True),
        Level("ScheduleLevel2", "decimal", "%2.%3", 720, 720),
        Level("ScheduleLevel3", "lowerLetter", "(%4)", 1287, 567),
        Level("ScheduleLevel4", "lowerRoman", "(%5)", 1854, 567),
    )
)
SECTIONS = NumberedList(
    (
        Level("Heading1", "decimal", "%1.", 567, 567),
        Level("Heading2", "decimal", "%1.%2", 567, 567),
        Level("Heading3", "decimal", "%1.%2.%3", 720, 720),
    )
)
PARTIES = NumberedList((Level("Party", "decimal", "(%1)", 720, 720),))
RECITALS = NumberedList((Level("Recital", "upperLetter", "(%1)", 720, 720),))
BULLETS = NumberedList((Level("ListBullet", "bullet", "•", 357, 357), Level("ListBullet2", "bullet", "–", 714, 357)))
NUMBERS = NumberedList(
    (Level("ListNumber", "decimal", "%1.", 425, 425), Level("ListNumber2", "lowerLetter", "(%2)", 850, 425))
)


def linked_levels(lists: tuple[NumberedList, ...]) -> dict[str, tuple[int, int]]:
    """For each style that carries a level: the list's number id, and the level counted from 0."""
    return {
        level.style: (number, depth) for number, each in enumerate(lists, 1) for depth, level in enumerate(each.levels)
    }


def numbering_xml(lists: tuple[NumberedList, ...]) -> str:
    """The numbering part: one definition and one instance for each list, numbered from 1."""
    definitions = "".join(_definition(number, each) for number, each in enumerate(lists, 1))
    instances = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in range(1, len(lists) + 1)
    )
    return f'<w:numbering xmlns:w="{NS["w"]}">{definitions}{instances}</w:numbering>'


def _definition(number: int, each: NumberedList) -> str:
    kind = "multilevel" if len(each.levels) > 1 else "singleLevel"
    levels = "".join(_level(depth, level) for depth, level in enumerate(each.levels))
    # Word tells lists apart by nsid when text is pasted between documents; it must only be unique in the part.
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="{0x4A7C0000 + number:08X}"/>'
        f'<w:multiLevelType w:val="{kind}"/>{levels}</w:abstractNum>'
    )


def _level(depth: int, level: Level) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{level.format}"/>'
        f'<w:pStyle w:val="{level.style}"/><w:lvlText w:val="{level.text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{level.left}"/></w:tabs>'
        f'<w:ind w:left="{level.left}" w:hanging="{level.hanging}"/></w:pPr>'
        f"{'<w:rPr><w:b/><w:bCs/></w:rPr>' if level.bold else ''}</w:lvl>"
    )
