"""What our own lawyers are told about a clause: why it is there, what law asks for it, and what may be agreed instead.

It is composed from the front matter of the clause. No document for a counterparty ever sees it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govpack.kits.kit import Clause
    from govpack.model.kit import ClauseVariant

_NO_APPROVAL = "none beyond the signature"


def wordings_of(clause: Clause, chosen: str) -> list[dict[str, Any]]:
    """The wordings of `clause` in order: id, name, risk, owner (who must approve it), and whether it was chosen."""
    return [
        {
            "id": name,
            "name": name_of(name),
            "risk": clause.head.variants[name].risk,
            "owner": clause.head.variants[name].owner,
            "chosen": name == chosen,
        }
        for name in clause.variants
    ]


def note_on(clause: Clause, chosen: str) -> str:
    """The drafting note on `clause` where an agreement takes the wording `chosen`: a paragraph on each line."""
    head = clause.head
    lines = [f"Why it is here: {_sentence(head.why)}"]
    if head.law:
        lines.append(f"Law, so far as it binds this contract: {_sentence(head.law)}")
    own = head.variants[chosen]
    others = [name for name in clause.variants if name != chosen]
    lines.append(f"Wording in this agreement: {name_of(chosen)}. {_terms(own)}")
    for name in others:
        lines.append(f"Instead, {name_of(name)}. {_terms(head.variants[name])}")
    if not others:
        lines.append("No other wording has been prepared: ask before you offer one.")
    return "\n".join(lines)


def name_of(variant: str) -> str:
    """A variant's id as people say it: ``fallback_1`` is fallback 1."""
    return variant.replace("_", " ").replace("-", " ")


def _terms(variant: ClauseVariant) -> str:
    """What a wording changes, its risk, and who approves it: a risk may read ``medium: what is given up``."""
    grade, colon, change = (variant.risk or "not stated").partition(": ")
    if not colon or " " in grade:
        grade, change = variant.risk or "not stated", ""
    said = f"{_sentence(change)} " if change else ""
    return f"{said}Risk: {_sentence(grade)} Approval: {_sentence(variant.owner or _NO_APPROVAL)}"


def _sentence(text: str) -> str:
    words = " ".join(text.split())
    return words if words.endswith((".", "!", "?")) else f"{words}."
