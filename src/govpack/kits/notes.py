"""What our own lawyers are told about a clause: why it is there, what law asks for it, and what may be agreed instead.

It is composed from the front matter of the clause. No document for a counterparty ever sees it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govpack.kits.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.kits.conditions import Asked
    from govpack.kits.kit import Clause
    from govpack.model.kit import ClauseVariant

_NO_APPROVAL = "none beyond the signature"


def wordings_of(clause: Clause, chosen: str, asked: Asked) -> list[dict[str, Any]]:
    """The wordings of `clause` that a contract may take, in order: id, name, risk, owner (who must approve it), and
    whether it was chosen.

    One that would change nothing in the contract that is asked is not among them, unless it was chosen.
    """
    return [
        {
            "id": name,
            "name": name_of(name),
            "risk": words_of(variant.risk, asked) if variant.risk else None,
            "owner": variant.owner,
            "chosen": name == chosen,
        }
        for name, variant in _offered(clause, chosen, asked)
    ]


def note_on(clause: Clause, chosen: str, asked: Asked) -> str:
    """The drafting note on `clause` where the contract that is asked takes the wording `chosen`, a paragraph a line."""
    head = clause.head
    lines = [f"Why it is here: {_sentence(words_of(head.why, asked))}"]
    if law := law_of(clause, asked):
        lines.append(f"Law, so far as it binds this contract: {_sentence(law)}")
    lines.append(f"Wording in this agreement: {name_of(chosen)}. {_terms(head.variants[chosen], asked)}")
    others = [(name, variant) for name, variant in _offered(clause, chosen, asked) if name != chosen]
    for name, variant in others:
        lines.append(f"Instead, {name_of(name)}. {_terms(variant, asked)}")
    if not others:
        lines.append("No other wording has been prepared: ask before you offer one.")
    return "\n".join(lines)


def law_of(clause: Clause, asked: Asked) -> str | None:
    """What law asks for `clause` in the contract that is asked, apart by semicolons; None where none does."""
    # What a condition leaves out leaves the semicolon behind it.
    said = words_of(clause.head.law or "", asked).split(";")
    return "; ".join(law.strip() for law in said if law.strip()) or None


def _offered(clause: Clause, chosen: str, asked: Asked) -> Iterator[tuple[str, ClauseVariant]]:
    for name in clause.variants:
        variant = clause.head.variants[name]
        if name == chosen or variant.when is None or asked.holds(variant.when):
            yield name, variant


def name_of(variant: str) -> str:
    """A variant's id as people say it: ``fallback_1`` is fallback 1."""
    return variant.replace("_", " ").replace("-", " ")


def _terms(variant: ClauseVariant, asked: Asked) -> str:
    """What a wording changes, its risk, and who approves it: a risk may read ``medium: what is given up``."""
    risk = words_of(variant.risk or "not stated", asked)
    grade, colon, change = risk.partition(": ")
    if not colon or " " in grade:
        grade, change = risk, ""
    said = f"{_sentence(change)} " if change else ""
    return f"{said}Risk: {_sentence(grade)} Approval: {_sentence(variant.owner or _NO_APPROVAL)}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
