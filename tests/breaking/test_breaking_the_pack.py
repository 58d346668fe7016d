"""Proof by breaking: each requirement of the bundled checklist, broken in at least two ways, turns and names the place.

The pack is that of fixtures/nordhaven, built once; a broken file is read again, and the item judged as `check` does.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.breaking.proof import Proof
from tests.breaking.ways import WAYS

from govpack.check import Verdict

PROOF = Proof(Path(__file__).parents[2] / "templates" / "partnership" / "checklist.yaml")
# What a person is to judge is never met by itself, so that nothing can turn it.
NAMES = sorted(name for name, (_, wanted) in PROOF.requirements.items() if wanted.kind.name != "for_a_person")
# One requirement of each item: of those that speak of other items only, another where there is one.
ITEMS = {
    PROOF.requirements[name][0].id: name
    for name in sorted(NAMES, key=lambda name: PROOF.requirements[name][1].kind.name != "item")
}


@pytest.mark.parametrize("name", NAMES)
def test_each_way_to_break_it_turns_the_requirement_and_names_the_place(
    name: str, nordhaven_pack: Path, tmp_path: Path
) -> None:
    assert PROOF.alarms(name, nordhaven_pack) == [], "a false alarm on the unbroken pack"
    tried = PROOF.break_each_way(name, nordhaven_pack, tmp_path)
    missed = [str(way) for way in tried if not way.detected]
    assert missed == [], "\n".join(missed)
    assert len(tried) >= 2, f"only {len(tried)} ways to break it"


@pytest.mark.parametrize("item", sorted(ITEMS))
def test_a_broken_file_turns_its_item_in_a_check_of_the_whole_pack(
    item: str, nordhaven_pack: Path, tmp_path: Path
) -> None:
    _, broken = next(PROOF.ways(ITEMS[item], nordhaven_pack))
    report = PROOF.judge(PROOF.files_of(nordhaven_pack).changed(broken, tmp_path))
    verdicts = {verdict.id: verdict for verdict in report.verdicts}
    assert verdicts[item].verdict in (Verdict.NOT_MET, Verdict.PARTLY_MET)
    assert report.exit_code == 1
    # A requirement that rests on other items names those, and they the file.
    rests = PROOF.requirements[ITEMS[item]][1].kind.name == "item"
    told = [verdict for verdict in report.verdicts if verdict.id == item or rests]
    changed = {*broken.files, *broken.gone}
    assert changed & {file for verdict in told for file in verdict.failing_files} or any(
        path in str(finding) for path in changed for verdict in told for finding in verdict.findings
    )


def test_there_are_ways_to_break_every_kind_that_the_checklist_uses() -> None:
    used = {PROOF.requirements[name][1].kind.name for name in NAMES} - {"item"}
    assert used <= set(WAYS)
