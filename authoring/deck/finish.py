"""From what python-pptx saves to a package of ours: nobody's name, no date, no leftovers, the same bytes each time."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from authoring.deck.tables import table_styles_xml
from authoring.deck.text import LANGUAGE, escaped
from authoring.theme import theme_xml
from govpack.ooxml.names import NS, qn
from govpack.ooxml.package import read_package
from govpack.ooxml.writing import write_package
from govpack.ooxml.xml import parse_xml, serialise

if TYPE_CHECKING:
    from lxml import etree
    from pptx.presentation import Presentation

_DROPPED = ("docProps/thumbnail.jpeg", "ppt/printerSettings/")
_SPARE_TYPES = {"jpeg", "bin"}
_FIXED_DATE = "2026-01-01T00:00:00Z"


def finished(presentation: Presentation, *, title: str, creator: str, subject: str) -> bytes:
    """The deck as bytes; `title`, `creator` and `subject` are document properties and may hold tags."""
    saved = BytesIO()
    presentation.save(saved)
    package = read_package(saved.getvalue())
    members = {name: package.read(name) for name in package.names if not name.startswith(_DROPPED)}
    for name, data in members.items():
        if name.endswith(".xlsx"):
            members[name] = normalised_workbook(data)
        elif name.endswith((".xml", ".rels")):
            members[name] = serialise(_cleaned(name, parse_xml(data, name)))
    app = f'<Properties xmlns="{NS["app"]}"><PresentationFormat>Widescreen</PresentationFormat></Properties>'
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    ours = {
        "docProps/core.xml": _core_xml(title, creator, subject),
        "docProps/app.xml": app,
        "ppt/presProps.xml": f'<p:presentationPr xmlns:a="{NS["a"]}" xmlns:r="{NS["r"]}" xmlns:p="{NS["p"]}"/>',
        "ppt/tableStyles.xml": table_styles_xml(),
        # How the author's windows stood is nobody's business; the part itself PowerPoint likes to find.
        "ppt/viewProps.xml": f'<p:viewPr xmlns:a="{NS["a"]}" xmlns:r="{NS["r"]}" xmlns:p="{NS["p"]}"/>',
        "ppt/theme/theme1.xml": theme_xml(),
        "ppt/theme/theme2.xml": theme_xml("govpack notes"),
    }
    members |= {name: (declaration + xml).encode() for name, xml in ours.items()}
    return write_package(sorted(members.items()))


def _core_xml(title: str, creator: str, subject: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{NS["cp"]}" xmlns:dc="{NS["dc"]}"><dc:title>{escaped(title)}</dc:title>'
        f"<dc:subject>{escaped(subject)}</dc:subject><dc:creator>{escaped(creator)}</dc:creator>"
        f"<dc:language>{LANGUAGE}</dc:language></cp:coreProperties>"
    )


def _cleaned(name: str, root: etree._Element) -> etree._Element:
    """What python-pptx's own templates bring along, taken out of one part."""
    if name.endswith(".rels"):
        _drop(root, [node for node in root if _names_dropped(name, node.get("Target", ""))])
    elif name == "[Content_Types].xml":
        _drop(root, [node for node in root if node.get("Extension") in _SPARE_TYPES])
        _drop(root, [node for node in root if node.get("PartName", "").lstrip("/").startswith(_DROPPED)])
    else:
        for element in root.iter():
            # PowerPoint's traces of its own making: random ids, marks of a smart tag cleaning.
            element.attrib.pop("smtClean", "")
            if element.get("lang") == "en-US":
                element.set("lang", LANGUAGE)
        if name.startswith("ppt/notesMasters/"):
            _clean_notes_master(root)
    return root


def _names_dropped(part: str, target: str) -> bool:
    folder = "" if part == "_rels/.rels" else "ppt/"
    return (folder + target).startswith(_DROPPED) or target.lstrip("/").startswith(_DROPPED)


def _clean_notes_master(root: etree._Element) -> None:
    """Header and date go (the date is a day in 2016); the slide's picture takes the shape of a wide slide."""
    for shape in list(root.iter(qn("p:sp"))):
        kind = next(shape.iter(qn("p:ph"))).get("type")
        if kind in {"hdr", "dt"}:
            _drop(root, [shape])
        elif kind == "sldImg":
            extent = next(shape.iter(qn("a:ext")))
            offset = next(shape.iter(qn("a:off")))
            offset.set("x", "685800")
            extent.set("cx", "5486400")
            extent.set("cy", "3086100")


def _drop(root: etree._Element, elements: list[etree._Element]) -> None:
    for element in elements:
        parent = element.getparent()
        (root if parent is None else parent).remove(element)


def normalised_workbook(data: bytes) -> bytes:
    """The workbook behind a chart without the time at which XlsxWriter made it."""
    package = read_package(data)
    members = {name: package.read(name) for name in package.names}
    core = parse_xml(members["docProps/core.xml"])
    for element in core.iter(qn("dcterms:created"), qn("dcterms:modified")):
        element.text = _FIXED_DATE
    members["docProps/core.xml"] = serialise(core)
    return write_package(sorted(members.items()))
