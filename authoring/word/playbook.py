"""The negotiation playbook of one contract: what we want, where we may give way, who must agree, where we stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.shared import Pt

from authoring.deck.say import given
from authoring.palette import GREEN_TINT
from authoring.word.draft import capital, narrow
from authoring.word.playbook_tables import CALENDAR, CONCESSIONS, GAME, LIBRARY, OVERVIEW, TAKEN, TEAM
from authoring.word.report import Report
from authoring.word.tables import Cell, Term, row, share_out, table, terms_table

if TYPE_CHECKING:
    from collections.abc import Sequence

TITLE = "Negotiation playbook"
_FIRST = 20  # per cent of the width: the first column of the tables on an issue, which stand below one another

RED_LINES = (
    "Red lines",
    "We do not sign an agreement that holds one of these, whatever is offered for it:",
    f"{GAME}.red_lines",
    "",
)
QUESTIONS = ("Questions", "What we want to know from them before we move:", f"{GAME}.questions", "None are noted yet.")


def draw_playbook() -> bytes:
    """The template as a file, in portrait."""
    report = Report(
        TITLE,
        about="{{ contract.partner.name }}, {{ contract.name }}",
        purpose="What we want from this agreement, where we may give way, who must approve it, and where we walk away",
        particulars=[
            Term("Agreement", "{{ contract.id }} with {{ contract.partner.legal_name }}, {{ contract.status }}"),
        ],
    )
    _draw_position(report)
    _draw_issues(report)
    report.section(CONCESSIONS, level=1, otherwise="No concessions are planned yet: none may be offered.")
    _draw_list(report, QUESTIONS)
    report.write("Team and mandate", "Heading 1")
    report.section(TEAM, otherwise="Nobody is named yet.")
    report.write("Mandate", "Heading 2")
    report.write(
        "The team may settle what lies between target and acceptable. Wordings and concessions that need an approval "
        "are approved in writing before they are offered, and nobody may agree to a walk-away point or beyond it."
        + given("contract.approval_limit", " Approval of the agreement: {{ contract.approval_limit }}.")
        + given(
            "contract.signatory_bank",
            " {{ contract.signatory_bank.name }}, {{ contract.signatory_bank.role }}, signs it.",
        )
    )
    # A place to sign never stands on a page of its own.
    report.section(CALENDAR, otherwise="No days are set yet.")
    report.sign_off(
        "Signing it gives the team this mandate. It ends when the agreement is signed or this playbook is replaced.",
        [("Sponsor of the relation", "partner.sponsor", ""), ("Relation owner", "partner.owner", "")],
    )
    return report.finish()


def _draw_position(report: Report) -> None:
    report.write("Our position", "Heading 1", page_break=True)
    report.write("Objectives", "Heading 2")
    report.tag(f"if {GAME}.objectives")
    report.write("What we want from the agreement, most important first:", "Table Intro")
    report.tag(f"for objective in {GAME}.objectives")
    report.write(narrow("objective"), "List Number")
    report.tag("endfor", "else")
    report.write(f"{{{{ {GAME}.objectives | default(none, true) }}}}")
    report.tag("endif")
    _draw_list(report, RED_LINES, level=2)
    report.write("Best alternatives and where an agreement is possible", "Heading 2")
    terms_table(
        report,
        "Best alternatives to an agreement",
        ("If there is no agreement", "What happens"),
        [
            Term("Our best alternative (BATNA)", narrow(f"{GAME}.batna_bank")),
            Term("{{ contract.partner.name }}’s best alternative", narrow(f"{GAME}.batna_partner")),
            Term("Zone of possible agreement", narrow(f"{GAME}.zone")),
        ],
        shares=(26, 74),
    )
    report.write("What the draft says", "Heading 2")
    report.write("The terms of the draft as they stand on {{ pack.as_of | date }}, from which we start.", "Table Intro")
    services = 'contract.type == "services agreement"'
    amounts = [
        Term(
            given(services, "Commitment a year", "Contribution a year"),
            "{{ contract.annual_commitment | money }}"
            + given("contract.commitment_total is not none", ", {{ contract.commitment_total | money }} in total"),
            when="contract.annual_commitment is not none",
        ),
        Term("Payment", "{{ contract.payment_days | duration('days') }}", when="contract.payment_days is not none"),
        Term(
            "General cap a year",
            "{{ contract.cap | money }}"
            + given("contract.cap_pct", ", {{ contract.cap_pct | percent }} of a year’s amount"),
            when="contract.cap is not none",
        ),
        Term(
            "Super cap a year",
            "{{ contract.supercap | money }}"
            + given("contract.supercap_pct", ", {{ contract.supercap_pct | percent }} of a year’s amount"),
            when="contract.supercap is not none",
        ),
    ]
    terms_table(
        report,
        "Terms of the draft",
        ("Term", "In the draft"),
        [
            Term(
                "In effect",
                "{{ contract.effective | date }} to {{ contract.expires | date }}, "
                "{{ contract.term | duration('months') }}",
                when="contract.effective and contract.expires and contract.term",
            ),
            *amounts,
            Term("Uptime", "{{ contract.uptime_pct | percent }}", when="contract.uptime_pct is not none"),
            Term(
                "Notice of termination",
                "{{ contract.notice_bank_days | duration('days') }} by us, "
                "{{ contract.notice_provider_days | duration('days') }} by {{ contract.partner.name }}",
                when="contract.notice_bank_days is not none and contract.notice_provider_days is not none",
            ),
            Term(
                "Transition",
                "{{ contract.transition_months | duration('months') }}",
                when="contract.transition_months is not none",
            ),
            Term("Renewal", capital("contract.renewal"), when="contract.renewal"),
        ],
        shares=(26, 74),
    )
    report.optional_section(TAKEN)
    report.tag("if left_out")
    report.write("Clauses left out of the draft", "Heading 2")
    report.write(
        "The library has these, and the draft does not: {{ left_out | join('; ') }}. No fallback says what that risks, "
        "so they are named when the agreement goes to approval."
    )
    report.tag("endif")


def _draw_issues(report: Report) -> None:
    report.section(OVERVIEW, level=1)
    report.tag(f"if {GAME}.issues")
    report.write("Issue by issue", "Heading 1")
    report.tag(f"for issue in {GAME}.issues")
    report.write("{{ issue.id }}: {{ issue.issue }}", "Heading 2")
    terms_table(
        report,
        "Positions on an issue",
        ("{{ issue.priority[:1] | upper }}{{ issue.priority[1:] }} priority", "Position"),
        [
            Term("Our interest", narrow("issue.interest_bank")),
            Term("{{ contract.partner.name }}’s interest", narrow("issue.interest_partner")),
            Term("Target", narrow("issue.target")),
            Term("Acceptable", narrow("issue.acceptable")),
            Term("Walk-away", f"**{narrow('issue.walk_away')}**"),
            Term("Trades", narrow("issue.trades"), when="issue.trades"),
        ],
        shares=(_FIRST, 100 - _FIRST),
        followed=True,
    )
    _draw_wordings(report)
    report.tag("endfor", "endif")


def _draw_wordings(report: Report) -> None:
    """The wordings of the issue's clause in the order in which we fall back on them, the one in the draft marked."""
    report.tag("if issue.clause is string")
    report.tag(f"for clause in {LIBRARY} if clause.id == issue.clause")
    # All rows but the last are held with the next, so that the table stays on one page.
    _draw_table_of_wordings(
        report,
        "{{ clause.title }}",
        (_wording("wording", "for wording in clause.wordings[:-1]"), _wording("clause.wordings[-1]")),
    )
    report.tag("else")
    _write_below(
        report, "The clause that holds it, “{{ issue.clause | replace('-', ' ') }}”, is not part of this agreement."
    )
    # A template to fill in by hand knows no clause, so its lines are left open.
    report.tag("endfor", "elif issue.clause")
    lines = ("Preferred", "Fallback 1", "Fallback 2")
    open_cells = [
        Cell("[[write: Risk | Write what we give up by it]]"),
        Cell("[[write: Approval | Write who must approve it]]"),
        Cell("[[tick: Stands in the draft]] chosen"),
    ]
    _draw_table_of_wordings(report, "{{ issue.clause }}", [[Cell(line, "TableLabel"), *open_cells] for line in lines])
    report.tag("else")
    _write_below(report, "No clause of the library holds it: ask counsel before a wording is offered.")
    report.tag("endif")


def _draw_table_of_wordings(report: Report, clause: str, lines: Sequence[list[Cell]]) -> None:
    report.write(f"Wordings of the clause “{clause}”, in the order in which we may fall back:", "Table Intro")
    widths = share_out(report.width, (_FIRST, 40, 24, 16))
    heads = [Cell(head, "TableHead") for head in ("Wording", "Risk", "Approval", "In the draft")]
    rows = [row(cells, widths, keep=number < len(lines)) for number, cells in enumerate(lines, 1)]
    report.append(table("Wordings of a clause", widths, [row(heads, widths, head=True), *rows]))


def _write_below(report: Report, text: str) -> None:
    """A sentence under a table, which has no space of its own below it."""
    report.write(text).paragraph_format.space_before = Pt(6)


def _wording(path: str, loop: str = "") -> list[Cell]:
    """The cells of a row on the wording at `path`, repeated where a `loop` is given."""
    opener, closer = (f"{{% {loop} %}}", "{% endfor %}") if loop else ("", "")
    return [
        Cell(opener + capital(f"{path}.name"), "TableLabel"),
        Cell(capital(f"{path}.risk", "Not stated", narrow=True)),
        Cell(
            given(
                f"{path}.id in issue.closed",
                "**Closed: beyond our walk\u2011away**",
                given(f"{path}.owner", f"{{{{ {path}.owner }}}}", "None beyond the signature"),
            )
        ),
        Cell(
            given(f"{path}.chosen", "**Chosen**", "–") + closer,
            ground=f'"{GREEN_TINT}" if {path}.chosen else ""',
        ),
    ]


def _draw_list(report: Report, each: tuple[str, str, str, str], *, level: int = 1) -> None:
    """A section of bullets: heading, intro, path, and what stands there without any, where that is no gap."""
    heading, intro, path, missing = each
    report.write(heading, f"Heading {level}")
    report.tag(f"if {path}")
    report.write(intro, "Table Intro")
    report.bullets(f"each in {path}", "{{ each }}")
    report.tag("else")
    report.write(missing or f"{{{{ {path} | default(none, true) }}}}")
    report.tag("endif")
