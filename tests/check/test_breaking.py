"""Whole documents, unbroken and broken: every break must turn the verdict and name the place."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.documents import (
    Piece,
    Slide,
    comment,
    docx,
    footer,
    heading,
    paragraph,
    pptx,
    ref,
    table,
    text,
    title,
)
from tests.support.partnership import (
    CHECKLIST,
    CLAUSES,
    ESCALATION,
    FORUMS,
    OBLIGATIONS,
    RACI,
    ROLES,
    Rows,
    agreement,
    briefing,
    charter,
    charter_pieces,
    item,
    judge,
    messages,
    verdict,
)

from govpack.check import Verdict, read_checklist

CLEAN = "counterparty-clean"


def changed(rows: Rows, row: int, column: int, value: str) -> Rows:
    """`rows` with one cell changed."""
    rows = copy.deepcopy(rows)
    rows[row][column] = value
    return rows


def test_the_unbroken_charter_agreement_and_deck_are_met(tmp_path: Path) -> None:
    report = judge(
        tmp_path,
        {"n/governance-charter.docx": charter(), "n/agreement.docx": agreement(), "briefing.pptx": pptx(*briefing())},
    )
    for name in ("governance-complete", "charter-complete", "agreement-complete", "briefing-complete"):
        assert verdict(report, name) is Verdict.MET, messages(report, name)


def test_a_deleted_escalation_section_turns_the_item_and_is_named(tmp_path: Path) -> None:
    report = judge(tmp_path, {"charter.docx": charter(escalation=None)})
    assert verdict(report, "governance-complete") is Verdict.PARTLY_MET
    assert "charter.docx: there is no section ‘Escalation’" in messages(report, "governance-complete")


CHARTER_BREAKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a second A": (lambda: charter(raci=changed(RACI, 2, 1, "A")), "‘Run the service’ has 2 ‘A’"),
    "no R": (
        lambda: charter(raci=changed(RACI, 1, 2, "C")),
        "RACI › table 1, row 2: ‘Approve the yearly plan’ has no ‘R’",
    ),
    "an emptied cell": (lambda: charter(forums=changed(FORUMS, 2, 3, "")), "table 1, row 3, cell 4: ‘Quorum’ is blank"),
    "an emptied first cell": (
        lambda: charter(roles=changed(ROLES, 3, 0, "")),
        "table 1, row 4, cell 1: ‘Role’ is blank",
    ),
    "a deputy to be confirmed": (
        lambda: charter(roles=changed(ROLES, 1, 3, "TBC")),
        "row 2, cell 4: ‘Deputy’ is blank",
    ),
    "a dropped row": (lambda: charter(escalation=ESCALATION[:-1]), "Escalation › table 1: 3 of at least 4 rows"),
    "a row twice": (lambda: charter(escalation=[*ESCALATION[:-1], ESCALATION[3]]), "3 of at least 4 rows"),
    "too few obligations": (lambda: charter(obligations=OBLIGATIONS[:7]), "6 of at least 8 rows"),
    "too few activities": (lambda: charter(raci=RACI[:7]), "RACI › table 1: 6 of at least 8 rows"),
    "hours that fall": (
        lambda: charter(escalation=changed(ESCALATION, 3, 2, "30 minutes")),
        "row 4, cell 3: ‘Respond within’ does not rise",
    ),
    "hours that are words": (lambda: charter(escalation=changed(ESCALATION, 3, 3, "soon")), "‘soon’ is no time"),
    "no owner on one side": (lambda: charter(escalation=[row[:5] for row in ESCALATION]), "no column ‘Their owner’"),
    "a column lost": (lambda: charter(forums=[row[:3] + row[4:] for row in FORUMS]), "no column ‘Quorum’"),
    "no roles": (lambda: charter(roles=None), "there is no section ‘Roles and responsibilities’"),
    "no cadence": (lambda: charter(forums=None), "there is no section ‘Meeting rhythm’"),
    "no compliance": (lambda: charter(obligations=None), "there is no section ‘Compliance obligations’"),
}


@pytest.mark.parametrize("name", CHARTER_BREAKS)
def test_a_broken_charter_turns_the_item_and_names_the_place(name: str, tmp_path: Path) -> None:
    make, message = CHARTER_BREAKS[name]
    report = judge(tmp_path, {"governance-charter.docx": make()})
    assert verdict(report, "governance-complete") is not Verdict.MET
    assert message in messages(report, "governance-complete")


def test_a_heading_renamed_to_something_unrelated_is_missed_and_the_table_pointed_at(tmp_path: Path) -> None:
    pieces = [*charter_pieces(escalation=None), heading("Miscellaneous"), table(ESCALATION[0], *ESCALATION[1:])]
    report = judge(tmp_path, {"governance-charter.docx": docx(*pieces)})
    assert "such a table stands at Miscellaneous › table 1: move it" in messages(report, "governance-complete")


def test_the_right_words_in_the_wrong_section_do_not_pass(tmp_path: Path) -> None:
    words = "Escalation: level 1, trigger, respond within 1 hour, resolve within 8 hours, owner on both sides."
    pieces = [*charter_pieces(escalation=None), heading("Annex"), text(words)]
    assert (
        verdict(judge(tmp_path, {"governance-charter.docx": docx(*pieces)}), "governance-complete")
        is Verdict.PARTLY_MET
    )


def test_hours_changed_in_one_document_only_are_found(tmp_path: Path) -> None:
    hours = changed(ESCALATION, 2, 3, "48 hours")
    report = judge(tmp_path, {"n/governance-charter.docx": charter(escalation=hours), "n/agreement.docx": agreement()})
    assert "‘Resolve within’ is ‘48 hours’ here and ‘24 hours’ in n/agreement.docx" in messages(
        report, "charter-complete"
    )
    assert verdict(report, "governance-complete") is Verdict.PARTLY_MET


def test_each_charter_is_compared_with_the_agreement_beside_it(tmp_path: Path) -> None:
    hours = changed(ESCALATION, 2, 3, "20 hours")
    report = judge(
        tmp_path,
        {
            "a/governance-charter.docx": charter(),
            "a/agreement.docx": agreement(),
            "b/governance-charter.docx": charter(escalation=hours),
            "b/agreement.docx": agreement(escalation=hours),
        },
    )
    assert verdict(report, "governance-complete") is Verdict.MET


def test_one_bad_charter_of_two_makes_the_item_partly_met_and_is_named(tmp_path: Path) -> None:
    report = judge(tmp_path, {"a/governance-charter.docx": charter(), "b/governance-charter.docx": charter(roles=None)})
    assert verdict(report, "governance-complete") is Verdict.PARTLY_MET
    assert item(report, "governance-complete").failing_files == ("b/governance-charter.docx",)


AGREEMENT_BREAKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a clause cut that is referred to": (
        lambda: agreement(extra=[paragraph("Subject to ", inner=ref("gone", "12.3"))]),
        "‘12.3’ refers to a place that is gone (‘gone’)",
    ),
    "an old number": (
        lambda: agreement(extra=[paragraph("Subject to ", inner=ref("clause_3", "4"))]),
        "‘4’ shows an old number: the clause is 3 now",
    ),
    "a typed reference to nowhere": (
        lambda: agreement(extra=[text("See clause 40 for more.")]),
        "‘clause 40’ refers to a number",
    ),
    "no liability": (
        lambda: agreement([c for c in CLAUSES if "liability" not in c]),
        "there is no section ‘Liability’",
    ),
    "too few clauses": (lambda: agreement(CLAUSES[:14]), "14 of at least 15 clauses"),
    "too few schedules": (lambda: agreement(schedules=2), "2 of at least 3 schedules"),
    "a term defined twice": (
        lambda: agreement(extra=[text("“", "*Services", "” means something else.")]),
        "‘Services’ is defined 2 times",
    ),
    "a term never used": (
        lambda: agreement(extra=[text("“", "*Gewgaw", "” means a trinket.")]),
        "‘Gewgaw’ is defined and never used",
    ),
    "a placeholder": (
        lambda: agreement(extra=[text("The cap is [● liability cap].")]),
        "a placeholder is left: ‘[● liability cap]’",
    ),
    "a tag in the footer": (
        lambda: agreement(extra=[footer("Page {{ page }}")]),
        "footer: a template tag is left: ‘{{ page }}’",
    ),
    "a term that nobody defines": (
        lambda: agreement(extra=[text("In the Service Window.") for _ in range(3)]),
        "‘Service Window’ is used like a defined term (3 times), and is not defined",
    ),
}
LEAKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a comment": (
        lambda: agreement(extra=[text("Open"), comment("our walk-away is 5 %")]),
        "a comment: ‘our walk-away is 5 %’",
    ),
    "an internal word": (lambda: agreement(extra=[text("Our BATNA is to build.")]), "the internal word ‘BATNA’"),
}


@pytest.mark.parametrize("name", LEAKS)
def test_a_leak_to_the_partner_turns_the_item_on_what_is_sent(name: str, tmp_path: Path) -> None:
    make, message = LEAKS[name]
    assert verdict(judge(tmp_path / "clean", {"services-agreement.docx": agreement()}), CLEAN) is Verdict.MET
    report = judge(tmp_path / "leaking", {"services-agreement.docx": make()})
    assert verdict(report, CLEAN) is not Verdict.MET
    assert message in messages(report, CLEAN)


@pytest.mark.parametrize("name", AGREEMENT_BREAKS)
def test_a_broken_agreement_turns_the_item_and_names_the_place(name: str, tmp_path: Path) -> None:
    make, message = AGREEMENT_BREAKS[name]
    report = judge(tmp_path, {"services-agreement.docx": make()})
    assert verdict(report, "agreement-complete") is not Verdict.MET
    assert message in messages(report, "agreement-complete")


@pytest.mark.parametrize(
    ("without", "message"),
    [
        ("decisions", "no slide is about ‘Decision’"),
        ("risks", "no slide is about ‘Risks’"),
        ("Next steps", "no slide is about ‘Next steps’"),
        ("Economics", "no slide is about ‘Economics’"),
        ("goals", "no slide is about ‘Goals’"),
    ],
)
def test_a_slide_taken_out_turns_the_deck(without: str, message: str, tmp_path: Path) -> None:
    report = judge(tmp_path, {"briefing.pptx": pptx(*briefing(Slide("A"), Slide("B"), without=without))})
    assert verdict(report, "briefing-complete") is Verdict.PARTLY_MET
    assert message in messages(report, "briefing-complete")


def test_a_slide_about_the_value_of_relations_is_none_about_economics(tmp_path: Path) -> None:
    relations = Slide("The relation with Halden lags behind its value", ("EUR 5.4 million",))
    report = judge(tmp_path, {"briefing.pptx": pptx(*briefing(relations, without="Economics:"))})
    assert "no slide is about ‘Economics’" in messages(report, "briefing-complete")


def test_service_levels_are_no_levels_of_escalation(tmp_path: Path) -> None:
    terms = Slide("Seven terms protect us", rows=(("Term", "Where it stands"), ("Service levels", "Agreed")))
    slides = briefing(terms, Slide("Governance: three forums meet"), without="four escalation levels")
    report = judge(tmp_path, {"briefing.pptx": pptx(*slides)})
    assert "‘Escalation’, ‘Escalate…’ or ‘Level 1’ is not mentioned" in messages(report, "briefing-complete")


def test_a_slide_without_a_talk_track_is_named(tmp_path: Path) -> None:
    report = judge(tmp_path, {"briefing.pptx": pptx(*briefing(Slide("More", notes="")))})
    assert "slide 9 “More”: no talk track" in messages(report, "briefing-complete")


def test_a_chart_without_alternative_text_is_named(tmp_path: Path) -> None:
    chart = Slide("Economics", chart=(("2027", 1.0),), alt="")
    report = judge(tmp_path, {"briefing.pptx": pptx(*briefing(chart, without="Economics:"))})
    told = messages(report, "documents-accessible")
    assert "slide 8 “Economics” › chart 1: the chart has no alternative text" in told


def test_a_document_that_is_not_there_is_not_met_and_says_what_was_looked_for(tmp_path: Path) -> None:
    report = judge(tmp_path, {"governance-charter.docx": charter()})
    assert verdict(report, "strategy-complete") is Verdict.NOT_MET
    assert "no partnership strategy was found: looked for *partnership-strategy*.docx" in messages(
        report, "strategy-complete"
    )


def test_a_workbook_that_is_none_is_a_problem_and_its_item_is_not_met(tmp_path: Path) -> None:
    report = judge(tmp_path, {"vendor-scorecard.xlsx": b"whatever is in it"})
    assert report.exit_code == 2
    assert verdict(report, "scorecard-complete") is Verdict.NOT_MET
    assert "no Office file" in messages(report, "scorecard-complete")


def test_a_broken_file_is_a_problem_and_its_item_is_not_met(tmp_path: Path) -> None:
    report = judge(tmp_path, {"governance-charter.docx": b"PK\x03\x04 cut off"})
    assert report.exit_code == 2
    assert "no Office file" in str(report.problems[0])
    assert verdict(report, "governance-complete") is Verdict.NOT_MET


def test_every_item_is_evaluated_even_where_nothing_is_there(tmp_path: Path) -> None:
    report = judge(tmp_path, {})
    assert [found.id for found in report.verdicts] == [found.id for found in read_checklist(CHECKLIST).items]
    assert {found.verdict for found in report.verdicts} == {Verdict.NOT_MET}


def framework(*further: Piece) -> bytes:
    """A framework over all partners: levels of its own above those of the agreements, and limits of approval."""
    ladder = [*ESCALATION, ["5", "level 4 out of time", "48 hours", "240 hours", "Ada Stone", "inside only"]]
    pieces = [title("Governance framework"), *further, *charter_pieces(escalation=ladder)[1:]]
    return docx(*pieces, text("The approval limit of the sponsor is EUR 20 million."))


def test_a_framework_may_speak_of_levels_and_limits_inside_where_it_is_marked_internal(tmp_path: Path) -> None:
    files = {"governance-framework.docx": framework(text("Draft · Internal")), "agreement.docx": agreement()}
    report = judge(tmp_path, files)
    for name in ("governance-complete", "charter-complete", "internal-marked", CLEAN):
        assert verdict(report, name) is Verdict.MET, messages(report, name)


def test_a_framework_that_is_not_marked_is_named(tmp_path: Path) -> None:
    report = judge(tmp_path, {"governance-framework.docx": framework(), "agreement.docx": agreement()})
    assert verdict(report, "internal-marked") is Verdict.NOT_MET
    assert "neither cover nor header says ‘Internal’" in messages(report, "internal-marked")


def test_no_title_spares_a_charter_that_lies_among_what_is_sent(tmp_path: Path) -> None:
    """Whatever it calls itself: in a partner's folder it agrees with the agreement and holds nothing internal."""
    folder = "counterparty/nimbus"
    files = {
        f"{folder}/governance-framework.docx": framework(text("Draft · Internal")),
        f"{folder}/agreement.docx": agreement(),
    }
    report = judge(tmp_path, files)
    assert "‘5’ is not in" in messages(report, "governance-complete")
    assert "‘5’ is not in" in messages(report, "charter-complete")
    assert "the internal word ‘approval limit’" in messages(report, CLEAN)


def test_files_with_names_of_their_own_are_known_by_their_title(tmp_path: Path) -> None:
    pieces = [title("Governance framework"), *charter_pieces()[1:]]
    assert verdict(judge(tmp_path, {"v3 final.docx": docx(*pieces)}), "governance-complete") is Verdict.MET
