"""How a paper that goes with a contract opens: what it is, whose, and in which state; then its contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.word.charter_tables import THEIRS
from authoring.word.tables import Term, terms_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from authoring.word.draft import Draft


def draw_opening(draft: Draft, title: str, *, particulars: Sequence[Term] = ()) -> None:
    """Title, parties, document control and contents. `particulars` are rows that its document control has besides."""
    draft.tag("if pack.is_draft")
    draft.write("Draft – subject to contract", "Status")
    draft.tag("endif")
    draft.write(title, "Title")
    draft.write(f"{{{{ contract.name }}}} between {{{{ organisation.name }}}} and {THEIRS}", "Subtitle")
    terms_table(
        draft,
        "Document control",
        ("Document control", "Particulars"),
        [
            Term("Agreement", "{{ contract.id }}, in effect from {{ contract.effective | date }}"),
            Term("Parties", "{{ organisation.legal_name }} and {{ contract.partner.legal_name }}"),
            *particulars,
            Term("Status", "{{ pack.status_label }}"),
            Term("Version and date", "{{ pack.version }}, {{ pack.as_of | date }}"),
            Term("Owner", "{{ pack.owner.name }}, {{ pack.owner.role }}, {{ organisation.name }}"),
            Term("Confidentiality", "{{ pack.confidentiality }}"),
        ],
    )
    draft.write("Contents", "TOC Heading")
    draft.write("{{ toc() }}", "toc 1")
