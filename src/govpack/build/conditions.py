"""The conditions of a kit without a pack: what they name is held against what their documents and contracts have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.findings import Finding
from govpack.kits.conditions import PlainEnvironment, statement_of
from govpack.kits.find import MANIFEST
from govpack.model.description import describe_view
from govpack.sources import locate, read_yaml
from govpack.template.language.checking import FieldChecker

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govpack.findings import Location
    from govpack.kits import Kit
    from govpack.model.description import Described


def find_unknown_names(kit: Kit) -> Iterator[Finding]:
    """Names in conditions that are not there: of the documents, then of the clauses, then of the regulatory map."""
    manifest = read_yaml(kit.folder / MANIFEST)
    for number, document in enumerate(kit.documents):
        each = document.for_each
        context = describe_view(document.audience, contract=each == "contract", partner=each == "partner")
        yield from _unknown(document.when, locate(manifest, ("documents", number, "when")), context)
    # Whether a clause belongs to an agreement must be told of the copy that the counterparty gets, too.
    context = describe_view("counterparty", contract=True)
    for clause in kit.clauses.values():
        yield from _unknown(clause.head.when, clause.condition, context)
    for law in kit.regulatory_map:
        yield from _unknown(law.row.when, law.condition, context)


def _unknown(condition: str | None, place: Location, context: Mapping[str, Described]) -> list[Finding]:
    reasons: list[str] = []
    if condition is not None:
        checker = FieldChecker(PlainEnvironment(), context)
        checker.report = lambda _slot, reason: reasons.append(reason)
        checker.walk([statement_of(condition)], {})
    return [Finding(f"'when: {condition}': {reason}", place) for reason in dict.fromkeys(reasons)]
