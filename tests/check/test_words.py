"""How words, numbers and dates are matched."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govpack.check.values import parse_hours, same_fact
from govpack.check.words import excerpt, find_name, find_phrase, is_blank, split_number


@pytest.mark.parametrize(
    ("wanted", "name", "score"),
    [
        ("Roles", "roles", 100),
        ("Roles", "3.2 Roles:", 100),
        ("Goals & KPIs", "Goals and KPIs", 100),
        ("Forum", "FORUMS", 100),
        ("Service levels", "Schedule 2 – Service levels", 100),
        ("Escalation", "Escalation path and owners", 95),
        ("Meeting rhythm", "Meeting rythm", 94),
        ("Escalation", "Contacts", 0),
        ("Risk", "Brisk trade", 0),
    ],
)
def test_names_match_by_words_then_nearly(wanted: str, name: str, score: float) -> None:
    match = find_name((wanted,), name)
    assert (match.score if match else 0) == pytest.approx(score, abs=2)


def test_a_column_is_known_by_its_last_word_however_long_the_name_before_it_is() -> None:
    match = find_name(("Their owner", "Owner"), "Nimbus Cloud Services for Ireland and the Benelux Countries owner")
    assert match is not None
    assert match.wanted == "Owner"
    assert find_name(("Owner",), "Who is told when the owner of a matter has been away for a week") is None
    assert (
        find_name(("Value",), "Halden needs action, Nimbus needs watching: the relation lags behind its value") is None
    )


@pytest.mark.parametrize(
    ("heading", "number", "words"),
    [
        ("12.3 Term", "12.3", "Term"),
        ("(a) Scope", "a", "Scope"),
        ("Schedule 2: Service levels", "Schedule 2", "Service levels"),
        ("Schedule 2", "Schedule 2", "Schedule 2"),
        ("2027 in figures", "", "2027 in figures"),
        ("Term", "", "Term"),
    ],
)
def test_typed_numbers_are_told_from_headings(heading: str, number: str, words: str) -> None:
    found, rest = split_number(heading)
    assert (found.strip("()"), rest) == (number, words)


def test_phrases_are_whole_words_unless_they_end_in_a_star() -> None:
    assert find_phrase("audit", "Rights of audit apply")
    assert not find_phrase("audit", "auditorium")
    assert find_phrase("audit*", "auditors may come")
    assert find_phrase("walk-away", "our walk away point")


@pytest.mark.parametrize(
    "text",
    [
        "The service level is met",
        "SERVICE-LEVELS",
        "a service\nlevel.",
        "service/level",
        "No service, but a service level",
    ],
)
def test_the_words_of_a_phrase_may_stand_apart_in_any_way_that_writers_part_them(text: str) -> None:
    assert find_phrase("Service level", text)


@pytest.mark.parametrize(
    "text", ["service, level", "level of service", "self_service level", "service levelled", "microservice level"]
)
def test_words_in_another_order_or_inside_others_are_no_phrase(text: str) -> None:
    assert not find_phrase("service level", text)


def test_a_phrase_with_other_signs_than_words_is_found_as_it_is_written() -> None:
    assert find_phrase("99.95%", "an uptime of 99.95% in each month")
    assert find_phrase("party's", "each party’s own costs") == "each party’s own costs"
    assert find_phrase("24/7", "there at 24/7, always") == "there at 24/7, always"


@pytest.mark.parametrize("cell", ["", " – ", "TBC", "to be agreed", "[● name]", "…"])
def test_cells_that_say_nothing_are_blank(cell: str) -> None:
    assert is_blank(cell)


@pytest.mark.parametrize("cell", ["n/a: no personal data", "0", "C", "not applicable"])
def test_cells_that_say_something_are_not(cell: str) -> None:
    assert not is_blank(cell)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("99.95 %", "99.95 percent"),
        ("99.950%", "99.95 per cent"),
        ("1 February 2027", "2027-02-01"),
        ("Feb 1, 2027", "1 February 2027"),
        ("EUR 12,800,000", "€ 12 800 000"),
        ("2 hours", "2 h"),
        ("2 hours", "2"),
        ("Ada Stone", "ada stone"),
    ],
)
def test_the_same_fact_is_known_in_another_format(one: str, other: str) -> None:
    assert same_fact(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("2 hours", "2 minutes"), ("99.95 %", "99.9 %"), ("1 May 2027", "2 May 2027"), ("", "x")]
)
def test_different_facts_stay_different(one: str, other: str) -> None:
    assert not same_fact(one, other)


@pytest.mark.parametrize(
    ("words", "hours"),
    [("30 minutes", "0.5"), ("1 h", "1"), ("2 working days", "48"), ("within 8", "8"), ("at once", "0")],
)
def test_durations_are_read_in_hours(words: str, hours: str) -> None:
    assert parse_hours(words) == Decimal(hours)


def test_an_excerpt_is_cut_between_words() -> None:
    """A reader of the evidence finds no half of a word, neither where it begins nor where it ends."""
    text = "The Partner shall provide the Services, and tell the Customer in writing before it engages anybody. " * 3
    for start in range(0, len(text) - 60, 7):
        shown = excerpt(text, start, start + 5)
        inside = shown.strip("…")
        assert 60 < len(inside) < 165
        assert f" {inside} " in f" {text}"
        assert text[start : start + 5].strip() in inside
    assert excerpt("x" * 300) == "x" * 110 + "…"
    assert excerpt("short\ntext") == "short text"


def test_words_without_a_number_are_no_time() -> None:
    assert parse_hours("soon") is None
