"""A kit is read with all that is wrong at once, each with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.kit import edit, lay_kit

from govpack.errors import KitError
from govpack.kits import bundled_kits, read_kit


def refusal(folder: Path) -> list[str]:
    """What is wrong with a kit, with its folder left out."""
    with pytest.raises(KitError) as caught:
        read_kit(folder)
    return [str(finding).removeprefix(f"{folder}/") for finding in caught.value.findings]


def test_the_bundled_kits_are_right() -> None:
    for folder in bundled_kits():
        kit = read_kit(folder)
        assert kit.name == folder.name
        assert kit.checklist is not None
        assert all(file.is_file() for file in kit.files)


def test_clauses_come_in_their_order_with_their_wordings_and_lines(tmp_path: Path) -> None:
    kit = read_kit(lay_kit(tmp_path / "kit"))
    assert list(kit.clauses) == ["switching", "term"]
    term = kit.clauses["term"]
    assert {name: (w.text, w.line) for name, w in term.variants.items()} == {
        "preferred": ("The term is {{ contract.term }} months.", 13),
        "fallback_1": ("The term is open.", 17),
    }


def test_a_heading_in_a_code_block_is_text(tmp_path: Path) -> None:
    folder = lay_kit(tmp_path / "kit")
    edit(folder / "clauses" / "switching.md", ("You may switch.", "```\n## fallback\n```\nYou may."))
    assert read_kit(folder).clauses["switching"].variants["preferred"].text == "```\n## fallback\n```\nYou may."


def test_an_unknown_key_and_a_missing_template_are_both_said(tmp_path: Path) -> None:
    folder = lay_kit(tmp_path / "kit")
    (folder / "note.docx").rename(folder / "notes.docx")
    assert refusal(folder) == ["kit.yaml:15:15: the kit has no 'note.docx' (did you mean 'notes.docx'?)"]
    edit(folder / "kit.yaml", ("    purpose: One for the pack.", "    purpos: One for the pack."))
    said = refusal(folder)
    assert any("'purpos' is not known" in line and "did you mean 'purpose'?" in line for line in said)
    assert any(line.startswith("kit.yaml:13:") and "purpose is missing" in line for line in said)


def test_an_output_may_not_leave_the_pack(tmp_path: Path) -> None:
    folder = lay_kit(tmp_path / "kit")
    edit(folder / "kit.yaml", ("output: internal/note.docx", "output: ../note.docx"))
    assert [line.split(": ")[0] for line in refusal(folder)] == ["kit.yaml:16:13"]


def test_a_condition_has_only_filters_whose_work_is_bounded(tmp_path: Path) -> None:
    folder = lay_kit(tmp_path / "kit")
    edit(folder / "clauses" / "switching.md", ("contract.data_act.in_scope", "contract.id | center(999999999)"))
    assert "No filter named 'center'" in refusal(folder)[0]


def test_problems_of_all_clauses_come_at_once(tmp_path: Path) -> None:
    folder = lay_kit(tmp_path / "kit")
    edit(folder / "clauses" / "term.md", ("## fallback_1", "## falback_1"))
    edit(folder / "clauses" / "switching.md", ("in_scope", "in_scope =="), ("You may switch.", ""))
    (folder / "clauses" / "other.md").write_text("no front matter")
    (folder / "clauses" / "again.md").write_text(
        "---\nid: term\ntitle: T\ngroup: G\norder: 1\ntypes: [services agreement]\n"
        "variants: {preferred: {}}\nwhy: W.\n---\nloose\n## preferred\nText.\n"
    )
    said = refusal(folder)
    assert [line.split(": ")[0] for line in said] == [
        "clauses/again.md:10:1",
        "clauses/other.md:1:1",
        "clauses/switching.md:11:1",
        "clauses/switching.md:7:7",
        "clauses/term.md:17:1",
        "clauses/term.md:7:49",
        "clauses/term.md",
    ]
    assert "this text belongs to no variant" in said[0]
    assert "did you mean 'fallback_1'?" in said[4]
    assert "stands in again.md already" in said[6]


@pytest.mark.parametrize("text", ["", "- a\n", "kit: [", "kit: a\n\ttitle: b\n"])
def test_a_manifest_that_says_nothing_readable_is_refused(tmp_path: Path, text: str) -> None:
    folder = lay_kit(tmp_path / "kit")
    (folder / "kit.yaml").write_text(text)
    assert refusal(folder)[0].startswith("kit.yaml")


@pytest.mark.parametrize(
    ("note", "says"),
    [
        ("{% for each in contract.fees %}A{% endfor %}", "a note may hold {% if %}, and no other tag"),
        ("{{ contract.term }} months", "a note prints no values: it may hold {% if %}, and no other tag"),
        ("{% if contract.term %}A", "an {% if %} of this note has no {% endif %}"),
        ("A{% endif %}", "{% endif %} belongs to no {% if %} of this note"),
        ("{% if contract.term %}A{% else %}B{% else %}C{% endif %}", "an {% if %} of this note has no {% endif %}"),
        ("{% if term of %}A{% endif %}", "'term of' is no expression"),
        ("{% if contract.term A", "a note may hold {% if %}, and no other tag"),
    ],
)
def test_a_note_may_ask_and_nothing_else(tmp_path: Path, note: str, says: str) -> None:
    """A loop over somebody's data could run for ever; a value would be printed without the filters of a paper."""
    folder = lay_kit(tmp_path / "kit")
    edit(folder / "clauses" / "term.md", ("why: A contract ends.", f'why: "{note}"'))
    (found,) = refusal(folder)
    assert found.startswith("clauses/term.md:8:6: ")
    assert says in found


def test_what_is_wrong_with_the_regulatory_map_is_said_row_by_row(tmp_path: Path) -> None:
    folder = lay_kit(tmp_path / "kit")
    edit(folder / "kit.yaml", ("clauses: clauses", "clauses: clauses\nregulatory_map: map.yaml"))
    assert refusal(folder) == ["kit.yaml:5:17: the kit has no 'map.yaml' (put it there, or mend its name)"]
    (folder / "map.yaml").write_text("- {law: A, article: B, requires: C, answered_by: [term], when: a b}\n")
    assert [line.split(": ")[:2] for line in refusal(folder)] == [["map.yaml:1:64", "when"]]
    (folder / "map.yaml").write_text("- {law: A, article: B, answered_by: []}\n")
    assert sorted(line.split(": ")[0] for line in refusal(folder)) == ["map.yaml:1:3", "map.yaml:1:37"]
    (folder / "map.yaml").write_text("law: A\n")
    assert [line.split(": ")[0] for line in refusal(folder)] == ["map.yaml:1:1"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("audience: counterparty\n", "audience: counterparty\n    drafting_notes: true\n"),
        ("audience: internal\n", "audience: internal\n    drafting_notes: true\n"),
    ],
)
def test_drafting_notes_are_for_an_internal_document_of_a_contract(tmp_path: Path, old: str, new: str) -> None:
    folder = lay_kit(tmp_path / "kit")
    edit(folder / "kit.yaml", (old, new))
    assert "drafting notes are for our own lawyers" in refusal(folder)[0]


def test_a_mistake_in_a_clause_is_told_in_words_of_its_file(tmp_path: Path) -> None:
    folder = lay_kit(tmp_path / "kit")
    term = folder / "clauses" / "term.md"
    edit(term, ("title: Term", "titel: Term"), ("types: [services agreement]", "types: [service agreement]"))
    assert refusal(folder) == [
        "clauses/term.md:2:1: title is missing from this file (add it: heading of the clause)",
        "clauses/term.md:6:9: item 1 of types must be one of services agreement, co-innovation agreement; "
        "found 'service agreement' (did you mean 'services agreement'?)",
        "clauses/term.md:3:1: 'titel' is not known in this file (did you mean 'title'?)",
    ]


def test_what_word_and_editors_lay_beside_an_open_file_is_no_clause(tmp_path: Path) -> None:
    folder = lay_kit(tmp_path / "kit")
    (folder / "clauses" / "~$term.md").write_bytes(b"\x01Ann")
    (folder / "clauses" / ".term.md").write_text("half")
    assert list(read_kit(folder).clauses) == ["switching", "term"]


def test_an_internal_document_may_not_be_written_where_the_counterpartys_lie(tmp_path: Path) -> None:
    folder = lay_kit(tmp_path / "kit")
    edit(folder / "kit.yaml", ("output: internal/note.docx", "output: Counterparty/note.docx"))
    (said,) = refusal(folder)
    assert said.startswith("kit.yaml:16:13: what lies in counterparty/ is sent as it is")


def test_a_typed_number_and_an_item_between_two_levels_are_named_with_the_way_to_mend_them(tmp_path: Path) -> None:
    folder = lay_kit(tmp_path / "kit")
    text = "1. First.\n1.2 Second.\n1. Third:\n  1. wrong;\n   1. right:\n      1. right.\n   (b) typed.\nNot (b) this."
    edit(folder / "clauses" / "switching.md", ("You may switch.", text))
    levels = "'1.' at the margin is 1.1, indented by three blanks it is (a), by six (i)"
    assert refusal(folder) == [
        f"clauses/switching.md:13:1: the number 1.2 is typed (let Word number it: {levels})",
        f"clauses/switching.md:15:3: this item is indented by 2 blanks, which is no level ({levels})",
        f"clauses/switching.md:18:4: the number (b) is typed (let Word number it: {levels})",
    ]
