"""What a template's author left in it that no document should carry on: revision ids, spelling marks, names."""

from __future__ import annotations

import re

from lxml import etree

from govpack.ooxml.names import NS, qn
from govpack.ooxml.xml import DECLARATION
from govpack.template.paragraphs import drop
from govpack.template.references import MARK_END, MARK_START

_NOISE = tuple(qn(name) for name in ("w:proofErr", "w:lastRenderedPageBreak", "w:rsids", "w:rsid"))
# Who wrote the template, and for how long; the author's firm, `Company`, may be meant.
_PERSONAL = tuple(
    qn(name) for name in ("cp:lastModifiedBy", "cp:lastPrinted", "cp:revision", "app:Manager", "app:TotalTime")
)
# The styles of Word say by one element each when they were last changed. It is told by its bytes where nothing else
# in the part may hold the same ones, and nothing but its text is to be taken from the part.
_STYLE_REVISION = re.compile(rb'<w:rsid w:val="[0-9A-Fa-f]*" ?/>')
_PROLOGUE = re.compile(
    rb"""(?:<\?xml version=["']1\.0["'](?: encoding=["']utf-8["'])?(?: standalone=["']\w+["'])? ?\?>)?\s*(?=<\w)""",
    re.IGNORECASE,
)
_NEEDS_PARSING = (b"{", b"}", b"&#", b"<!", b"<?", b"bookmarkStart", b"<w:id ", MARK_START.encode(), MARK_END.encode())
_OTHER_NOISE = (b"rsid", b"proofErr", b"lastRenderedPageBreak")
_OWN_PREFIX = b'xmlns:w="%s"' % NS["w"].encode()
_REVISION_IDS = tuple(qn(f"w:rsid{of}") for of in ("R", "RDefault", "P", "RPr", "Tr", "Sect", "Del"))


def clean(root: etree._Element) -> None:
    """Take revision ids, spelling marks, comments of the markup and personal properties out of a part."""
    for element in list(root.iter(etree.Comment, etree.ProcessingInstruction, etree.Entity, *_NOISE, *_PERSONAL)):
        drop(element)
    etree.strip_attributes(root, *_REVISION_IDS)


def without_revision_ids(data: bytes) -> bytes | None:
    """A part of styles without their revision ids, as `clean` would have it; None where that takes parsing it."""
    prologue = _PROLOGUE.match(data)
    if prologue is None:
        return None
    body = data[prologue.end() :].strip()
    if body.count(b"xmlns:w=") != 1 or _OWN_PREFIX not in body or any(sign in body for sign in _NEEDS_PARSING):
        return None
    cleaned = _STYLE_REVISION.sub(b"", body)
    # What else goes is told apart from text by parsing only.
    return None if any(sign in cleaned for sign in _OTHER_NOISE) else DECLARATION + cleaned
