"""Which clauses a contract takes, and in which wording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govpack.findings import Finding, Severity, did_you_mean
from govpack.kits.conditions import ConditionError, holds
from govpack.kits.kit import PREFERRED
from govpack.kits.notes import note_on, wordings_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from govpack.kits.kit import Clause, Kit


@dataclass(frozen=True, slots=True)
class Choice:
    """A clause that is named: `path` is where, below the contract or negotiation, `message` what is wrong with it."""

    path: tuple[str | int, ...]
    message: str
    severity: Severity = Severity.ERROR


def clauses_for(
    kit: Kit,
    context: Mapping[str, Any],
    chosen: Mapping[str, str],
    omitted: Collection[str],
    *,
    internal: bool = False,
    drafting_notes: bool = False,
) -> dict[str, Any]:
    """What a contract's documents see of the clause library: ``clauses``, ``schedules`` and ``regulatory_map``.

    Taken are clauses of the contract's type whose condition holds of `context` (the document's own plain data), but
    for `omitted` ones, in the variant `chosen` by id, else the preferred one: each a dict of id, number (its place
    among clauses or schedules, from 1), title, group, fragment (``id.variant``) and note, in order. A document that is
    `internal` also sees of each: law, why, variant and wordings (id, name, risk, owner, chosen). The note is None,
    but for a document with `drafting_notes`. The map has the rows of the law that binds the contract: law, article,
    requires, answered_by (in all, and parted into clauses and schedules). ConditionError where a condition cannot be
    told.
    """
    taken = [clause for clause in kit.clauses.values() if clause.head.id not in omitted and _belongs(clause, context)]
    kind = context["contract"]["type"]
    entries = [(c.head.schedule, _entry(c, kind, chosen, internal=internal, notes=drafting_notes)) for c in taken]
    return {
        "clauses": _numbered(entry for is_schedule, entry in entries if not is_schedule),
        "schedules": _numbered(entry for is_schedule, entry in entries if is_schedule),
        "drafting_notes": internal and drafting_notes,
        "regulatory_map": [
            {
                "law": law.row.law,
                "article": law.row.article,
                "requires": law.row.requires,
                "answered_by": list(law.row.answered_by),
                "clauses": [name for name in law.row.answered_by if not _is_schedule(kit, name)],
                "schedules": [name for name in law.row.answered_by if _is_schedule(kit, name)],
            }
            for law in kit.regulatory_map
            if law.row.when is None or holds(law.row.when, context)
        ],
    }


def _entry(clause: Clause, kind: str, chosen: Mapping[str, str], *, internal: bool, notes: bool) -> dict[str, Any]:
    head = clause.head
    # The preferred wording, or the first where a clause names its wordings otherwise.
    variant = chosen.get(head.id, PREFERRED if PREFERRED in clause.variants else next(iter(clause.variants)))
    entry: dict[str, Any] = {
        "id": head.id,
        "title": head.titles.get(kind, head.title),
        "group": head.group,
        "fragment": f"{head.id}.{variant}",
        "note": note_on(clause, variant) if internal and notes else None,
    }
    if internal:
        wordings = wordings_of(clause, variant)
        entry |= {"law": head.law, "why": head.why, "variant": variant, "wordings": wordings}
    return entry


def _numbered(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [entry | {"number": number} for number, entry in enumerate(entries, 1)]


def _is_schedule(kit: Kit, name: str) -> bool:
    return name in kit.clauses and kit.clauses[name].head.schedule


def _belongs(clause: Clause, context: Mapping[str, Any]) -> bool:
    """Whether the clause is of the contract's type and its condition holds."""
    head = clause.head
    return context["contract"]["type"] in head.types and (head.when is None or holds(head.when, context))


def find_condition_problems(kit: Kit, context: Mapping[str, Any]) -> Iterator[Finding]:
    """A finding for each condition that cannot be told of this contract, at the condition's own place."""
    asked = [(f"clause '{c.head.id}' belongs to", c.head.when, c.condition) for c in kit.clauses.values()]
    asked += [(f"{law.row.law} {law.row.article} binds", law.row.when, law.condition) for law in kit.regulatory_map]
    for what, condition, place in asked:
        try:
            holds(condition or "true", context)
        except ConditionError as error:
            name = context["contract"]["id"]
            yield Finding(f"whether {what} contract '{name}' cannot be told: {error}", place)


def find_choice_problems(kit: Kit, chosen: Mapping[str, str], omitted: Collection[str]) -> Iterator[Choice]:
    """What is wrong with the clauses and variants that a contract names."""
    for identifier, variant in chosen.items():
        clause = kit.clauses.get(identifier)
        if clause is None:
            yield Choice(("clauses", identifier), _no_clause(kit, identifier))
        elif variant not in clause.variants:
            names = ", ".join(clause.variants)
            message = f"clause '{identifier}' has no variant '{variant}'{did_you_mean(variant, clause.variants)}"
            yield Choice(("clauses", identifier), f"{message}; it has {names}")
    for number, identifier in enumerate(omitted):
        if identifier not in kit.clauses:
            yield Choice(("omit_clauses", number), _no_clause(kit, identifier))
        elif identifier in chosen:
            message = f"clause '{identifier}' is left out, and a variant of it is chosen too: it is left out"
            yield Choice(("omit_clauses", number), message, Severity.WARNING)


def find_issue_problems(kit: Kit, issues: Iterable[str | None]) -> Iterator[Choice]:
    """What is wrong with the clauses that the issues of a negotiation name, one or none each, in their order."""
    for number, identifier in enumerate(issues):
        if identifier is not None and identifier not in kit.clauses:
            yield Choice(("issues", number, "clause"), _no_clause(kit, identifier))


def _no_clause(kit: Kit, identifier: str) -> str:
    return f"the kit '{kit.name}' has no clause '{identifier}'{did_you_mean(identifier, kit.clauses)}"
