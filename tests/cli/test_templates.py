"""`lint` and `fields`: what they say of templates, and with which exit code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.support.kit import docx_of, edit, lay_kit

from govpack.cli import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small kit, in the current folder; its letter includes its clauses."""
    monkeypatch.chdir(tmp_path)
    folder = lay_kit(tmp_path / "small")
    letter = (
        "{{ contract.term }} {{ partner.name }}",
        "{% for c in clauses %}",
        "{% include c.fragment %}",
        "{% endfor %}",
    )
    (folder / "letter.docx").write_bytes(docx_of(*letter))
    return folder


def test_a_kit_in_order_is_0(kit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lint", "--kit", "small"]) == 0
    assert capsys.readouterr().out == "2 templates looked over: nothing wrong.\n"


def test_the_bundled_kit_is_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lint", "--kit", "partnership"]) == 0, capsys.readouterr().out


def test_faults_of_templates_and_clauses_are_1_each_with_its_place(
    kit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(kit / "clauses" / "term.md", ("{{ contract.term }} months", "{{ contract.tern }} months"))
    (kit / "note.docx").write_bytes(docx_of("{{ pack.titel }}", "{{ contract.term }}", "{{ pack.title | uper }}"))
    assert run(["lint", "--kit", "small"]) == 1
    said = capsys.readouterr()
    assert said.err == ""
    *faults, total = said.out.splitlines()
    assert total == "2 templates looked over: 4 faults."
    assert sum("small/clauses/term.md:13: '{{ contract.tern }}': there is no 'tern'" in line for line in faults) == 1
    assert any("small/note.docx, body, “{{ pack.titel }}”" in line and "mean 'title'" in line for line in faults)
    assert any("there is no 'contract' here" in line for line in faults)
    assert any("no filter 'uper' (did you mean 'upper'?)" in line for line in faults)


def test_a_condition_that_names_what_is_not_there_is_1_at_its_line(
    kit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(kit / "kit.yaml", ("    audience: internal\n", "    audience: internal\n    when: scorecards.crads\n"))
    edit(kit / "clauses" / "term.md", ("group:", "when: contract.tern or partner.spend\ngroup:"))
    assert run(["lint", "--kit", "small"]) == 1
    *faults, total = capsys.readouterr().out.splitlines()
    assert total == "2 templates looked over: 3 faults."
    for file, reason in (
        ("kit.yaml", "'when: scorecards.crads': there is no 'crads' here (did you mean 'cards'?)"),
        ("clauses/term.md", "'when: contract.tern or partner.spend': there is no 'tern' here (did you mean 'term'?)"),
        ("clauses/term.md", "'when: contract.tern or partner.spend': there is no 'spend' here"),
    ):
        lines = (kit / file).read_text(encoding="utf-8").splitlines()
        line = next(number for number, text in enumerate(lines, 1) if "when:" in text)
        assert any(fault.startswith(f"small/{file}:{line}:") and reason in fault for fault in faults), reason
    assert run(["lint", "--kit", "small", "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert [found["file"] for found in data["conditions"]] == [
        "small/kit.yaml",
        "small/clauses/term.md",
        "small/clauses/term.md",
    ]


def test_a_condition_that_is_no_expression_is_2_at_its_line(kit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(kit / "kit.yaml", ("    audience: internal\n", "    audience: internal\n    when: scorecards.cards and\n"))
    lines = (kit / "kit.yaml").read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "when:" in text)
    assert run(["lint", "--kit", "small"]) == 2
    assert f"small/kit.yaml:{line}:" in capsys.readouterr().err


def test_what_is_internal_is_no_field_of_a_counterpartys_document(
    kit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (kit / "letter.docx").write_bytes(docx_of("{{ partner.spend }} {{ partner.legal_name }} {{ risks }}"))
    assert run(["lint", "--kit", "small"]) == 1
    said = capsys.readouterr().out
    assert "there is no 'spend' here" in said
    assert "there is no 'risks' here" in said
    assert "legal_name'" not in said


def test_a_template_without_a_kit_is_looked_over_for_its_tags_alone(
    kit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (kit / "own.docx").write_bytes(docx_of("{{ whatever.it.is }}", "{% for x in y %}"))
    assert run(["lint", "small/own.docx"]) == 1
    said = capsys.readouterr().out
    assert "never closed by 'endfor'" in said
    assert "whatever" not in said
    assert run(["lint", "small/own.docx", "--kit", "small"]) == 1
    assert "there is no 'whatever'" in capsys.readouterr().out


def test_json_says_the_same(kit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (kit / "note.docx").write_bytes(docx_of("{{ pack.titel }}"))
    assert run(["lint", "--kit", "small", "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["exit_code"] == 1
    assert [len(template["findings"]) for template in data["templates"]] == [0, 1]
    assert data["templates"][1]["findings"][0]["at"] == "body, “{{ pack.titel }}”"


@pytest.mark.parametrize("arguments", [["nowhere.docx"], ["broken.docx"], ["--kit", "nowhere"], []])
@pytest.mark.parametrize("command", ["lint", "fields"])
def test_what_cannot_be_read_is_2(
    kit: Path, command: str, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (kit.parent / "broken.docx").write_bytes(b"no zip")
    assert run([command, *arguments]) == 2
    said = capsys.readouterr()
    assert said.err
    assert "Traceback" not in said.err


def test_one_file_that_cannot_be_read_does_not_hide_what_is_wrong_with_others(
    kit: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (kit / "own.docx").write_bytes(docx_of("{{ x"))
    assert run(["lint", "nowhere.docx", "small/own.docx"]) == 2
    said = capsys.readouterr()
    assert "not closed" in said.out
    assert "nowhere.docx" in said.err


def test_fields_are_a_tree_with_places(kit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fields", "--kit", "small"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("letter.docx: 4 values")
    tree = [line.split("  body")[0].split("  term.md")[0].rstrip() for line in lines]
    assert tree[1:7] == ["  clauses[]", "    fragment", "  contract", "    term", "  partner", "    name"]
    term = next(line for line in lines if "    term" in line)
    assert "body, “{{ contract.term }} {{ partner.name }}”; term.md:13" in term


def test_fields_as_json_are_nested(kit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fields", "small/letter.docx", "--format", "json"]) == 0
    (template,) = json.loads(capsys.readouterr().out)["templates"]
    clauses = template["fields"][0]
    assert (clauses["path"], clauses["list"]) == ("clauses", True)
    assert clauses["fields"][0]["path"] == "clauses[].fragment"
    assert clauses["fields"][0]["places"][0]["at"]


def test_fields_of_a_faulty_template_say_what_is_wrong(kit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (kit / "own.docx").write_bytes(docx_of("{{ x", "{{ y | nosuch }}"))
    assert run(["fields", "small/own.docx"]) == 2
    said = capsys.readouterr().err
    assert "not closed" in said
    assert "no filter 'nosuch'" in said


def test_a_file_that_cannot_be_read_is_not_said_to_be_in_order(kit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The line of sums says what could not be looked over, in the same breath as what was."""
    (kit / "broken.docx").write_bytes(b"no zip")
    assert run(["lint", "small/broken.docx"]) == 2
    told = capsys.readouterr().out
    assert "nothing wrong" not in told
    assert "0 templates looked over, 1 could not be read." in told
    assert run(["lint", "small/broken.docx", "small/letter.docx"]) == 2
    assert "1 template looked over, 1 could not be read: no fault in what was." in capsys.readouterr().out


def test_blank_counts_what_it_wrote_in_words(kit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["blank", "--kit", "small", "-o", "out", "--only", "note"]) == 0
    assert capsys.readouterr().out.startswith("Wrote 1 document to out:\n  note.docx\n")
