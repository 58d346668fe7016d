"""What may go wrong: appetite, the register, and where the risks stand before and after treatment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from authoring.deck.say import given, names
from authoring.palette import AMBER_TINT, GREEN_TINT, RED_TINT
from authoring.word.draft import capital
from authoring.word.tables import Cell, Column, DataTable

if TYPE_CHECKING:
    from authoring.word.report import Report

REGISTER = DataTable(
    heading="Risk register",
    intro="L is likelihood and I is impact, each from 1 to 5; exposure is their product. Residual is the exposure "
    "that is "
    "left after treatment. A risk whose trigger was seen is marked as triggered, and its contingency is under way."
    + given(
        "risks | selectattr('reviewed') | list",
        " Last reviewed on {{ risks | selectattr('reviewed') | map(attribute='reviewed') | max | date }}.",
    ),
    loop="risk in risks",
    columns=(
        Column("Ref", 3.8, "{{ risk.id }}", "TableLabel"),
        Column("Risk", 13.8, "{{ risk.title }}", "TableLabel"),
        Column("Partners", 7.6, names("risk.partners", "all")),
        Column("L", 2.8, "{{ risk.likelihood }}", align="center"),
        Column("I", 2.8, "{{ risk.impact }}", align="center"),
        Column("Exposure", 7.5, "{{ risk.exposure }} {{ risk.band }}"),
        Column("Owner", 9.3, "{{ risk.owner.name }}"),
        Column("Trigger", 11.6, "{{ risk.trigger }}"),
        Column("Mitigation", 14.4, "{{ risk.mitigation }}"),
        Column("Contingency", 12.2, "{{ risk.contingency }}"),
        Column("Residual", 7.5, "{{ risk.residual }} {{ risk.residual_band }}"),
        Column("Status", 6.7, capital("risk.status")),
    ),
)  # fmt: skip

_GROUND = f'{{"low": "{GREEN_TINT}", "medium": "{AMBER_TINT}", "high": "{RED_TINT}"}}'
_APPETITE = "strategy.risk_appetite"


def draw_risks(report: Report) -> None:
    """Appetite, matrices before and after treatment, register."""
    report.write("Risks", "Heading 1")
    report.write("Appetite", "Heading 2")
    report.write(
        given(f"{_APPETITE}.statement", f"We accept {{{{ {_APPETITE}.statement }}}}. ")
        + "Exposure is likelihood × impact, 1 to 25: from {{ " + _APPETITE + ".high_from }} a risk is high, from {{ "
        + _APPETITE + ".medium_from }} medium, below that low."
        + given(f"not {_APPETITE}.statement", f" After treatment we accept up to {{{{ {_APPETITE}.residual_limit }}}}.")
    )  # fmt: skip
    report.tag("if risks")
    for heading, rows, title in (
        ("Risks before treatment", "figures.risk_matrix", "Matrix of risks before treatment"),
        ("Risks after treatment", "figures.residual_matrix", "Matrix of risks after treatment"),
    ):
        report.write(heading, "Heading 2")
        report.write("Each cell holds its exposure, its band and the risks that stand in it.", "Table Intro")
        heads = ("Likelihood", *(f"Impact {number}" for number in range(1, 6)))
        report.grid(title, heads, rows, "likelihood", _cell, height=430)
    report.tag("endif")
    report.section(REGISTER)


def _cell(path: str) -> Cell:
    """One likelihood and one impact: exposure, band, and the risks there."""
    text = f"{{{{ {path}.exposure }}}} {{{{ {path}.band }}}}"
    risks = given(f"{path}.risks", f": **{{{{ {path}.risks | join(', ') }}}}**")
    return Cell(text + risks, "GridText", ground=f"{_GROUND}[{path}.band]")
