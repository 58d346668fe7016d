"""The hand-off to the project that builds on the pack: what it takes over, from whom, and when that is done."""

from __future__ import annotations

from docx.shared import Pt

from authoring.deck.say import counted, given
from authoring.word.draft import given as printed
from authoring.word.enablement_tables import (
    BUDGET,
    CRITERIA,
    IP,
    KPIS,
    OPEN_DECISIONS,
    PILOTS,
    TEMPLATES,
    joint_roadmap,
)
from authoring.word.report import Report

TITLE = "Enablement hand-off"
_E = "enablement"
_PROJECT = "{{ enablement.project }}"
_ALL_CRITERIA = f"all {{{{ {_E}.exit_criteria | length }}}} exit criteria below are"


def draw_enablement() -> bytes:
    """The template as a file: what is handed over in portrait, the wide tables in landscape, acceptance at the end."""
    report = Report(
        TITLE,
        purpose=f"What {_PROJECT} takes over from the partnership programme: pilots, budget, templates, ownership and "
        "measures, with the criteria by which the hand-over counts as done",
    )
    _draw_hand_off(report)
    _draw_strategy(report)
    report.section(TEMPLATES, level=1, otherwise="No template has been named for reuse yet.")
    report.turn(landscape=True)
    report.section(KPIS, level=1, otherwise="No goal has a KPI yet.")
    report.section(PILOTS, level=1, otherwise="No pilot is handed over yet.")
    _draw_joint_roadmap(report)
    report.turn(landscape=False)
    _draw_budget(report)
    report.section(IP, level=1, otherwise="The position on what is made together has not been stated yet.")
    report.section(CRITERIA, level=1, otherwise="No exit criteria have been set yet.")
    report.section(OPEN_DECISIONS, level=1, otherwise="No decision is open.")
    _draw_acceptance(report)
    return report.finish()


def _draw_hand_off(report: Report) -> None:
    report.write("Hand-off and owner", "Heading 1", page_break=True)
    report.write(
        f"{_PROJECT} takes over what is listed here. The named owner from then on is "
        "**{{ enablement.owner.name }}**, {{ enablement.owner.role }}"
        + given(f"{_E}.owner.remit", " ({{ enablement.owner.remit }})")
        + given(
            f"{_E}.accepts", "; {{ enablement.accepts.name }}, {{ enablement.accepts.role }}, accepts the hand-over"
        )
        + ". Until it is accepted, {{ pack.owner.name }}, {{ pack.owner.role }}, answers for all of it."
    )
    report.tag(f"if {_E}.pilots or {_E}.templates or {_E}.budget_lines")
    report.write(
        f"It consists of {counted(f'{_E}.pilots | length', 'pilot')}, "
        f"{counted(f'{_E}.templates | length', 'template')}, {counted(f'{_E}.kpis | length', 'KPI')} and a budget of "
        f"{{{{ {_E}.budget_total | money }}}}. It is done when "
        + given(
            f"{_E}.exit_criteria",
            f"{given(f'{_E}.exit_criteria | length == 1', 'the one exit criterion below is', _ALL_CRITERIA)} met",
            "exit criteria have been set and met",
        )
        + "; "
        + given(
            f"{_E}.open_decisions",
            f"{counted(f'{_E}.open_decisions | length', 'decision')} "
            f"{given(f'{_E}.open_decisions | length == 1', 'is still open', 'are still open, each')} with its owner "
            "and date.",
            "no decision is open.",
        )
    )
    report.tag("endif")


def _draw_strategy(report: Report) -> None:
    report.write("The strategy in brief", "Heading 1")
    report.tag(f"if {_E}.summary")
    report.write("{{ enablement.summary | markdown }}")
    report.tag("else")
    report.write("{{ enablement.summary }}")
    report.tag("endif", "if strategy.segments")
    report.write("Partners are looked after by segment:").paragraph_format.keep_with_next = True
    report.bullets(
        "segment in strategy.segments",
        "**{{ segment.name }}** ({{ segment.partners | map(attribute='name') | join(', ') | default('no partner yet', "
        "true) }})" + given("segment.share_pct", ": {{ segment.share_pct | percent(1) }} of spend"),
    )
    report.tag("endif", "if strategy.goals")
    goals = report.write("The goals, each with one owner:").paragraph_format
    goals.keep_with_next, goals.space_before = True, Pt(6)
    report.bullets(
        "goal in strategy.goals",
        "**{{ goal.id }}** {{ goal.name }}" + given("goal.owner", ": {{ goal.owner.name }}"),
    )
    report.tag("endif")


def _draw_joint_roadmap(report: Report) -> None:
    promised = (
        "contracts | map(attribute='joint_roadmap') | select | map(attribute='commitments') | map('length') | sum"
    )
    report.write("Joint roadmap", "Heading 1")
    report.tag(f"if {promised}")
    report.write(
        "What each side of an agreement commits to, partner by partner: ours first, then theirs, by date. This is for "
        "us alone: a partner sees its own joint roadmap and never that of another. In its words, as in the agreement, "
        "we are the Customer and the other side is the Partner.",
        "Table Intro",
    )
    report.tag("for contract in contracts if contract.joint_roadmap and contract.joint_roadmap.commitments")
    report.write("{{ contract.partner.name }}", "Heading 2")
    joint_roadmap(report)
    report.tag("endfor", "else")
    report.write("No joint roadmap with a partner has been planned yet.")
    report.tag("endif")


def _draw_budget(report: Report) -> None:
    report.section(BUDGET, level=1, otherwise="No budget goes with the hand-over yet.")
    report.tag(f"if {_E}.budget_lines")
    report.write(
        f"In all **{{{{ {_E}.budget_total | money }}}}**"
        + given(
            f"{_E}.pilot_budget_total and {_E}.budget_total > {_E}.pilot_budget_total",
            f": {{{{ {_E}.pilot_budget_total | money }}}} for the pilots as they stand above, and "
            f"{{{{ ({_E}.budget_total - {_E}.pilot_budget_total) | money }}}} for what they share",
        )
        + given(
            f"{_E}.pilot_budget_total > {_E}.budget_total",
            f", which is {{{{ ({_E}.pilot_budget_total - {_E}.budget_total) | money }}}} **less** than the pilots may "
            "cost",
        )
        + "."
    ).paragraph_format.space_before = Pt(6)
    report.tag("endif")


def _draw_acceptance(report: Report) -> None:
    report.sign_off(
        printed(
            f"{_E}.acceptance",
            f"{_PROJECT} accepts what is listed here, and reports the KPIs in the same definitions.",
        ),
        [
            ("Hands over", "pack.owner", ""),
            ("Takes over", f"{_E}.owner", ""),
            (f"{{% if {_E}.accepts %}}Accepts", f"{_E}.accepts", "{% endif %}"),
        ],
        heading="Acceptance",
    )
