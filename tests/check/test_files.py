"""Which files are judged, and as which document."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.documents import Slide, docx, heading, pptx, text, title
from tests.support.partnership import CHECKLIST

from govpack.check import check_paths, read_checklist


def documents(folder: Path, files: dict[str, bytes]) -> dict[str, str]:
    """The document that each of `files` is taken for."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    report = check_paths([folder], read_checklist(CHECKLIST))
    return {file.path: file.document for file in report.files}


def test_files_are_known_by_name_then_by_title_then_not_at_all(tmp_path: Path) -> None:
    found = documents(
        tmp_path,
        {
            "counterparty/n/governance-charter.docx": docx(text("x")),
            "draft.docx": docx(title("Partnership agreement"), text("x")),
            "slides.pptx": pptx(Slide("Executive briefing")),
            "letter.docx": docx(heading("Dear all"), text("x")),
            "partnership-agreement-review-copy.docx": docx(title("Partnership agreement"), text("x")),
        },
    )
    assert found == {
        "counterparty/n/governance-charter.docx": "governance-charter",
        "draft.docx": "partnership-agreement",
        "letter.docx": "",
        "partnership-agreement-review-copy.docx": "partnership-agreement-review-copy",
        "slides.pptx": "executive-briefing",
    }


def test_a_deck_is_no_charter_even_if_it_is_called_so(tmp_path: Path) -> None:
    assert documents(tmp_path, {"a.pptx": pptx(Slide("Governance charter"))}) == {"a.pptx": ""}


def test_hidden_files_and_lock_files_are_passed_over(tmp_path: Path) -> None:
    found = documents(tmp_path, {"~$charter.docx": b"", ".old/charter.docx": b"", "letter.docx": docx(text("x"))})
    assert list(found) == ["letter.docx"]


def test_files_given_one_by_one_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "governance-charter.docx").write_bytes(docx(text("x")))
    report = check_paths(sorted(tmp_path.glob("*/*.docx")), read_checklist(CHECKLIST))
    assert [file.path for file in report.files] == ["a/governance-charter.docx", "b/governance-charter.docx"]


@pytest.mark.parametrize(
    ("name", "message"),
    [("none.docx", "no such file or folder"), ("notes.txt", "plain text"), ("empty", "no .docx")],
)
def test_what_cannot_be_judged_is_a_problem_with_a_remedy(name: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    (tmp_path / "empty").mkdir()
    report = check_paths([tmp_path / name], read_checklist(CHECKLIST))
    assert report.exit_code == 2
    assert message in str(report.problems[0])
