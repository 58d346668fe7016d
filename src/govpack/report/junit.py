"""A check report as JUnit XML, which CI systems show: a suite for each item, a case for each requirement on each file.

What is not met is a failure, what waits for a person is skipped, what could not be read is an error; the text says
where and how to mend it. Only elements and attributes that Jenkins' schema (junit-10.xsd) has are written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from govpack.check.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govpack.check.verdicts import CheckReport, ItemVerdict, Result
    from govpack.findings import Finding

# What XML 1.0 can't hold, not even escaped: control characters, lone surrogates, the two non-characters.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FILES = "files"


def to_junit(report: CheckReport) -> str:
    """The report as JUnit XML text, indented, with a line end."""
    root = etree.Element("testsuites", name=_fit(report.checklist))
    suites = [_suite(root, item, report.problems) for item in report.verdicts]
    if report.problems:
        suites.append(_unread(root, report.problems))
    for key in ("tests", "failures", "errors"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in suites)))
    if report.weak:
        _weak(root, report.weak)
    etree.indent(root)
    text: str = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite(root: etree._Element, item: ItemVerdict, problems: Sequence[Finding]) -> etree._Element:
    suite = etree.SubElement(root, "testsuite", name=_fit(item.id))
    properties = etree.SubElement(suite, "properties")
    for name, value in (("asks", item.asks), ("source", item.source), ("verdict", item.verdict.value)):
        etree.SubElement(properties, "property", name=name, value=_fit(value))
    count = {"failure": 0, "error": 0, "skipped": 0}
    names: dict[tuple[str, str], int] = {}
    for result in item.results:
        key = (result.file or result.document, result.name)
        names[key] = names.get(key, 0) + 1
        # CI systems tell cases apart by their names: the same requirement twice gets a number.
        name = result.name if names[key] == 1 else f"{result.name} ({names[key]})"
        case = etree.SubElement(suite, "testcase", classname=_fit(key[0]), name=_fit(name))
        outcome = _outcome(case, result, problems)
        if outcome:
            count[outcome] += 1
    _count(suite, len(item.results), **count)
    return suite


def _outcome(case: etree._Element, result: Result, problems: Sequence[Finding]) -> str:
    """Write what came out into the case; the name of the element, empty where the requirement is met."""
    findings = result.outcome.findings
    if result.verdict is Verdict.MET:
        seen = "\n".join(f"{found.file}, {found.at}: {found.excerpt}" for found in result.outcome.evidence)
        etree.SubElement(case, "system-out").text = _fit(seen)
        return ""
    if result.verdict is Verdict.FOR_A_PERSON:
        message = "; ".join(finding.message for finding in findings)
        etree.SubElement(case, "skipped", message=_fit(f"for a person: {message}"))
        return "skipped"
    unread = bool(findings) and all(finding in problems for finding in findings)
    name = "error" if unread else "failure"
    message = findings[0].message if findings else result.verdict.value
    told = etree.SubElement(case, name, type=_fit(result.kind), message=_fit(message))
    told.text = _fit("\n".join(map(_told, findings)))
    return name


def _unread(root: etree._Element, problems: Sequence[Finding]) -> etree._Element:
    """What could not be judged at all, in a suite of its own."""
    suite = etree.SubElement(root, "testsuite", name=_FILES)
    for problem in problems:
        file = problem.location.file if problem.location else _FILES
        case = etree.SubElement(suite, "testcase", classname=_FILES, name=_fit(file))
        etree.SubElement(case, "error", type=_FILES, message=_fit(problem.message)).text = _fit(_told(problem))
    _count(suite, len(problems), error=len(problems))
    return suite


def _weak(root: etree._Element, weak: Iterable[Finding]) -> None:
    """Warnings fail nothing: one case that passes, and says them."""
    suite = etree.SubElement(root, "testsuite", name="weak")
    case = etree.SubElement(suite, "testcase", classname="weak", name="warnings")
    etree.SubElement(case, "system-out").text = _fit("\n".join(map(_told, weak)))
    _count(suite, 1)
    root.set("tests", str(int(root.get("tests", "0")) + 1))


def _count(suite: etree._Element, tests: int, *, failure: int = 0, error: int = 0, skipped: int = 0) -> None:
    for name, number in (("tests", tests), ("failures", failure), ("errors", error), ("skipped", skipped)):
        suite.set(name, str(number))


def _told(finding: Finding) -> str:
    place = f"{finding.location}: " if finding.location else ""
    remedy = f"\n  To mend: {finding.remedy}" if finding.remedy else ""
    snippet = f"\n{finding.snippet}" if finding.snippet else ""
    return f"{place}{finding.message}{remedy}{snippet}"


def _fit(text: str) -> str:
    """`text` with a sign for each character that XML can't hold."""
    return _UNFIT.sub("\ufffd", text)
