"""Faults of a Word document: ids, bookmarks, references, notes, styles, lists, and what shows or hides by mistake."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree
from tests.support.lints.package import Parts, repeated

from govpack.ooxml.names import NS, qn

_REFERS = re.compile(r"^\s*(?:REF|PAGEREF|NOTEREF)\s+(\S+)|\\b\s+(\S+)|HYPERLINK\s.*\\l\s+\"?([^\s\"]+)")
_NOTES = {
    "/footnotes": ("w:footnote", "w:footnoteReference"),
    "/endnotes": ("w:endnote", "w:endnoteReference"),
    "/comments": ("w:comment", "w:commentReference"),
}
# Which elements may hold text that is not blank.
_TEXTS = {"t", "instrText", "delText", "delInstrText"}
# What ends with a paragraph, or Word mends it by asking the reader.
_HOLDERS = ("w:tc", "w:hdr", "w:ftr", "w:footnote", "w:endnote", "w:comment", "w:txbxContent")


def word_faults(parts: Parts) -> list[str]:
    """One line a fault."""
    stories = {n: root for n, root in parts.xml.items() if root.tag in _STORIES}
    faults = [*_across(parts, stories), *_styles(parts, stories), *_numbers(parts, stories), *_notes(parts, stories)]
    faults += _settings(parts)
    for name, root in stories.items():
        for check in _EACH:
            faults += [f"{name}: {fault}" for fault in check(root)]
    return faults


_STORIES = {
    qn(f"w:{name}") for name in ("document", "hdr", "ftr", "footnotes", "endnotes", "comments", "glossaryDocument")
}


def _first_branch(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Elements of these names, without the second writing of a drawing for old versions of Word."""
    for element in root.iter(*map(qn, names)):
        if next(element.iterancestors(qn("mc:Fallback")), None) is None:
            yield element


def _val(element: etree._Element | None) -> str:
    return "" if element is None else element.get(qn("w:val"), "")


def _instructions(root: etree._Element) -> list[str]:
    """The whole instruction of each field, however many runs it lies in."""
    found: list[str] = []
    open_fields: list[list[str]] = []
    for element in root.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:fldSimple")):
        if element.tag == qn("w:fldSimple"):
            found.append(element.get(qn("w:instr"), ""))
        elif element.tag == qn("w:instrText"):
            if open_fields:
                open_fields[-1].append(element.text or "")
        elif element.get(qn("w:fldCharType")) == "begin":
            open_fields.append([])
        elif element.get(qn("w:fldCharType")) == "end" and open_fields:
            found.append("".join(open_fields.pop()))
    return found


def _across(parts: Parts, stories: dict[str, etree._Element]) -> Iterator[str]:
    """What must be one of its kind in the whole document."""
    roots = [root for name, root in stories.items() if "/glossary/" not in name]
    controls = [_val(p.find(qn("w:id"))) for root in roots for p in _first_branch(root, "w:sdtPr")]
    yield from (f"two controls have the id {i}" for i in repeated(filter(None, controls)))
    yield from (
        f"a control has the id {i}, which no Word writes" for i in controls if i and not -(2**31) <= int(i) < 2**31
    )
    pictures = [e.get("id", "") for root in roots for e in _first_branch(root, "wp:docPr")]
    yield from (f"two drawings have the id {i}" for i in repeated(pictures))
    starts = [e for root in roots for e in _first_branch(root, "w:bookmarkStart")]
    names = [e.get(qn("w:name"), "") for e in starts]
    yield from (f"two bookmarks have the id {i}" for i in repeated(e.get(qn("w:id"), "") for e in starts))
    yield from (f"two bookmarks have the name {n}" for n in repeated(map(str.lower, names)))
    yield from (
        f"the bookmark {n} has a name that Word refuses" for n in names if not re.fullmatch(r"[^\W\d]\w{0,39}", n)
    )
    known = {"_top", *map(str.lower, names)}
    for root in roots:
        for instruction in _instructions(root):
            for found in _REFERS.finditer(instruction):
                wanted = next(filter(None, found.groups()))
                if wanted.strip('"').lower() not in known:
                    yield f"the field '{instruction.strip()}' refers to no bookmark"
        for link in root.iter(qn("w:hyperlink")):
            if (anchor := link.get(qn("w:anchor"))) and anchor.lower() not in known:
                yield f"a link leads to the bookmark {anchor}, which is not there"
    charts = [target for name in stories for target in parts.targets(name, "/chart")]
    yield from (f"two frames share {target}" for target in repeated(charts))
    books = [target for name in parts.xml if "/charts/" in name for target in parts.targets(name, "/package")]
    yield from (f"two charts share {target}" for target in repeated(books))


def _styles(parts: Parts, stories: dict[str, etree._Element]) -> Iterator[str]:
    (styles,) = parts.targets(parts.main, "/styles") or [""]
    if not styles:
        return
    known = {e.get(qn("w:styleId"), "") for e in parts.tree(styles).iter(qn("w:style"))}
    for name, root in {**stories, styles: parts.tree(styles)}.items():
        if "/glossary/" in name:
            continue
        used = ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next", "w:link")
        for style in sorted({_val(e) for e in root.iter(*map(qn, used))} - known):
            yield f"{name} uses the style {style}, which is not there"


def _numbers(parts: Parts, stories: dict[str, etree._Element]) -> Iterator[str]:
    lists = parts.targets(parts.main, "/numbering")
    known = {"0"}
    if lists:
        root = parts.tree(lists[0])
        ids = [e.get(qn("w:numId"), "") for e in root.iter(qn("w:num"))]
        kinds = [e.get(qn("w:abstractNumId"), "") for e in root.iter(qn("w:abstractNum"))]
        yield from (f"two lists have the id {i}" for i in repeated([*ids, *(f"abstract {k}" for k in kinds)]))
        known |= set(ids)
        for number in root.iter(qn("w:num")):
            if _val(number.find(qn("w:abstractNumId"))) not in kinds:
                yield f"the list {number.get(qn('w:numId'))} has no definition"
    for name, root in stories.items():
        if "/glossary/" not in name:
            for wanted in sorted({_val(e) for e in root.iter(qn("w:numId"))} - known):
                yield f"{name} uses the list {wanted}, which is not there"


def _notes(parts: Parts, stories: dict[str, etree._Element]) -> Iterator[str]:
    for kind, (held, refers) in _NOTES.items():
        there = []
        for target in parts.targets(parts.main, kind):
            notes = [e for e in parts.tree(target).iter(qn(held)) if e.get(qn("w:type"), "normal") == "normal"]
            there += [e.get(qn("w:id"), "") for e in notes]
        used = [e.get(qn("w:id"), "") for root in stories.values() for e in _first_branch(root, refers)]
        what = held.partition(":")[2]
        yield from (f"two of a {what} have the id {i}" for i in repeated(there))
        yield from (f"the {what} {i} is referred to twice" for i in repeated(used))
        yield from (f"a reference leads to the {what} {i}, which is not there" for i in sorted(set(used) - set(there)))
        yield from (f"nothing refers to the {what} {i}" for i in sorted(set(there) - set(used)))
    for name, root in stories.items():
        starts, ends = ([e.get(qn("w:id"), "") for e in root.iter(qn(f"w:commentRange{x}"))] for x in ("Start", "End"))
        if sorted(starts) != sorted(ends):
            yield f"{name}: the ranges of comments {starts} do not end as they begin: {ends}"


def _settings(parts: Parts) -> Iterator[str]:
    for target in parts.targets(parts.main, "/settings"):
        root = parts.tree(target)
        for name in ("w:updateFields", "w:attachedTemplate", "w:documentProtection", "w:mailMerge"):
            if root.find(qn(name)) is not None:
                yield f"{target} holds {name}"


def _bookmarks(root: etree._Element) -> Iterator[str]:
    starts, ends = ([e.get(qn("w:id"), "") for e in root.iter(qn(f"w:bookmark{x}"))] for x in ("Start", "End"))
    if sorted(starts) != sorted(ends):
        yield f"bookmarks {sorted(set(starts) ^ set(ends)) or repeated(starts)} do not end as they begin"


def _fields(root: etree._Element) -> Iterator[str]:
    depth = 0
    for mark in root.iter(qn("w:fldChar")):
        depth += {"begin": 1, "end": -1}.get(mark.get(qn("w:fldCharType"), ""), 0)
        if depth < 0:
            yield "a field ends that never began"
            return
    if depth:
        yield "a field begins that never ends"


def _holders(root: etree._Element) -> Iterator[str]:
    for holder in root.iter(*map(qn, _HOLDERS)):
        blocks = [e for e in holder if e.tag in (qn("w:p"), qn("w:tbl"), qn("w:sdt"), qn("w:customXml"))]
        last = blocks[-1] if blocks else None
        if last is None or (last.tag == qn("w:tbl") and holder.tag == qn("w:tc")):
            yield f"a {etree.QName(holder).localname} does not end with a paragraph"
    for table in root.iter(qn("w:tbl")):
        if table.find(f".//{qn('w:tr')}") is None:
            yield "a table has no row"
    for row in root.iter(qn("w:tr")):
        if row.find(f".//{qn('w:tc')}") is None:
            yield "a row has no cell"
    for control in root.iter(qn("w:sdtContent")):
        if len(control) == 0:
            yield "a control holds nothing"


def _loose(root: etree._Element) -> Iterator[str]:
    inside = f"{{{NS['w']}}}"
    for element in root.iter(f"{inside}*"):
        own = (element.text or "").strip() and etree.QName(element).localname not in _TEXTS
        if own or ((element.tail or "").strip() and element.getparent() is not None):
            yield f"loose text at a {etree.QName(element).localname}: {(element.text or '') + (element.tail or '')!r}"
    for run in root.iter(qn("w:r")):
        if next(run.iterancestors(qn("w:p")), None) is None:
            yield "a run stands outside a paragraph"
    for text in root.iter(qn("w:t")):
        if (said := text.text or "") != said.strip() and text.get(f"{{{NS['xml']}}}space") != "preserve":
            yield f"the blanks around {said!r} would be lost"


def _hidden(root: etree._Element) -> Iterator[str]:
    for mark in root.iter(qn("w:vanish")):
        run = next(mark.iterancestors(qn("w:r")), None)
        shown = "" if run is None else "".join(run.itertext())
        if _val(mark) not in ("0", "false", "off") and shown.strip():
            yield f"text is hidden: {shown!r}"


_EACH: tuple[Callable[[etree._Element], Iterator[str]], ...] = (_bookmarks, _fields, _holders, _loose, _hidden)
