"""A value that a draft leaves open is told with the input that closes it: file, line where there is one, and key."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import docx
import pytest

from govpack.build import build_pack
from govpack.build.blanks import name_of_gap
from govpack.findings import Severity
from govpack.model.description import describe_view

ROOT = Path(__file__).parents[2]
INCOMPLETE = ROOT / "fixtures" / "incomplete"


def gaps(source: Path, out: Path, *only: str) -> list[str]:
    """What a build of these documents says of gaps, the folder of the inputs left out."""
    found = build_pack(source, out, only=only).findings
    return [str(each).replace(f"{source}/", "") for each in found if each.severity is Severity.WARNING]


def gap(found: list[str], field: str) -> str:
    (one,) = [each for each in found if f": {field} has no value" in each]
    return one


@pytest.fixture(scope="module")
def strategy(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The gaps of a strategy from inputs of two files, neither of which gives a risk."""
    folder = tmp_path_factory.mktemp("gaps")
    source = shutil.copytree(INCOMPLETE / "contract-without-term", folder / "pack")
    return gaps(source, folder / "out", "partnership-strategy", "enablement-handoff")


def test_a_key_that_no_file_gives_is_told_with_the_file_that_is_called_so(strategy: list[str]) -> None:
    said = gap(strategy, "risks")
    assert said.startswith("risks.yaml: risks has no value: [● risks] in internal/partnership-strategy.docx")
    assert said.endswith("(write risks in a new file risks.yaml, beside pack.yaml)")


def test_the_key_within_it_is_told_as_well(strategy: list[str]) -> None:
    said = gap(strategy, "enablement.owner.name")
    assert said.startswith("enablement.yaml: ")
    assert said.endswith("(write enablement › owner in a new file enablement.yaml, beside pack.yaml)")


def test_a_pack_of_one_file_gets_it_at_its_end(tmp_path: Path) -> None:
    source = shutil.copytree(INCOMPLETE / "briefing-without-figures", tmp_path / "pack")
    said = gap(gaps(source, tmp_path / "out", "governance-framework"), "governance.roles")
    assert said.startswith("pack.yaml: ")
    assert said.endswith("(write governance › roles at the end of pack.yaml)")


def test_a_field_of_the_entries_of_a_list_is_given_in_the_first_that_lacks_it(strategy: list[str]) -> None:
    said = gap(strategy, "segment.purpose")
    assert said.startswith("pack.yaml:28:")
    assert "[● segment.purpose] in internal/partnership-strategy.docx, Segmentation › table 1, row 2, cell 2" in said
    assert said.endswith("(give purpose of ‘Core’ here)")


def test_others_that_lack_it_are_named_with_their_lines(tmp_path: Path) -> None:
    source = shutil.copytree(INCOMPLETE / "contract-without-term", tmp_path / "pack")
    text = (source / "pack.yaml").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if "id: core" in line)
    other = line.replace("core", "niche").replace("Core", "Niche")
    third = line.replace("core", "rest").replace("Core", "Rest").replace("}", ", purpose: Small buys}")
    (source / "pack.yaml").write_text(text.replace(line, f"{line}\n{other}\n{third}"), encoding="utf-8")
    said = gap(gaps(source, tmp_path / "out", "partnership-strategy"), "segment.purpose")
    assert said.startswith("pack.yaml:28:")
    assert said.endswith("(give purpose of ‘Core’ here, and of ‘Niche’ in line 29)")


def test_what_follows_from_other_values_is_closed_by_those(tmp_path: Path) -> None:
    source = shutil.copytree(INCOMPLETE / "contract-without-term", tmp_path / "pack")
    found = gaps(source, tmp_path / "out", "partnership-agreement")
    assert gap(found, "contract.term").endswith("(give contract.term here)")
    assert gap(found, "contract.expires").endswith("(give term of ‘C-OAT’ here, from which expires is worked out)")
    assert "pack.yaml:34:" in gap(found, "contract.expires")


def test_no_gap_of_an_incomplete_pack_is_without_an_input(tmp_path: Path) -> None:
    source = shutil.copytree(INCOMPLETE / "briefing-without-figures", tmp_path / "pack")
    found = gaps(source, tmp_path / "out")
    assert len(found) > 10
    assert [each for each in found if "{{" in each or not each.startswith("pack.yaml")] == []


def shown_in(file: Path) -> list[str]:
    """The gaps that a reader of the document sees, wherever they stand."""
    text = "".join(part.blob.decode("utf-8", "replace") for part in docx.Document(str(file)).part.package.iter_parts())
    return re.findall(r"\[● ([^\]]*)\]", text)


def test_a_counterparty_reads_what_is_missing_in_words_and_we_read_its_path(tmp_path: Path) -> None:
    out = tmp_path / "out"
    found = gaps(INCOMPLETE / "contract-without-term", out)
    theirs = {gap for file in (out / "counterparty").rglob("*.docx") for gap in shown_in(file)}
    assert theirs >= {"length of the agreement in months", "last day of the agreement", "commitment over the term"}
    assert [gap for gap in theirs if re.search(r"[._{}|\[]", gap)] == []
    ours = shown_in(out / "internal" / "oatgrid" / "partnership-agreement-review-copy.docx")
    assert set(ours) >= {"contract.term", "contract.expires", "contract.commitment_total"}
    # What the build says names both: the input to edit, and the words to look for in the document.
    assert "[● length of the agreement in months] in counterparty/" in gap(found, "contract.term")


def test_what_a_gap_is_called_speaks_from_neither_side() -> None:
    view = describe_view("counterparty", contract=True)
    names = [name_of_gap(view, f"contract.{field}") for field in view["contract"].fields()]
    assert len(names) > 60
    assert [name for name in names if re.search(r"\b(we|our|us)\b|[._]", name)] == []
    assert name_of_gap(view, "contract.signatory_partner.name") == "signatory of the Partner: name"
    assert name_of_gap(view, "level.bank.name") == "bank: name"  # the name of a loop is none of the view
    assert name_of_gap(view, "") == "to be completed"
