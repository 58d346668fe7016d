"""JUnit XML as CI systems read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from tests.support.partnership import charter, judge

from govpack.check import CheckReport, Evidence, ItemVerdict, Outcome, Result, Verdict
from govpack.findings import Finding, Location, Severity
from govpack.report.junit import to_junit

# As Jenkins publishes it: tests/data/junit/README.md says where it comes from.
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parents[1] / "data" / "junit" / "junit-10.xsd"))


def parsed(report: CheckReport) -> etree._Element:
    return etree.fromstring(to_junit(report).encode())


@pytest.fixture
def report(tmp_path: Path) -> CheckReport:
    files = {
        "a/governance-charter.docx": charter(),
        "b/governance-charter.docx": charter(escalation=None),
        "partnership-strategy.docx": b"broken",
    }
    return judge(tmp_path, files)


def test_the_schema_that_jenkins_publishes_takes_it(report: CheckReport) -> None:
    root = parsed(report)
    assert {element.tag for element in root.iter()} >= {"failure", "error", "system-out", "property"}
    assert SCHEMA.validate(root), SCHEMA.error_log


def test_the_schema_refuses_what_jenkins_does_not_know(report: CheckReport) -> None:
    root = parsed(report)
    etree.SubElement(root[0], "verdict")
    assert not SCHEMA.validate(root)


def test_each_item_is_a_suite_and_its_counts_are_those_of_its_cases(report: CheckReport) -> None:
    root = parsed(report)
    suites = {suite.get("name"): suite for suite in root}
    assert {item.id for item in report.verdicts} < set(suites)
    for suite in root:
        cases = suite.findall("testcase")
        assert suite.get("tests") == str(len(cases))
        for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert suite.get(key) == str(sum(case.find(tag) is not None for case in cases)), (suite.get("name"), key)
    for key in ("tests", "failures", "errors"):
        assert root.get(key) == str(sum(int(suite.get(key, "0")) for suite in root))


def test_a_failure_names_the_file_the_place_and_the_remedy(report: CheckReport) -> None:
    suite = next(suite for suite in parsed(report) if suite.get("name") == "governance-complete")
    failed = [case for case in suite.iter("testcase") if case.find("failure") is not None]
    assert {case.get("classname") for case in failed} == {"b/governance-charter.docx"}
    text = failed[0].findtext("failure") or ""
    assert "b/governance-charter.docx" in text
    assert "To mend: " in text
    passed = [case for case in suite.iter("testcase") if case.get("classname") == "a/governance-charter.docx"]
    assert all(case.find("failure") is None for case in passed)
    names = [(case.get("classname"), case.get("name")) for case in suite.iter("testcase")]
    assert len(set(names)) == len(names)


def test_a_broken_file_is_an_error_and_no_failure(report: CheckReport) -> None:
    suite = next(suite for suite in parsed(report) if suite.get("name") == "files")
    (case,) = suite
    assert case.get("name") == "partnership-strategy.docx"
    assert case.find("error") is not None


def test_what_waits_for_a_person_is_skipped_and_signs_that_xml_cannot_hold_are_replaced() -> None:
    nasty = "a \x00 b \x1b[31m c \ud800 d \uffff <&>\"'"
    person = Finding(nasty, Location("a.docx", at=nasty), Severity.NOTE)
    results = (
        Result("for_a_person", "charter", "a.docx", Outcome(Verdict.FOR_A_PERSON, (), (person,))),
        Result("section", "charter", "a.docx", Outcome(Verdict.NOT_MET, (), (Finding(nasty, None, remedy=nasty),), 3)),
        Result("section", "charter", "a.docx", Outcome(Verdict.MET, (Evidence("a.docx", nasty, nasty),))),
    )
    report = CheckReport(nasty, (ItemVerdict("x", nasty, nasty, Verdict.NOT_MET, results),), weak=(person,))
    root = parsed(report)
    first, second, third = root[0].findall("testcase")
    assert (first.find("skipped").get("message") or "").startswith("for a person: a \ufffd b \ufffd[31m c \ufffd d")
    assert "<&>" in (second.findtext("failure") or "")
    assert third.find("failure") is None
    assert SCHEMA.validate(root), SCHEMA.error_log
    assert root.get("tests") == "4"
