"""What holds for any data: it comes back equal, its places are right, and nothing but SourceError is ever raised."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govpack.errors import SourceError
from govpack.findings import Finding
from govpack.sources import MarkedDict, MarkedList, column_of, line_of, read_front_matter, read_source
from govpack.sources.csv import parse_csv
from govpack.sources.json import parse_json
from govpack.sources.yaml import parse_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff", include_characters="\n\t"),
    max_size=12,
)
WORDS = st.from_regex(r"[b-mo-su-zA-Z][a-zA-Z0-9 ]{0,8}[a-z0-9]", fullmatch=True)
NUMBERS = st.one_of(
    st.integers(-(10**20), 10**20),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=2),
)
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, TEXT, WORDS)
KEYS = st.one_of(TEXT.filter(lambda key: key != "<<"), WORDS)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=20,
)
CODE = st.text("abc01 \n\t\r:-?[]{},#&*!|>'\"%@`\\.~<=é\u2028\x85\x00/", max_size=40)


def quoted(text: str) -> str:
    """`text` in double quotes, as YAML and JSON both read it."""
    escaped = json.dumps(text, ensure_ascii=False)
    return "".join(f"\\u{ord(c):04x}" if c in "\x7f\u2028\u2029" or "\x80" <= c <= "\x9f" else c for c in escaped)


def scalar(value: Any) -> str:
    """A scalar as both languages write it."""
    if isinstance(value, str):
        return quoted(value)
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else f"{value}"


def block(value: Any, indent: int = 0) -> str:
    """`value` as block YAML: a simple writer of its own, so that PyYAML's habits do not matter."""
    pad = "  " * indent
    if isinstance(value, dict) and value:
        return "".join(f"\n{pad}{quoted(key)}: {block(inner, indent + 1)}" for key, inner in value.items())
    if isinstance(value, list) and value:
        return "".join(f"\n{pad}- {block(inner, indent + 1)}" for inner in value)
    return "{}" if value == {} and isinstance(value, dict) else "[]" if value == [] else scalar(value)


def as_json(value: Any, pad: str) -> str:
    """`value` as JSON, with `pad` wherever white space may stand."""
    if isinstance(value, dict):
        inner = f",{pad}".join(f"{quoted(key)}{pad}:{pad}{as_json(one, pad)}" for key, one in value.items())
        return f"{{{pad}{inner}{pad}}}"
    if isinstance(value, list):
        return f"[{pad}{f',{pad}'.join(as_json(one, pad) for one in value)}{pad}]"
    return scalar(value)


def typed(value: Any) -> Any:
    """`value` with the type of each scalar, since 1 == True == Decimal(1)."""
    if isinstance(value, dict):
        return {key: typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [typed(inner) for inner in value]
    return type(value).__name__, value


def places_are_right(tree: Any, text: str) -> None:
    """Every place points at the text of its value, every key's place at the key."""
    lines = text.split("\n")

    def at(mark: int) -> str:
        return lines[line_of(mark) - 1][column_of(mark) - 1 :]

    def check(value: Any, mark: int) -> None:
        if isinstance(value, MarkedDict):
            assert value.mark == mark
            for key, inner in value.items():
                assert at(value.key_marks[key]).startswith(quoted(key))
                check(inner, value.marks[key])
        elif isinstance(value, MarkedList):
            assert value.mark == mark
            for inner, inner_mark in zip(value, value.marks, strict=True):
                check(inner, inner_mark)
        else:
            assert at(mark).startswith(scalar(value))

    if isinstance(tree, MarkedDict | MarkedList):
        check(tree, tree.mark)


@given(DATA, st.booleans())
def test_any_data_comes_back_from_yaml(data: Any, pure_python: bool) -> None:
    """Written by a simple writer, read by either parser: equal, typed, placed."""
    text = block(data)
    tree = parse_yaml(text, "f", pure_python=pure_python)
    assert typed(tree) == typed(data)
    places_are_right(tree, text)


@given(DATA, st.sampled_from(["", " ", "\n", "\n  "]))
def test_any_data_comes_back_from_json(data: Any, pad: str) -> None:
    """Whatever white space stands between the tokens."""
    text = as_json(data, pad)
    tree = parse_json(text, "f")
    assert typed(tree) == typed(data)
    places_are_right(tree, text)
    assert tree == json.loads(text, parse_float=Decimal)


@given(WORDS, st.booleans())
def test_plain_words_are_text_in_yaml(word: str, as_key: bool) -> None:
    """A word needs no quotes, as a key or as a value."""
    assert parse_yaml(f"{word}: 1" if as_key else f"a: {word}", "f") == ({word: 1} if as_key else {"a": word})


CELLS = TEXT.map(str.strip)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5), st.sampled_from(",;"))
def test_any_cells_come_back_from_csv(rows: list[list[str]], delimiter: str) -> None:
    """Quoted cells may hold anything; their places point at the opening quote."""
    lines = [["a", "b", "c"], *([f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row] for row in rows)]
    text = "\n".join(delimiter.join(line) for line in lines) + "\n"
    table = parse_csv(text, "f")
    expected = [{key: cell for key, cell in zip("abc", row, strict=True) if cell} for row in rows if any(row)]
    assert table == expected
    split = text.split("\n")
    for record in table:
        for key, mark in record.marks.items():
            start = '"' + record[key].replace('"', '""').split("\n")[0]
            assert split[line_of(mark) - 1][column_of(mark) - 1 :].startswith(start)


def findings_of(read: Callable[[], Any]) -> tuple[Finding, ...]:
    """What is said against an input; nothing where it is read. Anything but SourceError goes through."""
    try:
        read()
    except SourceError as refusal:
        return refusal.findings or (Finding("refused without a reason"),)
    return ()


@given(st.one_of(st.binary(max_size=80), CODE.map(str.encode)), st.sampled_from(["yaml", "json", "csv", "md"]))
@settings(max_examples=600, deadline=None)
def test_random_bytes_give_data_or_a_source_error(data: bytes, suffix: str) -> None:
    """Never a traceback, and every finding has a file; where it has a line, it has a column too."""
    path = FOLDER / f"f.{suffix}"
    path.write_bytes(data)
    for finding in findings_of(lambda: read_front_matter(path) if suffix == "md" else read_source(path)):
        assert finding.location is not None
        assert finding.location.file == str(path)
        assert (finding.location.line is None) == (finding.location.column is None)


def lines_of(text: str) -> list[str]:
    """The lines as an editor counts them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


@given(CODE, st.booleans())
@settings(max_examples=600, deadline=None)
def test_random_yaml_gives_data_or_places_within_the_text(text: str, pure_python: bool) -> None:
    """Either parser; a place beyond the last line would lead nowhere."""
    lines = lines_of(text)
    for finding in findings_of(lambda: parse_yaml(text, "f", pure_python=pure_python)):
        assert finding.location is not None
        if finding.location.line is not None:
            assert 1 <= finding.location.line <= len(lines)
            assert 1 <= (finding.location.column or 0) <= len(lines[finding.location.line - 1]) + 1


@given(CODE, st.sampled_from([parse_json, parse_csv]))
@settings(max_examples=600, deadline=None)
def test_random_json_and_csv_give_data_or_places_within_the_text(text: str, parse: Callable[[str, str], Any]) -> None:
    """As for YAML."""
    lines = lines_of(text)
    for finding in findings_of(lambda: parse(text, "f")):
        assert finding.location is not None
        assert 1 <= (finding.location.line or 0) <= len(lines)
        assert 1 <= (finding.location.column or 0) <= len(lines[(finding.location.line or 1) - 1]) + 1


FOLDER = Path()


@pytest.fixture(autouse=True, scope="module")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """One folder for all examples; hypothesis does not mix with a folder for each."""
    globals()["FOLDER"] = tmp_path_factory.mktemp("random")
