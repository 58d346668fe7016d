"""How much rests on whom, and what leaving would take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.say import PLAN, given, names, short_date, tag
from authoring.word.draft import by_hand, capital, money, person
from authoring.word.tables import Column, DataTable, rows_table

if TYPE_CHECKING:
    from authoring.word.report import Report

_F = "figures"
_LEFT = (
    '(partners | selectattr("supports_cif") | list) + '
    '(partners | rejectattr("supports_cif") | rejectattr("engagement_only") | list)'
)

_TESTED = f"{_F}.cif_exit_tested_count"
_EXIT_NOTE = given(
    f"{_F}.cif_partner_count",
    " In the 12 months to {{ pack.as_of | date }} the exit plan"
    + given(
        f"{_F}.cif_partner_count == 1",
        f" of the one such partner was {given(f'not {_TESTED}', 'not ')}tested.",
        f"s of {{{{ {_TESTED} or 'none' }}}} of these {{{{ {_F}.cif_partner_count }}}} partners were tested.",
    ),
)

SHARES = DataTable(
    heading="Share of each partner",
    intro="Reliance counts a partner’s own spend and that of every partner hosted on it: independent contracts that "
    "fail together are one risk.",
    when=f"{_F}.spend_total",
    loop='partner in partners | selectattr("spend") | sort(attribute="spend", reverse=true)',
    columns=(
        Column("Partner", 20, "{{ partner.name }}", "TableLabel"),
        Column("Segment", 16, "{{ partner.segment.name }}"),
        Column("Hosted on", 16, person("partner.hosted_on", "No partner of ours")),
        Column("Spend", 16, "{{ partner.spend | money }}", align="right"),
        Column("Share of spend", 14, "{{ partner.share_pct | percent(1) }}", align="right"),
        Column(
            "Reliance with shared hosting",
            18,
            by_hand(
                "partner.reliant_spend",
                "write: Reliance | %",
                f"{{{{ (partner.reliant_spend / {_F}.spend_total * 100) | percent(1) }}}}",
            ),
            align="right",
        ),
    ),
)

EXIT = DataTable(
    heading="Exit exposure",
    intro="Partners that support a critical or important function come first; each of those needs an alternative that "
    "is named, and an exit plan tested within 12 months.",
    loop=f"partner in {_LEFT}",
    when=f"({_LEFT}) | length",
    columns=(
        Column("Partner", 9, "{{ partner.name }}", "TableLabel"),
        Column("Critical functions", 17, names("partner.functions", "None")),
        Column(
            "Substitution",
            30,
            "{% if partner.substitutability %}" + capital("partner.substitutability")
            + given("partner.substitutability_reason", ": {{ partner.substitutability_reason }}")
            + "{% else %}Not assessed yet{% endif %}",
        ),
        Column(
            "Alternative",
            12,
            "{% if partner.alternatives %}{{ partner.alternatives | map(attribute='name') | join(', ') | upper_first }}"
            "{% elif partner.supports_cif %}{{ partner.alternatives | default(none, true) }}{% else %}None needed yet"
            "{% endif %}",
        ),
        Column(
            "Exit months",
            6,
            "{% if partner.exit_months is not none or partner.supports_cif %}{{ partner.exit_months }}"
            "{% else %}Open{% endif %}",
            align="center",
        ),
        Column(
            "Last exit test",
            9,
            f"{{% if partner.last_exit_test %}}{short_date('partner.last_exit_test')}"
            "{% if partner.supports_cif and not partner.exit_tested %} (overdue){% endif %}"
            "{% elif partner.supports_cif %}Never (overdue){% else %}Not required{% endif %}",
        ),
        Column("Owner", 8, person("partner.owner", "Not named")),
        Column("Exit cost", 9, money("partner.exit_cost", "Open"), align="right"),
    ),
)  # fmt: skip


def draw_dependence(report: Report) -> None:
    """Concentration of spend, then exit exposure."""
    report.write("Concentration", "Heading 1")
    report.tag(f"if {_F}.spend_total")
    report.write(
        "The Herfindahl-Hirschman index (HHI) is the sum of the squared shares in percent: 10,000 points is one "
        "partner for everything.",
        "Table Intro",
    )
    planned = f"{_F}.plan_total"
    report.facts(
        "Measures of concentration",
        (30, 42, 14, 14),
        ("Measure", "What it says", f"Spend {tag('pack.as_of.year')}", tag(PLAN)),
        [
            (
                "Largest partner",
                f"{{{{ {_F}.largest_partner.name }}}}’s share of spend today",
                f"{{{{ {_F}.top1_share_pct | percent(1) }}}}",
                given(planned, f"{{{{ {_F}.plan_top1_share_pct | percent(1) }}}}", "No plan yet"),
            ),
            (
                "Two largest partners",
                "Share of spend of the two together",
                f"{{{{ {_F}.top2_share_pct | percent(1) }}}}",
                given(planned, f"{{{{ {_F}.plan_top2_share_pct | percent(1) }}}}", "No plan yet"),
            ),
            (
                "Concentration index (HHI)",
                "Points of 10,000; the higher, the more rests on few",
                f"{{{{ {_F}.hhi | number }}}}",
                given(planned, f"{{{{ {_F}.plan_hhi | number }}}}", "No plan yet"),
            ),
            (
                f"{{% if {_F}.look_through and {_F}.look_through.share_pct %}}Reliance with shared hosting",
                f"{{{{ {_F}.look_through.name }}}} and the partners that run on it today",
                f"{{{{ {_F}.look_through.share_pct | percent(1) }}}}",
                given(planned, f"{{{{ {_F}.look_through.plan_share_pct | percent(1) }}}}", "No plan yet")
                + "{% endif %}",
            ),
        ],
        aligned=(2, 3),
    )
    report.tag("else")
    report.write("The inputs hold no spend yet, so concentration cannot be worked out.")
    report.tag("endif")
    report.optional_section(SHARES)
    report.write("Exit exposure", "Heading 1")
    report.tag(f"if {EXIT.when}")
    report.write(
        EXIT.intro
        + _EXIT_NOTE
        + given(
            f"{_F}.exit_cost_total",
            f" To leave every partner below would cost us {{{{ {_F}.exit_cost_total | money }}}}.",
        ),
        "Table Intro",
    )
    rows_table(report, EXIT, width=report.width)
    report.tag("else")
    report.write("No partner is in the portfolio that we would have to leave.")
    report.tag("endif")
