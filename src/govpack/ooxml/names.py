"""Namespaces and relationship types of Office Open XML (ISO/IEC 29500, transitional), by their usual prefixes."""

from __future__ import annotations

from functools import cache

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "app": "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "c16": "http://schemas.microsoft.com/office/drawing/2014/chart",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcmitype": "http://purl.org/dc/dcmitype/",
    "dcterms": "http://purl.org/dc/terms/",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "o": "urn:schemas-microsoft-com:office:office",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
    "vt": "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w10": "urn:schemas-microsoft-com:office:word",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wp14": "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships/"

# How the namespaces and relationship types of the other form, strict Open XML, begin.
STRICT = "http://purl.oclc.org/ooxml/"

RT_OFFICE_DOCUMENT = _OFFICE + "officeDocument"
RT_CORE_PROPERTIES = _PACKAGE + "metadata/core-properties"
# As the first edition of ECMA-376 has it, and LibreOffice writes it to this day.
RT_CORE_PROPERTIES_FIRST = (
    "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
)
RT_EXTENDED_PROPERTIES = _OFFICE + "extended-properties"
RT_THUMBNAIL = _PACKAGE + "metadata/thumbnail"
RT_STYLES = _OFFICE + "styles"
RT_NUMBERING = _OFFICE + "numbering"
RT_SETTINGS = _OFFICE + "settings"
RT_COMMENTS = _OFFICE + "comments"
RT_FOOTNOTES = _OFFICE + "footnotes"
RT_ENDNOTES = _OFFICE + "endnotes"
RT_HEADER = _OFFICE + "header"
RT_FOOTER = _OFFICE + "footer"
RT_HYPERLINK = _OFFICE + "hyperlink"
RT_IMAGE = _OFFICE + "image"
RT_CHART = _OFFICE + "chart"
RT_DRAWING = _OFFICE + "drawing"
RT_TABLE = _OFFICE + "table"
RT_SHARED_STRINGS = _OFFICE + "sharedStrings"
RT_THREADED_COMMENTS = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
RT_PACKAGE = _OFFICE + "package"
RT_SLIDE = _OFFICE + "slide"
RT_SLIDE_LAYOUT = _OFFICE + "slideLayout"
RT_SLIDE_MASTER = _OFFICE + "slideMaster"
RT_NOTES_SLIDE = _OFFICE + "notesSlide"


@cache
def qn(name: str) -> str:
    """``w:p`` as lxml writes it: ``{namespace}p``."""
    prefix, _, local = name.partition(":")
    return f"{{{NS[prefix]}}}{local}"
