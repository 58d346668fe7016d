"""Which values of a template become content controls: those that the parties may negotiate."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from govpack.build.templates import context_of
from govpack.model.description import find_described
from govpack.model.kit import KitDocument

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from govpack.model.description import Described


class Negotiable:
    """Tells whether the value at a path is negotiable in any of the `documents`, which one template makes."""

    def __init__(self, documents: Iterable[KitDocument]) -> None:
        self._documents = tuple(documents)

    def __call__(self, path: str) -> bool:
        described = (find_described(view, path) for view in self._views)
        return any(found is not None and found.negotiable for found in described)

    @cached_property
    def _views(self) -> tuple[Mapping[str, Described], ...]:
        return tuple(map(context_of, self._documents))

    def __reduce__(self) -> tuple[Callable[..., Negotiable], tuple[list[str]]]:
        # As JSON it is the same in every process: templates are told apart by it.
        return _read, ([document.model_dump_json() for document in self._documents],)


def _read(documents: list[str]) -> Negotiable:
    return Negotiable(map(KitDocument.model_validate_json, documents))
