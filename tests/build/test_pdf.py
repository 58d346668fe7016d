"""``build --pdf``: documents as PDF through LibreOffice, plainly said without it, never older than what they show."""

from __future__ import annotations

import json
import re
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.command import run_govpack
from tests.support.office import Office

from govpack.build import build_pack
from govpack.build import office as program
from govpack.build.office import show_as_pdf
from govpack.build.place import hash_of

MINIMAL = Path(__file__).parents[2] / "fixtures" / "minimal"
BRIEFING, STRATEGY = "internal/executive-briefing", "internal/partnership-strategy"
TWO = tuple(path.rpartition("/")[2] for path in (BRIEFING, STRATEGY))
# Stands in for LibreOffice: writes a PDF for each file that it is given, and notes what it was called with.
_FAKE = """#!{python}
import pathlib, sys
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
out.mkdir(parents=True, exist_ok=True)
for name in sys.argv[sys.argv.index("--outdir") + 2:]:
    {each}
"""
_WRITES = (
    'given = pathlib.Path(name); (out / f"{given.stem}.pdf").write_bytes(b"%PDF-1.6 of " + given.read_bytes()[:99])'
)


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MINIMAL, tmp_path / "inputs"))


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Puts a program in the place of LibreOffice that does `each` with every file."""

    def put(each: str = _WRITES) -> Path:
        file = tmp_path / "soffice"
        file.write_text(_FAKE.format(python=sys.executable, each=each), encoding="utf-8")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr("govpack.build.pdf.find_office", lambda: str(file))
        return file

    return put


def build(inputs: Path, out: Path, *only: str, pdf: bool = False) -> tuple[tuple[str, ...], list[str]]:
    """The PDFs of the pack, and what the build said of them."""
    result = build_pack(inputs, out, only=only, pdf=pdf)
    return result.pdfs, [str(finding) for finding in result.findings if "PDF" in finding.message]


def change(inputs: Path) -> None:
    file = inputs / "pack.yaml"
    text = file.read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^(  title: ).*$", r"\1Another programme", text, count=1)
    assert changed != text
    file.write_text(changed, encoding="utf-8")


def test_without_libreoffice_the_pack_is_written_and_the_command_says_what_to_do(inputs: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run_govpack("build", inputs, "-o", out, "--only", "executive-briefing", "--pdf", PATH=str(tmp_path))
    if "LibreOffice" not in done.stderr:
        pytest.skip("LibreOffice is installed where no PATH leads")
    assert done.returncode == 1
    assert "no PDF was written of 1 document: LibreOffice, which renders them, is not installed here" in done.stderr
    assert "As PDF: none; the warnings above the verdicts say what is missing, and why." in done.stdout
    assert "put soffice on the PATH" in done.stderr
    assert (out / f"{BRIEFING}.pptx").is_file()
    assert not (out / "pdf").exists()


def test_a_pdf_lies_in_the_same_folder_below_pdf_and_pack_json_says_what_it_shows(
    inputs: Path, tmp_path: Path, fake: Callable[[str], Path]
) -> None:
    fake()
    out = tmp_path / "out"
    pdfs, said = build(inputs, out, pdf=True)
    assert said == []
    documents = [p for p in out.rglob("*") if p.suffix in (".docx", ".pptx", ".xlsx")]
    assert {Path(path) for path in pdfs} == {Path("pdf") / p.relative_to(out).with_suffix(".pdf") for p in documents}
    record = json.loads((out / "pack.json").read_text(encoding="utf-8"))["files"]
    for path in pdfs:
        assert record[path]["sha256"] == hash_of(out / path)
        assert record[path]["kind"] == "pdf"
    assert record[f"pdf/{BRIEFING}.pdf"]["built_from"] == hash_of(out / f"{BRIEFING}.pptx")


def test_a_pdf_that_still_agrees_stays_and_is_not_made_again(
    inputs: Path, tmp_path: Path, fake: Callable[[str], Path]
) -> None:
    fake()
    out = tmp_path / "out"
    pdfs, _ = build(inputs, out, pdf=True)
    fake("raise SystemExit('nothing is to be rendered')")
    assert build(inputs, out, pdf=True) == (pdfs, [])
    assert build(inputs, out) == (pdfs, [])
    assert all((out / path).is_file() for path in pdfs)


@pytest.mark.parametrize("only", [(), ("executive-briefing",)])
def test_a_pdf_that_no_longer_shows_its_document_goes(
    inputs: Path, tmp_path: Path, fake: Callable[[str], Path], only: tuple[str, ...]
) -> None:
    fake()
    out = tmp_path / "out"
    build(inputs, out, *TWO, pdf=True)
    change(inputs)
    pdfs, _ = build(inputs, out, *only)
    assert f"pdf/{BRIEFING}.pdf" not in pdfs
    assert not (out / f"pdf/{BRIEFING}.pdf").exists()
    assert (out / f"pdf/{STRATEGY}.pdf").exists() is bool(only), "what was not built again is still shown right"


def test_a_document_that_a_person_edited_has_no_pdf_from_before(
    inputs: Path, tmp_path: Path, fake: Callable[[str], Path]
) -> None:
    fake()
    out = tmp_path / "out"
    build(inputs, out, *TWO, pdf=True)
    (out / f"{STRATEGY}.docx").write_bytes((out / f"{STRATEGY}.docx").read_bytes() + b"edited")
    build(inputs, out, "executive-briefing")
    assert not (out / f"pdf/{STRATEGY}.pdf").exists()
    assert (out / f"pdf/{BRIEFING}.pdf").exists()


def test_a_pdf_that_a_person_marked_up_is_not_thrown_away(
    inputs: Path, tmp_path: Path, fake: Callable[[str], Path]
) -> None:
    fake()
    out = tmp_path / "out"
    build(inputs, out, *TWO, pdf=True)
    marked = out / f"pdf/{BRIEFING}.pdf"
    marked.write_bytes(b"%PDF with remarks")
    change(inputs)
    result = build_pack(inputs, out)
    assert marked.read_bytes() == b"%PDF with remarks"
    assert any(str(marked) in str(finding) and "it stays" in finding.message for finding in result.findings)


@pytest.mark.parametrize("each", ["pass", "(out / '0.pdf').write_bytes(b'no such thing')"])
def test_a_document_that_cannot_be_rendered_is_named_and_the_pack_is_written(
    inputs: Path, tmp_path: Path, fake: Callable[[str], Path], each: str
) -> None:
    fake(each)
    out = tmp_path / "out"
    result = build_pack(inputs, out, only=("executive-briefing",), pdf=True)
    assert not result.is_whole
    assert f"{BRIEFING}.pptx: no PDF was written of it: LibreOffice could not open it" in str(result.findings[-1])
    assert (out / f"{BRIEFING}.pptx").is_file()


def test_a_program_that_never_answers_is_given_up(
    tmp_path: Path, fake: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "_START", 1)
    monkeypatch.setattr(program, "_EACH", 0)
    given = tmp_path / "a.docx"
    given.write_bytes(b"x")
    began = time.monotonic()
    shown = show_as_pdf(str(fake("import time; time.sleep(60)")), {"a": given})
    assert shown.missing == {"a": "LibreOffice did not answer within 1 seconds"}
    assert time.monotonic() - began < 20


def test_the_office_files_are_the_same_with_pdf_and_without(
    inputs: Path, tmp_path: Path, fake: Callable[[str], Path]
) -> None:
    fake("pathlib.Path(name).write_bytes(b'spoilt')")
    build(inputs, tmp_path / "with", *TWO, pdf=True)
    build(inputs, tmp_path / "without", *TWO)
    for path in (tmp_path / "without").rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "with" / path.relative_to(tmp_path / "without")).read_bytes()


@pytest.mark.office
def test_libreoffice_shows_document_deck_and_workbook(nordhaven: Path, tmp_path: Path, office: Office) -> None:
    out = tmp_path / "out"
    only = ("joint-roadmap", "executive-briefing", "vendor-scorecard")
    done = run_govpack("build", nordhaven, "-o", out, "--pdf", *(word for name in only for word in ("--only", name)))
    assert done.returncode == 0, done.stderr
    assert f"As PDF: 6 documents in {out / 'pdf'}." in done.stdout
    for path, words in (
        ("counterparty/nimbus/joint-roadmap", "Cost of serving models"),
        (BRIEFING, "We ask for 4 decisions"),
        ("internal/vendor-scorecard", "Weighted score"),
    ):
        file = out / "pdf" / f"{path}.pdf"
        text = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True).stdout
        assert text.count("\f") >= 1, "pages"
        assert words in text


@pytest.mark.office
def test_what_goes_to_a_partner_says_nothing_of_us_and_not_when_it_was_made(
    nordhaven: Path, tmp_path: Path, office: Office
) -> None:
    made = []
    for name in ("one", "two"):
        build(nordhaven, tmp_path / name, "joint-roadmap", pdf=True)
        made.append((tmp_path / name / "pdf/counterparty/nimbus/joint-roadmap.pdf").read_bytes())
    assert made[0] == made[1]
    assert b"20260930000000" in made[0]
    said = subprocess.run(
        ["pdfinfo", tmp_path / "one/pdf/counterparty/nimbus/joint-roadmap.pdf"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert not re.search(r"internal|confidential|score|/tmp|contract\.", said, re.IGNORECASE), said
    assert re.search(r"Form: +none", said), "a control would carry its path in our inputs"
