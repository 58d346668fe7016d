"""The agreement that benchmarks/agreement.py makes: its template, clauses and data, in the size that is wanted."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from govpack.build.job import read_job
from govpack.kits import clauses_for
from govpack.template import Template, compile_template

CONTRACT = "C-NIM"
_INPUTS = Path(__file__).resolve().parent.parent / "fixtures" / "nordhaven"
_TEMPLATE = "partnership-agreement.docx"
# What each row of the regulatory map refers to: bookmarks all of them.
_ANSWERS = ("answered_by", "clauses", "schedules")
_NAMED = re.compile(r'(bookmark|ref)\("([^"]+)"\)')


@dataclass(frozen=True, slots=True)
class Case:
    """One agreement to make: `library` is every fragment the template is compiled with, as a build would."""

    template: Path
    library: dict[str, str]
    context: dict[str, Any]
    locale: str
    currency: str

    @property
    def entries(self) -> list[dict[str, Any]]:
        """The clauses and schedules of the contract."""
        return [*self.context["clauses"], *self.context["schedules"]]

    @property
    def used(self) -> dict[str, str]:
        """The fragments of the contract, by name."""
        return {entry["fragment"]: self.library[entry["fragment"]] for entry in self.entries}

    @property
    def bookmarks(self) -> set[str]:
        """Every name that a reference may go by."""
        inside = {found[2] for text in self.used.values() for found in _NAMED.finditer(text) if found[1] == "bookmark"}
        return inside | {entry["id"] for entry in self.entries}

    def compile(self) -> Template:
        """The template, compiled by govpack."""
        return compile_template(self.template, fragments=self.library)


def read_case() -> Case:
    """The agreement of one contract of the fixture, its data made as a build makes it."""
    job = read_job(_INPUTS)
    contract = next(contract for contract in job.pack.contracts if contract.id == CONTRACT)
    context = job.view("counterparty", contract)
    context |= clauses_for(job.kit, context, contract.clauses, contract.omit_clauses)
    library = {
        f"{clause.head.id}.{name}": wording.text
        for clause in job.kit.clauses.values()
        for name, wording in clause.variants.items()
    }
    return Case(job.kit.folder / _TEMPLATE, library, context, job.pack.pack.locale, job.pack.pack.currency)


def resize(case: Case, count: int) -> Case:
    """The same agreement with `count` clauses: the first of them, then all again under other names.

    A reference to a clause that is not there goes to the first one, so that the text is as long and as live.
    """
    clauses = []
    library = {entry["fragment"]: case.library[entry["fragment"]] for entry in case.context["schedules"]}
    for number in range(count):
        turn, index = divmod(number, len(case.context["clauses"]))
        entry = dict(case.context["clauses"][index])
        text = case.library[entry["fragment"]]
        if turn:
            text = re.sub(r'bookmark\("([^"]+)"\)', rf'bookmark("\1-{turn}")', text)
            entry |= {"id": f"{entry['id']}-{turn}", "fragment": f"again-{turn}-{entry['fragment']}"}
        library[entry["fragment"]] = text
        clauses.append(entry)
    sized = replace(case, library=library, context=case.context | {"clauses": clauses})
    known, first = sized.bookmarks, clauses[0]["id"]
    for name, text in library.items():
        library[name] = _NAMED.sub(lambda m: m[0] if m[2] in known else f'{m[1]}("{first}")', text)
    rows = [
        row | {what: [name if name in known else first for name in row[what]] for what in _ANSWERS}
        for row in case.context["regulatory_map"]
    ]
    return replace(sized, context=sized.context | {"regulatory_map": rows})
