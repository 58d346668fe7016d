"""What a requirement asks, in a sentence for somebody who knows nothing of requirement kinds, from its arguments.

A checklist may say it in its own words (``asks``); where it does not, this is what reports show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govpack.check.words import listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from govpack.check.kinds.selection import Selection

_MOST, _LONGEST = 3, 200
_SORTS = {"any": "a chart or picture", "chart": "a chart", "picture": "a picture"}
_CONTROLS = {"any": "a field", "text": "a text field", "checkbox": "a checkbox", "date": "a date field"}
_READABLE = {
    "title": "a title",
    "language": "a language",
    "headers": "header rows in its tables",
    "alt": "described figures",
    "order": "headings in order",
}


def sentence(kind: str, arguments: Any) -> str:
    """What a requirement of this kind asks with these arguments; it begins with a capital and has no stop."""
    words = _SENTENCES[kind](arguments)
    return words[:1].upper() + words[1:]


def document_name(document: str) -> str:
    """A document of the checklist as people call it: ``the governance charter``."""
    return f"the {document.replace('-', ' ')}"


def _quoted(names: Iterable[str], last: str = "and") -> str:
    return listing((f"‘{name}’" for name in names), last)


def _first(columns: Iterable[tuple[str, ...]]) -> list[str]:
    return [names[0] for names in columns]


def _under(headings: tuple[str, ...]) -> str:
    return f" under ‘{headings[0]}’" if headings else ""


def _phrase(phrase: str) -> str:
    return " with ".join(f"‘{piece}’" for piece in phrase.replace("*", "…").split(" + "))


def _number(number: int, one: str) -> str:
    return f"{number} {one}{'s' if number != 1 else ''}"


def _rows_of(selection: Selection) -> str:
    """``the table under ‘Risks’``, and which of its rows."""
    home = f" of {document_name(selection.document)}" if selection.document else ""
    which = listing(f"{name} {_quoted(words[:1])}" for name, words in selection.where.items())
    return f"the table{_under(selection.under)}{home}" + (f" (rows with {which})" if which else "")


def _section(args: Any) -> str:
    least = f", at least {args.words} words" if args.words > 5 else ""
    return f"a section ‘{args.heading[0]}’ with text under it{least}"


def _table(args: Any) -> str:
    names = _first(args.named)
    word = "column" if len(names) == 1 else "columns"
    asked = (
        [f"with the {word} {listing(names)}{' and others' if len(names) < len(args.columns) else ''}"] if names else []
    )
    if args.rows > 1:
        asked.append(f"at least {args.rows} rows")
    if args.filled:
        asked.append("nothing left blank" if args.filled is True else f"{listing(args.filled)} filled in")
    asked += [f"{number} different entries of {name}" for name, number in args.different.items()]
    if args.cells:
        asked.append(f"words or numbers in at least {args.cells} cells")
    if args.periods:
        asked.append(f"columns for at least {_number(args.periods, 'quarter')} or months")
    if args.further:
        asked.append(f"{_number(args.further, 'more column')} filled in")
    many = f"{args.tables} tables" if args.tables > 1 else "a table"
    return f"{many}{_under(args.under)}{' ' if names else ', '}{', '.join(asked)}".rstrip(" ,")


def _each_row(args: Any) -> str:
    asked = [f"exactly one {letter}" for letter in args.exactly_one]
    asked += [f"at least one {letter}" for letter in args.at_least_one]
    if args.filled:
        asked.append("nothing blank" if args.filled is True else f"{listing(args.filled)} filled in")
    for names, words in (
        (args.numbers, "a figure in"),
        (args.dates, "a date in"),
        (args.acts, "something that is done, not only watched, in"),
        (args.formulas, "a formula in"),
    ):
        if names:
            asked.append(f"{words} {listing(names)}")
    asked += [f"at least {number} {name}" for name, number in args.lists.items()]
    asked += [f"{name} says {_quoted(words[:_MOST], 'or')}" for name, words in args.says.items()]
    asked += [f"{name} does not say {_quoted(words[:_MOST], 'or')}" for name, words in args.never.items()]
    if args.rising:
        asked.append(f"{listing(args.rising)} longer than in the row above")
    if args.unique:
        asked.append(f"another {listing(args.unique)} than in the other rows")
    return f"in each row of {_rows_of(args.table)}: {', '.join(asked)}"


def _covers(args: Any) -> str:
    every = args.every
    who = _quoted(args.values) if every is None else f"each {every.columns[0][0]} in {_rows_of(every)}"
    place = args.within
    if place.titles:
        return f"{who} has a document ‘{place.document.replace('-', ' ')}’ of its own"
    home = f" of {document_name(place.document)}" if place.document else ""
    where = f"under ‘{place.under[0]}’{home}" if place.under else f"in {document_name(place.document or 'document')}"
    times = ", once only" if args.unique else f", {args.times} times" if args.times > 1 else ""
    return f"{who} {'is' if every is not None or len(args.values) == 1 else 'are'} named {where}{times}"


def _groups(args: Any) -> str:
    name = args.by[0][0] if args.by else "table"
    each = f" for each of {listing(args.values)}" if args.values else ""
    least = f", and there are at least {args.least} of them" if args.least > 1 else ""
    return f"each {name}{_under(args.table.under)} has at least {_number(args.rows, 'row')}{each}{least}"


def _sums_to(args: Any) -> str:
    by = f", in all or for each {listing(_first(args.by), 'or')}" if args.by else ""
    return f"the {args.column[0]} in {_rows_of(args.table)} adds up to {args.total:f}{by}"


def _mentions(args: Any) -> str:
    wanted = [*args.all, *((args.any,) if args.any else ())]
    said = listing(listing(map(_phrase, phrases[:_MOST]), "or") for phrases in wanted)
    if args.where == "opening":
        return f"the cover or the header says {said}"
    return f"the text{_under(args.under)} says {said}"


def _least(args: Any) -> str:
    names = ("clauses", "schedules", "sections", "slides", "tables", "charts", "pictures", "words", "formulas")
    asked = [(getattr(args, name), name) for name in names if getattr(args, name) is not None]
    said = (f"{number} {name.removesuffix('s') if number == 1 else name}" for number, name in asked)
    return f"at least {listing(said)}{_under(args.under)}"


def _figure(args: Any) -> str:
    what = _SORTS[args.sort] if args.least == 1 else f"{args.least} {_SORTS[args.sort].removeprefix('a ')}s"
    return f"{what}{_under(args.under)}{', described in words' if args.alt else ''}"


def _slide(args: Any) -> str:
    has = listing(name if name == "notes" else f"a {name}" for name in args.has)
    if args.every:
        return f"every slide has {has}"
    return f"a slide about ‘{args.about[0]}’{f' with {has}' if has else ''}"


def _control(args: Any) -> str:
    name = _quoted((*args.title, *args.tag)[:1])
    said = f" that says {_quoted(args.value[:_MOST], 'or')}" if args.value else ""
    ticked = "" if args.ticked is None else " that is ticked" if args.ticked else " that is not ticked"
    number = f", {args.least} times" if args.least > 1 else ""
    return f"{_CONTROLS.get(args.sort, 'a drop-down list')} to fill in {name}".rstrip() + said + ticked + number


def _either(args: Any) -> str:
    choices = list(dict.fromkeys(_SENTENCES[choice.kind](choice.arguments) for choice in args.of))
    whole = ", or ".join(choices)
    return whole if len(whole) <= _LONGEST else f"{choices[0]}; or the same told in another way"


def _agrees(args: Any) -> str:
    _, *compared = _first(args.here.named)
    return f"the same {listing(compared) or 'rows'}{_under(args.here.under)} as in {document_name(args.of)}"


def _same_figure(args: Any) -> str:
    here, there = args.here, args.there
    name = next((names[0] for names in (here.row, here.says, there.column, there.row) if names), "figure")
    where = f"in {document_name(there.document)}" if there.document else (_under(there.under).strip() or "in the text")
    return f"the same figure for ‘{name}’ here and {where}"


def _references(args: Any) -> str:
    return "references show the number of what they lead to" + (", also those typed by hand" if args.typed else "")


def _terms(args: Any) -> str:
    least = f"at least {args.least} defined terms" if args.least > 1 else "defined terms"
    return f"{least}{_under(args.under)}, each defined once{' and used' if args.used else ''}"


def _internal(args: Any) -> str:
    others = ", no name of another partner" if args.others is not None else ""
    words = f" and no word such as {_quoted(args.words[:_MOST], 'or')}" if args.words else ""
    return f"no comment, tracked change or hidden text{others}{words}"


def _accessible(args: Any) -> str:
    return f"it has {listing(words for name, words in _READABLE.items() if getattr(args, name))}"


def _signed_off(args: Any) -> str:
    fields = listing(name.lower() for name in _first(args.fields))
    who = "1 party" if args.parties == 1 else f"{args.parties} parties"
    return f"room for {who} to sign with {fields}{_under(args.under)}"


def _reviewed(args: Any) -> str:
    about = f" of the {args.about[0].rstrip('*')}" if args.about else ""
    return f"the {args.kind[0].lower()} review{about} approves"


def _reaches(args: Any) -> str:
    return f"the total{_under(args.under)} is at least {args.least:f}%"


_SENTENCES: dict[str, Callable[[Any], str]] = {
    "accessible": _accessible,
    "agrees": _agrees,
    "control": _control,
    "covers": _covers,
    "each_row": _each_row,
    "either": _either,
    "figure": _figure,
    "for_a_person": lambda args: f"a person judges {args.what}",
    "groups": _groups,
    "item": lambda args: f"met as well: {_quoted(args.ids)}",
    "least": _least,
    "mentions": _mentions,
    "no_placeholders": lambda _: "nothing is left open: no blank, no ‘TBC’, no gap in brackets",
    "no_tags_left": lambda _: "nothing is left of the template: no tag in double braces",
    "nothing_internal": _internal,
    "reaches": _reaches,
    "references_resolve": _references,
    "reviewed": _reviewed,
    "same_figure": _same_figure,
    "section": _section,
    "signed_off": _signed_off,
    "slide": _slide,
    "sums_to": _sums_to,
    "table": _table,
    "terms_defined": _terms,
}
