"""Faults of a deck: ids of slides and shapes, charts and notes used twice, tables whose rows do not fit, axes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from tests.support.lints.package import Parts, repeated

from govpack.ooxml.names import NS, qn


def slide_faults(parts: Parts) -> list[str]:
    """One line a fault."""
    slides = {name: root for name, root in parts.xml.items() if root.tag == qn("p:sld")}
    faults = [*_presentation(parts, slides), *_shared(parts, slides), *_axes(parts)]
    for name, root in parts.xml.items():
        if root.tag in (qn("p:sld"), qn("p:notes"), qn("p:sldLayout"), qn("p:sldMaster")):
            faults += [f"{name}: {fault}" for fault in _shapes(root)]
    return faults


def _presentation(parts: Parts, slides: dict[str, etree._Element]) -> Iterator[str]:
    root = parts.tree(parts.main)
    listed = list(root.iter(qn("p:sldId")))
    links = parts.package.relationships(parts.main)
    shown = [links[i].target for node in listed if (i := node.get(f"{{{NS['r']}}}id", "")) in links]
    yield from (f"two slides have the id {i}" for i in repeated(node.get("id", "") for node in listed))
    yield from (f"{name} is shown twice" for name in repeated(shown))
    yield from (f"{name} is never shown" for name in sorted(set(slides) - set(shown)))
    yield from (f"a slide has the id {n}" for node in listed if not 256 <= (n := int(node.get("id", "0"))) < 2**31)
    masters = [node.get("id", "") for name in ("p:sldMasterId", "p:sldLayoutId") for r in parts.xml.values()
               for node in r.iter(qn(name))]  # fmt: skip
    yield from (f"two masters or layouts have the id {i}" for i in repeated(filter(None, masters)))
    sections = [node.get("id", "") for node in root.iter() if etree.QName(node).localname == "sldId"
                and etree.QName(node).namespace != NS["p"]]  # fmt: skip
    if sections and sorted(sections) != sorted(node.get("id", "") for node in listed):
        yield "the sections do not hold each slide once"


def _shared(parts: Parts, slides: dict[str, etree._Element]) -> Iterator[str]:
    for kind in ("/chart", "/notesSlide", "/comments"):
        targets = [target for name in slides for target in parts.targets(name, kind)]
        yield from (f"two slides share {target}" for target in repeated(targets))
    books = [target for name in parts.xml if "/charts/" in name for target in parts.targets(name, "/package")]
    yield from (f"two charts share {target}" for target in repeated(books))
    for name in parts.xml:
        if "/notesSlides/" in name:
            for target in parts.targets(name, "/slide"):
                if name not in parts.targets(target, "/notesSlide"):
                    yield f"{name} belongs to {target}, which has other notes"


def _axes(parts: Parts) -> Iterator[str]:
    for name, root in parts.xml.items():
        if root.tag != qn("c:chartSpace"):
            continue
        ids = [node.get("val", "") for node in root.iter(qn("c:axId"), qn("c:crossAx"))]
        yield from (f"{name}: the axis id {i} is negative" for i in sorted(set(ids)) if i.startswith("-"))


def _shapes(root: etree._Element) -> Iterator[str]:
    ids = [node.get("id", "") for node in root.iter(qn("p:cNvPr"))]
    yield from (f"two shapes have the id {i}" for i in repeated(ids))
    for body in root.iter(qn("p:txBody"), qn("a:txBody")):
        if body.find(qn("a:p")) is None:
            yield "a text has no paragraph"
    for table in root.iter(qn("a:tbl")):
        columns = len(table.findall(f"{qn('a:tblGrid')}/{qn('a:gridCol')}"))
        rows = table.findall(qn("a:tr"))
        if not rows:
            yield "a table has no row"
        for row in rows:
            if len(row.findall(qn("a:tc"))) != columns:
                yield f"a row has {len(row.findall(qn('a:tc')))} cells of {columns}"
