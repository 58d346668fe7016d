"""What a template's author left in it that no document should carry on: revision ids, spelling marks, names."""

from __future__ import annotations

from lxml import etree

from govpack.ooxml.names import qn
from govpack.template.paragraphs import drop

_NOISE = tuple(qn(name) for name in ("w:proofErr", "w:lastRenderedPageBreak", "w:rsids", "w:rsid"))
# Who wrote the template, and for how long; the author's firm, `Company`, may be meant.
_PERSONAL = tuple(
    qn(name) for name in ("cp:lastModifiedBy", "cp:lastPrinted", "cp:revision", "app:Manager", "app:TotalTime")
)
_REVISION_IDS = tuple(qn(f"w:rsid{of}") for of in ("R", "RDefault", "P", "RPr", "Tr", "Sect", "Del"))


def clean(root: etree._Element) -> None:
    """Take revision ids, spelling marks, comments of the markup and personal properties out of a part."""
    for element in list(root.iter(etree.Comment, etree.ProcessingInstruction, etree.Entity, *_NOISE, *_PERSONAL)):
        drop(element)
    etree.strip_attributes(root, *_REVISION_IDS)
