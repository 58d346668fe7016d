"""Checklists from YAML: what is wrong is said with file, line and the nearest right name."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.partnership import CHECKLIST

from govpack.check import read_checklist
from govpack.errors import ChecklistError

TOP = """title: Ours
documents:
  charter: {title: Charter, files: ["*.docx"]}
items:
  - id: one
    asks: Does it say so?
    of: charter
    requires:
"""


def problems(folder: Path, requires: str) -> str:
    """What a checklist with these requirements is refused for."""
    path = folder / "checklist.yaml"
    path.write_text(TOP + requires, encoding="utf-8")
    with pytest.raises(ChecklistError) as caught:
        read_checklist(path)
    return "\n".join(str(finding) for finding in caught.value.findings)


def test_the_bundled_checklist_reads_and_asks_the_four_items_of_the_brief() -> None:
    checklist = read_checklist(CHECKLIST)
    asked = {item.id: item.asks for item in checklist.items}
    assert asked["strategy-complete"] == "Strategy includes segmentation, goals, KPIs, and risk mitigation."
    assert asked["governance-complete"] == "Governance templates cover roles, cadence, escalation, and compliance."
    assert asked["scorecard-complete"] == "Scorecard tracks technical, financial, and innovation metrics."
    assert asked["enablement-ready"] == "Output informs PROJ-504 enablement materials."


def test_an_unknown_kind_is_refused_at_its_line_with_the_nearest_one(tmp_path: Path) -> None:
    told = problems(tmp_path, "      - tabel: {columns: [A]}\n")
    assert "checklist.yaml:9:9: there is no requirement kind 'tabel' (did you mean 'table'?)" in told


def test_an_unknown_argument_is_refused_at_its_line(tmp_path: Path) -> None:
    told = problems(tmp_path, "      - table:\n          columns: [A]\n          row: 3\n")
    assert ":11:" in told
    assert "table: unknown key 'row' (did you mean 'rows'?)" in told


def test_a_missing_and_a_wrong_argument_are_told_together(tmp_path: Path) -> None:
    told = problems(tmp_path, "      - table: {rows: many}\n      - section: {words: 3}\n")
    assert "'columns' is missing" in told
    assert "'rows'" in told
    assert "section: 'heading' is missing" in told


def test_a_document_that_is_not_described_is_refused(tmp_path: Path) -> None:
    assert "there is no document 'charta'" in problems(tmp_path, "      - section: Roles\n        of: charta\n")


def test_a_missing_checklist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ChecklistError, match="cannot be read"):
        read_checklist(tmp_path / "none.yaml")


def test_a_lone_value_stands_for_the_kinds_main_argument(tmp_path: Path) -> None:
    path = tmp_path / "checklist.yaml"
    path.write_text(TOP + "      - section: Roles\n      - no_placeholders:\n", encoding="utf-8")
    (item,) = read_checklist(path).items
    assert [wanted.kind.name for wanted in item.requires] == ["section", "no_placeholders"]


def test_a_condition_that_there_is_not_is_refused_with_the_nearest(tmp_path: Path) -> None:
    path = tmp_path / "checklist.yaml"
    body = "      - section: {heading: Roles, when: personel data}\n"
    path.write_text("conditions:\n  personal data: {mentions: GDPR}\n" + TOP + body, encoding="utf-8")
    with pytest.raises(ChecklistError) as caught:
        read_checklist(path)
    told = "\n".join(str(finding) for finding in caught.value.findings)
    assert "there is no condition 'personel data' under conditions (did you mean 'personal data'?)" in told


def test_an_item_speaks_only_of_items_above_it(tmp_path: Path) -> None:
    assert "there is no item 'later' above this one" in problems(tmp_path, "      - item: later\n")


def test_a_name_given_once_is_found_by_its_synonyms_everywhere(tmp_path: Path) -> None:
    path = tmp_path / "checklist.yaml"
    body = "      - section: Roles\n      - table: {under: Roles, columns: [Owner, Role], where: {Owner: Ada}}\n"
    names = "names:\n  headings: {Roles: [Who is who]}\n  columns: {Owner: [Lead]}\n"
    path.write_text(names + TOP + body, encoding="utf-8")
    (item,) = read_checklist(path).items
    section, table = (wanted.arguments.model_dump() for wanted in item.requires)
    assert section["heading"] == table["under"] == ("Roles", "Who is who")
    assert table["columns"] == (("Owner", "Lead"), ("Role",))


def test_every_item_of_the_bundled_checklist_says_where_it_is_asked() -> None:
    assert all("module-407-roadmap.md" in item.source for item in read_checklist(CHECKLIST).items)
