"""The contract that benchmarks/engine.py has every engine make: one description of it, and its data.

Nothing here knows an engine: `syntaxes.py` writes the description down as each engine's template. The prose is put
together from a fixed lexicon by a generator of its own, so it is the same everywhere and deflates like prose. All
values are ready text without a character that XML would have escaped, since not every engine formats or escapes.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

CLAUSES, ROWS, DEFINITIONS = 60, 40, 8
# Every second clause prints a value; every third of these values is split over runs in the template.
_VALUE_EVERY, _SPLIT_EVERY = 2, 3
# Every fifth clause stands behind a condition that holds; behind every tenth, one stands whose condition does not.
_HOLDS_EVERY, _FAILS_EVERY = 5, 10

VALUES = {
    "provider_name": "Helion Compute Limited",
    "provider_country": "Ireland",
    "provider_number": "company number 000417 (fictional)",
    "provider_address": "14 Harbour Row, Dublin 1",
    "customer_name": "Nordhaven Bank plc",
    "customer_number": "company number 000883 (fictional)",
    "customer_address": "2 Mariner Square, Dublin 2",
    "effective_date": "1 February 2027",
    "expiry_date": "31 January 2030",
    "term_length": "36 months",
    "renewal_notice": "180 days",
    "annual_commitment": "EUR 12,800,000",
    "total_commitment": "EUR 38,400,000",
    "price_cap": "3 per cent a year",
    "payment_period": "45 days",
    "late_interest": "2 per cent above the reference rate",
    "liability_cap": "EUR 19,200,000",
    "liability_supercap": "EUR 38,400,000",
    "insurance_cover": "EUR 25,000,000 for each claim",
    "availability": "99.95 per cent",
    "downtime": "21.6 minutes in thirty days",
    "service_credit": "10 per cent of the month’s fees",
    "incident_notice": "4 hours",
    "recovery_time": "2 hours",
    "recovery_point": "15 minutes",
    "storage_place": "Ireland and Germany",
    "audit_notice": "10 working days",
    "exit_period": "18 months",
    "termination_notice": "90 days",
    "governing_law": "the law of Ireland",
}
_FURNITURE = {
    "contract_title": "Cloud services agreement",
    "contract_version": "Version 3.2",
    "contract_reference": "C-NIM",
}

_TITLES = (
    "Services|Fees and invoices|Service levels|Security of information|Personal data|Subcontracting|Audit and access|"
    "Continuity|Change of control|Liability|Insurance|Intellectual property|Confidentiality|Term and renewal|"
    "Termination|Exit and transition|Governance|Escalation|Records|Notices"
).split("|")
_ACTORS = (
    "The provider|The customer|Each party|The service manager|The contract board|A subcontractor|The auditor|"
    "The steering committee|The party in default|The provider’s group|A successor|The administrator"
).split("|")
_VERBS = (
    "keep correct inspect report assign bear disclose change test preserve deliver measure return destroy replace "
    "approve review suspend publish encrypt restore transfer insure register compare remedy certify withhold "
    "translate archive"
).split()
_ADJECTIVES = (
    "accurate critical monthly reasonable written confidential material subordinate regulated annual technical prior "
    "outstanding joint independent scheduled disputed remote personal physical former final current relevant lawful "
    "complete separate external partial verified"
).split()
_NOUNS = (
    "records faults premises services systems invoices documents measurements credits subcontractors plans rights "
    "licences incidents backups claims notices deliverables fees permits findings controls instructions interfaces "
    "keys losses appointments warranties milestones registers samples policies"
).split()
_TIMES = (
    "throughout the term|for seven years after its end|within ten working days|by the fifth day of each month|"
    "during any transition|as soon as it learns of them|on each anniversary|until the matter is settled|"
    "at its own cost|without any further charge|on demand|before work begins"
).split("|")
_LINKS = "unless|save where|even where|provided that|and may not claim that|so far as|whether or not|until".split("|")


@dataclass(frozen=True, slots=True)
class Value:
    """A value to print, by its name in the data or in the item of a loop; `split` over several runs."""

    name: str
    split: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in a style: each piece is a run of its own, a split value several."""

    style: str
    pieces: tuple[str | Value, ...]


@dataclass(frozen=True, slots=True)
class When:
    """Paragraphs that stay where `flag` of the data is true, which is what `holds` says."""

    flag: str
    holds: bool
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Each:
    """One paragraph for every item of the list `name`."""

    name: str
    paragraph: Paragraph


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row of headings and a row for every item of the list `name`."""

    name: str
    head: tuple[str, ...]
    cells: tuple[Value, ...]


Block = Paragraph | When | Each | Table


@dataclass(frozen=True, slots=True)
class Contract:
    """The whole document."""

    header: Paragraph
    footer: Paragraph
    blocks: tuple[Block, ...]


def describe(clauses: int = CLAUSES) -> Contract:
    """The contract with so many clauses that stay; those whose condition fails come on top."""
    chance = random.Random(7)
    blocks: list[Block] = [
        Paragraph("Title", (Value("contract_title"),)),
        Paragraph("Heading1", ("Definitions",)),
        Each("definitions", Paragraph("Normal", ("“", Value("word"), "” means ", Value("meaning"), "."))),
        Paragraph("Heading1", ("Terms",)),
    ]
    for number in range(1, clauses + 1):
        paragraphs = tuple(_clause(number, str(number), chance))
        blocks += [When("regulated", True, paragraphs)] if number % _HOLDS_EVERY == 0 else paragraphs
        if number % _FAILS_EVERY == 0:
            blocks.append(When("cross_border", False, tuple(_clause(1, f"{number}A", chance))))
    cells = tuple(Value(name) for name in ("code", "delivery", "due", "amount"))
    blocks += [
        Paragraph("Heading1", ("Schedule of deliveries",)),
        Table("deliveries", ("Reference", "Delivery", "Due", "Amount"), cells),
    ]
    header = Paragraph("Header", (Value("contract_title"), ", ", Value("contract_reference")))
    footer = Paragraph("Footer", (Value("contract_version"), " of the agreement with ", Value("provider_name")))
    return Contract(header, footer, tuple(blocks))


def data(rows: int = ROWS) -> dict[str, Any]:
    """What the contract is filled with: texts, two conditions, and lists of items whose fields are texts."""
    chance = random.Random(11)
    return {
        **VALUES,
        **_FURNITURE,
        "regulated": True,
        "cross_border": False,
        "definitions": [
            {"word": f"{title} matter", "meaning": f"all {_things(chance)} and {_things(chance)} under it"}
            for title in _TITLES[:DEFINITIONS]
        ],
        "deliveries": [
            {
                "code": f"D-{number:05}",
                "delivery": f"Release {number} of {_things(chance)}",
                "due": f"{1 + number % 28} March {2027 + number % 3}",
                "amount": f"EUR {1_000 + int(chance.random() * 900_000):,}",
            }
            for number in range(1, rows + 1)
        ],
    }


def _clause(number: int, shown: str, chance: random.Random) -> list[Paragraph]:
    title = Paragraph("Heading2", (f"{shown}. {_TITLES[number % len(_TITLES)]}",))
    first, second = ([_sentence(chance), _sentence(chance)] for _ in range(2))
    pieces: list[str | Value] = [*second]
    if number % _VALUE_EVERY == 0:
        index = (number // _VALUE_EVERY - 1) % len(VALUES)
        name = list(VALUES)[index]
        pieces += [f"Here {name.replace('_', ' ')} means ", Value(name, split=index % _SPLIT_EVERY == 0), "."]
    return [title, Paragraph("Normal", tuple(first)), Paragraph("Normal", tuple(pieces))]


def _sentence(chance: random.Random) -> str:
    duty = f"{_pick(_ACTORS, chance)} shall {_pick(_VERBS, chance)} {_things(chance)} {_pick(_TIMES, chance)}"
    limit = f"{_pick(_LINKS, chance)} {_things(chance)} or {_things(chance)} {_pick(_VERBS, chance)}"
    return f"{duty}, {limit} the {_pick(_NOUNS, chance)}. "


def _things(chance: random.Random) -> str:
    return f"{_pick(_ADJECTIVES, chance)} {_pick(_NOUNS, chance)}"


def _pick(words: list[str], chance: random.Random) -> str:
    # random() is the one method whose sequence Python promises to keep.
    return words[int(chance.random() * len(words))]
