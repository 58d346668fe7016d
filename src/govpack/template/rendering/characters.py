"""A text as the XML of its place holds it: signs escaped, breaks and tabs as the place writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govpack.template.language.slots import Form
from govpack.template.markup.references import MARK_END, MARK_START
from govpack.template.values.binding import HYPHEN

if TYPE_CHECKING:
    from govpack.template.language.faults import Faults
    from govpack.template.language.slots import Slot

# Characters that no XML 1.0 part can hold, lone surrogates, and the two marks of our own.
_ILLEGAL = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff{MARK_START}{MARK_END}\ufffe\uffff]")
# Other engines read these two in any text.
_LISTING_HINT = r"; a Listing makes paragraphs of \a and page breaks of \f"
# Whether a text holds a sign that may not stand in a part as it is.
needs_care = re.compile(f'[&<>"\n\r\t\x00-\x1f{HYPHEN}\ud800-\udfff{MARK_START}{MARK_END}\ufffe\uffff]').search
# Word's own, in the font of the words beside it; many fonts lack the character.
_WORD_HYPHEN = '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'
_ATTRIBUTE_BREAKS = {"\n": "&#10;", "\t": "&#9;"}


class Characters:
    """Writes texts for the slots of one rendering; what no part can hold is reported to `faults` and left out."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def write(self, number: int, slot: Slot, text: str) -> str:
        """`text` as it reads in XML at `slot`, whose number is `number`."""
        if not needs_care(text):
            return text
        if found := _ILLEGAL.search(text):
            hint = _LISTING_HINT if found[0] in "\a\f" else ""
            reason = f"the value holds a character that no Office file can hold (U+{ord(found[0]):04X}){hint}"
            self._faults.report(number, reason)
            text = _ILLEGAL.sub("", text)
        text = escape(text.replace("\r\n", "\n").replace("\r", "\n"))
        if slot.form is Form.ATTRIBUTE:
            text = text.replace('"', "&quot;")
            for sign, written in _ATTRIBUTE_BREAKS.items():
                text = text.replace(sign, written)
        elif slot.form is Form.RUN:
            text = text.replace("\n", slot.line_break).replace("\t", slot.tab)
            if slot.in_word and HYPHEN in text:
                text = text.replace(HYPHEN, _WORD_HYPHEN)
        return text


def escape(text: str) -> str:
    """`text` as it reads in the text of an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def is_illegal(text: str) -> bool:
    """Whether `text` holds a character that no part can hold."""
    return _ILLEGAL.search(text) is not None
