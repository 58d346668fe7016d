"""The guide to kits, followed step by step as its reader would: files written, Word edited, commands run."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from tests.support.command import run_govpack

from govpack.model.kit import KitDocument

GUIDE = Path(__file__).parents[2] / "docs" / "kits.md"
_BLOCK = re.compile(
    r"(?:<!-- (?P<kind>word|file|says): (?P<what>[^>]+?) -->\n)?```(?P<form>\w+)\n(?P<text>.*?)```\n", re.S
)
_SECTION = re.compile(r"^## \d+\. ", re.M)


@dataclass(frozen=True)
class Step:
    """A fenced block of the guide: under which section, what is to be done with it, to which file, and where."""

    section: int
    kind: str
    what: str
    where: str
    text: str


def steps() -> Iterator[Step]:
    """The guide's blocks, in their order."""
    guide = GUIDE.read_text(encoding="utf-8")
    for found in _BLOCK.finditer(guide):
        kind = found["kind"] or ("run" if found["form"] == "sh" else "")
        assert kind, f"a block that the test can't follow: {found['text'][:60]}"
        what, _, where = (found["what"] or "").partition(", ")
        yield Step(len(_SECTION.findall(guide, 0, found.start())), kind, what, where, found["text"])


def follow(folder: Path, last: int) -> None:
    """Do what the sections up to `last` say, in `folder`. AssertionError where something is not as they say."""
    for step in steps():
        if step.section > last:
            return
        match step.kind:
            case "run":
                for line in step.text.strip().splitlines():
                    program, *arguments = shlex.split(line)
                    assert program == "govpack", line
                    done = run_govpack(*arguments, cwd=folder)
                    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
            case "file":
                write(folder / step.what, step.where, step.text)
            case "word":
                write_in_word(folder / step.what, step.where, step.text.strip().splitlines())
            case "says":
                done = run_govpack(*shlex.split(step.what), cwd=folder)
                for line in step.text.strip().splitlines():
                    assert line in done.stdout + done.stderr, f"{step.what} does not say: {line}"


def write(file: Path, where: str, text: str) -> None:
    """Make a file of `text`, or put it where the guide says."""
    if not where:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return
    before = file.read_text(encoding="utf-8")
    if where == "at the end":
        file.write_text(before + text, encoding="utf-8")
        return
    line = where.removeprefix("below ")
    assert before.count(f"\n{line}\n") == 1, f"{file.name} has no line {line!r}, or several"
    file.write_text(before.replace(f"\n{line}\n", f"\n{line}\n{text}"), encoding="utf-8")


def write_in_word(file: Path, where: str, lines: list[str]) -> None:
    """Type `lines` into a new document, or below a heading of one that is there."""
    if where == "new":
        file.parent.mkdir(parents=True, exist_ok=True)
        document = docx.Document()
        typed(document, lines)
    else:
        document = docx.Document(str(file))
        heading = where.removeprefix("below ")
        after = next(p for p in document.paragraphs if p.text == heading and p.style and p.style.name == "Heading 1")
        for line in reversed(lines):
            paragraph = document.add_paragraph(line, style="Body Text")
            after._p.addnext(paragraph._p)
    document.save(str(file))


def typed(document: Document, lines: list[str]) -> None:
    """A title, headings, paragraphs, and rows of a table between bars."""
    rows: list[list[str]] = []
    for number, line in enumerate([*lines, ""]):
        if line.startswith("| "):
            rows.append(cells_of(line))
            continue
        if rows:
            table = document.add_table(rows=len(rows), cols=len(rows[0]))
            for row, texts in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
            rows = []
        if line.startswith("# "):
            document.add_heading(line.removeprefix("# "), level=1)
        elif line:
            document.add_paragraph(line, style="Title" if number == 0 else None)


def cells_of(line: str) -> list[str]:
    """The cells between bars; a bar without blanks on both sides, or within a tag, belongs to its cell."""
    pieces = re.split(r" \| (?![^{]*\}\})", line.removeprefix("| ").removesuffix(" |"))
    return [piece.strip() for piece in pieces]


def text_of(file: Path) -> str:
    document = docx.Document(str(file))
    inside = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *inside])


def verdicts(folder: Path, pack: str, kit: str) -> dict[str, str]:
    done = run_govpack("check", pack, "--kit", kit, "--format", "json", cwd=folder)
    return {item["id"]: item["verdict"] for item in json.loads(done.stdout)["items"]}


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a reader who has done all that the guide says."""
    folder = tmp_path_factory.mktemp("reader")
    follow(folder, 7)
    return folder


def test_a_sentence_written_in_word_reaches_the_charter(followed: Path) -> None:
    charter = text_of(followed / "out" / "counterparty" / "alpha" / "governance-charter.docx")
    assert re.search(r"The minutes of each forum go to \w+ \w+ and \w+ \w+ within five working days\.", charter)


def test_the_note_is_made_for_each_critical_partner_and_for_no_other(followed: Path) -> None:
    notes = {path.parent.name for path in (followed / "out").rglob("partner-note.docx")}
    assert notes == {"alpha"}
    note = text_of(followed / "out" / "internal" / "alpha" / "partner-note.docx")
    assert "Note on Alpha" in note
    assert re.search(r"supports .+\. Leaving would take \d+\smonths\.", note)
    table = docx.Document(str(followed / "out" / "internal" / "alpha" / "partner-note.docx")).tables[0]
    assert len(table.rows) >= 2
    assert all(cell.text.strip() for row in table.rows for cell in row.cells)


def test_the_clause_stands_in_the_agreement_and_is_explained_in_the_review_copy(followed: Path) -> None:
    agreement = docx.Document(str(followed / "out" / "counterparty" / "alpha" / "partnership-agreement.docx"))
    headings = [p.text for p in agreement.paragraphs if p.style and p.style.name == "Heading 1"]
    assert "Records" in headings
    assert "for seven years" in "\n".join(p.text for p in agreement.paragraphs)
    copy = docx.Document(str(followed / "out" / "internal" / "alpha" / "partnership-agreement-review-copy.docx"))
    notes = [comment.text for comment in copy.comments]
    assert any("A dispute over a service credit is lost without the measurements." in note for note in notes)


def test_the_checklist_item_is_met_until_the_table_is_deleted(followed: Path, tmp_path: Path) -> None:
    assert verdicts(followed, "out", "my-kit")["partner-notes"] == "met"
    note = docx.Document(str(followed / "out" / "internal" / "alpha" / "partner-note.docx"))
    note.element.body.remove(note.tables[0]._tbl)
    note.save(str(tmp_path / "partner-note.docx"))
    done = run_govpack("check", tmp_path, "--kit", "my-kit", "--format", "json", cwd=followed)
    (item,) = [each for each in json.loads(done.stdout)["items"] if each["id"] == "partner-notes"]
    assert item["verdict"] == "partly met"
    assert "partner-note.docx" in json.dumps(item)
    assert "no table with the columns Risk, What we do and Owner" in json.dumps(item)


def test_a_kit_for_another_module_builds_from_custom_data_and_is_judged_by_its_own_checklist(followed: Path) -> None:
    out = followed / "innovation-out" / "internal"
    charter = text_of(out / "innovation-charter.docx")
    for words in ("Owner: Rosa Lind.", "There are 2 ideas", "Forecast of demand", "Karl Moe", "60 days", "Idea board"):
        assert words in charter
    assert json.loads((out / "idea-list.json").read_bytes()) == {
        "as_of": "2026-09-30",
        "ideas": [
            {"name": "Answers in plain language", "stage": "pilot", "sponsor": "sponsor"},
            {"name": "Forecast of demand", "stage": "idea", "sponsor": "head"},
        ],
    }
    assert verdicts(followed, "innovation-out", "innovation-kit") == {"charter-complete": "met"}


def test_the_templates_to_sign_are_those_of_the_kit_with_fields_to_fill_in(followed: Path) -> None:
    folder = followed / "templates-to-sign"
    agreement = docx.Document(str(folder / "partnership-agreement-services.docx"))
    words = "\n".join("".join(node.text or "" for node in p._p.iter(qn("w:t"))) for p in agreement.paragraphs)
    assert "“Effective Date” means [first day of the agreement]." in words
    assert "The Partner shall keep its measurements of the service levels for seven years." in words
    assert (folder / "partner-note.docx").exists()
    assert next(iter(agreement.comments)).text.startswith("This is a template to fill in by hand.")


@pytest.mark.parametrize(("status", "code"), [("draft", 0), ("issued", 2)])
def test_a_misspelt_id_in_custom_data_is_named_with_its_tag_and_is_never_issued(
    followed: Path, tmp_path: Path, status: str, code: int
) -> None:
    pack = (followed / "innovation-pack" / "pack.yaml").read_text(encoding="utf-8")
    pack = pack.replace("sponsor: head, gate", "sponsor: haed, gate").replace("pack: {", f"pack: {{status: {status}, ")
    (tmp_path / "pack.yaml").write_text(pack, encoding="utf-8")
    done = run_govpack("build", tmp_path / "pack.yaml", "--kit", "innovation-kit", "-o", tmp_path / "out", cwd=followed)
    assert done.returncode == code, done.stderr
    assert "people[idea.sponsor].name" in done.stderr
    assert "did you mean 'head'?" in done.stderr
    assert (tmp_path / "out").exists() == (code == 0)


def test_the_guide_explains_each_key_that_a_document_of_a_kit_may_have() -> None:
    table = GUIDE.read_text(encoding="utf-8")
    assert [name for name in KitDocument.model_fields if f"| `{name}` |" not in table] == []
