"""pack.json says what was built, reads back, and is never taken on trust."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from govpack.build.record import FileRecord, PackRecord, read_record, write_record

RECORD = PackRecord(
    govpack="1.0",
    kit={"name": "partnership", "version": "1"},
    pack={"title": "Åse's pack", "status": "draft", "version": "1"},
    inputs={"pack.yaml": "00"},
    files={
        "b/c.docx": FileRecord("aa", "docx", "charter", "ff", "C-1"),
        "a.pptx": FileRecord("bb", "pptx", "deck", "ff"),
    },
    verdicts={"met": 1},
    findings=[{"message": "x"}],
)


def test_a_record_reads_back_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "pack.json").write_bytes(write_record(RECORD))
    assert read_record(tmp_path / "pack.json") == RECORD


def test_the_same_record_is_the_same_bytes_in_any_order() -> None:
    shuffled = replace(RECORD, files=dict(reversed(RECORD.files.items())))
    assert write_record(shuffled) == write_record(RECORD)


def test_an_edit_is_noticed_and_new_line_breaks_are_not(tmp_path: Path) -> None:
    path = tmp_path / "pack.json"
    path.write_bytes(write_record(RECORD).replace(b"\n", b"\r\n"))
    assert read_record(path) == RECORD
    path.write_bytes(write_record(RECORD).replace(b'"draft"', b'"issued"'))
    read = read_record(path)
    assert read is not None
    assert read.edited


@pytest.mark.parametrize("content", ["", "[]", "{}", "not json", '{"files": {}}', '{"name": "my-app"}', "[" * 100_000])
def test_a_file_that_govpack_did_not_write_is_no_record(tmp_path: Path, content: str) -> None:
    (tmp_path / "pack.json").write_text(content)
    assert read_record(tmp_path / "pack.json") is None


def test_no_file_is_no_record(tmp_path: Path) -> None:
    assert read_record(tmp_path / "pack.json") is None


@pytest.mark.parametrize("path", ["../up.docx", "/etc/passwd", "a/../../b", "C:/x", "a\\..\\b", ""])
def test_a_path_that_leads_out_of_the_pack_is_dropped(tmp_path: Path, path: str) -> None:
    content = json.loads(write_record(RECORD))
    content["files"][path] = content["files"]["a.pptx"]
    (tmp_path / "pack.json").write_text(json.dumps(content))
    read = read_record(tmp_path / "pack.json")
    assert read is not None
    assert set(read.files) == set(RECORD.files)
    assert read.edited
