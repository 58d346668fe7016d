"""Which clauses a contract takes, and in which wording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govpack.findings import Finding, Severity, did_you_mean
from govpack.kits.conditions import Asked, ConditionError
from govpack.kits.kit import PREFERRED
from govpack.kits.notes import law_of, note_on, wordings_of
from govpack.kits.words import words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

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
    """What a contract's documents see of the clause library: ``clauses``, ``schedules``, ``left_out`` and the map.

    Taken are clauses of the contract's type whose condition holds of `context` (the document's own plain data), but
    for `omitted` ones, in the variant `chosen` by id, else the preferred one: each a dict of id, number (its place
    among clauses or schedules, from 1), title, group, fragment (``id.variant``) and note, in order. A document that is
    `internal` also sees of each: law, why, variant and wordings (id, name, risk, owner, chosen). The note is None,
    but for a document with `drafting_notes`. ``left_out`` are the titles of the `omitted` ones that would stand there,
    and empty where not `internal`. ``regulatory_map`` has the rows of the law that binds the contract: law, article,
    requires, answered_by (in all, and parted into clauses and schedules). ConditionError where a condition cannot be
    told.
    """
    asked = Asked(context)
    kind = context["contract"]["type"]
    belonging = [clause for clause in kit.clauses.values() if _belongs(clause, kind, asked)]
    taken = [clause for clause in belonging if clause.head.id not in omitted]
    entries = [
        (c.head.schedule, _entry(c, kind, asked, chosen, internal=internal, notes=drafting_notes)) for c in taken
    ]
    return {
        "clauses": _numbered(entry for is_schedule, entry in entries if not is_schedule),
        "schedules": _numbered(entry for is_schedule, entry in entries if is_schedule),
        "drafting_notes": internal and drafting_notes,
        "left_out": [_title(clause, kind) for clause in belonging if internal and clause.head.id in omitted],
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
            if law.row.when is None or asked.holds(law.row.when)
        ],
    }


def _entry(
    clause: Clause, kind: str, asked: Asked, chosen: Mapping[str, str], *, internal: bool, notes: bool
) -> dict[str, Any]:
    head = clause.head
    # The preferred wording, or the first where a clause names its wordings otherwise.
    first = PREFERRED if PREFERRED in clause.variants else next(iter(clause.variants))
    variant = _in_effect(clause, chosen.get(head.id, first), asked)
    entry: dict[str, Any] = {
        "id": head.id,
        "title": _title(clause, kind),
        "group": head.group,
        "fragment": f"{head.id}.{variant}",
        "note": note_on(clause, variant, asked) if internal and notes else None,
    }
    if internal:
        entry |= {
            "law": law_of(clause, asked),
            "why": words_of(head.why, asked),
            "variant": variant,
            "wordings": wordings_of(clause, variant, asked),
        }
    return entry


def _title(clause: Clause, kind: str) -> str:
    return clause.head.titles.get(kind, clause.head.title)


def _in_effect(clause: Clause, variant: str, asked: Asked) -> str:
    """The wording that the choice of `variant` comes to: the one that it changes, where nothing of it differs."""
    wording = clause.head.variants[variant]
    if wording.when is None or wording.changes is None or asked.holds(wording.when):
        return variant
    return _in_effect(clause, wording.changes, asked)


def _numbered(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [entry | {"number": number} for number, entry in enumerate(entries, 1)]


def _is_schedule(kit: Kit, name: str) -> bool:
    return name in kit.clauses and kit.clauses[name].head.schedule


def _belongs(clause: Clause, kind: str, asked: Asked) -> bool:
    """Whether the clause is of the contract's type and its condition holds."""
    head = clause.head
    return kind in head.types and (head.when is None or asked.holds(head.when))


def find_condition_problems(kit: Kit, context: Mapping[str, Any]) -> Iterator[Finding]:
    """A finding for each condition that cannot be told of this contract, at the condition's own place."""
    name, asked = context["contract"]["id"], Asked(context)
    asking = [(f"clause '{c.head.id}' belongs to", c.head.when, c.condition) for c in kit.clauses.values()]
    asking += [(f"{law.row.law} {law.row.article} binds", law.row.when, law.condition) for law in kit.regulatory_map]
    for what, condition, place in asking:
        try:
            asked.holds(condition or "true")
        except ConditionError as error:
            yield Finding(f"whether {what} contract '{name}' cannot be told: {error}", place)
    for clause in kit.clauses.values():
        for each in clause.asking:
            try:
                words_of(each.words, asked) if each.is_note else asked.holds(each.words)
            except ConditionError as error:
                message = f"what is true of clause '{clause.head.id}' in contract '{name}' cannot be told: {error}"
                yield Finding(message, each.place)


def find_choice_problems(kit: Kit, chosen: Mapping[str, str], omitted: Collection[str]) -> Iterator[Choice]:
    """What is wrong with the clauses and variants that a contract names."""
    for identifier, variant in chosen.items():
        clause = kit.clauses.get(identifier)
        if clause is None:
            yield Choice(("clauses", identifier), _no_clause(kit, identifier))
        elif variant not in clause.variants:
            yield Choice(("clauses", identifier), _no_variant(clause, variant))
    for number, identifier in enumerate(omitted):
        if identifier not in kit.clauses:
            yield Choice(("omit_clauses", number), _no_clause(kit, identifier))
        elif identifier in chosen:
            message = f"clause '{identifier}' is left out, and a variant of it is chosen too: it is left out"
            yield Choice(("omit_clauses", number), message, Severity.WARNING)


def find_idle_choices(kit: Kit, context: Mapping[str, Any], chosen: Mapping[str, str]) -> Iterator[Choice]:
    """A warning for each wording that was chosen and is no wording of its own in the contract of `context`."""
    asked = Asked(context)
    for identifier, variant in chosen.items():
        clause = kit.clauses.get(identifier)
        if clause is not None and variant in clause.variants:
            other = _in_effect(clause, variant, asked)
            if other != variant:
                condition = clause.head.variants[variant].when
                message = (
                    f"{variant} of clause '{identifier}' is the same as {other} here: it differs where {condition}"
                )
                yield Choice(("clauses", identifier), message, Severity.WARNING)


def find_issue_problems(kit: Kit, issues: Iterable[tuple[str | None, Sequence[str]]]) -> Iterator[Choice]:
    """What is wrong with what the issues of a negotiation name, in their order: each the clause that holds it, if one
    does, and those of its wordings that are closed."""
    for number, (identifier, closed) in enumerate(issues):
        if identifier is None:
            if closed:
                message = "wordings are closed, but no clause is named whose wordings they would be"
                yield Choice(("issues", number, "closed"), message)
            continue
        clause = kit.clauses.get(identifier)
        if clause is None:
            yield Choice(("issues", number, "clause"), _no_clause(kit, identifier))
            continue
        for place, variant in enumerate(closed):
            if variant not in clause.variants:
                yield Choice(("issues", number, "closed", place), _no_variant(clause, variant))


def _no_variant(clause: Clause, variant: str) -> str:
    near = did_you_mean(variant, clause.variants)
    return f"clause '{clause.head.id}' has no variant '{variant}'{near}; it has {', '.join(clause.variants)}"


def _no_clause(kit: Kit, identifier: str) -> str:
    return f"the kit '{kit.name}' has no clause '{identifier}'{did_you_mean(identifier, kit.clauses)}"
