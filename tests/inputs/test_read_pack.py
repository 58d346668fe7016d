"""A pack is read whole, and everything that is wrong with it is said at once, in a person's words."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govpack.errors import SourceError
from govpack.findings import Finding, Severity
from govpack.inputs import read_pack

PACK = """\
pack: {title: Partners, as_of: 2026-09-30}
organisation: {name: Bank, legal_name: Bank plc, registered_in: Ireland}
people:
  cio: {name: Tomas Lindqvist, role: Chief Information Officer}
strategy:
  segments: [{id: strategic, name: Strategic}]
"""
PARTNERS = """\
partners:
  - id: nimbus
    name: Nimbus
    legal_name: Nimbus SA
    country: FR
    kind: hyperscaler
    segment: strategic
"""


def pack_with(folder: Path, more: str = "", *, partner: str = "", base: str = PACK) -> Path:
    """The smallest pack, with `more` keys, and with a `partner` line for its only partner."""
    lines = PARTNERS + (f"    {partner}\n" if partner else "")
    (folder / "pack.yaml").write_text(base + more)
    (folder / "partners.yaml").write_text(lines)
    return folder


def said_of(folder: Path) -> list[str]:
    """What is said of the pack, the folder left out."""
    pack, findings = read_pack(folder)
    assert (pack is None) == any(finding.severity is Severity.ERROR for finding in findings)
    return [str(finding).replace(f"{folder}/", "").replace(str(folder), "PACK") for finding in findings]


def test_a_sound_pack_has_no_findings(tmp_path: Path) -> None:
    """And holds what the files say, exactly."""
    pack, findings = read_pack(pack_with(tmp_path, partner="spend: 1200.50"))
    assert findings == ()
    assert pack is not None
    assert pack.partners[0].spend == Decimal("1200.50")
    assert pack.pack.as_of == datetime.date(2026, 9, 30)
    assert pack.people["cio"].name == "Tomas Lindqvist"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("value: high", "8:12: value must be a whole number; found 'high'"),
        ("value: 4.5", "8:12: value must be a whole number; found 4.5"),
        ("value: true", "8:12: value must be a whole number; found true"),
        ("value: [4]", "8:12: value must be a whole number; found a list"),
        ("value: 9", "8:12: value must be at most 5; found 9"),
        ("value: 0", "8:12: value must be at least 1; found 0"),
        (
            "spend: 12_000",
            "8:12: spend must be a number; found '12_000' (write it without separators",
        ),
        ("spend: '12,000'", "8:12: spend must be a number; found '12,000' (write it without separators"),
        ("spend: '12,5'", "8:12: spend must be a number; found '12,5' (write a decimal point: 12.5)"),
        ("spend: EUR 12", "8:12: spend must be a number; found 'EUR 12' (write the number alone, without unit"),
        ("spend: -1", "8:12: spend must be at least 0; found -1"),
        ("last_exit_test: 30/06/2026", "8:21: last_exit_test must be a date such as 2027-02-01; found '30/06/2026'"),
        ("last_exit_test: 2026-02-30", "8:21: last_exit_test must be a day that the calendar has; found '2026-02-30'"),
        ("last_exit_test: 20260630", "8:21: last_exit_test must be a date such as 2027-02-01; found 20260630"),
        ("last_exit_test: 2026-06-30T12:00", "8:21: last_exit_test must be a date such as 2027-02-01"),
        ("last_exit_test: 1066-10-14", "8:21: last_exit_test must be on or after 1900-01-01; found '1066-10-14'"),
        ("ict_service: maybe", "8:18: ict_service must be true or false; found 'maybe'"),
        ("ict_service: 1", "8:18: ict_service must be true or false; found 1"),
        ("ict_service: n", "8:18: ict_service must be true or false; found 'n'"),
        ("description: 12", '8:18: description must be text; found 12 (put it in quotes: "12")'),
        ("description: 012", '8:18: description must be text; found 012 (put it in quotes: "012")'),
        ("registration: 012345", '8:19: registration must be text; found 012345 (put it in quotes: "012345")'),
        ("registration: 12e4", '8:19: registration must be text; found 12e4 (put it in quotes: "12e4")'),
        ("registration: 0x1F # hex", '8:19: registration must be text; found 0x1F (put it in quotes: "0x1F")'),
        ("registration: 12345", ""),
        ("registration: 1.10", ""),
        ("capabilities: [01]", '8:20: capabilities must be text; found 01 (put it in quotes: "01")'),
        ("description: no", ""),
        ("description: true", '8:18: description must be text; found true (put it in quotes: "true")'),
        ("description: ''", "8:18: description must not be empty"),
        ("description:", ""),
        ("capabilities:", "8:5: capabilities has no value (write one, or take the line out)"),
        (
            "capabilities: training",
            "8:19: capabilities must be a list, each item on a line that starts with '- ';",
        ),
        ("capabilities: [training, 5]", "8:30: item 2 of capabilities must be text; found 5"),
        (
            "subcontractors: [{name: A, country: FR}]",
            "8:22: service is missing from subcontractors 'A' (add it: what",
        ),
        ("subcontractors: [12]", "8:22: item 1 of subcontractors must be names with values, each on a line such as"),
        ("subcontractors: [{name: A, country: France, service: B}]", "country must be a country's two-letter code"),
        ("substitutability: easi", "8:23: substitutability must be one of easy, medium complexity, highly complex"),
        ("substitutability: easi", "found 'easi' (did you mean 'easy'?)"),
        ("spent: 12", "8:5: 'spent' is not known in partners 'nimbus' (did you mean 'spend'?)"),
        ("zzz: 12", "8:5: 'zzz' is not known in partners 'nimbus' (take it out, or put it under custom:)"),
        ("owner: cto", "8:12: owner: there is no person 'cto' (did you mean 'cio'?)"),
        ("hosted_on: nimbu", "8:16: hosted_on: there is no partner 'nimbu' (did you mean 'nimbus'?)"),
        ("functions: [F-PAY]", "8:17: functions: there is no critical function 'F-PAY' (no functions are given"),
    ],
)
def test_a_wrong_value_is_told_in_a_persons_words(tmp_path: Path, line: str, said: str) -> None:
    """What must stand there, what was found, and how to mend it, with line and column."""
    findings = said_of(pack_with(tmp_path, partner=line))
    if not said:
        assert findings == []
    else:
        assert any(said in finding for finding in findings), findings
        assert all(finding.startswith("partners.yaml:8:") for finding in findings)


@pytest.mark.parametrize(
    "line", ["ict_service: yes", "ict_service: 'No'", "spend: '12.50'", "value: '4'", "exit_months: 9.0"]
)
def test_what_cannot_mislead_is_taken(tmp_path: Path, line: str) -> None:
    """Plain numbers as text, as other programs write them, and yes or no."""
    assert said_of(pack_with(tmp_path, partner=line)) == []


def test_everything_is_said_at_once_sorted_by_place(tmp_path: Path) -> None:
    """Types, names, missing fields, references and keys of the top, over all files."""
    base = PACK.replace("legal_name: Bank plc, ", "").replace("2026-09-30", "soon")
    folder = pack_with(tmp_path, "risk: []\n", partner="owner: cto\n    value: 7\n    segmnt: x", base=base)
    places = [line.split(": ")[0] for line in said_of(folder)]
    assert places == [
        "pack.yaml:1:32",
        "pack.yaml:2:15",
        "pack.yaml:7:1",
        "partners.yaml:8:12",
        "partners.yaml:9:12",
        "partners.yaml:10:5",
    ]


def test_a_missing_part_points_at_the_pack(tmp_path: Path) -> None:
    """There is no line to show; the remedy says what the part is."""
    (tmp_path / "pack.yaml").write_text(PACK)
    assert said_of(tmp_path) == [
        "PACK: partners is missing from the pack (add it: companies, universities and authorities we work with)"
    ]


def test_keys_of_maps_are_judged_too(tmp_path: Path) -> None:
    """The key of a person is an id, the key of a scorecard names a partner."""
    more = "scorecards:\n  partners:\n    nimbos: {technical: 80, financial: 70, innovation: 60}\n"
    base = PACK.replace("people:", "people:\n  the boss: {name: A, role: B}")
    assert said_of(pack_with(tmp_path, more, base=base)) == [
        "pack.yaml:4:3: the name 'the boss' must be an id: letters and digits, with - or _ between them",
        "pack.yaml:10:5: partners: there is no partner 'nimbos' (did you mean 'nimbus'?)",
    ]


def test_a_person_on_nobodys_side(tmp_path: Path) -> None:
    """A side is the bank or a partner."""
    base = PACK.replace("Officer}", "Officer, side: bnk}")
    assert said_of(pack_with(tmp_path, base=base)) == [
        "pack.yaml:4:71: side: there is no side 'bnk' (did you mean 'bank'?)"
    ]


def test_rules_between_values_are_told_with_their_place(tmp_path: Path) -> None:
    """The model finds them, the tree knows the line."""
    findings = said_of(pack_with(tmp_path, partner="hosted_on: nimbus"))
    assert findings == ["partners.yaml:8:16: Nimbus cannot be hosted on itself"]


def test_an_unreadable_file_does_not_hide_the_rest(tmp_path: Path) -> None:
    """What the broken file may hold is not missed, what the others say is judged."""
    folder = pack_with(tmp_path, partner="value: 9")
    (folder / "people.yaml").write_text("a: [\n")
    (folder / "pack.yaml").write_text(PACK.replace("people:\n", "").replace("  cio: {", "x: {"))
    places = [line.split(": ")[0] for line in said_of(folder)]
    assert places == ["pack.yaml:3:1", "partners.yaml:8:12", "people.yaml:1:4"]


def test_nothing_readable_is_a_source_error(tmp_path: Path) -> None:
    """Then there is nothing to judge."""
    (tmp_path / "pack.yaml").write_text("a: [\n")
    with pytest.raises(SourceError, match="is never closed"):
        read_pack(tmp_path)


def test_every_broken_reference_to_nothing_is_told_once(tmp_path: Path) -> None:
    """Where no segments are given, one sentence is enough."""
    base = PACK.replace("  segments: [{id: strategic, name: Strategic}]", "  vision: Grow")
    folder = pack_with(tmp_path, base=base)
    partners = (folder / "partners.yaml").read_text()
    (folder / "partners.yaml").write_text(partners + partners.replace("partners:\n", "").replace("nimbus", "two"))
    assert said_of(folder) == [
        "partners.yaml:7:14: segment: there is no segment 'strategic' (no segments are given: add them)"
    ]


TABLE = "id;name;legal_name;country;kind;segment;alternatives;spend;ict_service;last_exit_test\n"


def table_with(folder: Path, *rows: str, header: str = TABLE) -> Path:
    """The smallest pack, its partners in a table."""
    (folder / "pack.yaml").write_text(PACK)
    (folder / "partners.csv").write_text(header + "\n".join(rows) + "\n")
    return folder


def test_a_table_gives_numbers_dates_and_lists(tmp_path: Path) -> None:
    """Cells are text; the model says what they are, and `;` separates the items of a list."""
    row = 'nimbus;Nimbus;Nimbus SA;FR;hyperscaler;strategic;" two; open models ;";1200.50;1;2026-06-30'
    pack, findings = read_pack(table_with(tmp_path, row, "two;Two;Two SA;IE;gpu_cloud;strategic;;;no;"))
    assert findings == ()
    assert pack is not None
    assert pack.partners[0].alternatives == ("two", "open models")
    assert pack.partners[0].spend == Decimal("1200.50")
    assert [partner.ict_service for partner in pack.partners] == [True, False]
    assert pack.partners[0].last_exit_test == datetime.date(2026, 6, 30)
    assert pack.partners[1].spend is None


def test_wrong_cells_point_at_themselves(tmp_path: Path) -> None:
    """A spreadsheet's habits: decimal commas, days first, another language's yes."""
    row = "nimbus;Nimbus;Nimbus SA;FR;hyperscaler;stratgic;;1200,50;ja;30.06.2026"
    assert said_of(table_with(tmp_path, row)) == [
        "partners.csv:2:40: segment: there is no segment 'stratgic' (did you mean 'strategic'?)",
        "partners.csv:2:50: spend must be a number; found '1200,50' (write a decimal point: 1200.50)",
        "partners.csv:2:58: ict_service must be true or false; found 'ja'",
        "partners.csv:2:61: last_exit_test must be a date such as 2027-02-01; found '30.06.2026' "
        "(write year, month and day: 2027-02-01)",
    ]


def test_a_wrong_or_missing_column_is_told_once(tmp_path: Path) -> None:
    """Not once for each of five thousand rows."""
    rows = [f"p{n};P;P SA;FR;strategic" for n in range(50)]
    assert said_of(table_with(tmp_path, *rows, header="id;nme;legal_name;country;segment\n")) == [
        "partners.csv:1:1: the column 'kind' is missing from this table (add it: kind of partner: hyperscaler, "
        "gpu_cloud, hardware, model_vendor, data_platform, observability, start_up, academia, regulator, customer, "
        "or a kind of your own)",
        "partners.csv:1:1: the column 'name' is missing from this table (add it: short name, such as Alpha)",
        "partners.csv:1:4: 'nme' is not known in partners (did you mean 'name'?)",
    ]


def test_an_empty_cell_of_a_needed_column_points_at_its_row(tmp_path: Path) -> None:
    """The column is there; this row lacks it."""
    rows = ["a;A;A SA;FR;hardware;strategic;;;;", "b;;B SA;FR;hardware;strategic;;;;"]
    assert said_of(table_with(tmp_path, *rows)) == [
        "partners.csv:3:1: name is missing from partners 'b' (add it: short name, such as Alpha)"
    ]


def test_scorecard_tables_are_not_ignored_in_silence(tmp_path: Path) -> None:
    """They belong to a later version; a person must not believe that they count."""
    folder = pack_with(tmp_path)
    (folder / "scorecards").mkdir()
    (folder / "scorecards" / "nimbus.csv").write_text("x")
    (folder / "scorecards" / "_old.csv").write_text("x")
    pack, findings = read_pack(folder)
    assert pack is not None
    assert [(finding.severity, finding.message) for finding in findings] == [
        (Severity.WARNING, "tables of a single partner's scorecard are not read")
    ]


FORBIDDEN = (
    "Input should",
    "input_",
    "valid dictionary",
    "instance",
    "pydantic",
    "NoneType",
    "tuple",
    "Decimal",
    "dict",
)
JUNK: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(["x", "''", "null", "true", "3", "-1.5", "2026-09-30", "1_000", "99999999999999999999", "'a b'"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(
            st.sampled_from(["id", "name", "owner", "kpis", "partners", "level", "holder", "due", "years", "zz"]),
            inner,
            max_size=3,
        ).map(lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}"),
    ),
    max_leaves=6,
)
AROUND = st.sampled_from(["{}", "[{}]", "{{a: {}}}", "{{roles: {}}}", "{{goals: [{}]}}"])
PLACES = st.sampled_from(
    [
        *("pack", "organisation", "people", "risks", "governance", "contracts", "scorecards", "briefing", "reviews"),
        *("consultations", "custom", "customer_council", "strategy", "zz"),
    ]
)


@given(
    st.dictionaries(PLACES, JUNK, max_size=4),
    st.sampled_from(["{}", "[{}]", "{{a: {}}}", "{{roles: {}}}", "{{goals: [{}]}}"]),
)
@settings(max_examples=150, deadline=None)
def test_any_junk_is_told_with_a_place_and_without_jargon(keys: dict[str, str], around: str) -> None:
    """No traceback, no word of pydantic or Python, and a line for all but what is missing from the pack."""
    path = FOLDER / "junk.yaml"
    path.write_text("".join(f"{key}: {around.format(value)}\n" for key, value in keys.items()) + PARTNERS)
    pack, findings = read_pack(path)
    assert pack is None
    for finding in findings:
        assert isinstance(finding, Finding)
        assert not any(word in finding.message for word in FORBIDDEN), finding.message
        assert finding.location is not None
        assert finding.location.line is not None or finding.message.endswith("is missing from the pack")


FOLDER = Path()


@pytest.fixture(autouse=True, scope="module")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """One folder for all examples; hypothesis does not mix with a folder for each."""
    globals()["FOLDER"] = tmp_path_factory.mktemp("junk")
