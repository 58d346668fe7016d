"""Word's own content controls in the text of a cell: where a reader ticks, chooses or writes.

In a text, ``[[tick: Approved]]`` is a checkbox, ``[[choose: Outcome | Approved | Rejected]]`` a drop-down list and
``[[write: Hash | What to write here]]`` a place for a line of text. The first name is what the control is called.
``[[tick: Met | item.met]]`` is a checkbox that the value at that path ticks.
They have no id of their own: the draft that they are put into numbers them.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from authoring.palette import MUTED

_CONTROL = re.compile(r"\[\[(tick|choose|write): ([^\]]+)\]\]")
# Signs of a face that every Office has; Carlito and Calibri have no boxes.
_BOX = "MS Gothic"
_CHOOSE = "Choose"


def split_controls(text: str) -> list[tuple[str, str]]:
    """`text` in its order as (words, "") and ("", markup of a control)."""
    pieces: list[tuple[str, str]] = []
    end = 0
    for found in _CONTROL.finditer(text):
        pieces += [(text[end : found.start()], ""), ("", _control(found[1], found[2]))]
        end = found.end()
    pieces.append((text[end:], ""))
    return [piece for piece in pieces if any(piece)]


def _control(kind: str, said: str) -> str:
    name, *rest = (part.strip() for part in said.split("|"))
    match kind:
        case "tick":
            face = f'<w:rFonts w:ascii="{_BOX}" w:hAnsi="{_BOX}" w:eastAsia="{_BOX}"/>'
            return _framed(
                name,
                '<w14:checkbox><w14:checked w14:val="0"/>'
                f'<w14:checkedState w14:val="2612" w14:font="{_BOX}"/>'
                f'<w14:uncheckedState w14:val="2610" w14:font="{_BOX}"/></w14:checkbox>',
                f"<w:r><w:rPr>{face}</w:rPr><w:t>☐</w:t></w:r>",
                set_by=rest[0] if rest else "",
            )
        case "choose":
            entries = "".join(
                f"<w:listItem w:displayText={quoteattr(entry)} w:value={quoteattr(entry)}/>" for entry in rest
            )
            return _framed(name, f"<w:showingPlcHdr/><w:dropDownList>{entries}</w:dropDownList>", _prompt(_CHOOSE))
    (prompt,) = rest
    # Rich text: LibreOffice shows the prompt of a plain one in the colour of the text.
    return _framed(name, "<w:showingPlcHdr/>", _prompt(prompt))


def _framed(name: str, properties: str, content: str, *, set_by: str = "") -> str:
    tag = f"<w:tag w:val={quoteattr(f'{{{{ {set_by} }}}}')}/>" if set_by else ""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val={quoteattr(name)}/>{tag}<w:id w:val="0"/>{properties}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def _prompt(text: str) -> str:
    """What stands there until somebody writes; Word takes it away then."""
    return f'<w:r><w:rPr><w:color w:val="{MUTED}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
