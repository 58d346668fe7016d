"""YAML is read as the 1.2 core schema, with the place of every value."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
import yaml.cyaml

from govpack.errors import SourceError
from govpack.findings import Location
from govpack.sources import MarkedDict, locate, read_yaml
from govpack.sources.yaml import parse_yaml

if TYPE_CHECKING:
    from pathlib import Path

BOTH = pytest.mark.parametrize("pure_python", [False, True], ids=["libyaml", "python"])


def complaint(text: str, *, pure_python: bool = False) -> str:
    """Everything that is said against `text`, a line each."""
    with pytest.raises(SourceError) as refusal:
        parse_yaml(text, "f.yaml", pure_python=pure_python)
    return "\n".join(str(finding) for finding in refusal.value.findings)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("true", True),
        ("False", False),
        ("", None),
        ("~", None),
        ("null", None),
        ("nUll", "nUll"),
        ("012", 12),
        ("+7", 7),
        ("-0", 0),
        ("0o14", 12),
        ("0x1F", 31),
        ("0b11", "0b11"),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        ("12:30:45", "12:30:45"),
        ("1.50", Decimal("1.50")),
        (".5", Decimal("0.5")),
        ("1.", Decimal(1)),
        ("-1.5e3", Decimal("-1500")),
        ("1e3", Decimal(1000)),
        ("2026-09-30", "2026-09-30"),
        ("2026-09-30 10:00:00", "2026-09-30 10:00:00"),
        ("1.2.3", "1.2.3"),
        ("-", "-"),
        ("+", "+"),
        (".", "."),
        ("e5", "e5"),
        ("٣", "٣"),
        ("'012'", "012"),
        ('"true"', "true"),
        ('""', ""),
        ("=", "="),
        ("<<", "<<"),
    ],
)
def test_plain_scalars_follow_the_core_schema(written: str, value: object) -> None:
    """Norway stays a country, a version stays text, twelve stays twelve, and quoted scalars are always text."""
    if written == "-":
        written = "'-'"  # alone it would start a list
    tree = parse_yaml(f"a: {written}\n", "f.yaml")
    assert tree == {"a": value}
    assert type(tree["a"]) is type(value)


@BOTH
def test_positions_of_keys_and_values(pure_python: bool) -> None:
    """Lines and columns count from 1, in characters, as an editor shows them."""
    text = "é: {ß: 1, b: [x, 'y']}\nc:\n  - d: |\n      text\n  -   e\n"
    tree = parse_yaml(text, "f.yaml", pure_python=pure_python)
    places = {
        ("é",): (1, 4),
        ("é", "ß"): (1, 8),
        ("é", "b", 1): (1, 18),
        ("c",): (3, 3),
        ("c", 0): (3, 5),
        ("c", 0, "d"): (3, 8),
        ("c", 1): (5, 7),
    }
    for path, (line, column) in places.items():
        assert locate(tree, path) == Location("f.yaml", line, column), path
    assert tree["é"].key_location("b") == Location("f.yaml", 1, 11)


def test_a_key_without_a_value_is_its_own_place() -> None:
    """Nothing was written there, so the only thing to point at is the key."""
    tree = parse_yaml("a:\nb:\n  c:\n", "f.yaml")
    assert locate(tree, ("a",)) == Location("f.yaml", 1, 1)
    assert locate(tree, ("b", "c")) == Location("f.yaml", 3, 3)


def test_every_kind_of_line_break_counts_once() -> None:
    """Windows, old Mac and Unix files give the same lines."""
    for end in ("\n", "\r\n", "\r"):
        tree = parse_yaml(f"a: 1{end}{end}b: 2{end}", "f.yaml")
        assert locate(tree, ("b",)) == Location("f.yaml", 3, 4)


def test_a_number_as_key_is_text() -> None:
    """Years are names of columns, and true or no may name something too."""
    assert list(parse_yaml("2024: 1\nno: 2\n012: 3\n", "f")) == ["2024", "no", "012"]


def test_keys_are_interned() -> None:
    """Five thousand partners share the names of their fields."""
    tree = parse_yaml("- legal_name: a\n- legal_name: b\n", "f")
    assert next(iter(tree[0])) is next(iter(tree[1]))


@BOTH
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", "f.yaml:3:1: 'a' is given twice; the first is at f.yaml:1:1 (keep one of the two)"),
        ("a: &x 1\n", "f.yaml:1:4: the anchor '&x' is not supported"),
        ("a: *x\n", "f.yaml:1:4: the alias '*x' is not supported"),
        ("a: &x 1\nb: *x\n", "f.yaml:2:4: the alias '*x' is not supported"),
        ("<<: {a: 1}\n", "f.yaml:1:1: merge keys ('<<') are not supported"),
        ("a: !!python/object:os.system x\n", "f.yaml:1:4: the tag '!!python/object:os.system' is not supported"),
        ("a: !mine {b: 1}\n", "f.yaml:1:4: the tag '!mine' is not supported"),
        ("a: ! 12\n", "f.yaml:1:4: the tag '!' is not supported"),
        ("a: .inf\n", "f.yaml:1:4: '.inf' is not a number that a document can state"),
        ("a: -.INF\n", "f.yaml:1:4: '-.INF' is not a number"),
        ("a: .nan\n", "f.yaml:1:4: '.nan' is not a number"),
        ("a: 1e999999999\n", "f.yaml:1:4: the number '1e999999999' is too long"),
        (f"a: {'9' * 5000}\n", "f.yaml:1:4: the number '999"),
        ("a: 1\n---\nb: 2\n", "f.yaml:2:1: a second document starts here ('---')"),
        ("? [a, b]\n: 1\n", "f.yaml:1:3: a key must be text, not a list or mapping"),
        ("a: {{ b }}\n", "f.yaml:1:5: a key must be text, not a list or mapping (put text that starts with '{'"),
        (": 1\n", "f.yaml:1:1: there is no name before this ':'"),
        ("# nothing\n", "f.yaml: the file holds nothing but comments"),
        ("[" * 100, "f.yaml:1:65: the data is nested more than 64 levels deep"),
        ('a: "\\a"\n', "f.yaml:1:4: this text holds a control character (U+0007)"),
        ("a: \u2028b\n", "f.yaml:1:4: there is an invisible character here (U+2028)"),
        ("a: \x85b\n", "f.yaml:1:4: there is an invisible character here (U+0085)"),
    ],
)
def test_what_is_refused_says_where_and_why(text: str, said: str, pure_python: bool) -> None:
    """Each refusal is a sentence with its place, whichever parser reads."""
    assert said in complaint(text, pure_python=pure_python)


@BOTH
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a:\n\tb: 1\n", "f.yaml:2:1: this line is indented with a tab; YAML needs spaces"),
        ("a:\n  - x\n\t- y\n", "f.yaml:3:1: this line is indented with a tab"),
        ("a: x\n\ty: 2\n", "f.yaml:2:1: this line is indented with a tab"),
        ("a:\n  \tb: 1\n", "f.yaml:2:3: this line is indented with a tab"),
        ("a: 'x\nb: 1\n", "f.yaml:1:4: the text that opens with ' here is never closed (put ' where it ends)"),
        ('a: "x\nb: 1\n', 'f.yaml:1:4: the text that opens with " here is never closed'),
        ("a: [1, 2\n", "f.yaml:1:4: the '[' here is never closed (put ']' where it ends)"),
        ("a: {b: 1\n", "f.yaml:1:4: the '{' here is never closed (put '}' where it ends)"),
        ("a: [1, 2\nb: 3\n", "f.yaml:2:2: a ',' or the ']' that closes the '[' at line 1, column 4 is expected here"),
        ("a: @b\n", "f.yaml:1:4: text cannot start with '@' unless it is quoted (put it in quotes)"),
        ("a: `b`\n", "f.yaml:1:4: text cannot start with '`'"),
        ("a: %b\n", "f.yaml:1:4: text cannot start with '%'"),
        ("a: **b**\n", "f.yaml:1:4: text cannot start with '*'"),
        ("a: & b\n", "f.yaml:1:4: text cannot start with '&'"),
        ("a: >15%\n", "f.yaml:1:4: text cannot start with '>'"),
        ("a: | x\n", "f.yaml:1:4: text cannot start with '|'"),
        ('a: "C:\\q"\n', "in double quotes '\\' starts an escape, and this one is unknown"),
        ("a: b: c\n", "f.yaml:1:5: there is a second ': ' in this line (put the text that holds it in quotes)"),
        ("a\nb: 1\n", "f.yaml:1:1: 'a' has no ':'"),
        ("a: 1\nb\n", "f.yaml:2:1: 'b' has no ':'"),
        ("a: 1\n  b: 2\n", "f.yaml:2:3: this line is indented deeper than the line above allows"),
        ("a:\n   b: 1\n  c: 2\n", "f.yaml:3:3: this line's indentation fits none of the lines above"),
        ("- a\nb: 1\n", "f.yaml:2:1: a list goes on above, and this line is no '- item' of it"),
        ("a: - b\n", "f.yaml:1:4: a list cannot start on the line of its name"),
        ("a: 'it's'\n", "f.yaml:1:8: the value has ended before 's''"),
        ("[1, 2]]\n", "f.yaml:1:7: ']' is not expected here"),
        ("}\n", "f.yaml:1:1: '}' is not expected here"),
        ("a: ? b\n", "f.yaml:1:4: this is not valid YAML"),
    ],
)
def test_broken_syntax_is_explained(text: str, said: str, pure_python: bool) -> None:
    """The words of the parser become the mistake that a person most likely made."""
    assert said in complaint(text, pure_python=pure_python)


def test_all_that_is_wrong_is_said_at_once() -> None:
    """One run, every duplicate key, alias and tag, and the syntax error that ends the file."""
    said = complaint("a: 1\na: 2\nb: !x 3\nc: .nan\nd: [\n").splitlines()
    assert [line.split(": ")[0] for line in said] == ["f.yaml:2:1", "f.yaml:3:4", "f.yaml:4:4", "f.yaml:5:4"]


def test_one_mistake_gives_one_message() -> None:
    """Markdown at the start of a value is an alias to the parser, and then breaks its syntax too."""
    assert len(complaint("a: *b c*\n").splitlines()) == 1


def test_a_flood_of_mistakes_ends_at_a_hundred() -> None:
    """More would help nobody."""
    assert len(complaint("".join(f"k: {n}\n" for n in range(500))).splitlines()) == 100


def test_a_bomb_of_anchors_is_refused_at_once() -> None:
    """A few lines that would unfold to a billion values never unfold."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    assert "the alias '*a0' is not supported" in complaint("\n".join(lines))


def test_without_libyaml_the_python_parser_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML may come without its C parser; it is slower then, and reads the same."""
    monkeypatch.delattr(yaml.cyaml, "CParser")
    file = tmp_path / "f.yaml"
    file.write_text("a: [1, b]\n")
    tree = read_yaml(file)
    assert tree == {"a": [1, "b"]}
    assert isinstance(tree, MarkedDict)
    assert tree.file == str(file)


def test_the_top_may_be_any_value() -> None:
    """Whoever reads a file says what it must hold."""
    assert parse_yaml("just text\n", "f") == "just text"
    assert parse_yaml("- 1\n", "f") == [1]
    assert parse_yaml("---\n", "f") is None
