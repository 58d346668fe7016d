"""The forms of the review register: what a review covered, and where its reviewers tick, choose and sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.shared import Pt

from authoring.deck.say import counted
from authoring.word.draft import capital, given
from authoring.word.tables import Cell, end_chain, row, share_out, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from authoring.word.report import Report

STATED = "stated, not verified"
_OUTCOMES = "[[choose: Outcome | Approved | Approved with conditions | Rejected]]"
_READ = "[[tick: This version was read]] this version"
_COVERED = (
    "[[tick: Covers a template]] a template or the clause library\n"
    "[[tick: Covers a contract]] a contract as negotiated\n"
    "[[tick: Covers a report]] a strategy, report or plan\n"
    "[[tick: Covers something else]] something else: [[write: Covers | Write what it covered]]"
)
_STATED_COVER = (
    '{{ {"template": "a template or the clause library; no contract made from it", "contract": "a contract as '
    'negotiated", "report": "a strategy, report or plan", "other": "something else"}[review.covers] | upper_first }}'
)
_DOCUMENT, _VERSION = "[[write: Document | Write which document]]", "[[write: Version | Write its version]]"
_HASH = "[[write: Hash | Write the first 12 characters of the SHA-256 of the file]]"
_HASH_BEGUN = "[[write: Hash | Write its first 12 characters]]"
# A line for each file that the review names: what is to be signed for, or whether it is still what was reviewed.
_FILES = (
    "{% for reviewed in review.of %}\n{% for file in reviewed.files %}\n"
    "{{ file.path }}: {% if not file.hash %}not built yet{% elif file.same %}**{{ file.hash }}**, the file reviewed"
    "{% elif file.same is none %}**{{ file.hash }}** in this build{% else %}{{ reviewed.hash[:12] }} was reviewed; "
    "**another file in this build, {{ file.hash }}**{% endif %}\n{% endfor %}\n{% endfor %}"
)
_UNSTATED = "review.of | rejectattr('hash') | list | length and review.outcome != 'pending'"
_HASHES = (
    f"{{% if review.of %}}\n{_FILES}\n{{% if {_UNSTATED} %}}\nHash reviewed, not stated in the inputs: "
    f"{_HASH_BEGUN}\n{{% endif %}}\n{{% else %}}\n{given('review.hash', _HASH)}\n{{% endif %}}"
)
_DATE = "[[write: Date | Write the date]]"
_CONDITIONS = "[[write: Conditions | Write them with owner and date, or none]]"


def review_form(report: Report) -> None:
    """The form of `review`: what the inputs state of it, and what its reviewers add."""
    heading = report.write("{{ review.id }}{% if review.document %}: {{ review.document }}{% endif %}", "Heading 3")
    heading.paragraph_format.keep_with_next = True
    held = (
        "{% if review.date and review.outcome == 'pending' %}Not yet; planned for {{ review.date | date }}"
        "{% elif review.date %}{{ review.date | date }}{% else %}Not yet; no date is planned{% endif %}"
    )
    outcome = (
        "{% if review.outcome == 'pending' %}Not yet held{% else %}"
        + capital("review.outcome")
        + f" (**{STATED}**){{% endif %}}"
    )
    conditions = (
        f"{{% if review.conditions %}}{counted('review.conditions | length', 'condition')}, under Conditions of "
        f"approval above{{% elif review.outcome == 'pending' %}}{_CONDITIONS}{{% else %}}None{{% endif %}}"
    )
    _form(
        report,
        "Review",
        (
            ("Document reviewed", given("review.document", _DOCUMENT)),
            ("Version", given("review.version", _VERSION)),
            ("Hash of the file", _HASHES),
            ("Held on", held),
            ("What it covered", f"{{% if review.covers %}}\n{_STATED_COVER}\n{{% else %}}\n{_COVERED}\n{{% endif %}}"),
            ("Outcome in the inputs", outcome),
            ("Conditions", conditions),
        ),
    )
    _signatures(
        report,
        "for reviewer in review.reviewers or [none]",
        "{% if reviewer %}{{ reviewer.name }}, {{ reviewer.role }}{% else %}[[write: Reviewer | Write the name]]"
        "{% endif %}",
    )


def blank_form(report: Report) -> None:
    """A form for a review that nobody has planned yet."""
    _form(
        report,
        "Review",
        (
            ("Document reviewed", _DOCUMENT),
            ("Version", _VERSION),
            ("Hash of the file", _HASH),
            ("Held on", _DATE),
            ("What it covered", _COVERED),
            ("Conditions", _CONDITIONS),
        ),
    )
    _signatures(report, "for reviewer in [1, 2]", "[[write: Reviewer | Write name and role]]")


def _form(report: Report, title: str, lines: Sequence[tuple[str, str]]) -> None:
    widths = share_out(report.width, (26, 74))
    rows = [row([Cell("Review", "TableHead"), Cell("Particulars", "TableHead")], widths, head=True)]
    rows += [row([Cell(label, "TableLabel"), Cell(text)], widths, keep=True) for label, text in lines]
    report.append(table(title, widths, rows))
    # What stands between two tables keeps Word from making one of them, and both on one page.
    between = report.write("", "Normal").paragraph_format
    between.keep_with_next, between.line_spacing = True, Pt(8)


def _signatures(report: Report, loop: str, who: str) -> None:
    widths = share_out(report.width, (29, 21, 15, 20, 15))
    heads = [Cell(head, "TableHead") for head in ("Reviewer", "Outcome", "Read", "Signature", "Date")]
    cells = [
        Cell(f"{{% {loop} %}}{who}", "TableLabel"),
        Cell(_OUTCOMES),
        Cell(_READ),
        Cell(""),
        Cell("{% endfor %}"),
    ]
    rows = [row(heads, widths, head=True), row(cells, widths, keep=True, height=580)]
    report.append(table("Signatures of the reviewers", widths, rows))
    end_chain(report)
