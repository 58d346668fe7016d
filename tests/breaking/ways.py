"""Ways to break what each requirement kind asks: each a copy of the pack's files changed, and the place to be named.

A way is given what a person has: the file, what the checklist asks, and the address where the report saw it met.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from tests.breaking.files import (
    A,
    DeckFile,
    Grid,
    JsonFile,
    OfficeFile,
    P,
    S,
    SheetFile,
    W,
    WordFile,
    open_office,
    words_of,
)
from tests.breaking.literal import called, exactly, says

UNRELATED = "Zebras of the savannah"


@dataclass(frozen=True)
class Broken:
    """One way: what was done, the changed files by path, and words that a finding must have in its place or message."""

    how: str
    files: dict[str, bytes]
    names: str = ""
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """What is to be broken: a requirement that `file` meets, on this evidence, by what the checklist asks of it.

    `args` are the arguments of the requirement as the checklist has them, and `evidence` what the report shows: file,
    place and words.
    """

    kind: str
    args: Any
    file: str
    evidence: tuple[Any, ...]
    data: dict[str, bytes] = field(repr=False)

    def open(self, path: str = "") -> Any:
        """A fresh copy of the file, or of another of the pack."""
        return open_office(path or self.file, self.data[path or self.file])

    @property
    def at(self) -> str:
        """Where it was seen in this file."""
        return next((seen.at for seen in self.evidence if seen.file == self.file and seen.at), "")

    @property
    def seen(self) -> list[Any]:
        """The evidence that has an address."""
        return [evidence for evidence in self.evidence if evidence.at]

    def broken(self, how: str, file: Any, names: str = "", path: str = "") -> Broken:
        """What came of a change to one file."""
        return Broken(how, {path or self.file: file.save()}, names)


Way = Callable[[Target], Iterator[Broken]]
WAYS: dict[str, Way] = {}


def breaks(kind: str) -> Callable[[Way], Way]:
    """Register the ways to break a requirement kind."""

    def register(way: Way) -> Way:
        WAYS[kind] = way
        return way

    return register


# --- what several kinds share ---


def _rename_headings(target: Target, names: tuple[str, ...]) -> OfficeFile | None:
    """Every heading that fits `names` called something unrelated; None where there is no such heading."""
    file = target.open()
    done = False
    if isinstance(file, WordFile):
        for heading in file.headings():
            if called(names, words_of(heading)):
                file.write(heading, UNRELATED)
                done = True
    elif isinstance(file, SheetFile):
        for sheet in file.tree("xl/workbook.xml").iter(f"{S}sheet"):
            if called(names, sheet.get("name", "")):
                sheet.set("name", UNRELATED)
                done = True
        done = bool(file.replace("|".join(map(re.escape, names)), UNRELATED)) or done
    elif isinstance(file, DeckFile):
        for number in range(1, len(file.slides()) + 1):
            title = file.title(number)
            if title is not None and (called(names, words_of(title))):
                file.replace(".+", UNRELATED, title.iter(f"{A}p"))
                done = True
    return file if done else None


def _delete_sections(target: Target, names: tuple[str, ...]) -> OfficeFile | None:
    """Every section whose heading fits `names` taken out, with all that stands in it."""
    file = target.open()
    if not isinstance(file, WordFile):
        return None
    done = False
    for heading in file.headings():
        if heading.getparent() is not None and called(names, words_of(heading)):
            for block in file.section(heading):
                block.getparent().remove(block)
            done = True
    return file if done else None


def _without_section(target: Target, names: tuple[str, ...]) -> Iterator[Broken]:
    if not names:
        return
    renamed = _rename_headings(target, names)
    if renamed is not None:
        yield target.broken("heading called something unrelated", renamed, f"‘{names[0]}’")
    deleted = _delete_sections(target, names)
    if deleted is not None:
        yield target.broken("section deleted", deleted, f"‘{names[0]}’")


def _columns(grid: Grid, wanted: tuple[tuple[str, ...], ...]) -> list[int | None]:
    """The column of each wanted name, by the words in the header: its first name before its synonyms."""
    header = grid.row(0)
    found: list[int | None] = []
    for names in wanted:
        best = [
            (label.casefold() == names[0].casefold(), exactly(names, label), -at)
            for at, label in enumerate(header)
            if at not in found and called(names, label)
        ]
        found.append(-max(best)[2] if best else None)
    return found


def _place(wanted: tuple[tuple[str, ...], ...], name: str) -> int:
    return next(number for number, names in enumerate(wanted) if name in names)


def _broken_table(target: Target, selection: Any, address: str, *, filled: Any = (), rows: int = 0) -> Iterator[Broken]:
    """A table spoilt: a needed cell emptied or left open, rows dropped, a column lost, the table moved elsewhere."""
    grid = target.open().grid(address)
    if grid is None:
        return
    wanted = selection.named
    columns = _columns(grid, wanted)
    records = grid.records()
    if not records:
        return
    row = records[-1]
    for number, (names, column) in enumerate(zip(wanted, columns, strict=True)):
        if column is None:
            continue
        if filled is True or any(name in names for name in filled or ()):
            for how, words in (("cell emptied", ""), ("cell left open", "TBC"))[
                : 2 if number == len(wanted) - 1 else 1
            ]:
                file = target.open()
                own = file.grid(address)
                own.write(row, column, words)
                yield target.broken(f"{how}: {names[0]}", file, names[0])
    # A document may have several such tables, and a person would take any of them: none is left whole.
    lost = next((names for names, at in zip(reversed(wanted), reversed(columns), strict=True) if at is not None), None)
    # A list with one named column and any others is one under another name as well.
    if lost is not None and len(wanted) > 1:
        file = target.open()
        for own in (*_fitting(file, wanted), *_forms(file, wanted)):
            _lose(own, lost)
        yield target.broken(f"column lost: {lost[0]}", file)
    if rows:
        file = target.open()
        for number, own in enumerate(_fitting(file, wanted)):
            # The lists of several tables count together.
            for record in reversed(own.records()[rows - 1 if not number else 0 :]):
                own.drop(record)
        yield target.broken("rows dropped", file, f"of at least {rows} rows" if rows > 3 else "")
    yield from _moved(target, selection)


def _lose(grid: Grid, names: tuple[str, ...]) -> None:
    """Every column that could be called so, called something unrelated."""
    for at, label in enumerate(grid.row(0)):
        if called(names, label):
            grid.write(0, at, UNRELATED)
    for row in range(1, len(grid)):
        if grid.row(row) and exactly(names, grid.text(row, 0)):
            grid.write(row, 0, UNRELATED)


def _forms(file: Any, wanted: tuple[tuple[str, ...], ...]) -> list[Grid]:
    """The tables of a file that are forms: what is wanted stands in the first column, its value beside it."""
    return [
        grid
        for grid in file.grids()
        if sum(any(called(names, row[0]) for row in map(grid.row, range(len(grid))) if row) for names in wanted)
        >= max(2, len(wanted) - 1)
        and None in _columns(grid, wanted)
    ]


def _fitting(file: Any, wanted: tuple[tuple[str, ...], ...]) -> list[Grid]:
    """The tables of a file that have all the wanted columns."""
    return [grid for grid in file.grids() if len(grid) > 1 and None not in _columns(grid, wanted)]


def _moved(target: Target, selection: Any) -> Iterator[Broken]:
    """Such tables of a Word document at its end, under a heading that has nothing to do with them."""
    file = target.open()
    if not isinstance(file, WordFile) or not selection.under:
        return
    file.add(UNRELATED, file.heading_style)
    for grid in (*_fitting(file, selection.named), *_forms(file, selection.named)):
        grid.element.addnext(etree.Element(f"{W}p"))
        file.body.insert(len(file.body) - 1, grid.element)
        file.add("")
    yield target.broken("moved to an unrelated section", file, "")


# --- the kinds ---


@breaks("section")
def _section(target: Target) -> Iterator[Broken]:
    names = target.args.heading
    yield from _without_section(target, names)
    file = target.open()
    if isinstance(file, WordFile):
        for heading in file.headings():
            if heading.getparent() is not None and called(names, words_of(heading)):
                for block in file.section(heading)[1:]:
                    block.getparent().remove(block)
        yield target.broken("nothing left under the heading", file, "")


@breaks("table")
def _table(target: Target) -> Iterator[Broken]:
    args: Any = target.args
    yield from _broken_table(target, args, target.at, filled=args.filled, rows=args.rows)
    yield from _without_section(target, args.under)
    grids = "every"
    if args.cells:
        file = target.open()
        for grid in _fitting(file, args.named):
            for row in grid.records():
                for column in range(1, len(grid.row(row))):
                    grid.write(row, column, "")
        yield target.broken(f"colours alone in {grids} table", file, "cells say something")
    if args.periods:
        file = target.open()
        for grid in _fitting(file, args.named):
            for column, label in enumerate(grid.row(0)):
                if re.search(r"\d", label):
                    grid.write(0, column, f"Column {UNRELATED}")
        yield target.broken("no column headed by a period", file, "headed by a quarter")
    for name in args.different:
        file = target.open()
        for grid in _fitting(file, args.named):
            at = _columns(grid, args.named)[_place(args.named, name)]
            for row in grid.records():
                grid.write(row, at, "The same")
        yield target.broken(f"one value only under {name}", file, f"‘{name}’ says only")


@breaks("each_row")
def _each_row(target: Target) -> Iterator[Broken]:
    args: Any = target.args
    grid = target.open().grid(target.at)
    if grid is None:
        return
    row = grid.records()[-1]
    place = f"row {row + 1}" if "!" not in target.at else ""
    columns = _columns(grid, args.table.named)
    for letter in args.exactly_one:
        cells = grid.row(row)
        free = next(at for at, words in enumerate(cells) if at not in columns and letter not in words)
        file = target.open()
        file.grid(target.at).write(row, free, letter)
        yield target.broken(f"a second {letter}", file, place)
        file = target.open()
        held = next(at for at, words in enumerate(cells) if at not in columns and letter in words)
        file.grid(target.at).write(row, held, "C")
        yield target.broken(f"no {letter}", file, place)
    for letter in args.at_least_one:
        file = target.open()
        own = file.grid(target.at)
        for at, words in enumerate(own.row(row)):
            if at not in columns and letter in words.upper().replace("/", " ").split():
                own.write(row, at, "I")
        yield target.broken(f"no {letter}", file, place)
    for name in args.rising:
        at = columns[_place(args.table.named, name)]
        file = target.open()
        own = file.grid(target.at)
        own.write(row, at, own.text(grid.records()[-2], at))
        yield target.broken(f"{name} does not rise", file, place)
        file = target.open()
        file.grid(target.at).write(row, at, "soon")
        yield target.broken(f"{name} is no time", file, place)
    for name in args.acts:
        at = columns[_place(args.table.named, name)]
        for words in ("We monitor it closely.", "Keep watching the situation."):
            file = target.open()
            file.grid(target.at).write(row, at, words)
            yield target.broken(f"{name} only watches", file, place)
    spoilt = [(name, "soon, we hope", "says no number") for name in args.numbers]
    spoilt += [(name, "soon, we hope", "says no date") for name in args.dates]
    spoilt += [(name, "One thing", "names one thing") for name in args.lists]
    spoilt += [(name, words[0], "what must not stand there") for name, words in args.never.items()]
    spoilt += [(name, UNRELATED, "what is due") for name in args.says]
    for name, words, how in spoilt:
        at = columns[_place(args.table.named, name)]
        for spoiled in (row, grid.records()[0]):
            file = target.open()
            file.grid(target.at).write(spoiled, at, words)
            yield target.broken(f"{name}: {how}, row {spoiled}", file, f"row {spoiled + 1}" if place else "")
    for name in args.unique:
        at = columns[_place(args.table.named, name)]
        for spoiled in grid.records()[-2:]:
            file = target.open()
            file.grid(target.at).write(spoiled, at, grid.text(grid.records()[0], at))
            yield target.broken(f"{name} twice", file, f"‘{grid.text(grid.records()[0], at)}’")
    if args.formulas:
        yield from _typed_in(target)
    for name in () if isinstance(args.filled, bool) else args.filled:
        at = columns[_place(args.table.named, name)]
        file = target.open()
        file.grid(target.at).write(row, at, "")
        yield target.broken(f"{name} emptied", file, place)


def _typed_in(target: Target) -> Iterator[Broken]:
    """Results pasted over the formulas of a workbook: of all, and of all but one sheet."""
    for how, left in (("all formulas pasted over as values", 0), ("all formulas but two pasted over", 2)):
        file = target.open()
        formulas = [formula for name in file.sheet_names for formula in file.sheet(name).iter(f"{S}f")]
        for formula in formulas[left:]:
            formula.getparent().remove(formula)
        yield target.broken(how, file, "")


@breaks("covers")
def _covers(target: Target) -> Iterator[Broken]:
    args: Any = target.args
    seen = target.seen
    value = args.values[-1] if args.values else ""
    if args.every is not None:
        source = seen[0]
        grid = target.open(source.file).grid(source.at)
        if grid is not None:
            row, column = _named(grid, args.every) or (1, 0)
            file = target.open(source.file)
            file.grid(source.at).write(row, column, UNRELATED)
            yield target.broken("a value more that is not covered", file, f"‘{UNRELATED}’", source.file)
            value = grid.text(row, column)
    yield from _uncovered(target, args, value)
    if args.within.under:
        yield from _without_section(target, args.within.under)
    elif args.within.columns:
        file = target.open()
        for grid in _fitting(file, args.within.columns):
            _lose(grid, args.within.columns[0])
        yield target.broken("the column lost", file, "")


def _named(grid: Grid, selection: Any) -> tuple[int, int] | None:
    """Row and column of the last value that a selection means, or None where it means none of this table."""
    columns = _columns(grid, selection.named)
    wheres = [(columns[_place(selection.named, name)], allowed) for name, allowed in selection.where.items()]
    for row in reversed(grid.records()):
        if all(any(word.casefold() == grid.text(row, at).casefold() for word in said) for at, said in wheres):
            return row, columns[0] or 0
    return None


def _inside(target: Target, file: Any, place: Any) -> list[Grid]:
    """The tables where values are to stand: under the headings that are meant, or the one that was seen."""
    if not place.under:
        return _fitting(file, place.columns)
    if isinstance(file, WordFile):
        sections = [file.section(heading) for heading in file.headings() if called(place.under, words_of(heading))]
        tables = {id(block) for section in sections for block in section}
        return [grid for grid in _fitting(file, place.columns) if id(grid.element) in tables]
    return [grid for grid in [file.grid(target.seen[-1].at)] if grid is not None]


def _uncovered(target: Target, args: Any, value: str) -> Iterator[Broken]:
    """A value taken out of the place where it is to stand."""
    if args.within.titles:
        named = re.compile(re.escape(value.split(maxsplit=1)[0]), re.IGNORECASE)
        path = next(path for path in target.data if args.within.document in path and named.search(path))
        yield Broken("the document of one of them is gone", {}, value, (path,))
        return
    file = target.open()
    if args.within.columns:
        for one in (False, True) if args.times > 1 else (False,):
            file = target.open()
            for grid in _inside(target, file, args.within):
                column = _columns(grid, args.within.columns)[0] or 0
                held = [row for row in grid.records() if value.casefold() in grid.text(row, column).casefold()]
                for row in held[1 if one else 0 :]:
                    grid.write(row, column, UNRELATED)
            yield target.broken("written over where it is to stand" + (", but for one row" if one else ""), file, value)
    elif isinstance(file, WordFile) and args.within.under:
        for heading in file.headings():
            if called(args.within.under, words_of(heading)):
                paragraphs = [p for block in file.section(heading) for p in block.iter(f"{W}p")]
                file.replace(re.escape(value), UNRELATED, iter(paragraphs))
        yield target.broken("written over where it is to stand", file, f"‘{value}’")
    elif isinstance(file, SheetFile) and args.within.under:
        for name in file.sheet_names:
            if called(args.within.under, name):
                for cell in file.sheet(name).iter(f"{S}c"):
                    if value.casefold() in file.cell_text(cell).casefold():
                        file.write_cell(cell, UNRELATED)
        yield target.broken("written over where it is to stand", file, f"‘{value}’")
    else:
        file.replace(re.escape(value), UNRELATED)
        file.replace_everywhere(re.escape(value), UNRELATED)
        yield target.broken("written over everywhere", file, f"‘{value}’")


_GAP = r"[\s\-\u2010-\u2015/]+"


def _pattern(phrases: tuple[str, ...], piece: int = 0) -> str:
    """What finds one of the pieces of each phrase (``notice + location``) in running text."""
    pieces = [phrase.split(" + ")[min(piece, phrase.count(" + "))] for phrase in phrases]
    words = [re.sub(r"(?:\\ |\\-)+", lambda _: _GAP, re.escape(p)).replace(r"\*", r"\w*") for p in pieces]
    return rf"\b(?:{'|'.join(words)})(?:e?s)?\b"


@breaks("mentions")
def _mentions(target: Target) -> Iterator[Broken]:
    args: Any = target.args
    groups = [*args.all, *((args.any,) if args.any else ())]
    if args.where == "opening":
        for new in ("zebra", "For everybody"):
            file = target.open()
            file.replace_everywhere(_pattern(groups[0]), new)
            yield target.broken(f"‘{new}’ written in its place", file, f"‘{groups[0][0]}’")
        return
    for phrases in groups:
        for piece in range(2 if any(" + " in phrase for phrase in phrases) else 1):
            file = target.open()
            file.replace(_pattern(phrases, piece), "zebra")
            if isinstance(file, DeckFile):
                file.describe(_pattern(phrases, piece), "zebra")
            # Where the heading itself goes by these words, it is the section that is missed.
            heading = args.under and re.search(_pattern(phrases, piece), args.under[0], re.IGNORECASE)
            said = "" if heading else "’ with ‘".join(phrases[0].replace("*", "…").split(" + "))
            yield target.broken(f"‘{phrases[0]}’ written over, piece {piece}", file, said)
    if len(groups) == 1 and " + " not in str(groups) and not args.under:
        file = target.open()
        if isinstance(file, JsonFile):
            file.replace(_pattern(groups[0]), "PROJ-999")
        for paragraph in list(file.paragraphs()) if not isinstance(file, JsonFile) else ():
            if re.search(_pattern(groups[0]), words_of(paragraph), re.IGNORECASE):
                file.replace(".+", "zebra", iter([paragraph]))
        yield target.broken("every paragraph that says it written over", file, "")
    yield from _without_section(target, args.under)


@breaks("least")
def _least(target: Target) -> Iterator[Broken]:
    args: Any = target.args
    file = target.open()
    if isinstance(file, WordFile):
        if args.clauses:
            for heading in [h for h in file.headings() if file.level(h) == 1][: -args.clauses // 2]:
                for block in file.section(heading):
                    block.getparent().remove(block)
            yield target.broken("most clauses cut", file, "clauses")
        if args.schedules:
            file = target.open()
            for heading in file.headings():
                if (file.level(heading) == 1 and "Schedule" in (_style(heading))) and heading.getparent() is not None:
                    for block in file.section(heading):
                        block.getparent().remove(block)
            yield target.broken("schedules cut", file, "schedules")
        if args.words:
            for paragraph in list(file.paragraphs())[5:]:
                file.write(paragraph, "")
            yield target.broken("all words cut", file, "words")
    if isinstance(file, SheetFile):
        yield from _typed_in(target) if args.formulas else ()
    if isinstance(file, DeckFile):
        count = len(file.slides())
        if args.slides:
            for _ in range(count - args.slides + 1):
                file.delete_slide(len(file.slides()))
            yield target.broken("slides cut", file, "slides")
        for name, what in (("tables", "table"), ("charts", "chart")):
            if getattr(args, name):
                file = target.open()
                for number in range(1, count + 1):
                    for frame in file.frames(number, what):
                        frame.getparent().remove(frame)
                yield target.broken(f"all {name} taken out", file, name)


def _style(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val") or "" if style is not None else ""


@breaks("signed_off")
def _signed_off(target: Target) -> Iterator[Broken]:
    args: Any = target.args
    yield from _without_section(target, args.under)
    for names in args.fields:
        file = target.open()
        if isinstance(file, WordFile):
            for heading in file.headings():
                if called(args.under, words_of(heading)):
                    paragraphs = [p for block in file.section(heading) for p in block.iter(f"{W}p")]
                    file.replace(rf"\b(?:{'|'.join(map(re.escape, names))})\b", "Zebra", iter(paragraphs))
            yield target.broken(f"no line for ‘{names[0]}’", file, f"‘{names[0]}’")


@breaks("references_resolve")
def _references(target: Target) -> Iterator[Broken]:
    file = target.open()
    wanted = re.compile(r"\bREF (\w+)")
    fields = "".join(node.text or "" for node in file.body.iter(f"{W}instrText"))
    names = set(wanted.findall(fields))
    referred = [
        heading
        for heading in file.headings()
        if names & {mark.get(f"{W}name") for mark in heading.iter(f"{W}bookmarkStart")}
    ]
    if referred:
        cut = referred[len(referred) // 2]
        for block in file.section(cut):
            block.getparent().remove(block)
        yield target.broken("a clause cut that is referred to", file, "refers to a place that is gone")
        file = target.open()
        moved = file.add("A clause more at the front", "", 0)
        first = next(heading for heading in file.headings() if _style(heading) == _style(referred[0]))
        copied = copy.deepcopy(first)
        for mark in list(copied.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            mark.getparent().remove(mark)
        moved.getparent().remove(moved)
        first.addprevious(copied)
        yield target.broken("a clause more before the others", file, "number")
    if target.args.typed:
        file = target.open()
        heading = next(heading for heading in file.headings() if file.level(heading) == 1)
        extra = file.add("This is subject to clause 97.3.", "")
        heading.addnext(extra)
        yield target.broken("a typed reference to a clause that is not there", file, "97.3")
    for switch in (r"\\w \\h", r"\\h"):
        file = target.open()
        field = file.add("See ")
        for kind, words in (("begin", ""), ("", f" REF gone_for_good {switch} "), ("separate", ""), ("end", "")):
            run = etree.SubElement(field, f"{W}r")
            if kind:
                etree.SubElement(run, f"{W}fldChar").set(f"{W}fldCharType", kind)
            else:
                etree.SubElement(run, f"{W}instrText").text = words
        yield target.broken("a reference to a place that was never there", file, "gone_for_good")


@breaks("terms_defined")
def _terms(target: Target) -> Iterator[Broken]:
    args: Any = target.args
    deleted = _delete_sections(target, args.under)
    if deleted is not None:
        # Under another heading they are defined all the same; gone with their section they are not.
        yield target.broken("definitions deleted", deleted, "defined terms")
    file = target.open()
    if isinstance(file, WordFile):
        file.replace(r"[“”\"]", "", file.body.iter(f"{W}p"))
        for run in list(file.body.iter(f"{W}rStyle", f"{W}b")):
            run.getparent().remove(run)
        yield target.broken("no term marked as defined", file, "")


@breaks("no_placeholders")
def _placeholders(target: Target) -> Iterator[Broken]:
    for how, words in (("in the text", "[● amount]"), ("in words", "[insert the date of signature]"), ("short", "TBC")):
        yield from _said(target, f"a placeholder {how}", words)
    yield from _in_the_margin(target, "a placeholder", "[● amount]")


@breaks("no_tags_left")
def _tags(target: Target) -> Iterator[Broken]:
    for words in ("{{ partner.name }}", "{% if contract %}"):
        yield from _said(target, "a tag in the text", words)
    yield from _in_the_margin(target, "a tag", "{{ pack.title }}")


def _said(target: Target, how: str, words: str, names: str = "") -> Iterator[Broken]:
    """Words more in the readable text."""
    file = target.open()
    if isinstance(file, WordFile):
        last = file.headings()[-1]
        last.addnext(file.add(words))
        yield target.broken(how, file, names or words)
    elif isinstance(file, DeckFile):
        number = len(file.slides())
        paragraph = next(p for p in file.slide_paragraphs(number) if words_of(p))
        file.replace("$", f" {words}", iter([paragraph]))
        yield target.broken(how, file, f"slide {number}")
    else:
        sheet = file.sheet_names[-1]
        cell = next(cell for cell in file.sheet(sheet).iter(f"{S}c") if file.cell_text(cell))
        file.write_cell(cell, words)
        yield target.broken(how, file, sheet)


def _in_the_margin(target: Target, what: str, words: str) -> Iterator[Broken]:
    """Words more where few look: a footer, a talk track, the properties."""
    file = target.open()
    if isinstance(file, WordFile):
        name = next(
            name for name in file.names(r"word/footer\d*\.xml") if any(True for _ in file.tree(name).iter(f"{W}t"))
        )
        node = next(file.tree(name).iter(f"{W}t"))
        node.text = f"{node.text} {words}"
        yield target.broken(f"{what} in a footer", file, "footer")
    elif isinstance(file, DeckFile):
        notes = file.notes(1)
        if notes is not None:
            node = next(file.tree(notes).iter(f"{A}t"))
            node.text = f"{node.text} {words}"
            yield target.broken(f"{what} in the notes", file, "slide 1")


@breaks("nothing_internal")
def _internal(target: Target) -> Iterator[Broken]:
    args: Any = target.args
    for word in args.words[:2]:
        yield from _said(target, f"‘{word}’ in the text", f"Our {word} stands.")
        yield from _in_the_margin(target, f"‘{word}’", f"See the {word}")
    file = target.open()
    if not isinstance(file, WordFile):
        return
    if args.others is not None:
        folders = {path.split("/")[1] for path in target.data if path.startswith("counterparty/")}
        other = next(name for name in sorted(folders) if f"/{name}/" not in target.file).title()
        yield from _said(target, "another partner in the text", f"As with {other}, we expect much of it.", other)
    if "hidden_text" not in args.allow:
        paragraph = file.add("Nobody is to see this.")
        run = paragraph.find(f"{W}r")
        run.insert(0, etree.Element(f"{W}rPr"))
        etree.SubElement(run[0], f"{W}vanish")
        yield target.broken("hidden text", file, "hidden text")
    if "tracked_changes" not in args.allow:
        file = target.open()
        paragraph = file.add("")
        change = etree.SubElement(paragraph, f"{W}del")
        change.set(f"{W}author", "A. Writer")
        change.set(f"{W}id", "990")
        etree.SubElement(etree.SubElement(change, f"{W}r"), f"{W}delText").text = "struck out"
        yield target.broken("a tracked deletion", file, "tracked")
    if "personal_properties" not in args.allow:
        file = target.open()
        node = file.tree("docProps/core.xml").find("{http://purl.org/dc/elements/1.1/}creator")
        if node is not None:
            node.text = "Jan Nowak-Zebrowski"
            yield target.broken("a person's name in the properties", file, "Jan Nowak-Zebrowski")


@breaks("figure")
def _figure(target: Target) -> Iterator[Broken]:
    for how in ("alternative text emptied", "taken out", "without values"):
        if how == "alternative text emptied" and not target.args.alt:
            continue
        file = target.open()
        if how == "without values":
            for name in file.names(r".*/charts/chart[^/]*\.xml"):
                for values in list(file.tree(name).iter("{*}numCache")):
                    values.getparent().remove(values)
            yield target.broken(f"figures: {how}", file, "")
            continue
        if isinstance(file, DeckFile):
            for number in range(1, len(file.slides()) + 1):
                for frame in file.frames(number, "chart"):
                    if how == "taken out":
                        frame.getparent().remove(frame)
                    else:
                        frame.find(f"{P}nvGraphicFramePr/{P}cNvPr").set("descr", "")
        elif isinstance(file, WordFile):
            for drawing in list(file.body.iter(f"{W}drawing")):
                if how == "taken out":
                    drawing.getparent().remove(drawing)
                else:
                    for node in drawing.iter("{*}docPr"):
                        node.attrib.pop("descr", None)
                        node.attrib.pop("title", None)
        else:
            for name in file.names(r"xl/drawings/drawing\d+\.xml"):
                for anchor in list(file.tree(name)):
                    if how == "taken out":
                        file.tree(name).remove(anchor)
                    else:
                        for node in anchor.iter("{*}cNvPr"):
                            node.attrib.pop("descr", None)
        yield target.broken(f"figures: {how}", file, "alternative text" if how != "taken out" else "")


@breaks("slide")
def _slide(target: Target) -> Iterator[Broken]:
    args: Any = target.args
    if args.about:
        file = target.open()
        words = "|".join(re.escape(name) for name in args.about)
        slides = range(1, len(file.slides()) + 1)
        file.replace(rf"\b(?:{words})(?:e?s)?\b", "zebra", (p for n in slides for p in file.slide_paragraphs(n)))
        file.describe(rf"\b(?:{words})(?:e?s)?\b", "zebra")
        yield target.broken("the words written over on every slide", file, f"‘{args.about[0]}’")
        file = target.open()
        for number in reversed(slides):
            said = " ".join(words_of(paragraph) for paragraph in file.slide_paragraphs(number))
            if says(args.about, said):
                file.delete_slide(number)
        if file.slides():
            yield target.broken("the slides deleted", file, f"‘{args.about[0]}’")
    for thing in args.has:
        file = target.open()
        numbers = range(1, len(file.slides()) + 1) if not args.every else [len(file.slides()), 1]
        for number in numbers:
            if thing == "notes" and (notes := file.notes(number)):
                file.replace(".+", "", file.tree(notes).iter(f"{A}p"))
            elif thing == "title":
                # Where no shape is marked as the title, what stands on top is taken for one.
                for shape in list(file.tree(file.slides()[number - 1]).iter(f"{P}sp")):
                    shape.getparent().remove(shape)
            elif thing in ("table", "chart"):
                for frame in file.frames(number, thing):
                    frame.getparent().remove(frame)
        place = f"slide {len(file.slides())}" if args.every else ""
        yield target.broken(f"no {thing}", file, place)


@breaks("agrees")
def _agrees(target: Target) -> Iterator[Broken]:
    args: Any = target.args
    for mine, selection in ((True, args.here), (False, args.there)):
        seen = next((one for one in target.seen if (one.file == target.file) is mine), None)
        if seen is None:
            continue
        where = "here" if mine else "there"
        file = target.open(seen.file)
        if isinstance(file, JsonFile):
            yield from _json_records(target, selection)
            continue
        grid = file.grid(seen.at)
        if grid is None:
            continue
        columns = _columns(grid, selection.named)
        # A row that only one of the two has may part nothing: what both have is changed.
        told = [each for each in grid.records() if columns[-1] is None or grid.text(each, columns[-1]) not in ("", "–")]
        row = (told or grid.records())[0]
        if columns[-1] is not None:
            file.grid(seen.at).write(row, columns[-1], "777")
            yield target.broken(f"a value changed {where} only", file, "777", seen.file)
        if columns[0] is not None and not args.common and (mine or args.both):
            file = target.open(seen.file)
            file.grid(seen.at).write(row, columns[0], UNRELATED)
            yield target.broken(f"a row called otherwise {where}", file, "is not in", seen.file)


def _json_records(target: Target, selection: Any) -> Iterator[Broken]:
    name, key = selection.under[0], selection.named[-1][0]
    file = target.open()
    file.records(name)[-1][key] = "777"
    yield target.broken("a value changed in the data only", file, "777")
    file = target.open()
    file.records(name).pop()
    yield target.broken("a record dropped from the data", file, "")


@breaks("groups")
def _groups(target: Target) -> Iterator[Broken]:
    args: Any = target.args
    for value in args.values[-2:]:
        file = target.open()
        file.replace_everywhere(re.escape(value), UNRELATED)
        yield target.broken(f"nothing called ‘{value}’ any more", file, f"‘{value}’")
    if args.every is not None:
        source = target.open(f"internal/{args.every.document}.docx")
        for grid in _fitting(source, args.every.named):
            named = _named(grid, args.every)
            if named is None or not grid.text(*named).isalpha():
                continue
            name = grid.text(*named)
            file = target.open()
            file.replace_everywhere(re.escape(name), UNRELATED)
            for sheet in file.tree("xl/workbook.xml").iter(f"{S}sheet"):
                sheet.set("name", (sheet.get("name") or "").replace(name, "Zebras"))
            yield target.broken(f"nothing for ‘{name}’", file, f"‘{name}’")
            return


@breaks("sums_to")
def _sums(target: Target) -> Iterator[Broken]:
    args: Any = target.args
    for how, words in (("a number changed", "77"), ("a number left out", "0")):
        file = target.open()
        for grid in _fitting(file, args.table.named):
            at = next(at for at, label in enumerate(grid.row(0)) if called(args.column, label))
            grid.write(grid.records()[0], at, words)
        yield target.broken(how, file, f"{args.total}")


@breaks("either")
def _either(target: Target) -> Iterator[Broken]:
    """Each of the choices broken at once: none of them may be left to be found."""
    args: Any = target.args
    chosen = [choice.arguments for choice in args.of]
    tables = [each for each in (getattr(one, "table", one) for one in chosen) if hasattr(each, "named")]
    headings = tuple(name for one in chosen for name in getattr(one, "heading", ()))
    phrases = [names for one in chosen if hasattr(one, "all") for names in (*one.all, one.any) if names]
    for how in ("called otherwise", "taken out"):
        file = target.open()
        for selection in tables:
            for grid in _fitting(file, selection.named):
                if how == "called otherwise":
                    _lose_all(grid, selection.named)
                else:
                    for row in reversed(grid.records()):
                        grid.drop(row)
        for heading in file.headings() if isinstance(file, WordFile) and headings else ():
            if heading.getparent() is not None and called(headings, words_of(heading)):
                if how == "called otherwise":
                    file.write(heading, UNRELATED)
                else:
                    for block in file.section(heading):
                        block.getparent().remove(block)
        for names in phrases:
            file.replace(_pattern(names), "zebra")
        _without_figures(file)
        yield target.broken(f"each of the choices {how}", file, "")


def _lose_all(grid: Grid, wanted: tuple[tuple[str, ...], ...]) -> None:
    for names in wanted:
        _lose(grid, names)
    for at, label in enumerate(grid.row(0)):
        if re.search(r"\d", label):
            grid.write(0, at, f"{UNRELATED} {'abcdefghijklmnopqrstuvwxyz'[at % 26]}")


def _without_figures(file: Any) -> None:
    if isinstance(file, DeckFile):
        for number in range(1, len(file.slides()) + 1):
            for frame in file.frames(number, "chart"):
                frame.getparent().remove(frame)
    if isinstance(file, SheetFile):
        for name in file.names(r"xl/drawings/drawing\d+\.xml"):
            for anchor in list(file.tree(name)):
                file.tree(name).remove(anchor)


@breaks("same_figure")
def _same_figure(target: Target) -> Iterator[Broken]:
    args: Any = target.args
    words, new = (r"\b20\d\d\b", "2041") if args.unit == "date" else (r"\d[\d,.]*", "777")
    for number, seen in enumerate(target.seen[:2]):
        file = target.open(seen.file)
        if ", cell " in seen.at or "!" in seen.at:
            grid, place = file.grid(seen.at), re.search(r"row (\d+), cell (\d+)", seen.at)
            if grid is None or place is None:
                continue
            row, column = int(place[1]) - 1, int(place[2]) - 1
            grid.write(row, column, re.sub(words, new, grid.text(row, column)))
        else:
            core = max(seen.excerpt.split("…"), key=len).strip()
            told = [p for p in file.paragraphs() if core in words_of(p)]
            assert told, f"no paragraph says {core}"
            file.replace(words, new, iter(told))
        # A long clause is told by its beginning, which may end before the figure.
        yield target.broken(f"changed {'there' if number else 'here'} only", file, "" if number else new, seen.file)


@breaks("accessible")
def _accessible(target: Target) -> Iterator[Broken]:
    file = target.open()
    for node in list(file.tree("docProps/core.xml").iter("{http://purl.org/dc/elements/1.1/}title")):
        node.getparent().remove(node)
    yield target.broken("no title in the properties", file, "no title")
    file = target.open()
    if isinstance(file, WordFile):
        for mark in list(file.body.iter(f"{W}tblHeader")):
            mark.getparent().remove(mark)
        yield target.broken("header rows not marked", file, "no header row")
        file = target.open()
        for name in file.names(r"word/.*\.xml"):
            for node in list(file.tree(name).iter(f"{W}lang", f"{W}themeFontLang")):
                node.getparent().remove(node)
        for node in list(file.tree("docProps/core.xml").iter("{http://purl.org/dc/elements/1.1/}language")):
            node.getparent().remove(node)
        yield target.broken("no language", file, "no language")
    elif isinstance(file, DeckFile):
        for number in range(1, len(file.slides()) + 1):
            for frame in file.frames(number, "chart"):
                frame.find(f"{P}nvGraphicFramePr/{P}cNvPr").set("descr", "")
        yield target.broken("charts without words", file, "no alternative text")
    else:
        for name in file.names(r"xl/drawings/drawing\d+\.xml"):
            for node in file.tree(name).iter("{*}cNvPr"):
                node.attrib.pop("descr", None)
        yield target.broken("charts without words", file, "no alternative text")


@breaks("reviewed")
def _reviewed(target: Target) -> Iterator[Broken]:
    args: Any = target.args
    for how in ("rejected", "row dropped"):
        file = target.open()
        for grid in _fitting(file, (("Kind", "Type", "Kind of review", "Review"), ("Outcome", "Result"))):
            header = grid.row(0)
            outcome = next(at for at, label in enumerate(header) if called(("Outcome", "Result"), label))
            for row in reversed(grid.records()):
                if any(called(args.kind, re.sub(r"\s+review$", "", cell, flags=re.I)) for cell in grid.row(row)):
                    if how == "rejected":
                        grid.write(row, outcome, "Rejected")
                    else:
                        grid.drop(row)
        yield target.broken(how, file, "review")


@breaks("reaches")
def _reaches(target: Target) -> Iterator[Broken]:
    args: Any = target.args
    for said in ("79.96%", "62 %"):
        file = target.open()
        heading = next(heading for heading in file.headings() if called(args.under, words_of(heading)))
        heading.addnext(file.add(f"{args.total[-1]}: {said}"))
        yield target.broken(f"the panel gives {said}", file, "of at least 80%")
