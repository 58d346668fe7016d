"""Bookmarks and references as tags mostly write them, by one name: what `Rendering.put` makes of them, and sooner.

An agreement has hundreds of each, and every call of a template's goes through the sandbox.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govpack.template.language.generator import PUT
from govpack.template.language.slots import Form
from govpack.template.markup.dialects import WORD
from govpack.template.values.functions import FUNCTIONS
from govpack.template.values.limits import CALL

if TYPE_CHECKING:
    from jinja2.runtime import Context

    from govpack.template.language.faults import Faults
    from govpack.template.language.slots import Slot
    from govpack.template.markup.references import References
    from govpack.template.values.limits import Budget

_REF, _BOOKMARK = FUNCTIONS["ref"], FUNCTIONS["bookmark"]
_RUN = Form.RUN


class Anchors:
    """The bookmarks and references of one rendering; called by generated code with the number of a slot.

    `function` is what goes by ``ref`` or ``bookmark`` there, and `identifier` what it is called with. Data may have
    something of its own by these names, and a tag may stand where there is none: that is called and printed as any is.
    """

    def __init__(
        self,
        slots: list[Slot],
        faults: Faults,
        budget: Budget,
        references: References,
    ) -> None:
        self._slots = slots
        self._faults = faults
        self._budget = budget
        self._references = references

    def refer(self, number: int, function: Any, identifier: Any, context: Context) -> str:
        """The markup of a reference to `identifier`."""
        slot = self._slots[number]
        if function is not _REF or not _is_usual(slot, identifier):
            return _put(number, function, identifier, context)
        self._budget.take(CALL)
        mark = self._references.reserve(slot, identifier)
        return slot.shapes.paragraph(mark, self._references) if slot.shapes else mark

    def mark(self, number: int, function: Any, identifier: Any, context: Context) -> str:
        """The markup that begins the bookmark `identifier`."""
        if function is not _BOOKMARK or not _is_usual(self._slots[number], identifier):
            return _put(number, function, identifier, context)
        self._budget.take(CALL)
        try:
            return self._references.open_bookmark(identifier)
        except ValueError as error:
            self._faults.report(number, str(error))
            return ""


def _put(number: int, function: Any, identifier: Any, context: Context) -> str:
    """What any other call gives, printed."""
    # `call` is the sandbox's, which the environment of every context here is.
    made = context.environment.call(context, function, identifier)  # type: ignore[attr-defined]  # a sandbox's own
    markup: str = context.parent[PUT](number, made)
    return markup


def _is_usual(slot: Slot, identifier: Any) -> bool:
    return type(identifier) is str and identifier != "" and slot.dialect is WORD and slot.form is _RUN
