"""Where what a requirement asks comes from in the inputs of a pack, as the checklist's ``inputs:`` tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govpack.check.verdicts import Stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from govpack.model.checklist import Origin, Requirement

MISSING = "missing"
"""The name under which ``inputs:`` says where a document as a whole comes from."""
_INNER = ("table", "every", "here", "within")
_PLACES = ("under", "heading", "about")
_NAMED = (*_PLACES, "kind", "any", "values", "what", "column", "columns", "all", "sort")


def find_stems(
    requirement: Requirement, arguments: Any, documents: Iterable[str], origins: Mapping[str, Mapping[str, Origin]]
) -> dict[str, Stem]:
    """For each document that a requirement looks in, where the inputs give what it asks there."""
    columns, remedy = _columns(arguments), requirement.remedy or ""
    if requirement.input:
        stem = Stem(requirement.input, requirement.fields, columns, remedy)
        return dict.fromkeys(documents, stem)
    return {document: _stem(origins.get(document, {}), arguments, columns, remedy) for document in documents}


def document_stem(document: str, origins: Mapping[str, Mapping[str, Origin]]) -> Stem:
    """Where the inputs give what a document as a whole is made from."""
    origin = origins.get(document, {}).get(MISSING)
    return Stem(origin.input, origin.fields) if origin else Stem()


def _stem(origins: Mapping[str, Origin], arguments: Any, columns: tuple[tuple[str, ...], ...], remedy: str) -> Stem:
    # What another document says, with which this one is compared, comes from elsewhere.
    parts = [part for part in _parts(arguments) if not getattr(part, "document", "")]
    # Where a thing is to stand says more than what stands there.
    for fields in (_PLACES, _NAMED):
        for name in (name for part in parts for name in _names(part, fields)):
            if (origin := origins.get(name)) is not None:
                return Stem(origin.input, origin.fields, columns, remedy)
    return Stem(advice=remedy)


def _parts(arguments: Any) -> Iterator[Any]:
    """The arguments, and what is in them: the table that is meant, the choices of an `either`."""
    yield arguments
    for name in _INNER:
        if (inner := getattr(arguments, name, None)) is not None:
            yield inner
    for choice in getattr(arguments, "of", ()) if not isinstance(getattr(arguments, "of", ""), str) else ():
        yield from _parts(choice.arguments)


def _names(part: Any, fields: Iterable[str] = _NAMED) -> Iterator[str]:
    """The first of each of its names, of which the others are synonyms."""
    given = getattr(part, "__dict__", {})  # to ask a model for what it has not takes it ten times as long
    for name in fields:
        found = given.get(name, ())
        while isinstance(found, tuple) and found:
            found = found[0]
        if isinstance(found, str) and found:
            yield found


def _columns(arguments: Any) -> tuple[tuple[str, ...], ...]:
    """The columns that a requirement asks for, wherever in its arguments they stand."""
    for part in _parts(arguments):
        if found := getattr(part, "columns", ()):
            return tuple(names for names in found if names != ("*",))
    return ()
