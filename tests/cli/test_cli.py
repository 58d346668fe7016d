"""The commands: what they print, where, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from tests.support.html import read_html
from tests.support.kit import docx_of, edit, lay_pack

from govpack.cli import govpack, run

CHECKLIST = """\
title: A short list
documents:
  note: {title: Note, files: ["*note*.docx"]}
items:
  - id: clean
    asks: Nothing is left open.
    of: note
    requires:
      - no_tags_left:
"""


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small pack with a kit of its own, in the current folder."""
    monkeypatch.chdir(tmp_path)
    folder = lay_pack(tmp_path / "mine")
    (folder / "kit" / "checklist.yaml").write_text(CHECKLIST)
    edit(folder / "kit" / "kit.yaml", ("clauses: clauses", "clauses: clauses\nchecklist: checklist.yaml"))
    return Path("mine")


def test_help_and_version_need_nothing_but_click() -> None:
    code = (
        "import sys; from govpack.cli import run; "
        "codes = [run(['--version']), run(['--help']), run(['build', '--help'])]; "
        "heavy = {'pydantic', 'lxml', 'jinja2', 'yaml', 'babel', 'rich', 'docx', 'pptx', 'markdown_it', 'rapidfuzz'}; "
        "print(codes, sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[0, 0, 0] []"
    assert done.stdout.startswith("govpack 0.")


def test_every_command_teaches_with_an_example() -> None:
    for name, command in govpack.commands.items():
        assert command.help is not None
        assert f"govpack {name}" in command.help, name
        for parameter in command.params:
            assert isinstance(parameter, click.Argument) or parameter.help or parameter.opts == ["--format"], parameter


def test_every_command_is_in_the_readme() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for name, command in govpack.commands.items():
        assert f"govpack {name}" in readme, name
        for parameter in command.params:
            if parameter.name in ("only", "replace", "kit", "checklist", "form"):
                assert parameter.opts[0] in readme, parameter.opts


def test_build_writes_shows_the_verdicts_and_says_what_to_open(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", str(pack)]) == 0
    said = capsys.readouterr()
    assert "A short list" in said.out
    assert "met" in said.out
    assert said.out.endswith("Wrote 3 documents to mine-pack.\nOpen mine-pack/index.html first.\n")
    assert "pack.yaml:10:5: contract.purpose has no value" in said.err
    assert Path("mine-pack/pack.json").is_file()


def test_build_is_done_even_where_the_checklist_is_not_met(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (pack / "kit" / "note.docx").write_bytes(docx_of("{{ custom.gap }}"))
    edit(pack / "pack.yaml", ("people:", "custom: {gap: }\npeople:"))
    checklist = pack / "kit" / "checklist.yaml"
    edit(checklist, ("no_tags_left:", "no_placeholders:"))
    assert run(["build", str(pack), "-o", "out"]) == 0
    assert "not met" in capsys.readouterr().out
    assert run(["check", "out", "--kit", str(pack / "kit")]) == 1
    assert run(["check", "out", "--checklist", str(checklist)]) == 1


def test_check_is_0_where_all_is_met_and_speaks_json(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", str(pack), "-o", "out"]) == 0
    capsys.readouterr()
    assert run(["check", "out", "--kit", str(pack / "kit"), "--format", "json"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert [item["verdict"] for item in json.loads(said.out)["items"]] == ["met"]


def test_check_writes_a_page_of_the_verdicts(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", str(pack), "-o", "out"]) == 0
    capsys.readouterr()
    assert run(["check", "out", "--kit", str(pack / "kit"), "--format", "html"]) == 0
    page = read_html(capsys.readouterr().out)
    assert page.one("h1").text == "A short list"
    assert [item.attributes["data-verdict"] for item in page.all("details", data_entry="item")] == ["met"]


def test_build_of_one_document_says_to_open_that_one(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", str(pack), "--only", "note"]) == 0
    assert capsys.readouterr().out.endswith("Open mine-pack/internal/note.docx first.\n")


def test_check_is_2_where_it_cannot_judge(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("note.docx").write_bytes(b"no zip")
    checklist = pack / "kit" / "checklist.yaml"
    assert run(["check", "note.docx", "--checklist", str(checklist)]) == 2
    assert run(["check", "nowhere", "--checklist", str(checklist)]) == 2
    assert run(["check", "note.docx", "--checklist", "nowhere.yaml"]) == 2
    assert "nowhere.yaml" in capsys.readouterr().err


def test_check_takes_the_checklist_of_the_bundled_kit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "note.docx").write_bytes(docx_of("A note"))
    assert run(["check", str(tmp_path)]) == 1
    assert "governance-complete" in capsys.readouterr().out


def test_check_says_which_kit_it_misses(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", str(pack), "-o", "out"]) == 0
    capsys.readouterr()
    assert run(["check", "out"]) == 2
    assert capsys.readouterr().err == "there is no kit 'small' (bundled: partnership; or give a folder)\n"


def test_validate_says_what_is_there_or_all_that_is_wrong(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", str(pack)]) == 0
    assert capsys.readouterr().out == "mine is right: 2 partners, 2 contracts, 0 risks.\n"
    edit(pack / "pack.yaml", ("partner: zeta", "partner: zetta"), ("term: 36", "term: many"))
    assert run(["validate", str(pack)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    first, second, last = said.err.splitlines()
    assert first.startswith("mine/pack.yaml:10:")
    assert "whole number" in first
    assert second.startswith("mine/pack.yaml:11:")
    assert "did you mean 'zeta'?" in second
    assert last.startswith("govpack: mine has 2 problems")


def test_init_validate_build_is_a_way_to_a_first_pack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["init", "first"]) == 0
    assert "Edit them, then: govpack validate first" in capsys.readouterr().out
    assert run(["validate", "first"]) == 0
    assert run(["build", "first"]) == 0
    assert Path("first-pack/pack.json").is_file()
    assert run(["init", "first"]) == 2


def test_schema_is_json_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert "contracts" in schema["properties"]
    assert run(["schema", "-o", str(tmp_path / "schema.json")]) == 0
    assert json.loads((tmp_path / "schema.json").read_text(encoding="utf-8")) == schema


def test_kits_lists_what_each_makes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["kits"]) == 0
    said = capsys.readouterr().out
    assert "partnership" in said
    assert "governance-charter" in said


def test_a_kit_is_copied_and_builds_a_pack_then(pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["kits", "copy", str(pack / "kit"), "my-kit"]) == 0
    assert "govpack build PACK --kit my-kit" in capsys.readouterr().out
    assert run(["build", str(pack), "--kit", "my-kit", "-o", "out"]) == 0
    assert run(["kits", "copy", str(pack / "kit"), "my-kit"]) == 2
    assert "holds files already" in capsys.readouterr().err


def test_a_wrong_option_is_2_and_says_how_to_get_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "--nonsense"]) == 2
    assert "--nonsense" in capsys.readouterr().err
    assert run(["biuld"]) == 2
    assert "biuld" in capsys.readouterr().err


def test_an_interrupt_is_130_without_a_traceback(
    pack: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("govpack.build.make.render_targets", interrupt)
    assert run(["build", str(pack)]) == 130
    assert capsys.readouterr().err.strip() == "govpack: interrupted"
    assert not Path("mine-pack").exists()


def test_what_should_not_happen_is_a_sentence_and_a_traceback_only_on_request(
    pack: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fall(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr("govpack.build.make.render_targets", fall)
    assert run(["build", str(pack)]) == 2
    assert "this should not happen: ZeroDivisionError: by nought" in capsys.readouterr().err
    monkeypatch.setenv("GOVPACK_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        run(["build", str(pack)])


def test_a_reader_that_goes_away_is_no_error_of_ours(pack: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "govpack", "schema"], stdout=writer, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writer)
    assert done.stderr == ""
    assert done.returncode == 141


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_output_is_plain_in_any_encoding_when_piped(pack: Path, encoding: str) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "govpack", "build", str(pack)], capture_output=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    assert b"\x1b[" not in done.stdout + done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("colour", [True, False])
def test_colours_are_for_terminals_and_may_be_refused(pack: Path, colour: bool) -> None:
    import pty  # noqa: PLC0415 - not on Windows

    edit(pack / "pack.yaml", ("term: 36, ", "clauses: {switching: preferred}, omit_clauses: [switching], "))
    environment = {**os.environ, "TERM": "xterm-256color", **({} if colour else {"NO_COLOR": "1"})}
    main, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "govpack", "validate", str(pack)], stderr=terminal, stdout=terminal, env=environment
    )
    process.wait(timeout=60)
    os.close(terminal)
    said = os.read(main, 65536)
    os.close(main)
    assert b"warning" in said
    assert (b"\x1b[33m" in said) is colour
