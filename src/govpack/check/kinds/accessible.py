"""The requirement kind that asks whether a document can be read by everybody: `accessible`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.check.kinds.base import Args, Case, kind
from govpack.check.outline import Chart, Picture, Table
from govpack.check.verdicts import Evidence, Outcome, met, missing, unmet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.findings import Finding

_MOST = 6
_WIDE = 3


class AccessibleArgs(Args):
    """What is asked: `title` and `language` of the file, `headers` of tables, `alt` texts, the `order` of headings."""

    title: bool = True
    language: bool = True
    headers: bool = True
    alt: bool = True
    order: bool = True


@kind("accessible", AccessibleArgs)
def accessible(case: Case, args: AccessibleArgs) -> Outcome:
    """Title and language set, header rows marked, alternative text on charts and pictures, headings in order.

    ``accessible: {language: false}``

    Passes: a document with a title in its properties, tables whose header row repeats, a chart with alternative text.
    Fails: no title; a table of three columns without a header row; a picture that nobody describes; a heading of level
    3 straight under one of level 1.
    """
    outline = case.outline
    findings: list[Finding] = []
    if args.title and not outline.facts.properties.get("title", "").strip():
        remedy = "set it with File › Info › Title"
        findings.append(missing("the file has no title in its properties", case.file, "document properties", remedy))
    if args.language and outline.kind in ("docx", "pptx") and not outline.facts.language:
        remedy = "set the proofing language for the whole document"
        findings.append(missing("the file says no language", case.file, "document properties", remedy))
    if args.headers and outline.kind in ("docx", "pptx"):
        findings += _headers(case)
    if args.alt:
        findings += _undescribed(case)
    if args.order and outline.kind == "docx":
        findings += _jumps(case)
    if not findings:
        return met([Evidence(case.file, "", "title, language, header rows, alternative text and order of headings")])
    more = len(findings) - _MOST
    kept = [*findings[:_MOST], missing(f"{more} more like these", case.file)] if more > 0 else findings
    return unmet(kept, cost=1)


def _headers(case: Case) -> Iterator[Finding]:
    """Tables of records without a marked header row; two columns may be a form of names and values."""
    word = "Table Design › Header Row" if case.outline.kind == "pptx" else "Layout › Repeat Header Rows"
    for block in case.outline.blocks():
        if isinstance(block, Table) and len(block.header) >= _WIDE and block.rows and not block.marked:
            yield missing("the table has no header row", case.file, block.address, f"mark its first row with {word}")


def _undescribed(case: Case) -> Iterator[Finding]:
    for block in case.outline.blocks():
        if isinstance(block, Chart | Picture) and not block.alt.strip():
            what = "chart" if isinstance(block, Chart) else "picture"
            remedy = "describe in a sentence what it shows (Alt Text)"
            yield missing(f"the {what} has no alternative text", case.file, block.address, remedy)


def _jumps(case: Case) -> Iterator[Finding]:
    before = 0
    for section in case.outline.walk():
        if section.heading:
            if section.level > before + 1 and before:
                words = f"a heading of level {section.level} follows one of level {before}"
                yield missing(words, case.file, section.address, f"make it level {before + 1}")
            before = section.level
