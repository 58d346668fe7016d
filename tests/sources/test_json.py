"""JSON is read exactly, with the place of every value, and its usual slips are named."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from govpack.errors import SourceError
from govpack.findings import Location
from govpack.sources import locate, read_json
from govpack.sources.json import parse_json

if TYPE_CHECKING:
    from pathlib import Path


def complaint(text: str) -> str:
    """Everything that is said against `text`, a line each."""
    with pytest.raises(SourceError) as refusal:
        parse_json(text, "f.json")
    return "\n".join(str(finding) for finding in refusal.value.findings)


def test_values_are_exact(tmp_path: Path) -> None:
    """Decimals stay decimal, escapes are read, and nothing else changes."""
    text = '{"a": 1.10, "b": [true, false, null, -0, 1e2, 12], "c": {}, "d": [], "e": "\\ud83d\\ude00\\n\\u00e9"}'
    (tmp_path / "f.json").write_text(text)
    tree = read_json(tmp_path / "f.json")
    assert tree == json.loads(text, parse_float=Decimal)
    assert str(tree["a"]) == "1.10"


def test_positions() -> None:
    """Lines and columns as an editor shows them, for values and keys, at any depth."""
    tree = parse_json('{\r\n  "a": [1,\r\n    {"é": "x", "b": []}]\n}\n', "f.json")
    places = {("a",): (2, 8), ("a", 0): (2, 9), ("a", 1): (3, 5), ("a", 1, "é"): (3, 11), ("a", 1, "b"): (3, 21)}
    for path, (line, column) in places.items():
        assert locate(tree, path) == Location("f.json", line, column), path
    assert tree["a"][1].key_location("b") == Location("f.json", 3, 16)


def test_minified_json_keeps_its_columns() -> None:
    """One line of two million characters still has a place for everything."""
    tree = parse_json("[" + "1, " * 700_000 + "2]", "f.json")
    assert tree.location(700_000) == Location("f.json", 1, 2_100_002)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1,\n "a": 2}', "f.json:2:2: 'a' is given twice; the first is at f.json:1:2 (keep one of the two)"),
        ('{"a": 1,}', "f.json:1:8: there is a comma after the last entry (take it out)"),
        ("[1, 2,\n]", "f.json:1:6: there is a comma after the last entry"),
        ("[NaN]", "f.json:1:2: 'NaN' is not a number that a document can state (write null, or leave the entry out)"),
        ("[-Infinity]", "f.json:1:2: '-Infinity' is not a number"),
        ("[1 2]", "f.json:1:4: a ',' or ']' is expected here"),
        ('{"a": 1 "b": 2}', "f.json:1:9: a ',' or '}' is expected here"),
        ('{"a" 1}', "f.json:1:6: 'a' needs a ':' and a value after it"),
        ('{"a": }', "f.json:1:7: a value is missing before this '}'"),
        ("[,1]", "f.json:1:2: a value is missing before this ','"),
        ('{"a": [1', "f.json:1:9: the file ends before the '[' at f.json:1:7 is closed"),
        ('{"a":', "f.json:1:6: a value is missing at the end of the file"),
        ("{", "f.json:1:2: the file ends before the '{' at f.json:1:1 is closed"),
        ("[1,", "f.json:1:4: a value is missing at the end of the file"),
        ("{a: 1}", 'f.json:1:2: the name a must be in double quotes (write "a")'),
        ("{'a': 1}", "f.json:1:2: the name 'a' must be in double quotes (write \"a\")"),
        ("['a']", "f.json:1:2: JSON knows no single quotes"),
        ("[True]", "f.json:1:2: 'True' is not JSON (write true)"),
        ("[None]", "f.json:1:2: 'None' is not JSON (write null)"),
        ("[draft]", "f.json:1:2: 'draft' must be in double quotes (write \"draft\")"),
        ("[012]", "f.json:1:2: '012' is not a number in JSON"),
        ("[.5]", "f.json:1:2: '.5' is not a number in JSON"),
        ("[+1]", "f.json:1:2: '+1' is not a number in JSON"),
        ("[2026-09-30]", "f.json:1:2: '2026-09-30' is not a number in JSON"),
        ("// hello\n[1]", "f.json:1:1: JSON has no comments"),
        ("[1, # hello\n2]", "f.json:1:5: JSON has no comments"),
        ('["abc]', 'f.json:1:2: the text that opens with " here is never closed'),
        ('["abc\ndef"]', 'f.json:1:2: the text that opens with " is not closed on its line'),
        ('["a\tb"]', "f.json:1:4: there is a tab inside this text"),
        ('["a\\qb"]', "f.json:1:4: '\\' starts an escape, and this one is unknown"),
        ('["\\u00zz"]', "'\\' starts an escape, and this one is unknown"),
        ('["\\u0000"]', "f.json:1:2: this text holds a control character (U+0000)"),
        ('["\\ud800"]', "f.json:1:2: this text holds a control character (U+D800)"),
        ("[1] [2]", "f.json:1:5: the JSON has ended, and more text follows"),
        ("[1e999999999]", "f.json:1:2: the number '1e999999999' is too long"),
        ("[" * 1000, "f.json:1:65: the data is nested more than 64 levels deep"),
        ("}", "f.json:1:1: a value is missing before this '}'"),
    ],
)
def test_broken_json_is_explained(text: str, said: str) -> None:
    """Each slip has its sentence and its place."""
    assert said in complaint(text)


def test_all_that_is_wrong_is_said_at_once() -> None:
    """Duplicate keys do not hide the syntax error behind them."""
    said = complaint('{"a": 1, "a": 2, "b": 1e9999, "c": }').splitlines()
    assert [line.split(": ")[0] for line in said] == ["f.json:1:10", "f.json:1:23", "f.json:1:36"]
