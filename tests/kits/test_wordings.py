"""A fallback may say only what it changes: it is read as the whole wording, and its faults have their places."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.kit import lay_kit

from govpack.errors import KitError
from govpack.kits import read_kit

HEAD = """\
---
id: term
title: Term
group: Start
order: 20
types: [services agreement]
variants:
  preferred: {risk: low}
  fallback_1: {risk: "medium: shorter", owner: Counsel, changes: preferred}
why: A contract ends.
---
## preferred

1. {{ bookmark("length") }}It lasts three years.
{% if contract.term %}
1. {{ bookmark("renewal") }}It renews:
   1. once; and
   1. in writing.
{% endif %}
1. Nothing else.

## fallback_1

"""


def laid(folder: Path, text: str) -> Path:
    lay_kit(folder)
    (folder / "clauses" / "term.md").write_text(text, encoding="utf-8")
    return folder


def wording(tmp_path: Path, changes: str) -> tuple[list[str], list[int]]:
    found = read_kit(laid(tmp_path / "kit", HEAD + changes)).clauses["term"].variants["fallback_1"]
    lines = found.text.splitlines()
    return lines, [found.line_of(number) for number in range(len(lines))]


def refusal(tmp_path: Path, text: str) -> list[str]:
    folder = laid(tmp_path / "kit", text)
    with pytest.raises(KitError) as caught:
        read_kit(folder)
    return [str(finding).removeprefix(f"{folder}/clauses/") for finding in caught.value.findings]


def test_an_item_takes_the_place_of_the_one_with_its_bookmark_and_stays_under_its_condition(tmp_path: Path) -> None:
    lines, places = wording(tmp_path, '1. {{ bookmark("renewal") }}It never renews.\n')
    assert lines == [
        '1. {{ bookmark("length") }}It lasts three years.',
        "{% if contract.term %}",
        '1. {{ bookmark("renewal") }}It never renews.',
        "{% endif %}",
        "1. Nothing else.",
    ]
    # Each line keeps the place where it was typed, so that a message can point at it.
    assert places == [14, 15, 24, 19, 20]


def test_a_new_item_comes_behind_the_one_above_it_and_one_without_words_falls_away(tmp_path: Path) -> None:
    changes = (
        '1. {{ bookmark("length") }}It lasts one year:\n   1. from signature.\n'
        '1. {{ bookmark("end") }}Then it ends.\n1. {{ bookmark("renewal") }}\n'
    )
    lines, places = wording(tmp_path, changes)
    assert lines == [
        '1. {{ bookmark("length") }}It lasts one year:',
        "   1. from signature.",
        '1. {{ bookmark("end") }}Then it ends.',
        "{% if contract.term %}",
        "{% endif %}",
        "1. Nothing else.",
    ]
    assert places == [24, 25, 26, 15, 19, 20]


def test_the_wording_that_is_changed_stays_as_it_is(tmp_path: Path) -> None:
    kit = read_kit(laid(tmp_path / "kit", HEAD + '1. {{ bookmark("length") }}It lasts one year.\n'))
    assert "three years" in kit.clauses["term"].variants["preferred"].text
    assert "three years" not in kit.clauses["term"].variants["fallback_1"].text


def test_a_fallback_may_change_a_fallback(tmp_path: Path) -> None:
    text = HEAD.replace("why:", "  fallback_2: {changes: fallback_1}\nwhy:")
    text += (
        '1. {{ bookmark("length") }}It lasts one year.\n\n## fallback_2\n\n1. {{ bookmark("renewal") }}It never renews.'
    )
    found = read_kit(laid(tmp_path / "kit", text)).clauses["term"].variants["fallback_2"].text
    assert "one year" in found
    assert "never renews" in found


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            '1. {{ bookmark("lenght") }}Short.\n',
            "24:1: variant 'fallback_1': the wording it changes has no item 'lenght'",
        ),
        ('1. {{ bookmark("lenght") }}Short.\n', "did you mean 'length'?"),
        ("1. Short.\n", "24:1: variant 'fallback_1': nothing says which item this changes"),
        ("{% if x %}\n", "24:1: variant 'fallback_1': a wording that changes another one holds items only"),
    ],
)
def test_a_change_of_what_is_not_there_is_an_error_at_its_line(tmp_path: Path, changes: str, says: str) -> None:
    assert any(f"term.md:{says}" in line or says in line for line in refusal(tmp_path, HEAD + changes))


def test_an_item_that_stands_twice_cannot_be_changed(tmp_path: Path) -> None:
    text = HEAD.replace("1. Nothing else.", '{% if x %}\n1. {{ bookmark("length") }}Twice.\n{% endif %}')
    said = refusal(tmp_path, text + '1. {{ bookmark("length") }}Short.\n')
    assert said == [
        "term.md:26:1: variant 'fallback_1': the wording it changes has 2 items 'length'; "
        "put its condition into one item"
    ]


def test_only_a_wording_above_can_be_changed(tmp_path: Path) -> None:
    text = HEAD.replace("changes: preferred", "changes: prefered") + '1. {{ bookmark("length") }}Short.\n'
    (said,) = refusal(tmp_path, text)
    assert "term.md:9:" in said
    assert "there is no wording 'prefered' above this one to change (did you mean 'preferred'?)" in said


def test_a_title_of_its_own_is_for_a_type_that_the_clause_belongs_to(tmp_path: Path) -> None:
    text = HEAD.replace("group: Start", "group: Start\ntitles: {co-innovation agreement: Duration}")
    (said,) = refusal(tmp_path, text + '1. {{ bookmark("length") }}Short.\n')
    assert "the clause belongs to no 'co-innovation agreement'" in said
