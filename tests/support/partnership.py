"""A complete charter, agreement and deck of an invented partnership, in pieces that tests can break."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.support.documents import Piece, Slide, clause_list, docx, heading, paragraph, ref, table, text, title

from govpack.check import CheckReport, ItemVerdict, Verdict, check_paths, read_checklist

CHECKLIST = Path(__file__).parents[2] / "templates" / "partnership" / "checklist.yaml"
Rows = list[list[str]]

ROLES: Rows = [
    ["Role", "Side", "Holder", "Deputy"],
    ["Sponsor", "Bank", "Ada Stone", "Ben Moor"],
    ["Service manager", "Bank", "Cleo Hart", "Dan Frost"],
    ["Account executive", "Partner", "Eva Lind", "Finn Berg"],
    ["Delivery lead", "Partner", "Gro Dahl", "Hal Voss"],
]
RACI: Rows = [
    ["Activity", "Sponsor", "Service manager", "Account executive"],
    ["Approve the yearly plan", "A", "R", "C"],
    ["Run the service", "I", "A", "R"],
    ["Measure service levels", "I", "A/R", "C"],
    ["Handle incidents", "I", "A", "R"],
    ["Manage changes", "C", "A", "R"],
    ["Check invoices", "I", "A/R", "C"],
    ["Test the exit plan", "A", "R", "C"],
    ["Report to the board", "A/R", "C", "I"],
]
FORUMS: Rows = [
    ["Forum", "Frequency", "Chair", "Quorum", "Inputs", "Outputs", "Decides"],
    ["Operations review", "weekly", "Cleo Hart", "both service managers", "incident log", "actions", "priorities"],
    ["Performance review", "monthly", "Cleo Hart", "both leads", "scorecard", "credits", "improvement plans"],
    ["Sponsor council", "half-yearly", "Ada Stone", "both sponsors", "joint roadmap", "investments", "roadmap"],
]
ESCALATION: Rows = [
    ["Level", "Trigger", "Respond within", "Resolve within", "Bank owner", "Partner owner"],
    ["1", "missed service level", "1 hour", "8 hours", "Cleo Hart", "Eva Lind"],
    ["2", "priority 1 incident", "2 hours", "24 hours", "Dan Frost", "Gro Dahl"],
    ["3", "level 2 out of time", "8 hours", "72 hours", "Ben Moor", "Hal Voss"],
    ["4", "level 3 out of time", "24 hours", "120 hours", "Ada Stone", "Finn Berg"],
]
OBLIGATIONS: Rows = [
    ["Ref", "Obligation", "Source", "Force", "Clause", "Evidence", "Owner", "Frequency"],
    *(
        [f"O{at:02}", duty, f"DORA Art. {at}", "law", f"clause {at}", "record", "Cleo Hart", "yearly"]
        for at, duty in enumerate(
            (
                "Keep the register",
                "Report incidents",
                "Test the exit",
                "Audit",
                "Bind subcontractors",
                "Train",
                "Secure data",
                "Return data",
            ),
            start=1,
        )
    ),
]
DECISIONS: Rows = [
    ["Decision", "Decides", "Consulted"],
    ["New service", "Sponsor", "Legal"],
    ["Service credit", "Service manager", "Finance"],
    ["Change of location", "Sponsor", "Data protection"],
]
LONG = (
    "Both sides look at the measured results of the month, agree on credits that are due, name the cause of each miss, "
    "and set an improvement plan with an owner, a date and an exit criterion that the next review checks."
)


def charter_pieces(**changed: Rows | None) -> list[Piece]:
    """The pieces of a charter; a section given as None is left out, one given as rows says those."""
    tables = {
        "Roles and responsibilities": changed.get("roles", ROLES),
        "RACI": changed.get("raci", RACI),
        "Decision rights": changed.get("decisions", DECISIONS),
        "Meeting rhythm": changed.get("forums", FORUMS),
        "Escalation": changed.get("escalation", ESCALATION),
        "Compliance obligations": changed.get("obligations", OBLIGATIONS),
    }
    pieces = [title("Governance charter"), heading("Purpose and scope"), text("How both sides run the agreement.")]
    for name, rows in tables.items():
        if rows is not None:
            pieces += [heading(name), table(rows[0], *rows[1:])]
    pieces += [
        heading("Performance management"),
        text(LONG),
        heading("Change control"),
        text(LONG),
        heading("Sign-off"),
    ]
    signatures = [
        ["For", "Name", "Role", "Signature", "Date"],
        ["Bank", "Ada Stone", "Sponsor", "", ""],
        ["Partner", "Eva Lind", "Account executive", "", ""],
    ]
    return [*pieces, table(signatures[0], *signatures[1:])]


def charter(**changed: Rows | None) -> bytes:
    """A complete charter, with what is `changed`."""
    return docx(*charter_pieces(**changed))


CLAUSES = (
    "Definitions",
    "Scope",
    "Term",
    "Service levels and credits",
    "Fees",
    "Confidentiality",
    "Data protection",
    "Security",
    "Audit",
    "Intellectual property",
    "Limitation of liability",
    "Termination",
    "Exit and transition",
    "Dispute resolution",
    "Notices",
    "Governing law",
)
TERMS = ("Services", "Fees", "Term", "Data", "Incident", "Change", "Charges", "Records", "Exit Plan", "Losses")


def agreement(
    clauses: Sequence[str] = CLAUSES,
    schedules: int = 3,
    escalation: Rows = ESCALATION,
    extra: Sequence[Piece] = (),
    name: str = "Services agreement",
    levels: bool = True,
) -> bytes:
    """An agreement with numbered clauses, defined terms, schedules (service `levels` or not) and signature blocks."""
    pieces: list[Piece] = [
        clause_list(),
        title(name),
        heading("Parties"),
        text("Bank plc and Partner DAC, as named here."),
    ]
    pieces += [
        heading("Cover terms"),
        table(["Item", "Particulars"], ["Start", "1 February 2027"], ["Length", "36 months"]),
    ]
    for number, clause in enumerate(clauses, start=1):
        pieces.append(paragraph(clause, style="Heading1", bookmark=f"clause_{number}", numbered=91))
        if clause == "Definitions":
            pieces += [
                text("“", f"*{term}", f"” means what is agreed about {term.lower()} in this agreement.")
                for term in TERMS
            ]
        else:
            pieces.append(
                text(
                    f"On {clause.lower()}, the parties agree what follows for the Services, the Fees, the Term, "
                    "the Data, each Incident, each Change, the Charges, the Records, the Exit Plan and Losses."
                )
            )
    pieces.append(
        paragraph("This is subject to ", inner=ref("clause_11", "11")) if len(clauses) > 11 else text("As above.")
    )
    names = ["Service levels" if levels else "Work", "Governance", "Exit"]
    for at in range(schedules):
        pieces += [heading(f"Schedule {at + 1}"), text(f"What is agreed on {names[at % 3].lower()}.")]
        if at == 0 and levels:
            pieces += [
                heading("Targets", 2),
                table(["Service level", "How it is measured", "Target"], ["Availability", "monthly", "99.95 %"]),
            ]
        if at == 1:
            pieces += [heading("Escalation", 2), table(escalation[0], *escalation[1:])]
    pieces += [*extra, heading("Signatures")]
    for party in ("Bank plc", "Partner DAC"):
        pieces += [
            text(f"For {party}"),
            table(["Signature", ""], ["Name", "Ada Stone"], ["Title", "Sponsor"], ["Date", ""]),
        ]
    return docx(*pieces)


def briefing(*extra: Slide, without: str = "") -> list[Slide]:
    """The slides of a complete deck, but those whose title says `without`."""
    slides = [
        Slide("Partnership programme"),
        Slide("We ask for two decisions", ("Approve the strategy", "Authorise four agreements")),
        Slide("Strategy on a page: four segments", ("Strategic, growth, specialist, ecosystem",)),
        Slide("Six goals, each with KPIs", rows=(("KPI", "Target"), ("Availability", "99.9 %"))),
        Slide("Economics: the programme pays back in month 13", chart=(("2027", -0.1), ("2028", 6.1))),
        Slide("Six of fifteen risks are high today", rows=(("Risk", "Owner"), ("Concentration", "Ada"))),
        Slide("Governance: three forums, four escalation levels", rows=(("Level", "Hours"), ("1", "8"))),
        Slide("Next steps", rows=(("Action", "Owner", "Due"), ("Sign", "Ada", "1 March 2027"))),
    ]
    return [slide for slide in (*slides, *extra) if not without or without not in slide.title]


def judge(folder: Path, files: dict[str, bytes], checklist: Path = CHECKLIST) -> CheckReport:
    """The report on `files`, written below `folder`."""
    for name, data in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return check_paths([folder], read_checklist(checklist))


def item(report: CheckReport, name: str) -> ItemVerdict:
    """One item of a report."""
    return next(found for found in report.verdicts if found.id == name)


def verdict(report: CheckReport, name: str) -> Verdict:
    """The verdict of one item."""
    return item(report, name).verdict


def messages(report: CheckReport, name: str) -> str:
    """All that an item's findings say, each on a line with its place and remedy."""
    return "\n".join(str(finding) for finding in item(report, name).findings)
