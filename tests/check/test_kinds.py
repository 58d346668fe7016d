"""Each requirement kind on a document that passes and on one that fails."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.documents import (
    Piece,
    Slide,
    docx,
    heading,
    legal_numbering,
    looks,
    merged,
    paragraph,
    pptx,
    ref,
    table,
    text,
    title,
)

from govpack.check import Outcome, Verdict, read_outline
from govpack.check.kinds import REGISTRY, Case

ROLES = table(["Role", "Holder"], ["Sponsor", "Ada"], ["Lead", "Ben"])


def judge(kind: str, arguments: dict[str, Any], *pieces: Piece, others: dict[str, bytes] | None = None) -> Outcome:
    """The outcome of one requirement on a document of `pieces`."""
    return judge_file(kind, arguments, docx(*pieces), others)


def judge_file(kind: str, arguments: dict[str, Any], data: bytes, others: dict[str, bytes] | None = None) -> Outcome:
    """The outcome of one requirement on a file."""
    found = REGISTRY[kind]
    others = others or {}
    known = {name: (read_outline(file, f"{name}.docx"),) for name, file in others.items()}
    return found.judge(Case(read_outline(data, "file"), known), found.arguments.model_validate(arguments))


def said(outcome: Outcome) -> str:
    """What an outcome's findings say."""
    return "\n".join(str(finding) for finding in outcome.findings)


def test_every_kind_says_in_its_docstring_what_passes_and_what_fails() -> None:
    for name, found in REGISTRY.items():
        words = found.judge.__doc__ or ""
        assert f"{name}:" in words, name
        assert "Passes:" in words, name
        assert "Fails:" in words, name


def test_section_needs_its_heading_and_something_under_it() -> None:
    wanted = {"heading": ["Escalation", "Escalation path"]}
    assert (
        judge("section", wanted, heading("7. Escalation Path"), text("Levels one to four, by trigger.")).verdict
        is Verdict.MET
    )
    assert "nothing under it" in said(judge("section", wanted, heading("Escalation")))
    assert "there is no section" in said(
        judge("section", wanted, heading("Roles"), text("We escalate by the path below."))
    )


def test_a_near_match_passes_and_is_reported_as_one() -> None:
    outcome = judge(
        "section", {"heading": ["Meeting rhythm"]}, heading("Meeting rythm"), text("We meet every month, always.")
    )
    assert outcome.verdict is Verdict.MET
    assert outcome.evidence[0].near == "‘Meeting rythm’ for ‘Meeting rhythm’"


TABLE = {"under": ["Roles"], "columns": [["Role", "Function"], ["Holder", "Held by"]], "rows": 2, "filled": True}


@pytest.mark.parametrize(
    "pieces",
    [
        [heading("Roles"), ROLES],
        [heading("3. Roles and people"), table(["Held by", "FUNCTION"], ["Ada", "Sponsor"], ["Ben", "Lead"])],
        [heading("Roles"), table(["Role", "Sponsor", "Lead"], ["Holder", "Ada", "Ben"])],
        [heading("Roles"), heading("Sponsor", 2), text("Holder: Ada"), heading("Lead", 2), text("Holder: Ben")],
        [heading("Roles"), table(["Role", "Duty"], ["Sponsor", "Decides"], ["Lead", "Runs"]), ROLES],
        [heading("Roles"), text("Role: Sponsor\nHolder: Ada"), text("Role: Lead\nHolder: Ben")],
        [heading("Roles"), table(["Role / Holder"], ["Sponsor\nAda"], ["Lead\nBen"])],
        [
            heading("Roles"),
            merged([["Who does what", ""], ["Role", "Holder"], ["Sponsor", "Ada"], ["Lead", "Ben"]], (0, 0, 0, 1)),
        ],
        [looks("Charter", 20), looks("Roles"), ROLES],
    ],
    ids=[
        "table",
        "synonyms",
        "on its side",
        "subsections",
        "two tables",
        "lines",
        "stacked cells",
        "a title row",
        "by look",
    ],
)
def test_table_takes_the_facts_in_any_layout(pieces: list[Piece]) -> None:
    outcome = judge("table", TABLE, *pieces)
    assert outcome.verdict is Verdict.MET, said(outcome)


@pytest.mark.parametrize(
    ("pieces", "message"),
    [
        ([heading("Contacts"), ROLES], "there is no section ‘Roles’ (it has: Contacts)"),
        ([heading("Roles"), text("Ada is the sponsor.")], "Roles: there is no table with the columns Role and Holder"),
        ([heading("Roles"), table(["Role", "Pay"], ["Sponsor", "1"])], "no column ‘Holder’ (it has: Role, Pay)"),
        # What a table says once for each of several things has its headings again and again.
        (
            [heading("Roles"), table(["Role", "Pay", "Role", "Pay"], ["Sponsor", "1", "Lead", "2"])],
            "no column ‘Holder’ (it has: Role, Pay)",
        ),
        ([heading("Roles"), table(["Role", "Holder"], ["Sponsor", "Ada"])], "1 of at least 2 rows"),
        (
            [heading("Roles"), table(["Role", "Holder"], ["Sponsor", "Ada"], ["Lead", "–"])],
            "row 3, cell 2: ‘Holder’ is blank",
        ),
    ],
)
def test_table_names_what_is_missing_and_where(pieces: list[Piece], message: str) -> None:
    assert message in said(judge("table", TABLE, *pieces))


RACI = {"table": {"under": ["RACI"], "columns": [["Activity"], "*"]}, "exactly_one": "A", "at_least_one": "R"}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([["Activity", "Lead", "Legal"], ["Sign", "A/R", "C"]], ""),
        ([["Activity", "Responsible", "Accountable"], ["Sign", "Lead, Legal", "Sponsor"]], ""),
        ([["Activity", "Lead", "Legal"], ["Sign", "Accountable", "Responsible"]], ""),
        (
            [["Activity", "Lead", "Legal"], ["Sign", "A", "A"]],
            "‘Sign’ has 2 ‘A’ where exactly one is due (it has A, A)",
        ),
        ([["Activity", "Lead", "Legal"], ["Sign", "A", "C"]], "no ‘R’ where at least one is due"),
        ([["Activity", "Responsible", "Accountable"], ["Sign", "Lead", "Sponsor and Legal"]], "has 2 ‘A’"),
    ],
)
def test_each_row_counts_letters(rows: list[list[str]], message: str) -> None:
    outcome = judge("each_row", RACI, heading("RACI"), table(*rows))
    assert (message in said(outcome)) if message else outcome.verdict is Verdict.MET


def test_each_row_wants_hours_that_rise_and_mitigations_that_act() -> None:
    rising = {"table": {"columns": [["Level"], ["Respond"]]}, "rising": ["Respond"]}
    assert (
        judge(
            "each_row", rising, table(["Level", "Respond"], ["1", "30 minutes"], ["2", "1 h"], ["3", "2 days"])
        ).verdict
        is Verdict.MET
    )
    assert "does not rise" in said(
        judge("each_row", rising, table(["Level", "Respond"], ["1", "8 h"], ["2", "2 hours"]))
    )
    acts = {"table": {"columns": [["Risk"], ["Mitigation"]]}, "acts": ["Mitigation"]}
    assert (
        judge("each_row", acts, table(["Risk", "Mitigation"], ["Late", "Reserve a second source"])).verdict
        is Verdict.MET
    )
    assert "only watches" in said(judge("each_row", acts, table(["Risk", "Mitigation"], ["Late", "Monitor closely"])))


def test_covers_wants_a_row_or_mention_for_every_value() -> None:
    portfolio = [heading("Portfolio"), table(["Partner", "Segment"], ["Nimbus", "Strategic"], ["Fenmark", "Niche"])]
    wanted = {
        "every": {"under": ["Portfolio"], "columns": [["Partner"], ["Segment"]], "where": {"Segment": "Strategic"}},
        "within": {"under": ["Exit"], "columns": [["Partner"]]},
    }
    assert (
        judge("covers", wanted, *portfolio, heading("Exit"), table(["Partner", "Plan"], ["Nimbus Cloud", "x"])).verdict
        is Verdict.MET
    )
    assert "‘Nimbus’ is not in" in said(
        judge("covers", wanted, *portfolio, heading("Exit"), table(["Partner"], ["Fenmark"]))
    )
    thrice = {"values": ["Technical"], "within": {"columns": [["Area"]]}, "times": 2}
    assert "at least 2 times (found 1)" in said(
        judge("covers", thrice, table(["Area", "Metric"], ["Technical", "Uptime"]))
    )
    once = {"values": ["Nimbus"], "within": {"columns": [["Partner"]]}, "unique": True}
    assert "2 times" in said(judge("covers", once, table(["Partner", "In"], ["Nimbus", "a"], ["Nimbus", "b"])))


def test_mentions_takes_whole_phrases_under_the_heading_only() -> None:
    wanted = {"all": [["step-in", "take over"], "terminat*"], "under": ["Exit"]}
    assert (
        judge("mentions", wanted, heading("Exit"), text("Step in, or terminating, is allowed.")).verdict is Verdict.MET
    )
    outcome = judge(
        "mentions", wanted, heading("Exit"), text("Nothing."), heading("Other"), text("step-in and termination")
    )
    assert "‘step-in’ or ‘take over’ is not mentioned" in said(outcome)
    assert judge("mentions", {"any": "audit"}, text("We auditioned.")).verdict is Verdict.NOT_MET


def test_least_counts_clauses_by_word_or_by_hand_and_not_those_of_schedules() -> None:
    wanted = {"clauses": 2, "schedules": 1}
    by_word = [legal_numbering(), heading("Term"), heading("Fees")]
    assert judge("least", {"clauses": 2}, *by_word).verdict is Verdict.MET
    by_hand = [looks("1. Term"), text("x"), looks("2. Fees"), text("y"), looks("Schedule 1: Services"), text("z")]
    assert judge("least", wanted, *by_hand).verdict is Verdict.MET
    outcome = judge("least", wanted, heading("1. Term"), heading("Schedule 1"), heading("2 Inner", 2))
    assert "1 of at least 2 clauses" in said(outcome)


def test_figure_wants_values_and_alternative_text() -> None:
    chart = Slide("Economics", chart=(("2027", 1.0),))
    assert judge_file("figure", {"sort": "chart", "under": "Economics"}, pptx(chart)).verdict is Verdict.MET
    assert "no chart" in said(judge_file("figure", {"sort": "chart"}, pptx(Slide("Economics"))))
    silent = Slide("Economics", chart=(("2027", 1.0),), alt="")
    assert "no alternative text" in said(judge_file("figure", {"sort": "chart"}, pptx(silent)))


def test_slide_looks_in_titles_then_in_words() -> None:
    wanted = {"about": ["Risks"], "has": ["table", "notes"]}
    rows = (("Risk", "Owner"), ("Late", "Ada"))
    assert (
        judge_file("slide", wanted, pptx(Slide("A"), Slide("Three risks are high today", rows=rows))).verdict
        is Verdict.MET
    )
    assert "no native table" in said(judge_file("slide", wanted, pptx(Slide("Risks"))))
    assert "no slide is about ‘Risks’" in said(judge_file("slide", wanted, pptx(Slide("Costs"))))
    assert "there are no slides" in said(judge("slide", wanted, heading("Risks")))


def test_agrees_compares_facts_whatever_their_format() -> None:
    wanted = {
        "of": "agreement",
        "here": {"columns": [["Metric"], ["Target"]]},
        "there": {"columns": [["Metric"], ["Target"]]},
    }
    mine = table(["Metric", "Target"], ["Uptime", "99.95 %"], ["From", "1 February 2027"], ["Cap", "EUR 16,000,000"])
    same = docx(table(["Metric", "Target"], ["Uptime", "99.95 percent"], ["From", "2027-02-01"], ["Cap", "€ 16000000"]))
    other = docx(table(["Metric", "Target"], ["Uptime", "99.9 %"], ["From", "2027-02-01"]))
    assert judge("agrees", wanted, mine, others={"agreement": same}).verdict is Verdict.MET
    outcome = judge("agrees", wanted, mine, others={"agreement": other})
    assert "‘Target’ is ‘99.95 %’ here and ‘99.9 %’ in agreement.docx" in said(outcome)
    assert "‘Cap’ is not in agreement.docx" in said(outcome)
    assert "no agreement to compare with" in said(judge("agrees", wanted, mine))
    assert judge("agrees", {**wanted, "if_there": True}, mine).verdict is Verdict.MET


def test_references_must_point_at_what_is_there_now() -> None:
    clauses = [legal_numbering(), heading("Term"), paragraph("Cap", style="Heading1", bookmark="cap")]
    assert judge("references_resolve", {}, *clauses, paragraph("See ", inner=ref("cap", "2"))).verdict is Verdict.MET
    assert "shows an old number: the clause is 2 now" in said(
        judge("references_resolve", {}, *clauses, paragraph("", inner=ref("cap", "1")))
    )
    assert "a place that is gone (‘cup’)" in said(
        judge("references_resolve", {}, *clauses, paragraph("", inner=ref("cup", "2")))
    )
    broken = ref("cap", "Error! Reference source not found.")
    assert "a reference shows" in said(judge("references_resolve", {}, *clauses, paragraph("", inner=broken)))
    typed = judge(
        "references_resolve", {"typed": True}, *clauses, text("Clause 2 and clause 7 apply; clause 9 of the Code too.")
    )
    assert said(typed).count("does not exist") == 1
    assert "‘clause 7’" in said(typed)


def test_terms_are_defined_once_and_used() -> None:
    once = [
        text("“", "*Services", "” means the work. “Fees” means the price of the Services."),
        text("The Fees are due."),
    ]
    assert judge("terms_defined", {"least": 2}, *once).verdict is Verdict.MET
    assert "defined 2 times" in said(judge("terms_defined", {}, *once, text("“Fees” means something else.")))
    assert "never used" in said(judge("terms_defined", {}, text("“", "*Gewgaw", "” means a trinket.")))
    assert "1 of at least 5" in said(judge("terms_defined", {"least": 5}, text("“Fees” means the price. Fees.")))


@pytest.mark.parametrize(
    "words", ["The cap is [● cap].", "Signed on [insert date].", "Owner: TBC", "Lorem ipsum dolor", "by <<name>>"]
)
def test_placeholders_are_found(words: str) -> None:
    assert "a placeholder is left" in said(judge("no_placeholders", {}, text(words)))


def test_ordinary_brackets_are_no_placeholders() -> None:
    assert judge("no_placeholders", {}, text("Regulation [EU] 2022/2554 [1], see (b).")).verdict is Verdict.MET


def test_tags_are_found_across_runs_and_in_notes() -> None:
    assert "‘{{ name }}’" in said(judge("no_tags_left", {}, text("Dear {", "*{ na", "me }}")))
    assert "notes" in said(judge_file("no_tags_left", {}, pptx(Slide("A", notes="Say {{ x }}"))))
    assert judge("no_tags_left", {}, text("A set {1, 2}.")).verdict is Verdict.MET


def test_nothing_internal_names_each_leak_and_may_allow_some() -> None:
    leaky = docx(
        text("Words"),
        paragraph("", inner='<w:del w:id="1" w:author="B"><w:r><w:delText>walk away</w:delText></w:r></w:del>'),
        paragraph("", inner="<w:r><w:rPr><w:vanish/></w:rPr><w:t>our limit</w:t></w:r>"),
        author="Jo Doe",
    )
    told = said(judge_file("nothing_internal", {"words": ["walk-away"]}, leaky))
    for part in (
        "a tracked deletion",
        "hidden text: ‘our limit’",
        "name an author: ‘Jo Doe’",
        "the internal word ‘walk-away’",
    ):
        assert part in told
    allowed = {"allow": ["tracked_changes", "hidden_text", "personal_properties", "rsids"]}
    assert judge_file("nothing_internal", allowed, leaky).verdict is Verdict.MET


def test_an_author_that_the_document_names_is_no_leak() -> None:
    data = docx(text("Between Bank plc and Partner DAC."), author="Bank plc")
    assert "author" not in said(judge_file("nothing_internal", {"allow": ["rsids"]}, data))


def test_signed_off_wants_a_block_for_each_party() -> None:
    wanted = {"under": ["Sign-off"], "parties": 2}
    block = table(["For", "Name", "Title", "Date"], ["Bank", "Ada", "COO", ""], ["Partner", "Eva", "CEO", ""])
    lines = [text("Name: Ada\nTitle: COO\nDate: ____"), text("Name: Eva\nTitle: CEO\nDate: ____")]
    assert judge("signed_off", wanted, heading("Sign-off"), block).verdict is Verdict.MET
    assert judge("signed_off", wanted, heading("Sign-off"), *lines).verdict is Verdict.MET
    assert "1 ‘Name’ where 2 sign" in said(judge("signed_off", wanted, heading("Sign-off"), lines[0]))
    nobody = table(["For", "Name", "Title", "Date"], ["Bank", "Ada", "COO", ""], ["Partner", "", "CEO", ""])
    assert "filled 1 times" in said(judge("signed_off", wanted, heading("Sign-off"), nobody))
    assert judge("signed_off", {**wanted, "signed": True}, heading("Sign-off"), block).verdict is Verdict.FOR_A_PERSON


def test_for_a_person_is_never_met_by_itself() -> None:
    outcome = judge(
        "for_a_person", {"what": "whether the executives approve", "under": "Sign-off"}, heading("Sign-off")
    )
    assert outcome.verdict is Verdict.FOR_A_PERSON
    assert "file, Sign-off: a person judges whether the executives approve" in said(outcome)


def test_a_title_tells_when_a_requirement_applies() -> None:
    from govpack.check.kinds import applies  # noqa: PLC0415

    found = REGISTRY["section"]
    args = found.arguments.model_validate({"heading": "Credits", "unless": {"title": "Co-innovation"}})
    assert not applies(read_outline(docx(title("Co-innovation agreement"), text("x"))), args)
    assert applies(read_outline(docx(title("Services agreement"), text("Not a co-innovation one."))), args)


def test_a_table_of_any_columns_is_missed_where_there_is_prose_in_parts_and_found_where_there_is_one() -> None:
    wanted = {"under": ["Heatmap"], "columns": ["*"], "rows": 2, "cells": 3}
    prose = [heading("Heatmap"), heading("Now", 2), text("It is warm."), heading("Then", 2), text("It was cold.")]
    assert judge("table", wanted, *prose).verdict is Verdict.NOT_MET
    grid = table(["", "Weak", "Strong"], ["High", "Halden", "Nimbus"], ["Low", "–", "Quillon"])
    assert judge("table", wanted, heading("Heatmap"), grid).verdict is Verdict.MET
    empty = table(["", "Weak", "Strong"], ["High", "", "Nimbus"], ["Low", "–", ""])
    assert "1 of at least 3 cells say something" in said(judge("table", wanted, heading("Heatmap"), empty))


def test_a_review_that_is_not_held_is_for_a_person_and_one_of_another_document_is_not_met() -> None:
    wanted = {"kind": "Executive", "about": ["strategy"]}
    header = ["Kind", "Of", "Date", "Outcome"]
    none = judge("reviewed", wanted, heading("Reviews"), table(header, ["Executive", "–", "–", "Not yet held"]))
    assert none.verdict is Verdict.FOR_A_PERSON
    row = ["Executive", "Pitch", "1 May 2027", "Approved"]
    other = judge("reviewed", wanted, heading("Reviews"), table(header, row))
    assert "no executive review is about ‘strategy’" in said(other)


@pytest.mark.parametrize(
    ("here", "there", "same"),
    [
        ("EUR 40.6 million", "EUR 40,612,345", True),
        ("EUR 40.6 million", "EUR 40,700,000", False),
        ("EUR 16 million", "EUR 16,040,000", True),
        ("EUR 16 million", "EUR 16,400,000", False),
        ("EUR 250 thousand", "EUR 250,040", True),
        ("EUR 16,000,000", "EUR 16,000,001", False),
        ("16.0", "EUR 16,000,000", True),
    ],
)
def test_an_amount_in_millions_is_the_same_as_far_as_it_is_rounded(here: str, there: str, same: bool) -> None:
    wanted = {"here": {"row": "Spend"}, "there": {"document": "deck", "row": "Spend"}, "unit": "money"}
    deck = {"deck": docx(table(["Figure", "Value"], ["Spend", there]))}
    outcome = judge("same_figure", wanted, table(["Figure", "Value"], ["Spend", here]), others=deck)
    assert (outcome.verdict is Verdict.MET) == same, said(outcome)


def test_rows_agree_though_one_names_the_unit_beside_the_key() -> None:
    wanted = {"of": "book", "here": {"columns": ["Metric", "Target"]}, "there": {"columns": ["Metric", "Target"]}}
    book = {"book": docx(table(["Metric", "Target"], ["Availability", "99.95"], ["Invoices", "98"]))}
    same = table(["Metric", "Target"], ["Availability (%)", "99.95"], ["Invoices (%)", "98"])
    assert judge("agrees", wanted, same, others=book).verdict is Verdict.MET
    other = table(["Metric", "Target"], ["Availability (%)", "99.5"], ["Invoices (%)", "98"])
    assert "‘Target’ is ‘99.5’ here and ‘99.95’" in said(judge("agrees", wanted, other, others=book))
