"""The page of a pack is held against the documents whose figures it repeats, in `build` as in `check`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.support.partnership import CHECKLIST

from govpack.build import build_pack
from govpack.check import CheckReport, Verdict, check_paths, read_checklist
from govpack.check.read_html import read_html
from govpack.report.json import to_data

PAGE = "index.html"


def changed(pack: Path, out: Path, old: str, new: str) -> CheckReport:
    """The report on a copy of the pack in whose page `old` says `new`, once."""
    shutil.copytree(pack, out)
    text = (out / PAGE).read_text(encoding="utf-8")
    assert old in text
    (out / PAGE).write_text(text.replace(old, new, 1), encoding="utf-8")
    return check_paths([out], read_checklist(CHECKLIST))


def said(report: CheckReport) -> dict[str, list[str]]:
    """What is missing of the page: by what is asked, messages with their places."""
    return {
        result.name: [str(finding) for finding in result.outcome.findings]
        for item in report.verdicts
        for result in item.results
        if result.file == PAGE and result.verdict is not Verdict.MET
    }


@pytest.mark.parametrize(
    ("old", "new", "asked", "place"),
    [
        ("<strong>58</strong>", "<strong>68</strong>", "Scores on the page and in the workbook",
         "Scorecards › table 1"),
        ("<td>99.95</td>", "<td>99.5</td>", "Targets of the metrics on the page and in the workbook", "Nimbus: 74"),
        ('>20 <b class="high">', '>12 <b class="high">', "Risks on the page and in the strategy",
         "Risks › table 3, row 2"),
        (">1,800<", ">1,600<", "KPI targets and dates on the page and in the strategy",
         "Goals and KPIs › table 1, row 3"),
        (">31 December 2029<", ">31 December 2028<", "KPI targets and dates on the page and in the strategy",
         "Goals and KPIs › table 1, row 2"),
        ("<dd>EUR\u00a040.6", "<dd>EUR\u00a046.0", "Spend on the page and in the strategy", "Figures › table 1"),
        ('"of">EUR\u00a064.8', '"of">EUR\u00a06.8', "Commitments on the page and in the strategy", "Figures › table 1"),
        ("<dd>73.8 ", "<dd>78.3 ", "Mean score on the page and in the strategy", "Figures › table 1"),
        ('<td class="figure">20%</td>', '<td class="figure">25%</td>',
         "Weights of the rubric on the page and in the rubric", "Panel rubric › table 1"),
    ],
)  # fmt: skip
def test_a_figure_that_differs_on_the_page_alone_is_found_there(
    old: str, new: str, asked: str, place: str, nordhaven_pack: Path, tmp_path: Path
) -> None:
    report = changed(nordhaven_pack, tmp_path / "pack", old, new)
    found = said(report)
    assert list(found) == [asked]
    assert any(PAGE in finding and place in finding for finding in found[asked]), found
    (item,) = [item for item in report.verdicts if item.id == "documents-agree"]
    assert item.verdict is Verdict.PARTLY_MET


def test_what_the_page_says_of_the_verdict_turns_nothing(nordhaven_pack: Path, tmp_path: Path) -> None:
    """It quotes gaps, tags and findings of the documents, which are judged where they stand."""
    report = changed(nordhaven_pack, tmp_path / "pack", "No value is missing", "[● contract.term] {{ risk }} TBC")
    assert said(report) == {}


def test_a_page_is_taken_for_that_of_the_pack_by_what_it_calls_itself(nordhaven_pack: Path, tmp_path: Path) -> None:
    named = tmp_path / "sent-by-mail.html"
    shutil.copy(nordhaven_pack / PAGE, named)
    report = check_paths([named], read_checklist(CHECKLIST))
    assert [(file.document, file.guessed) for file in report.files] == [("pack-page", False)]


def test_no_other_page_in_a_folder_is_looked_at(nordhaven_pack: Path, tmp_path: Path) -> None:
    out = tmp_path / "pack"
    shutil.copytree(nordhaven_pack, out)
    (out / "about.html").write_bytes(b"<p>")
    (out / "notes.htm").write_bytes(b"")
    report = check_paths([out], read_checklist(CHECKLIST))
    assert not report.problems
    assert [file.path for file in report.files if file.path.endswith(("html", "htm"))] == [PAGE]


def test_a_page_that_cannot_be_read_is_a_problem_and_the_documents_are_judged(
    nordhaven_pack: Path, tmp_path: Path
) -> None:
    out = tmp_path / "pack"
    shutil.copytree(nordhaven_pack, out)
    (out / PAGE).write_bytes(b"<div>" * 300)
    report = check_paths([out], read_checklist(CHECKLIST))
    assert [problem.location.file for problem in report.problems if problem.location] == [PAGE]
    assert report.exit_code == 2
    assert sum(item.verdict is Verdict.MET for item in report.verdicts) > 20


def test_build_judges_the_page_as_check_does_afterwards(nordhaven_pack: Path) -> None:
    """The figures stand in it before the verdict does."""
    report = check_paths([nordhaven_pack], read_checklist(CHECKLIST))
    assert said(report) == {}
    asked = [r.name for item in report.verdicts for r in item.results if r.file == PAGE]
    assert len(asked) == 8
    text = (nordhaven_pack / "pack.json").read_text(encoding="utf-8")
    assert PAGE in {file["path"] for file in to_data(report)["files"]}
    for name in asked:
        assert name in text
    assert "Scores on the page and in the workbook" in "".join(
        read_html(nordhaven_pack / PAGE, PAGE).facts.parts[0].lines
    )


def test_a_draft_with_gaps_is_judged_the_same_by_build_and_by_check(tmp_path: Path) -> None:
    """Its page quotes what is left open, and so does not count as left open itself."""
    source = Path(__file__).parents[2] / "fixtures" / "incomplete" / "no-obligations"
    built = build_pack(source, tmp_path / "out").report
    assert built is not None
    text = (tmp_path / "out" / PAGE).read_text(encoding="utf-8")
    assert "[● governance.obligations]" in text
    checked = check_paths([tmp_path / "out"], read_checklist(CHECKLIST))
    assert _verdicts(built) == _verdicts(checked)
    assert [result for result in _verdicts(built)[1] if PAGE in result]


def _verdicts(report: CheckReport) -> tuple[list[tuple[str, str]], list[tuple[str, ...]]]:
    """The verdict on each item, and each result of a requirement on a file."""
    results = [(item.id, r.name, r.file, r.verdict) for item in report.verdicts for r in item.results]
    return [(item.id, item.verdict) for item in report.verdicts], results
