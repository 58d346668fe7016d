"""What a template's author left in it that no document should carry on: revision ids, spelling marks, names."""

from __future__ import annotations

from lxml import etree

from govpack.ooxml.names import qn
from govpack.template.paragraphs import drop

_NOISE = tuple(qn(name) for name in ("w:proofErr", "w:lastRenderedPageBreak", "w:rsids", "w:rsid"))
_PERSONAL = (qn("cp:lastModifiedBy"), qn("cp:lastPrinted"), qn("cp:revision"))
_REVISION_IDS = tuple(qn(f"w:rsid{of}") for of in ("R", "RDefault", "P", "RPr", "Tr", "Sect", "Del"))


def clean(root: etree._Element) -> None:
    """Take revision ids, spelling marks, comments of the markup and personal properties out of a part."""
    for element in list(root.iter(etree.Comment, etree.ProcessingInstruction, etree.Entity, *_NOISE, *_PERSONAL)):
        drop(element)
    etree.strip_attributes(root, *_REVISION_IDS)
