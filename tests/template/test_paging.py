"""Lists that must fit on a slide: pages by the lines that rows take, and names by what stands in a line."""

from __future__ import annotations

from typing import Any

import pytest
from tests.template.builders import docx_bytes, filled, texts

from govpack.template import TemplateError

SHORT, LONG = {"title": "Late", "owner": {"name": "Ada"}}, {"title": "letters " * 12, "owner": {"name": "Ada"}}
PAGES = "{% for page in rows | pages(ROOM) %}[{% for row in page %}{{ row.title | length }} {% endfor %}]{% endfor %}"


def shown(text: str, **context: Any) -> str:
    (line,) = texts(filled(docx_bytes(text), context))
    return line


def test_a_page_holds_as_many_rows_as_their_lines_allow() -> None:
    text = PAGES.replace("ROOM", "4, {'title': 50, 'owner.name': 20}")
    assert shown(text, rows=[SHORT] * 5) == "[4 4 4 4 ][4 ]"
    assert shown(text, rows=[SHORT, LONG, SHORT, SHORT]) == "[4 96 4 ][4 ]", (
        "ninety-six letters of prose take two lines of fifty"
    )


def test_the_longest_cell_of_a_row_counts_and_space_between_rows_does_too() -> None:
    assert shown(PAGES.replace("ROOM", "3, {'title': 200, 'owner.name': 1}"), rows=[SHORT] * 2) == "[4 ][4 ]"
    assert shown(PAGES.replace("ROOM", "4, {'title': 50}, 1"), rows=[SHORT] * 4) == "[4 4 ][4 4 ]"


def test_a_row_longer_than_a_page_has_one_for_itself_and_no_rows_are_one_empty_page() -> None:
    text = PAGES.replace("ROOM", "2, {'title': 10}")
    assert shown(text, rows=[SHORT, LONG, SHORT]) == "[4 ][96 ][4 ]"
    assert shown(text, rows=[]) == "[]"
    assert shown(text, rows=None) == "[]"


def test_fields_of_one_cell_stand_behind_each_other_and_what_is_missing_takes_no_room() -> None:
    rows = [{"title": "abcde", "note": None}, {"title": "abcde", "note": "fghij", "more": [{"name": "klmno"}]}]
    text = PAGES.replace("ROOM", "2, {'title note more.0.name': 9}")
    assert shown(text, rows=rows) == "[5 ][5 ]"


def test_plain_texts_take_one_width() -> None:
    assert (
        shown("{% for page in rows | pages(2, 20) %}[{{ page | join('|') }}]{% endfor %}", rows=["a", "b", "c"])
        == "[a|b][c]"
    )


def test_capitals_and_digits_take_more_room_than_narrow_letters() -> None:
    text = "{% for page in rows | pages(1, 10) %}[{{ page | length }}]{% endfor %}"
    assert shown(text, rows=["illi tilli", "x"]) == "[1][1]"
    assert shown("{{ (rows | pages(2, 10))[0] | length }}", rows=["ILL WILL M", "x"]) == "1"
    assert shown("{{ (rows | pages(2, 10))[0] | length }}", rows=["ill till i", "x"]) == "2"


@pytest.mark.parametrize("widths", ["{}", "0", "{'title': 0}"])
def test_a_line_without_letters_is_refused(widths: str) -> None:
    with pytest.raises(TemplateError) as refused:
        shown(PAGES.replace("ROOM", f"4, {widths}"), rows=[SHORT])
    assert "letters in a line" in str(refused.value.findings[0])


def test_as_many_names_are_kept_as_fit_and_none_is_ever_cut() -> None:
    text = "x{{ names | fitting(16) | join(', ') }}"
    assert shown(text, names=["Nimbus", "Halden", "Kestrel"]) == "xNimbus, Halden"
    assert shown(text, names=["University of Ostermark", "Halden"]) == "x"
    assert shown(text, names=[]) == "x"


def test_a_template_can_ask_how_many_lines_a_text_takes() -> None:
    text = "{{ 'small' if words | lines(20) > 2 else 'large' }} {{ words | lines(20) }}"
    assert shown(text, words="Two words") == "large 1"
    assert shown(text, words="letters of prose " * 5) == "small 5"
    assert shown(text, words="line\nby\nline") == "small 3"
    assert shown(text, words=None) == "large 0"
    with pytest.raises(TemplateError) as refused:
        shown("{{ wrods | lines(20) }}", words="Two words")
    assert "wrods" in str(refused.value.findings[0])


def test_lines_without_a_letter_are_refused() -> None:
    with pytest.raises(TemplateError) as refused:
        shown("{{ words | lines(0) }}", words="Two words")
    assert "letters in a line" in str(refused.value.findings[0])
