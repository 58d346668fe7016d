"""Packs with a known gap: what a person must be told of each stands in its `_expected.yaml`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from govpack.cli import run

FOLDERS = sorted((Path(__file__).parents[2] / "fixtures" / "incomplete").glob("*/_expected.yaml"))


@pytest.mark.parametrize("expected", FOLDERS, ids=lambda path: path.parent.name)
def test_a_known_gap_is_found_where_it_stands(
    expected: Path, incomplete: Callable[[str], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted: dict[str, Any] = yaml.safe_load(expected.read_text(encoding="utf-8"))
    if wanted["stage"] == "validate":
        assert run(["validate", str(expected.parent)]) == 2
        said = capsys.readouterr().err
        for words in wanted["findings"]:
            assert words in said
        assert run(["build", str(expected.parent), "-o", str(tmp_path / "out")]) == 2
        assert not (tmp_path / "out").exists()
        return
    out = incomplete(expected.parent.name) / "out"
    assert run(["check", str(out), "--format", "json", "--inputs", str(expected.parent)]) == 1
    report = json.loads(capsys.readouterr().out)
    items = {item["id"]: item for item in report["items"]}
    verdicts = {name: items[name]["verdict"] for name in wanted.get("verdicts", {})}
    assert verdicts == wanted.get("verdicts", {})
    told = json.dumps([items[name]["requirements"] for name in verdicts], ensure_ascii=False)
    for words in (*wanted.get("names", []), *wanted.get("remedies", [])):
        assert words in told
    weak = json.dumps(report["weak"], ensure_ascii=False)
    for words in wanted.get("weak", []):
        assert words in weak


def test_there_are_packs_with_gaps_of_both_kinds() -> None:
    stages = [yaml.safe_load(path.read_text(encoding="utf-8"))["stage"] for path in FOLDERS]
    assert stages.count("validate") >= 2
    assert stages.count("check") >= 4
