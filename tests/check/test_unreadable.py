"""What cannot be read is told in its own words, and the other files are still judged."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.documents import docx, heading, text
from tests.support.partnership import CHECKLIST

from govpack.check import check_paths, read_checklist

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
SOUND = docx(heading("Escalation"), text("Up."))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("charter.docx", SOUND[:-300], "not a readable zip"),
        ("charter.docx", SOUND.replace(b"PK\x03\x04", b"PK\x03\x05", 1), "damaged zip"),
        ("charter.docx", _OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        ("charter.docx", _OLE + "WordDocument".encode("utf-16-le"), "of before 2007"),
        ("charter.doc", _OLE, "of before 2007"),
        ("scorecard.xls", _OLE, "save it as a workbook (.xlsx)"),
        ("deck.ppt", _OLE, "save it as a presentation (.pptx)"),
        ("charter.odt", b"PK", "an OpenDocument file"),
        ("charter.xlsx", SOUND, "a .docx by what it holds"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_the_others_are_judged(
    name: str, data: bytes, said: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "governance-framework.docx").write_bytes(SOUND)
    report = check_paths([tmp_path], read_checklist(CHECKLIST))
    (problem,) = report.problems
    assert problem.location.file == name
    assert said in f"{problem.message}. {problem.remedy}"
    assert report.exit_code == 2
    assert "governance-framework" in {file.document for file in report.files}


@pytest.mark.parametrize(
    ("name", "said"), [("charter.pdf", "a PDF"), ("notes.txt", "plain text"), ("a.rtf", "Rich Text")]
)
def test_a_file_of_another_form_is_told_where_it_is_given(name: str, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"words")
    (tmp_path / "governance-framework.docx").write_bytes(SOUND)
    report = check_paths([tmp_path / name, tmp_path / "governance-framework.docx"], read_checklist(CHECKLIST))
    assert [said in problem.message for problem in report.problems] == [True]
    assert report.exit_code == 2
    assert report.files[-1].document == "governance-framework"
