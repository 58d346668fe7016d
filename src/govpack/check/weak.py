"""What is there but weak: warnings beside the verdicts, each with how to make it strong."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from govpack.check.people import find_people, unknown_owners
from govpack.check.records import plain_records
from govpack.check.values import find_dates
from govpack.check.words import excerpt, find_name, folded, is_blank
from govpack.check.xlsx_cells import ERROR_VALUE, NO_VALUE
from govpack.findings import Finding, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from govpack.check.outline import Outline
    from govpack.check.records import Record, Records

SAVE_IT = "open the workbook in Excel or LibreOffice and save it, so that its values are stored"
_WATCH = re.compile(
    r"^(?:(?:we|the \w+|to|will|shall|regularly|closely|continue to|keep|and|then|all|quarterly|monthly|weekly)\s+)*"
    r"(?:monitor|watch|observe|track|review|keep an eye on|keep under review|stay aware of|follow)(?:s|es|ed|ing)?\b",
    re.I,
)
_ACT = re.compile(
    r"\b(agree|appoint|audit|automat|back ?up|ban|build|buffer|cap|carry|certif|contract|cross-train|dual|diversif|"
    r"encrypt|escalat|escrow|fail ?over|fund|hedge|insur|limit|map|migrat|mirror|move|negotiat|notify|notice|patch|pin|"
    r"plan|pre-?agree|qualif|reduc|rehears|replac|renegotiat|require|reserve|rotat|second source|segregat|split|"
    r"standby|switch|test|train|transfer|transition|evaluat|exercise|hold|keep .* ready)\w*",
    re.I,
)
_AS_OF = re.compile(r"\bas (?:of|at)\b:?\s*(.{6,40})", re.I)


def only_watches(text: str) -> bool:
    """Whether a mitigation does nothing but watch: "monitor closely", "keep under review"."""
    words = text.strip(" .\u2022-\u2013")
    return bool(_WATCH.match(words)) and not _ACT.search(_WATCH.sub("", words))


def find_weak(outlines: Sequence[Outline]) -> tuple[Finding, ...]:
    """Targets without a baseline, mitigations that only watch, forums without an output, dates past, empty formulas.

    And owners whom none of the documents knows: nobody in the pack.
    """
    people = find_people(outlines)
    found: dict[Finding, None] = {}
    for outline in outlines:
        if outline.kind == "html":
            continue  # the page of a pack repeats what other documents say
        as_of = stated_date(outline)
        found.update(dict.fromkeys(_without_value(outline)))
        for section in outline.sections:
            for records in plain_records(section):
                found.update(dict.fromkeys(_weak_records(outline, records, as_of)))
                found.update(dict.fromkeys(unknown_owners(outline, records, people)))
    return tuple(found)


def _without_value(outline: Outline) -> Iterator[Finding]:
    """Cells of a workbook that show nothing to whoever does not calculate: the first of each sort, and how many."""
    for kind, what, remedy in ((NO_VALUE, "has no computed value", SAVE_IT), (ERROR_VALUE, "comes to ", "mend it")):
        faults = [fault for fault in outline.faults if fault.kind == kind]
        if faults:
            value = faults[0].text if kind == ERROR_VALUE else ""
            more = f", and {len(faults) - 1} more do so" if len(faults) > 1 else ""
            message = f"the formula {what}{value}{more}"
            yield Finding(message, Location(outline.file, at=faults[0].address), Severity.WARNING, remedy)


def stated_date(outline: Outline) -> date | None:
    """The date as of which the document speaks, where it says so."""
    texts = chain(
        (getattr(block, "text", "") for block in outline.blocks()),
        (part.text for part in outline.facts.parts if part.label in {"header", "footer"}),
    )
    for text in texts:
        flat = folded(text)
        if "as of" not in flat and "as at" not in flat:
            continue
        for line in text.split("\n"):
            for found in _AS_OF.finditer(line):
                if dates := find_dates(found[1]):
                    return dates[0]
    return None


def _weak_records(outline: Outline, records: Records, as_of: date | None) -> Iterator[Finding]:
    def column(*names: str) -> int | None:
        return next((at for at, label in enumerate(records.labels) if find_name(names, label)), None)

    def weak(record: Record, at: int | None, message: str, remedy: str) -> Finding:
        place = record.address if at is None else record.place(at)
        return Finding(message, Location(outline.file, at=place), Severity.WARNING, remedy)

    target, kpi, baseline = (
        column("Target"),
        column("KPI", "Metric", "Measure", "Indicator"),
        column("Baseline", "Today"),
    )
    mitigation, forum = column("Mitigation", "Treatment"), column("Forum", "Meeting")
    output, due = column("Outputs", "Output", "Decides", "Result"), column("Due", "Due date", "By when", "Deadline")
    done = column("Status", "Done")

    def called(record: Record) -> str:
        return excerpt(next((value for value in record.values if not is_blank(value)), ""))

    for record in records.rows:
        aimed = kpi is not None and target is not None and not is_blank(record.value(target))
        if aimed and baseline is not None and is_blank(record.value(baseline)):
            yield weak(
                record, baseline, f"‘{called(record)}’ has a target and no baseline", "say where it stands today"
            )
        if mitigation is not None and only_watches(record.value(mitigation)):
            text = excerpt(record.value(mitigation))
            yield weak(record, mitigation, f"the mitigation ‘{text}’ only watches", "say what is done, and by whom")
        if forum is not None and output is not None and is_blank(record.value(output)):
            yield weak(record, output, f"the forum ‘{called(record)}’ has no output", "say what it decides or hands on")
        if due is not None and as_of is not None and not (done is not None and "done" in record.value(done).casefold()):
            for day in find_dates(record.value(due)):
                if day < as_of:
                    yield weak(
                        record,
                        due,
                        f"‘{called(record)}’ was due on {day}, before {as_of}",
                        "give a new date, or say it is done",
                    )
