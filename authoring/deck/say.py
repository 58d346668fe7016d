"""Tags that the slides use again and again, so that a figure is written the same way on each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from authoring.deck.text import Content

NBSP = "\u00a0"
ECONOMICS = "strategy.economics"
STRATEGIC = 'partners | selectattr("segment.id", "equalto", "strategic")'
# The last year of the plan, where the economics name it.
PLAN = '"Plan" ~ (" " ~ (strategy.economics.years | last) if strategy.economics else "")'


def tag(value: str) -> str:
    """A tag that prints `value`."""
    return f"{{{{ {value} }}}}"


def given(test: str, then: str, otherwise: str = "") -> str:
    """`then` where `test` holds, else `otherwise`, within one paragraph."""
    branch = f"{{% else %}}{otherwise}" if otherwise else ""
    return f"{{% if {test} %}}{then}{branch}{{% endif %}}"


def either(test: str, then: Sequence[Content], otherwise: Sequence[Content] = ()) -> list[Content]:
    """The paragraphs `then` where `test` holds, else `otherwise`; the tags' own paragraphs vanish."""
    return [f"{{% if {test} %}}", *then, *(["{% else %}", *otherwise] if otherwise else []), "{% endif %}"]


def repeated(loop: str, *paragraphs: Content) -> list[Content]:
    """Paragraphs for each turn of `loop`; the tags' own paragraphs vanish."""
    return [f"{{% for {loop} %}}", *paragraphs, "{% endfor %}"]


def million(value: str, gap: str = " ") -> str:
    """An amount in whole currency, as a board reads it: EUR 64.8 million; with NBSP as `gap` it stays on a line."""
    return f"{tag('pack.currency')}{NBSP}{millions(value)}{gap}million"


def millions(value: str) -> str:
    """An amount in whole currency as a bare number of millions, to one decimal: 64.8, 16.0."""
    return tag(f"({value} / 1000000) | number(1)")


def economic(value: str, gap: str = " ") -> str:
    """A figure of the economics with its unit: EUR 18.5 million where the unit says EUR million."""
    scale = tag(f'{ECONOMICS}.currency_unit | replace(pack.currency ~ " ", "")')
    return f"{tag('pack.currency')}{NBSP}{tag(f'{ECONOMICS}.{value} | number')}{gap}{scale}"


def number(value: str) -> str:
    """A number as the locale writes it."""
    return tag(f"{value} | number")


def share(value: str) -> str:
    """A part of a whole, in percent, to one decimal wherever it stands: 35.0%."""
    return tag(f"{value} | percent(1)")


def percent(value: str) -> str:
    """A percentage that is already in percent."""
    return tag(f"{value} | percent")


def months(value: str) -> str:
    """A number of months in words, or "open"."""
    return tag(f'{value} | duration("months") | default("open")')


def date(value: str) -> str:
    """A date in words, or "open"."""
    return tag(f'{value} | date | default("open")')


def whole_date(value: str) -> str:
    """A date in words that stays on one line, for headlines."""
    return tag(f'{value} | date("d{NBSP}MMMM{NBSP}y")')


def short_date(value: str, otherwise: str = "open") -> str:
    """A date with a short month, for tables: 31 Dec 2027, or what stands there without one."""
    return tag(f'{value} | date("d{NBSP}MMM{NBSP}y") | default("{otherwise}")')


def person(value: str) -> str:
    """A person's name, or that nobody is named."""
    return tag(f'{value}.name | default("not named")')


def capitalised(value: str, otherwise: str = "Open") -> str:
    """A text with a capital first, as a cell of a table begins."""
    return given(value, f"{tag(f'{value}[:1] | upper')}{tag(f'{value}[1:]')}", otherwise)


def words(value: str) -> str:
    """A text, or "open"."""
    return tag(f'{value} | default("open")')


def names(rows: str, otherwise: str = "") -> str:
    """The names of `rows`, between commas."""
    last = f' | default("{otherwise}", true)' if otherwise else ""
    return tag(f'{rows} | map(attribute="name") | join(", "){last}')


def counted(value: str, noun: str, plural: str = "") -> str:
    """A count with its noun in the right number: 1 decision, 4 decisions."""
    one_or_more = given(f"{value} == 1", noun, plural) if plural else f"{noun}{given(f'{value} != 1', 's')}"
    return f"{tag(value)} {one_or_more}"


def verb(value: str, plural: str) -> str:
    """A verb in the number that the count asks for: 1 segment decides, 4 segments decide."""
    return plural + given(f"{value} == 1", "s")


def cut(rows: str, shown: str, what: str, where: str) -> str:
    """A sentence for the note where only the rows `shown` of a longer list are, and where to find the others."""
    more = f"({rows} | list | length) - ({shown} | length)"
    return given(f"{more} > 0", f" Left out here: {tag(more)}{NBSP}of the {what}; see the {where}.")


def fitting(names: str, letters: int | str, noun: str) -> str:
    """Names in so many letters, none of them cut, and how many more there are: Nimbus, Halden and 3 more.

    Where not even the first has room it says how many of what `noun` calls them there are; one alone is always named.
    """
    kept, count = f"{names} | fitting({letters})", f"{names} | list | length"
    more = f"({count}) - ({kept} | length)"
    shown = tag(f'{kept} | join(", ")') + given(f"{more} > 0", f" and {tag(more)}{NBSP}more")
    alone = given(f"{count} == 1", tag(f"({names} | list)[0]"), f"{tag(count)} {noun}")
    return given(f"not ({kept}) and {names} | list", alone, shown)


def source(what: str) -> str:
    """The line that says where a slide's figures come from, and of what day they are."""
    return f"Source: {what} of the governance pack, version {tag('pack.version')}, as of {date('pack.as_of')}."


MINUTE = "Time: 1 minute."
CONTINUED = "Time: none of its own. It continues the slide before, for those who ask."
