"""What a template's author left in it that no document should carry on: revision ids, spelling marks, names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.ooxml.names import NS, qn
from govpack.template.paragraphs import drop

if TYPE_CHECKING:
    from lxml import etree

_NOISE = tuple(qn(name) for name in ("w:proofErr", "w:lastRenderedPageBreak", "w:rsids", "w:rsid"))
# Who wrote the template, and for how long; the author's firm, `Company`, may be meant.
_PERSONAL = tuple(
    qn(name) for name in ("cp:lastModifiedBy", "cp:lastPrinted", "cp:revision", "app:Manager", "app:TotalTime")
)
_REVISION_ID = f"{{{NS['w']}}}rsid"


def clean(root: etree._Element) -> None:
    """Take revision ids, spelling marks, comments of the markup and personal properties out of a part."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in _NOISE:
            drop(element)
            continue
        for name in [name for name in element.attrib if str(name).startswith(_REVISION_ID)]:
            del element.attrib[name]
        if element.tag in _PERSONAL:
            drop(element)
