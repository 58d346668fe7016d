"""Tables are read row by row, with the place of every cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from govpack.errors import SourceError
from govpack.findings import Location
from govpack.sources import locate, read_csv
from govpack.sources.csv import parse_csv

if TYPE_CHECKING:
    from pathlib import Path


def complaint(text: str) -> str:
    """Everything that is said against `text`, a line each."""
    with pytest.raises(SourceError) as refusal:
        parse_csv(text, "f.csv")
    return "\n".join(str(finding) for finding in refusal.value.findings)


def test_the_header_row_names_the_fields(tmp_path: Path) -> None:
    """Cells stay text, whatever they look like; an empty one is an absent field."""
    (tmp_path / "f.csv").write_bytes(b"\xef\xbb\xbfid,spend,country\r\nnimbus,012,NO\r\nhalden,,\r\n\r\n,,\r\n")
    table = read_csv(tmp_path / "f.csv")
    assert table == [{"id": "nimbus", "spend": "012", "country": "NO"}, {"id": "halden"}]


def test_semicolons_separate_where_the_header_has_more_of_them() -> None:
    """What spreadsheets write where the comma is the decimal sign."""
    assert parse_csv('id;"a,b,c";cost\nx;y;1,5\n', "f.csv") == [{"id": "x", "a,b,c": "y", "cost": "1,5"}]


def test_dotted_headers_nest() -> None:
    """A column may give a field of a field."""
    table = parse_csv("id,address.city,address.zip\na,Cork,T12\nb,,\n", "f.csv")
    assert table == [{"id": "a", "address": {"city": "Cork", "zip": "T12"}}, {"id": "b"}]
    assert locate(table, (0, "address", "zip")) == Location("f.csv", 2, 8)
    assert locate(table, (0, "address")) == Location("f.csv", 2, 3)


def test_positions_count_characters_also_after_quoted_line_breaks() -> None:
    """An editor's line and column; the field's own place is its header."""
    table = parse_csv('id, name ,note\n a ,"one\ntwo"  ,x\nb,"say ""hi""",  y\n', "f.csv")
    assert table == [{"id": "a", "name": "one\ntwo", "note": "x"}, {"id": "b", "name": 'say "hi"', "note": "y"}]
    places = {(0,): (2, 2), (0, "name"): (2, 5), (0, "note"): (3, 8), (1, "id"): (4, 1), (1, "note"): (4, 18)}
    for path, (line, column) in places.items():
        assert locate(table, path) == Location("f.csv", line, column), path
    assert table[1].key_location("note") == Location("f.csv", 1, 11)


def test_a_column_without_name_may_be_empty() -> None:
    """Spreadsheets often write one too many."""
    assert parse_csv("id,name,\na,b,\n", "f.csv") == [{"id": "a", "name": "b"}]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,name\na\nb,c,d\n", "f.csv:2:1: this row has 1 cells, and the header row has 2"),
        ("id,name\na\nb,c,d\n", "f.csv:3:1: this row has 3 cells, and the header row has 2"),
        ("id,name,id\n", "f.csv:1:9: the column 'id' is given twice; the first is at f.csv:1:1"),
        ("a,a.b\n", "f.csv:1:3: the column 'a.b' is given twice; the first is at f.csv:1:1"),
        ("a.b,a\n", "f.csv:1:5: the column 'a' is given twice; the first is at f.csv:1:1"),
        ("a..b,c\n", "f.csv:1:1: 'a..b' has nothing between its dots"),
        ("id,\na,b\n", "f.csv:2:3: this cell stands in a column without a name"),
        ('id,name\na,"b\nc,d\n', 'f.csv:2:3: the text that opens with " here is never closed'),
        ('id,name\na,"b" c\n', "f.csv:2:7: the quoted text has ended, and more follows"),
        ("id\tname\na\tb\n", "f.csv:1:1: the cells are separated by tabs (save with commas or semicolons)"),
    ],
)
def test_broken_tables_are_explained(text: str, said: str) -> None:
    """Each slip has its sentence and its place."""
    assert said in complaint(text)


def test_a_table_without_rows_is_empty() -> None:
    """Only a header: no rows yet."""
    assert parse_csv("id,name\n", "f.csv") == []
