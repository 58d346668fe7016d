"""What a template's author left in it that no document should carry on: revision ids, spelling marks, names."""

from __future__ import annotations

import re

from lxml import etree

from govpack.ooxml.names import NS, qn
from govpack.ooxml.xml import DECLARATION
from govpack.template.markup.paragraphs import drop
from govpack.template.markup.references import MARK_START

_NOISE = tuple(qn(name) for name in ("w:proofErr", "w:lastRenderedPageBreak", "w:rsids", "w:rsid"))
# Who wrote the template, from which other, and for how long; the author's firm, `Company`, may be meant.
_PERSONAL = tuple(
    qn(name)
    for name in (
        "cp:lastModifiedBy", "cp:lastPrinted", "cp:revision", "app:Manager", "app:Template", "app:TotalTime",
        "w15:presenceInfo",
    )
)  # fmt: skip
# Names that may be meant for the document, and are where a tag says them.
_NAMING = tuple(qn(name) for name in ("dc:creator", "w15:person"))
# Each style of Word says by one element when it was last changed. In a part of styles, which is large, that is told by
# its bytes, unless a sign in the part may mean that there is more to it.
_STYLE_REVISION = re.compile(rb'<w:rsid w:val="[0-9A-Fa-f]*" ?/>')
_STYLES = re.compile(
    rb"""(?:<\?xml version=["']1\.0["'](?: encoding=["']utf-8["'])?(?: standalone=["']\w+["'])? ?\?>)?\s*"""
    rb"(<w:styles [^<>]*>)",
    re.IGNORECASE,
)
_NEEDS_PARSING = (b"{", b"}", b"&", b"!", b"?", MARK_START.encode()[:1])
_OWN_PREFIX = b'xmlns:w="%s"' % NS["w"].encode()
_REVISION_IDS = tuple(qn(f"w:rsid{of}") for of in ("R", "RDefault", "P", "RPr", "Tr", "Sect", "Del"))


def clean(root: etree._Element) -> None:
    """Take revision ids, spelling marks, comments of the markup and personal properties out of a part.

    An author that the template names by a tag is the document's, and stays.
    """
    for element in list(root.iter(etree.Comment, etree.ProcessingInstruction, etree.Entity, *_NOISE, *_PERSONAL)):
        drop(element)
    for element in list(root.iter(*_NAMING)):
        if not any("{" in str(said) for said in (element.text, *element.attrib.values())):
            drop(element)
    etree.strip_attributes(root, *_REVISION_IDS)


def without_revision_ids(data: bytes) -> bytes | None:
    """A part of styles without their revision ids, as `clean` would have it; None where that takes parsing it."""
    begun = _STYLES.match(data)
    if begun is None or _OWN_PREFIX not in begun[1] or data.find(b"xmlns:w=", begun.end()) >= 0:
        return None
    body = data[begun.start(1) :].strip()
    if any(sign in body for sign in _NEEDS_PARSING):
        return None
    cleaned = _STYLE_REVISION.sub(b"", body)
    return None if b"rsid" in cleaned else DECLARATION + cleaned
