"""Requirement kinds over charts, pictures and slides: `figure`, `slide`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from govpack.check.kinds.base import Args, Case, MaybeNames, find_sections, kind, near_words, no_section
from govpack.check.outline import Chart, Picture, Table
from govpack.check.verdicts import Evidence, Outcome, met, missing, unmet
from govpack.check.words import excerpt, find_phrase, listing

if TYPE_CHECKING:
    from govpack.check.outline import Section
    from govpack.findings import Finding


class FigureArgs(Args):
    """What `sort` of figure, `under` which heading, how many at `least`; `alt`: each with alternative text."""

    sort: Literal["chart", "picture", "any"] = "any"
    under: MaybeNames = ()
    least: Annotated[int, Field(ge=1)] = 1
    alt: bool = True


class SlideArgs(Args):
    """A slide `about` something (by its title; failing that by its words) and what it `has`; or `every` slide."""

    about: MaybeNames = ()
    every: bool = False
    has: tuple[Literal["table", "chart", "notes", "title"], ...] = ()


@kind("figure", FigureArgs, short="sort")
def figure(case: Case, args: FigureArgs) -> Outcome:
    """A native chart with values, or a picture, with its alternative text.

    ``figure: {sort: chart, under: [Economics]}``

    Passes: a bar chart with points and "Saving by year: 2.2, 5.7, 10.0". Fails: no chart; a chart without values;
    no alternative text.
    """
    sections = find_sections(case.outline, args.under)
    if not sections:
        return unmet([missing(no_section(case.outline, args.under), case.file, "", "add it")], cost=3)
    kinds = {"chart": (Chart,), "picture": (Picture,), "any": (Chart, Picture)}[args.sort]
    found = [
        block for place, _ in sections for block in place.all_blocks() if isinstance(block, Chart | Picture)
        and isinstance(block, kinds)
    ]  # fmt: skip
    findings = []
    for block in found:
        if isinstance(block, Chart) and not any(point is not None for s in block.series for point in s.points):
            findings.append(missing("the chart has no values", case.file, block.address, "give it its data"))
        if args.alt and not block.alt.strip():
            remedy = "describe in a sentence what it shows (Alt Text)"
            findings.append(missing("no alternative text", case.file, block.address, remedy))
    good = [block for block in found if not any(f.location and f.location.at == block.address for f in findings)]
    evidence = [Evidence(case.file, block.address, excerpt(block.alt)) for block in good]
    if len(good) >= args.least:
        return met(evidence)
    where = sections[0][0].address if args.under else ""
    name = {"chart": "chart", "picture": "picture", "any": "chart or picture"}[args.sort]
    if len(found) < args.least:
        words = f"there is no {name}" if not found else f"there is {len(found)} {name} of at least {args.least}"
        findings.insert(0, missing(words, case.file, where, f"add a native {name} with alternative text"))
    return unmet(findings, evidence, cost=2)


@kind("slide", SlideArgs, short="about")
def slide(case: Case, args: SlideArgs) -> Outcome:
    """A slide about something, with what it is to hold; or something that every slide is to have.

    ``slide: {about: [Risks, Risk register], has: [table, notes]}``, ``slide: {every: true, has: [notes]}``

    Passes: slide 7 "Risks and mitigation" with a table and notes. Fails: no slide says "risk"; slide 7 without notes.
    """
    slides = case.outline.slides
    if not slides:
        return unmet([missing("there are no slides", case.file, "", "check a .pptx with slides")], cost=3)
    if args.every:
        # A title slide is not talked about.
        talked = tuple(name for name in args.has if name != "notes")
        findings = [
            finding for at, place in enumerate(slides) for finding in _lacks(case, place, args.has if at else talked)
        ]
        return unmet(findings, cost=1) if findings else met([Evidence(case.file, "", f"all {len(slides)} slides")])
    # Good decks put the point into the title, not the subject: look in its words, then in those of the slide.
    titled = ((place, None) for place in slides if _says(place.heading, args.about))
    found = (*find_sections(case.outline, args.about), *titled)
    found = found or tuple((place, None) for place in slides if _says(place.text, args.about))
    if not found:
        words = listing((f"‘{phrase}’" for phrase in args.about[:4]), "or")
        remedy = f"add a slide ‘{args.about[0]}’"
        return unmet([missing(f"no slide is about {words}", case.file, "", remedy)], cost=3)
    for place, match in found:
        if not _lacks(case, place, args.has):
            words = excerpt(place.text.partition("\n")[2])
            return met([Evidence(case.file, place.address, words, near_words(match))])
    return unmet(_lacks(case, found[0][0], args.has), cost=2)


def _says(text: str, phrases: tuple[str, ...]) -> bool:
    return any(find_phrase(phrase, text) for phrase in phrases)


def _lacks(case: Case, place: Section, has: tuple[str, ...]) -> list[Finding]:
    lacking = {
        "table": not any(isinstance(block, Table) for block in place.blocks),
        "chart": not any(isinstance(block, Chart) for block in place.blocks),
        "notes": not any(note.text.strip() for note in place.notes),
        "title": not place.heading,
    }
    words = {
        "table": ("no native table", "add one: a picture of a table cannot be read or edited"),
        "chart": ("no native chart", "add one: a picture of a chart cannot be read or edited"),
        "notes": ("no talk track", "write in the notes what is said"),
        "title": ("no title", "give the slide a title"),
    }
    return [missing(words[name][0], case.file, place.address, words[name][1]) for name in has if lacking[name]]
