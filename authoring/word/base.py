"""The base package of every Word template: our own parts, and nothing that python-docx would leave behind."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from docx import Document
from lxml import etree

from authoring.deck.finish import normalised_workbook
from authoring.palette import FONT_BODY, FONT_HEADING
from authoring.theme import theme_xml
from authoring.word.numbering import BULLETS, CLAUSES, NUMBERS, PARTIES, RECITALS, SCHEDULES, SECTIONS, numbering_xml
from authoring.word.styles import LANGUAGE, styles_xml
from govpack.ooxml.names import NS, qn
from govpack.ooxml.package import CONTENT_TYPES, read_package
from govpack.ooxml.writing import write_package
from govpack.ooxml.xml import parse_xml, serialise

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

A4 = (11906, 16838)  # twips, portrait
MARGIN_TOP, MARGIN_SIDE, MARGIN_FOOT = 1361, 1304, 1247
HEADER_AT = 624
TEXT_PORTRAIT = A4[0] - 2 * MARGIN_SIDE
TEXT_LANDSCAPE = A4[1] - 2 * MARGIN_SIDE

LISTS = {
    "contract": (CLAUSES, SCHEDULES, PARTIES, RECITALS, BULLETS, NUMBERS),
    "report": (SECTIONS, BULLETS, NUMBERS),
}
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PARTS = {
    "document": "document.main",
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "fontTable": "fontTable",
}


def new_document(kind: str, *, title: str, subject: str) -> WordDocument:
    """An empty A4 document of `kind` (``contract`` or ``report``); `title` and `subject` may hold tags."""
    return Document(BytesIO(write_package(_base_parts(kind, title, subject).items())))


def finish(document: WordDocument) -> bytes:
    """The document as a package in a fixed form: sorted members, no revision ids, no namespaces that nobody uses."""
    buffer = BytesIO()
    document.save(buffer)
    package = read_package(buffer.getvalue())
    return write_package((name, _finished(package.read(name), name)) for name in sorted(package.names))


def _finished(data: bytes, name: str) -> bytes:
    return normalised_workbook(data) if name.endswith(".xlsx") else _tidy(data, name)


def _tidy(data: bytes, name: str) -> bytes:
    root = parse_xml(data, name)
    for node in root.iter():
        for attribute in [key for key in node.attrib if etree.QName(key).localname.startswith("rsid")]:
            del node.attrib[attribute]
    # python-docx's header part declares namespaces to ignore that are never used, and goes with them.
    if (ignorable := qn("mc:Ignorable")) in root.attrib:
        del root.attrib[ignorable]
    if name == CONTENT_TYPES or name.endswith(".rels"):
        root[:] = sorted(root, key=lambda node: [str(value) for value in node.attrib.values()])
    if any(True for _ in root.iter(qn("w14:checkbox"))):
        # Who does not know checkboxes shall read the rest: the prefix must be declared where it is said so.
        root.set(qn("mc:Ignorable"), "w14")
        etree.cleanup_namespaces(root, top_nsmap={prefix: NS[prefix] for prefix in ("mc", "w14")})
    else:
        etree.cleanup_namespaces(root)
    return serialise(root)


def _base_parts(kind: str, title: str, subject: str) -> dict[str, bytes]:
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPES}{kind}+xml"/>' for part, kind in _PARTS.items()
    )
    parts = {
        CONTENT_TYPES: (
            f'<Types xmlns="{NS["ct"]}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}'
            '<Override PartName="/word/theme/theme1.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
            '<Override PartName="/docProps/core.xml" '
            'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
            '<Override PartName="/docProps/app.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
        ),
        "_rels/.rels": _relationships(
            "officeDocument:word/document.xml",
            "metadata/core-properties:docProps/core.xml",
            "extended-properties:docProps/app.xml",
        ),
        "word/_rels/document.xml.rels": _relationships(
            "styles:styles.xml",
            "numbering:numbering.xml",
            "settings:settings.xml",
            "fontTable:fontTable.xml",
            "theme:theme/theme1.xml",
        ),
        "word/document.xml": (
            f'<w:document xmlns:w="{NS["w"]}" xmlns:r="{NS["r"]}"><w:body>{_section()}</w:body></w:document>'
        ),
        "word/styles.xml": styles_xml(kind, LISTS[kind]),
        "word/numbering.xml": numbering_xml(LISTS[kind]),
        "word/settings.xml": _SETTINGS,
        "word/fontTable.xml": _font_table(),
        "word/theme/theme1.xml": theme_xml(),
        # No dates: a template has none that matter, and a document's dates are in its text.
        "docProps/core.xml": (
            f'<cp:coreProperties xmlns:cp="{NS["cp"]}" xmlns:dc="{NS["dc"]}"><dc:title>{title}</dc:title>'
            f"<dc:subject>{subject}</dc:subject><dc:creator>{{{{ organisation.name }}}}</dc:creator>"
            f"<dc:language>{LANGUAGE}</dc:language><cp:contentStatus>{{{{ pack.status_label }}}}</cp:contentStatus>"
            "<cp:version>{{ pack.version }}</cp:version></cp:coreProperties>"
        ),
        "docProps/app.xml": f'<Properties xmlns="{NS["app"]}"><Application>govpack</Application></Properties>',
    }
    return {name: serialise(parse_xml(text.encode(), name)) for name, text in parts.items()}


def _relationships(*entries: str) -> str:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    package = "http://schemas.openxmlformats.org/package/2006/relationships/"
    rows = ""
    for number, entry in enumerate(entries, 1):
        kind, target = entry.split(":")
        base = package if "/" in kind else office
        rows += f'<Relationship Id="rId{number}" Type="{base}{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{NS["rel"]}">{rows}</Relationships>'


def _section() -> str:
    return (
        f'<w:sectPr><w:pgSz w:w="{A4[0]}" w:h="{A4[1]}"/><w:pgMar w:top="{MARGIN_TOP}" w:right="{MARGIN_SIDE}" '
        f'w:bottom="{MARGIN_FOOT}" w:left="{MARGIN_SIDE}" w:header="{HEADER_AT}" w:footer="{HEADER_AT}" w:gutter="0"/>'
        '<w:cols w:space="708"/></w:sectPr>'
    )


def _font_table() -> str:
    faces = "".join(
        f'<w:font w:name="{face}"><w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
        for face in sorted({FONT_BODY, FONT_HEADING})
    )
    return f'<w:fonts xmlns:w="{NS["w"]}">{faces}</w:fonts>'


_COMPATIBILITY = {
    "compatibilityMode": 15,
    "overrideTableStyleFontSizeAndJustification": 1,
    "enableOpenTypeFeatures": 1,
    "doNotFlipMirrorIndents": 1,
    "differentiateMultirowTableHeaders": 1,
}
_SETTINGS = (
    f'<w:settings xmlns:w="{NS["w"]}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    + "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in _COMPATIBILITY.items()
    )
    + f'</w:compat><w:themeFontLang w:val="{LANGUAGE}"/><w:clrSchemeMapping w:bg1="light1" w:t1="dark1" '
    'w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" '
    'w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)
