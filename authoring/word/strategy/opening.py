"""The strategy's first pages: executive summary, then vision, where we stand, why now and principles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.say import counted, economic, given, million, number, percent, tag, verb
from authoring.word.tables import Term, terms_table

if TYPE_CHECKING:
    from authoring.word.report import Report

_E = "strategy.economics"
_TRIGGERED = "figures.risk_triggered_count"
_KPIS = 'strategy.goals | map(attribute="kpis") | map("length") | sum'


def _share(path: str) -> str:
    return f"{{{{ {path} | percent(1) }}}}"


def draw_opening(report: Report) -> None:
    """Executive summary; vision and current state."""
    _draw_summary(report)
    _draw_vision(report)


def _draw_summary(report: Report) -> None:
    report.write("Executive summary", "Heading 1", page_break=True)
    report.write(
        f"**{{{{ organisation.name }}}} works with {counted('figures.partner_count', 'partner')}"
        + given("figures.spend_total", f" and pays them {million('figures.spend_total')} this year")
        + ".** "
        + given(
            "figures.largest_partner and figures.top1_share_pct",
            f"{tag('figures.largest_partner.name')} holds {_share('figures.top1_share_pct')} of that"
            + given(
                "figures.look_through and figures.look_through.share_pct",
                f"; counting partners hosted on it, {_share('figures.look_through.share_pct')} of spend rests on "
                f"{tag('figures.look_through.name')}",
            )
            + ". ",
        )
        + given(
            "figures.hhi",
            f"The concentration index (HHI) stands at {number('figures.hhi')} points"
            + given("figures.plan_hhi", f" and goes to {number('figures.plan_hhi')} with the plan")
            + ".",
        )
    )
    report.tag("if strategy.goals")
    report.write(
        f"**What we want.** We set {counted('strategy.goals | length', 'goal')}, each with an owner: "
        "{% for goal in strategy.goals %}{{ goal.name }}"
        "{% if not loop.last %}; {% endif %}{% endfor %}. "
        + given(_KPIS, f"{counted(_KPIS, 'KPI')} {verb(_KPIS, 'say')} what changes by when.")
    )
    report.tag("endif", "if risks")
    above = "figures.residual_above_appetite_count"
    report.write(
        f"**What may go wrong.** We know {counted('figures.risk_count', 'open risk')}: "
        f"{tag('figures.risk_high_count')} high, {tag('figures.risk_medium_count')} medium and "
        f"{tag('figures.risk_low_count')} low before treatment"
        + given(
            "figures.risk_triggered_count",
            f"; {tag(_TRIGGERED)} {given(f'{_TRIGGERED} == 1', 'has', 'have')} been triggered "
            "({% for risk in risks if risk.status == 'triggered' %}{{ risk.id }}"
            "{% if not loop.last %}, {% endif %}{% endfor %})",
        )
        + ". After treatment "
        + given(above, f"{counted(above, 'risk')} {verb(above, 'lie')}", "none lies")
        + " above the appetite of {{ strategy.risk_appetite.residual_limit }}."
    )
    report.tag("endif", "if figures.cif_partner_count")
    report.write(
        f"**Whether we could leave.** Critical or important functions rest on "
        f"{counted('figures.cif_partner_count', 'partner')}; "
        + given(
            "figures.cif_exit_tested_count == figures.cif_partner_count",
            "each exit plan was tested in the last 12 months",
            given(
                "figures.cif_exit_tested_count",
                f"only {tag('figures.cif_exit_tested_count')} had the exit plan tested in the last 12 months",
                "no exit plan was tested in the last 12 months",
            ),
        )
        + "."
    )
    report.tag("endif", f"if {_E}")
    report.write(
        f"**What it is worth.** Over {{{{ {_E}.years | first }}}} to {{{{ {_E}.years | last }}}} the programme brings "
        "a net "
        f"benefit of {economic('net_benefit_total')} and a net present value of {economic('npv')} at "
        f"{percent(f'{_E}.discount_rate_pct')}"
        + given(f"{_E}.payback_month", f"; it pays back in month {{{{ {_E}.payback_month }}}}")
        + "."
        + given(
            f"{_E}.downside",
            f" In the downside case ({{{{ {_E}.downside.case }}}}) the net benefit is "
            f"{economic('downside_total')} and the "
            f"present value {economic('downside_npv')}.",
        )
    )
    report.tag("endif")
    _draw_key_figures(report)
    report.tag("if briefing.decisions")
    report.write("Decisions asked", "Heading 2")
    report.tag("for decision in briefing.decisions")
    report.write("{{ decision }}", "List Number")
    report.tag("endfor", "endif")


def _draw_key_figures(report: Report) -> None:
    report.write("Key figures", "Heading 2")
    report.write("As of {{ pack.as_of | date }}; spend is that of this year, without VAT.", "Table Intro")
    terms_table(
        report,
        "Key figures",
        ("Measure", "Figure"),
        [
            Term("Partners", "{{ figures.partner_count }} in {{ strategy.segments | length }} segment"
                 + given("strategy.segments | length != 1", "s")),
            Term("Spend", "{{ figures.spend_total | money }}", "figures.spend_total"),
            Term("Largest partner", "{{ figures.largest_partner.name }}, {{ figures.top1_share_pct | percent(1) }}",
                 "figures.top1_share_pct"),
            Term("Concentration (HHI)", "{{ figures.hhi | number }} points", "figures.hhi"),
            Term("Reliance with shared hosting",
                 "{{ figures.look_through.name }}, {{ figures.look_through.share_pct | percent(1) }} of spend",
                 "figures.look_through and figures.look_through.share_pct"),
            Term("Contracts", "{{ figures.contract_count }}"
                 + given("figures.commitment_total",
                         ", commitments of {{ figures.commitment_total | money }} over their terms"),
                 "contracts"),
            Term("Open risks", "{{ figures.risk_count }}; exposure {{ figures.exposure_total }} before and "
                 "{{ figures.residual_total }} after treatment", "risks"),
            Term("Exit plans tested in 12 months",
                 "{{ figures.cif_exit_tested_count }} of {{ figures.cif_partner_count }}, among partners that support "
                 "a critical function", "figures.cif_partner_count"),
            Term("Mean score of scored partners", "{{ figures.mean_score | number }} of 100", "figures.mean_score"),
        ],
    )  # fmt: skip


def _draw_vision(report: Report) -> None:
    """All of it on one page where it fits one: the paper turns behind it, and a rest would stand on a page alone."""
    report.write("Vision and current state", "Heading 1")
    report.write("Vision", "Heading 2")
    report.tag("if strategy.vision")
    _write_kept(report, "{{ strategy.vision | markdown }}")
    report.tag("else")
    _write_kept(report, "{{ strategy.vision }}")
    report.tag("endif")
    for title, path in (("Where we stand", "strategy.current_state"), ("Why now", "strategy.why_now")):
        report.tag(f"if {path}")
        report.write(title, "Heading 2")
        _write_kept(report, f"{{{{ {path} | markdown }}}}")
        report.tag("endif")
    report.tag("if strategy.principles")
    report.write("Principles", "Heading 2")
    _write_kept(report, "Every decision under this strategy keeps to these rules.")
    report.bullets("principle in strategy.principles", "{{ principle }}", together=True)
    report.tag("endif")


def _write_kept(report: Report, text: str) -> None:
    report.write(text).paragraph_format.keep_with_next = True
