"""What a repeated block owns in Word: bookmarks and what leads to them, notes, comments; each repetition its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.template.word_parts import (
    W,
    bookmark,
    commented,
    field_to,
    filled_parts,
    link_to,
    note_mark,
    para,
    table,
    text_run,
    word_file,
)

from govpack.template import TemplateError, compile_template

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.validator import Validator

AB = {"items": [{"n": "a", "all": [1, 2]}, {"n": "b", "all": [3]}], "on": True, "off": False}
ALL, ALL_END = '<w:bookmarkStart w:id="3" w:name="all"/>', '<w:bookmarkEnd w:id="3"/>'
LOOP, END = "{% for i in items %}", "{% endfor %}"


def test_each_repetition_has_its_bookmark_and_its_references_lead_to_it() -> None:
    made = filled_parts(
        word_file(
            para(LOOP),
            para("See ", field_to("REF spot \\h", "{{ i.n }}"), link_to("spot", "here"), field_to("PAGEREF spot")),
            para(bookmark("spot", "item {{ i.n }}")),
            para(END),
            para(field_to("REF spot")),
        ),
        AB,
    )
    assert made.faults() == []
    assert made.marked() == {"spot": "item a", "spot_2": "item b"}
    assert made.values("hyperlink", "anchor") == ["spot", "spot_2"]
    instructions = [
        "".join(e.text or "" for e in p.iter(f"{{{W}}}instrText")).split()
        for p in made.part("document").iter(f"{{{W}}}p")
    ]
    assert [words for words in instructions if words] == [
        ["REF", "spot", "\\h", "PAGEREF", "spot"],
        ["REF", "spot_2", "\\h", "PAGEREF", "spot_2"],
        ["REF", "spot"],
    ]


@pytest.mark.parametrize(
    "body",
    [
        para(LOOP + "x ", bookmark("spot", "{{ i.n }}"), field_to("REF spot"), END),
        table([para(LOOP + "x"), para(bookmark("spot", "{{ i.n }}"), field_to("REF spot"), END)]),
        table([para("{%tc for i in items %}"), para(bookmark("spot", "{{ i.n }}")), para("{%tc endfor %}")]),
        para(LOOP) + para("{% if i.n %}") + para(bookmark("spot", "{{ i.n }}"), "y") + para("{% endif %}") + para(END),
    ],
    ids=["text", "rows", "cells", "a condition inside"],
)
def test_bookmarks_stay_unique_whatever_is_repeated(body: str) -> None:
    made = filled_parts(word_file(body, para("end")), AB)
    assert made.faults() == []
    assert made.marked() == {"spot": "a", "spot_2": "b"}


def test_in_nested_loops_a_reference_leads_to_the_nearest_bookmark() -> None:
    made = filled_parts(
        word_file(
            para(LOOP),
            para(bookmark("outer", "{{ i.n }}")),
            para("{% for x in i.all %}"),
            para(bookmark("inner", "{{ i.n }}{{ x }}", number=2), link_to("outer", "up"), link_to("inner", "own")),
            para("{% endfor %}"),
            para(link_to("inner", "first")),
            para(END),
        ),
        AB,
    )
    assert made.faults() == []
    text_of = made.marked()
    assert text_of == {"outer": "a", "inner": "a1", "inner_2": "a2", "outer_2": "b", "inner_3": "b3"}
    led = [text_of[name] for name in made.values("hyperlink", "anchor")]
    assert led == ["a", "a1", "a", "a2", "a1", "b", "b3", "b3"]


def test_a_long_name_of_a_repeated_bookmark_stays_within_forty_characters() -> None:
    name = "n" * 40
    made = filled_parts(word_file(para(LOOP), para(bookmark(name, "{{ i.n }}")), para(END)), AB)
    assert made.values("bookmarkStart", "name") == [name, "n" * 38 + "_2"]


def test_a_name_that_another_bookmark_has_is_not_given_again() -> None:
    body = para(bookmark("spot_2", "x", number=7)), para(LOOP), para(bookmark("Spot", "{{ i.n }}")), para(END)
    made = filled_parts(word_file(*body), AB)
    assert made.marked() == {"spot_2": "x", "Spot": "a", "Spot_3": "b"}
    assert made.faults() == []


@pytest.mark.parametrize(
    "values", [{"items": []}, {"items": [{"n": "a"}]}, {"items": [{"n": "a"}, {"n": "b"}]}], ids=["none", "one", "two"]
)
@pytest.mark.parametrize(
    "body",
    [
        para(ALL, LOOP) + para("{{ i.n }}") + para(END, ALL_END),
        para("first ", ALL)
        + para(LOOP) + para("{{ i.n }}", ALL_END) + para(END),
        para(LOOP) + para("{{ i.n }}", ALL) + para(END)
        + para("last", ALL_END),
        para(LOOP) + para("{{ i.n }}") + para(END, ALL)
        + para("last", ALL_END),
        para('<w:permStart w:id="3" w:edGrp="everyone"/>', LOOP)
        + para("{{ i.n }}", '<w:permEnd w:id="3"/>') + para(END),
        para('<w:moveToRangeStart w:id="3" w:name="m" w:author="A" w:date="2026-01-01T00:00:00Z"/>', LOOP)
        + para("{{ i.n }}", '<w:moveToRangeEnd w:id="3"/>') + para(END),
        table([para("x", ALL)], [para(LOOP)], [para("{{ i.n }}")],
              [para(END, ALL_END)]),
        para("{{p items | length }}", ALL) + para(ALL_END, "x"),
    ],
    ids=["around", "into", "out of", "behind", "permission", "move", "rows", "value"],
)  # fmt: skip
def test_a_range_across_the_border_of_a_block_stays_whole(
    body: str, values: dict[str, object], tmp_path: Path, validator: Validator
) -> None:
    made = filled_parts(word_file(body, para("end")), values)
    assert made.faults() == []
    (tmp_path / "made.docx").write_bytes(made.data)
    assert validator.errors_of(tmp_path / "made.docx") == []


def test_a_bookmark_around_a_loop_is_around_all_that_it_writes() -> None:
    made = filled_parts(word_file(para(ALL, LOOP), para("{{ i.n }}"), para(END, ALL_END), para("after")), AB)
    assert made.marked() == {"all": "ab"}
    half = filled_parts(word_file(para("x", ALL), para(LOOP), para("{{ i.n }}", ALL_END), para(END), para("z")), AB)
    assert half.marked() == {"all": "ab"}


def test_a_reference_to_what_is_left_out_is_an_error_and_a_link_becomes_text() -> None:
    gone = para("{% if off %}") + para(bookmark("spot", "x")) + para("{% endif %}")
    made = filled_parts(word_file(gone, para(link_to("spot", "there"), field_to("PAGEREF _Toc1"))), AB)
    assert made.texts() == ["there?"]
    assert [a for a in made.values("hyperlink", "anchor") if a] == []
    with pytest.raises(TemplateError) as caught:
        compile_template(word_file(gone, para("See ", field_to("REF spot \\h")))).render(AB)
    said = str(caught.value.findings[0])
    assert "REF spot" in said
    assert "left out" in said
    kept = compile_template(word_file(gone, para("See ", field_to("REF spot \\h")))).render(AB, strict=False)
    assert len(kept.findings) == 1


# -- notes


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_each_repetition_has_its_note_filled_from_the_loop(kind: str) -> None:
    notes = {2: "on {{ i.n }} ({{ loop.index }})", 3: "plain", 5: "last {{ title }}"}
    made = filled_parts(
        word_file(
            para(LOOP),
            para("{{ i.n }}", note_mark(2, kind), "{% if loop.last %}", note_mark(3, kind), "{% endif %}"),
            para(END),
            para("end", note_mark(5, kind)),
            **{f"{kind}s": notes},  # type: ignore[arg-type]
        ),
        AB | {"title": "T"},
    )
    assert made.faults() == []
    assert made.notes(kind) == ["on a (1)", "on b (2)", "plain", "last T"]
    numbers = made.values(f"{kind}Reference", "id")
    assert numbers == sorted(numbers, key=int)


def test_a_note_goes_with_the_block_that_is_left_out() -> None:
    body = (
        para("{% if off %}")
        + para("x", note_mark(1))
        + para("{% else %}")
        + para("y", note_mark(2))
        + para("{% endif %}")
    )
    made = filled_parts(word_file(body, footnotes={1: "not {{ this.one }}", 2: "this"}), AB)
    assert made.notes() == ["this"]
    assert made.faults() == []


def test_a_note_sees_what_is_set_and_looped_over_where_it_is_referred_to() -> None:
    body = (
        para("{% set who = 'us' %}") + para(LOOP) + para("{% for x in i.all %}{{ x }}", note_mark(1), END) + para(END)
    )
    notes = {1: para("{{ who }} {{ i.n }}{{ x }}") + para("{% if x > 1 %}") + para(" more") + para("{% endif %}")}
    made = filled_parts(word_file(body, footnotes=notes), AB)
    assert made.notes() == ["us a1", "us a2 more", "us b3 more"]
    assert made.faults() == []


def test_what_is_printed_twice_has_its_notes_and_bookmarks_twice() -> None:
    shape = para("{% set said %}{{ title }}", note_mark(1), bookmark("spot", "!"), "{% endset %}")
    body = shape + para("{{ said }}") + para("{{ said }}")
    made = filled_parts(word_file(body, footnotes={1: "of {{ title }}"}), {"title": "T"})
    assert made.notes() == ["of T", "of T"]
    assert list(made.marked()) == ["spot", "spot_2"]
    assert made.faults() == []


def test_a_macro_brings_its_note_with_its_arguments() -> None:
    macro = para("{% macro said(x) %}{{ x }}", note_mark(1), "{% endmacro %}")
    made = filled_parts(word_file(macro, para("{{ said(1) }} and {{ said(2) }}"), footnotes={1: "of {{ x }}"}), {})
    assert made.notes() == ["of 1", "of 2"]
    assert made.texts() == ["1 and 2"]


def test_bookmarks_and_links_inside_notes_are_the_notes_own() -> None:
    notes = {1: para(bookmark("in_note", "{{ i.n }}"))}
    made = filled_parts(word_file(para(LOOP), para("x", note_mark(1)), para(END), footnotes=notes), AB)
    assert made.values("bookmarkStart", "name", "footnotes") == ["in_note", "in_note_2"]
    assert made.values("bookmarkStart", "id", "footnotes") == made.values("bookmarkEnd", "id", "footnotes")


def test_what_is_missing_in_a_note_is_reported_with_its_place() -> None:
    data = word_file(para(LOOP), para("x", note_mark(1)), para(END), footnotes={1: "{{ i.nn }}"})
    with pytest.raises(TemplateError) as caught:
        compile_template(data).render(AB)
    assert "footnotes" in str(caught.value.findings[0])
    assert "did you mean 'n'" in str(caught.value.findings[0])


def test_the_fields_of_notes_are_told_from_where_they_are_referred_to() -> None:
    data = word_file(para(LOOP), para("x", note_mark(1)), para(END), footnotes={1: "{{ i.n }}"})
    assert [field.path for field in compile_template(data).fields()] == ["items", "items[].n"]


# -- comments


def test_each_repetition_has_its_comment_and_its_answers() -> None:
    data = word_file(
        para(LOOP),
        para(commented(4, "{{ i.n }}", commented(5, "!"))),
        para(END),
        comments={4: "about {{ i.n }}", 5: "agreed", 6: "gone"},
        answers={5: 4},
    )
    made = filled_parts(data, AB)
    assert made.faults() == []


def test_comments_are_repeated_with_their_threads() -> None:
    both = para(
        '<w:commentRangeStart w:id="4"/><w:commentRangeStart w:id="5"/>', "{{ i.n }}",
        '<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>'
        '<w:commentRangeEnd w:id="5"/><w:r><w:commentReference w:id="5"/></w:r>',
    )  # fmt: skip
    data = word_file(para(LOOP), both, para(END), comments={4: "on {{ i.n }}", 5: "yes", 6: "orphan"}, answers={5: 4})
    made = filled_parts(data, AB)
    assert made.faults() == []
    assert made.notes("comment") == ["on a", "yes", "on b", "yes"]
    ids = [p.get("{http://schemas.microsoft.com/office/word/2010/wordml}paraId") for p in made.part("comments").iter()]
    ids = [one for one in ids if one]
    assert len(set(ids)) == 4
    said = [dict(one.attrib) for one in made.part("commentsExtended")]
    w15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
    assert [one[f"{w15}paraId"] for one in said] == ids
    assert [one.get(f"{w15}paraIdParent") for one in said] == [None, ids[0], None, ids[2]]
    cid = "{http://schemas.microsoft.com/office/word/2016/wordml/cid}"
    assert [one.get(f"{cid}paraId") for one in made.part("commentsIds")] == ids
    assert len({one.get(f"{cid}durableId") for one in made.part("commentsIds")}) == 4


def test_a_comment_on_a_tag_goes_with_the_tag() -> None:
    body = para(commented(1, LOOP)) + para(commented(2, "{{ i.n }}")) + para(END)
    made = filled_parts(word_file(body, comments={1: "loops over items", 2: "each"}), AB)
    assert made.texts() == ["a", "b"]
    assert made.notes("comment") == ["each", "each"]
    assert made.faults() == []


def test_a_comment_inside_a_note_goes_with_it() -> None:
    notes = {1: para(commented(3, "{{ i.n }}"))}
    data = word_file(para(LOOP), para("x", note_mark(1)), para(END), footnotes=notes, comments={3: "on {{ i.n }}"})
    made = filled_parts(data, AB)
    assert made.values("commentReference", "id", "footnotes") == made.values("comment", "id", "comments")
    assert made.values("commentRangeStart", "id", "footnotes") == made.values("comment", "id", "comments")


# -- what stands beside a tag

BREAK = '<w:r><w:br w:type="page"/></w:r>'


@pytest.mark.parametrize("thing", [BREAK, note_mark(1)], ids=["a page break", "a note"])
def test_what_stands_before_a_loop_or_behind_it_in_the_paragraph_of_its_tag_comes_once(thing: str) -> None:
    def shown(*body: str) -> list[str]:
        made = filled_parts(word_file(*body, footnotes={1: "note"}), AB)
        assert made.faults() == []
        found = []
        for paragraph in made.part("document").iter(f"{{{W}}}p"):
            marks = [e for e in paragraph.iter() if e.tag in (f"{{{W}}}br", f"{{{W}}}footnoteReference")]
            found.append("".join(e.text or "" for e in paragraph.iter(f"{{{W}}}t")) + "*" * len(marks))
        return found

    item, end = para("{{ i.n }}"), para(END)
    assert shown(para(thing, LOOP), item, end) == ["*", "a", "b"]
    assert shown(para(LOOP, thing), item, end) == ["*", "a", "*", "b"]
    assert shown(para(LOOP), item, para(thing, END)) == ["a", "*", "b", "*"]
    assert shown(para(LOOP), item, para(END, thing)) == ["a", "b", "*"]


def test_a_control_in_a_body_that_is_printed_twice_has_two_ids() -> None:
    control = f'<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>{text_run("x")}</w:sdtContent></w:sdt>'
    made = filled_parts(word_file(para("{% set said %}", control, "{% endset %}"), para("{{ said }}{{ said }}")), {})
    ids = made.values("id", "val")
    assert len(ids) == len(set(ids)) == 2


# -- the whole, as Word's schema sees it


def test_the_file_with_all_of_it_is_valid(tmp_path: Path, validator: Validator) -> None:
    control = (
        '<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>' + text_run("{{ i.n }}") + "</w:sdtContent></w:sdt>"
    )
    body = (
        para(LOOP),
        para(bookmark("spot", "{{ i.n }}"), note_mark(1), note_mark(1, "endnote"), commented(1, "c"), control),
        para(field_to("REF spot \\h"), link_to("spot", "x")),
        table([para("{% for x in i.all %}", note_mark(2)), para(bookmark("cell", "{{ x }}", number=9), END)]),
        para(END),
    )
    made = filled_parts(
        word_file(
            *body,
            footnotes={1: "of {{ i.n }}", 2: "of {{ x }}"},
            endnotes={1: "at the end {{ i.n }}"},
            comments={1: "on {{ i.n }}"},
        ),
        AB,
    )
    assert made.faults() == []
    assert made.notes() == ["of a", "of 1", "of 2", "of b", "of 3"]
    controls = [
        e.get(e.tag[: e.tag.index("}") + 1] + "val") for e in made.part("document").iter() if e.tag.endswith("}id")
    ]
    assert len(controls) == len(set(controls)) == 2
    (tmp_path / "made.docx").write_bytes(made.data)
    assert validator.errors_of(tmp_path / "made.docx") == []
