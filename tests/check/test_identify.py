"""Which document a file is: by its properties, its name, its title, or what it holds, which is a guess and told."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from tests.support.documents import docx, heading, looks, table, text, title
from tests.support.partnership import charter_pieces, judge

from govpack.check import CheckReport
from govpack.ooxml import read_package, write_package


def known(report: CheckReport, path: str) -> tuple[str, str]:
    """Which document a file was taken for, and how."""
    (found,) = [file for file in report.files if file.path == path]
    return found.document, found.known_by


def our_own(data: bytes) -> bytes:
    """The file as govpack would have written it: its properties say so."""
    package = read_package(data)
    name = "docProps/app.xml"
    properties = package.read(name).decode()
    start, end = properties.index("<Application>"), properties.index("</Application>")
    own = properties[:start] + "<Application>govpack" + properties[end:]
    return write_package((each, own.encode() if each == name else package.read(each)) for each in package.names)


def test_a_file_of_our_own_is_known_by_its_properties_whatever_its_name(tmp_path: Path) -> None:
    charter = our_own(docx(*charter_pieces()[1:], title="Governance charter: Bank and Nimbus"))
    report = judge(tmp_path, {"my-partnership-strategy.docx": charter})
    assert known(report, "my-partnership-strategy.docx") == ("governance-charter", "by its properties")


def test_another_is_known_by_its_name(tmp_path: Path) -> None:
    report = judge(tmp_path, {"Governance-Charter v3.docx": docx(heading("Anything"))})
    assert known(report, "Governance-Charter v3.docx") == ("governance-charter", "by its name")


def test_else_by_its_title(tmp_path: Path) -> None:
    report = judge(tmp_path, {"final.docx": docx(title("Our partnership strategy"), text("What we want."))})
    assert known(report, "final.docx") == ("partnership-strategy", "by its title ‘Our partnership strategy’")


def test_else_by_what_it_holds_and_the_guess_names_it(tmp_path: Path) -> None:
    pieces = [looks("Working together", 22)]
    for name in ("Who does what", "When we meet", "When something goes wrong", "Our duties", "People"):
        pieces += [looks(name), table(["A", "B"], ["one", "two"])]
    document, how = known(judge(tmp_path, {"paper.docx": docx(*pieces)}), "paper.docx")
    assert document == "governance-charter"
    assert how.startswith("a guess by what it holds: ")
    assert "‘When we meet’" in how


@pytest.mark.parametrize("names", [("Notes", "Minutes"), ("When we meet", "Lunch")])
def test_two_headings_are_no_ground_for_a_guess(names: tuple[str, ...], tmp_path: Path) -> None:
    pieces = [piece for name in names for piece in (heading(name), text("A few words on that."))]
    assert known(judge(tmp_path, {"paper.docx": docx(*pieces)}), "paper.docx") == ("", "")


def test_data_is_looked_at_only_where_the_checklist_asks_for_it(tmp_path: Path) -> None:
    report = judge(tmp_path, {"package.json": b"{}", "pack.json": b"no JSON", "enablement.json": b"{}"})
    assert [file.path for file in report.files] == ["enablement.json"]
    assert not report.problems


def test_python_docx_says_what_this_test_relies_on() -> None:
    assert "docProps/app.xml" in [part.partname.lstrip("/") for part in Document().part.package.iter_parts()]
