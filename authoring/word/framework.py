"""The governance framework: how all partners are run, with what stays inside, up to the board."""

from __future__ import annotations

from authoring.deck.say import counted
from authoring.word.draft import capital
from authoring.word.framework_tables import (
    CONTRACTS,
    DECISIONS,
    ESCALATION,
    FORUMS,
    LIMITS,
    OBLIGATIONS,
    ROLES,
    TEAMS,
)
from authoring.word.raci import introduce_raci, raci_table
from authoring.word.report import Report
from authoring.word.tables import rows_table

TITLE = "Governance framework"
_KINDS = '{"services": "Services agreements", "co-innovation": "Co-innovation agreements"}'


def draw_framework() -> bytes:
    """The template as a file. The wide tables lie on landscape pages between two portrait sections."""
    report = Report(
        TITLE,
        purpose="One framework over all partners and the board: who answers, who decides, when we meet, where a matter "
        "goes, which duties we must be able to show",
    )
    _draw_scope(report)
    report.section(ROLES, level=1)
    report.turn(landscape=True)
    _draw_raci(report)
    report.section(DECISIONS, level=1)
    report.section(LIMITS, level=1, otherwise="No approval limits are set beyond the decision rights above.")
    report.section(FORUMS, level=1)
    _draw_escalation(report)
    report.section(OBLIGATIONS, level=1)
    report.turn(landscape=False)
    _draw_performance(report)
    _draw_change_control(report)
    report.optional_section(TEAMS, level=1)
    report.sign_off(
        "The framework takes effect when those who hold its highest roles have signed.",
        [
            ("Owner", "pack.owner", ""),
            (
                "{% for role in governance.roles if role.id is blank or role.side == 'bank' and role.holder and "
                "role.id in ['sponsor', 'executive'] %}{{ role.name }}",
                "role.holder",
                "{% endfor %}",
            ),
        ],
    )
    return report.finish()


def _draw_scope(report: Report) -> None:
    report.write("Purpose and scope", "Heading 1", page_break=True)
    report.write(
        "This framework says how {{ organisation.name }} runs its partnerships: which roles there are and who holds "
        "them, "
        "who decides what and up to which limit, which forums meet, where a matter goes that is not resolved, up to "
        "the "
        "highest level inside, and which duties must be shown to be met. It holds for the whole "
        f"portfolio of {counted('figures.partner_count', 'partner')}."
    )
    report.write(
        "It is internal. What a partner sees of it stands in the charter of its agreement, and in the governance "
        "schedule "
        "of the agreement itself; where a charter and an agreement differ, the agreement prevails."
    )
    report.tag("if organisation.supervisor_note")
    report.write(
        capital("organisation.supervisor_note") + "{% if organisation.supervisor_note[-1:] not in '.!?' %}.{% endif %}"
    )
    report.tag("endif", "if organisation.regulators")
    report.write("We are supervised by:").paragraph_format.keep_with_next = True
    report.bullets("authority in organisation.regulators", "{{ authority }}")
    report.tag("endif")
    report.section(CONTRACTS, otherwise="No agreement is in the portfolio yet.")


def _draw_raci(report: Report) -> None:
    introduce_raci(report)
    tables = "governance.raci.tables"
    report.tag(f"if not {tables}")
    report.write("{{ governance.raci.rows | default(none, true) }}")
    report.tag("endif", f"for raci in {tables}", "if raci.applies != 'all'")
    report.write(f"{{{{ {_KINDS}[raci.applies] }}}}", "Heading 2")
    report.tag("endif")
    raci_table(report, "raci", theirs="partner")
    report.tag("endfor")


def _draw_escalation(report: Report) -> None:
    report.write(ESCALATION.heading, "Heading 1")
    report.tag("if not governance.escalation")
    report.write("{{ governance.escalation | default(none, true) }}")
    report.tag("else")
    report.write(ESCALATION.intro, "Table Intro")
    special = (
        "governance.escalation | rejectattr('applies', 'equalto', 'all') | map(attribute='applies') | unique | list"
    )
    # Where no level is for one type only, one ladder serves all.
    report.tag(f"for kind in ({special}) or ['all']", "if kind != 'all'")
    report.write(f"{{{{ {_KINDS}[kind] }}}}", "Heading 2")
    report.tag("endif")
    rows_table(report, ESCALATION, width=report.width)
    report.tag("endfor", "endif")


def _draw_performance(report: Report) -> None:
    bands = "governance.performance.rating_bands"
    report.write("Vendor performance management", "Heading 1")
    report.write("How performance is judged", "Heading 2")
    report.tag("if governance.performance.process")
    report.write("{{ governance.performance.process | markdown }}")
    report.tag("else")
    report.write(
        "The owner of a partner scores it each quarter on technical, financial and innovation metrics, and agrees the "
        "result with the partner before it goes to the vendor governance board."
    )
    report.tag("endif", "if governance.performance.cycle")
    report.write("The cycle", "Heading 2")
    report.write("{{ governance.performance.cycle | markdown }}")
    report.tag("endif")
    report.write("Weights and ratings", "Heading 2")
    report.write(
        "A score of 0 to 100 is the weighted sum of three: technical "
        "{{ scorecards.weights.technical | percent }}, financial {{ scorecards.weights.financial | percent }}, "
        "innovation "
        "{{ scorecards.weights.innovation | percent }}. The score gives the rating.",
        "Table Intro",
    )
    report.facts(
        "Rating bands",
        (30, 70),
        ("Rating", "Score"),
        [
            ("Green", f"{{{{ {bands}.green_from | number }}}} or more"),
            (
                "Amber",
                f"{{{{ {bands}.amber_from | number }}}} or more, and below {{{{ {bands}.green_from | number }}}}",
            ),
            ("Red", f"Below {{{{ {bands}.amber_from | number }}}}"),
        ],
    )
    report.tag("if governance.performance.consequences")
    report.write("What follows from a rating", "Heading 2")
    report.write("{{ governance.performance.consequences | markdown }}")
    report.tag("endif")
    for heading, path in (("Joint work", "process"), ("What follows in joint work", "consequences")):
        _draw_joint(report, heading, path)


def _draw_joint(report: Report, heading: str, path: str) -> None:
    """What is different where both sides do research or develop together, if anything is."""
    report.tag(f"if governance.co_innovation.{path}")
    report.write(heading, "Heading 2")
    report.write(f"{{{{ governance.co_innovation.{path} | markdown }}}}")
    report.tag("endif")


def _draw_change_control(report: Report) -> None:
    report.write("Change control", "Heading 1")
    report.tag("if governance.change_control")
    report.write("{{ governance.change_control | markdown }}")
    report.tag("else")
    report.write(
        "A change to an agreement, a service, a location or this framework is asked for in writing, saying what "
        "changes, "
        "why, from when, and what it does to cost, risk and data. Nobody starts work on it before those who may "
        "decide it "
        "have signed it."
    )
    report.tag("endif")
    _draw_joint(report, "Changes of joint work", "change_control")
