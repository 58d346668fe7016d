"""The partnership agreement: one template for services agreements and co-innovation agreements."""

from __future__ import annotations

from authoring.word.base import TEXT_PORTRAIT
from authoring.word.draft import NOTE_AUTHOR, Draft, capital, note_on
from authoring.word.furniture import CONFIDENTIALITY, furnish
from authoring.word.schedule_tables import SERVICES_ONLY
from authoring.word.schedules import draw_schedules
from authoring.word.tables import Term, signature_table, terms_table

# A kind such as “cloud services agreement” is written small in the inputs, and begins a line here.
TITLE = "{{ contract.name[:1] | upper }}{{ contract.name[1:] }}"
YEARLY = "in each Contract Year"
NOTICE = "| duration('days') }} at least, in writing"
# A review copy says on each page that it stays inside.
_INSIDE = "Internal review copy – not for the counterparty"
_NOTICE_LINE = f"{{% if drafting_notes %}}{_INSIDE}{{% else %}}{CONFIDENTIALITY}{{% endif %}}"
# The first comment of a review copy.
_NOTICE = (
    '{{ note("The texts of the clauses are drafting aids and no legal advice: a lawyer must review this agreement '
    "before it is used. The notes on the clauses say why each is there, what law asks for it, which wording was "
    'chosen, and who approves another. They are for our own side: this copy never goes to the counterparty."'
    ' ~ ("\\nLeft out of this agreement, though the library has them: " ~ left_out | join("; ") ~ "." if left_out '
    'else ""), '
    f"{NOTE_AUTHOR}) }}}}"
)


def draw_agreement() -> bytes:
    """The template as a file."""
    draft = Draft(
        "contract",
        title=f"{TITLE}: {{{{ organisation.name }}}} and {{{{ contract.partner.name }}}}",
        subject="{{ pack.title }}, contract {{ contract.id }}",
    )
    furnish(
        draft.document.sections[0], title=TITLE, width=TEXT_PORTRAIT, first_shape=2049, cover=True, notice=_NOTICE_LINE
    )
    _draw_cover(draft)
    _draw_parties(draft)
    _draw_cover_terms(draft)
    _draw_clauses(draft)
    draw_schedules(draft)
    _draw_signatures(draft)
    return draft.finish()


def _draw_cover(draft: Draft) -> None:
    draft.tag("if pack.is_draft")
    draft.write("Draft – subject to contract", "Status")
    draft.tag("endif", "if drafting_notes")
    draft.write(_INSIDE, "Status")
    draft.tag("endif")
    draft.write(f"{{% if drafting_notes %}}{_NOTICE}{{% endif %}}{TITLE}", "Cover Title")
    draft.write("{{ pack.title }}", "Subtitle")
    draft.write("{{ organisation.legal_name }}", "Cover Party")
    draft.write("and", "Cover Text")
    draft.write("{{ contract.partner.legal_name }}", "Cover Party")
    draft.write("Document control", "Cover Label")
    terms_table(
        draft,
        "Document control",
        ("Item", "Particulars"),
        [
            Term("Contract", "{{ contract.id }} ({{ contract.type }})"),
            Term("Effective date", "{{ contract.effective | date }}"),
            Term("Document status", "{{ pack.status_label }}"),
            Term("Negotiation status", capital("contract.status")),
            Term("Version and date", "{{ pack.version }}, {{ pack.as_of | date }}"),
            Term("Document owner", "{{ pack.owner.name }}, {{ pack.owner.role }}, {{ organisation.name }}"),
            Term("Confidentiality", "{{ pack.confidentiality }}"),
        ],
    )
    draft.write("Contents", "TOC Heading", page_break=True)
    draft.write("{{ toc() }}", "toc 1")


def _draw_parties(draft: Draft) -> None:
    draft.write("Parties", "Unnumbered Heading", page_break=True)
    ours, theirs = "organisation", "contract.partner"
    draft.write(
        f"**{{{{ {ours}.legal_name }}}}**, registered in {{{{ {ours}.registered_in }}}}{_particulars(ours)}"
        " (the **“Customer”**); and",
        "Party",
    )
    draft.write(
        f"**{{{{ {theirs}.legal_name }}}}**, registered in {{{{ {theirs}.country_in_text }}}}{_particulars(theirs)}"
        " (the **“Partner”**).",
        "Party",
    )
    draft.write("Background", "Unnumbered Heading")
    offered = "contract.partner.capabilities"
    draft.write(
        "The Customer builds and runs artificial intelligence services, and obtains technology, capacity and "
        "knowledge for them from others.",
        "Recital",
    )
    draft.write(
        f"The Partner {{% if {offered} %}}offers {{{{ {offered}[:-1] | join(', ') }}}}"
        # “… data platform, and identity and key management”
        f"{{% if {offered} | length > 2 and ' and ' in {offered}[-1] %}},{{% endif %}}"
        f"{{% if {offered} | length > 1 %}} and {{% endif %}}{{{{ {offered}[-1] }}}}"
        "{% else %}has the skills, staff and means that this Agreement calls for{% endif %}, and knows that the "
        "Customer relies on this.",
        "Recital",
    )
    draft.tag("if contract.purpose")
    draft.write("{{ contract.purpose }}", "Recital")
    draft.tag("endif")
    draft.tag(f"if {SERVICES_ONLY}")
    draft.write(
        "The Customer wishes to receive, and the Partner has agreed to provide, the Services described in "
        '{{ ref("schedule-services") }} on the terms of this Agreement.',
        "Recital",
    )
    draft.tag("else")
    draft.write(
        'The parties wish to carry out the Project described in {{ ref("schedule-services") }} together, and to settle '
        "in advance who owns what comes of it and who may use it.",
        "Recital",
    )
    draft.tag("endif", f"if {SERVICES_ONLY} and contract.partner.supports_cif")
    draft.write(
        "The Services support {% if contract.partner.functions | length == 1 %}a Critical or Important Function"
        "{% else %}Critical or Important Functions{% endif %} of the Customer, and "
        '{{ ref("schedule-regulatory") }} shows where this Agreement answers what the law then requires.',
        "Recital",
    )
    draft.tag("endif")


def _particulars(party: str) -> str:
    return (
        f"{{% if {party}.registration %}}, {{{{ {party}.registration }}}}{{% endif %}}"
        f"{{% if {party}.address %}}, of {{{{ {party}.address }}}}{{% endif %}}"
    )


def _draw_cover_terms(draft: Draft) -> None:
    draft.write("Cover terms", "Unnumbered Heading", page_break=True)
    draft.write(
        "The terms that the parties have settled for this Agreement, each with the clause that gives it effect, its "
        "conditions and its exceptions.",
        "Table Intro",
    )
    draft.tag("set present = clauses | map(attribute='id') | list")
    terms_table(draft, "Cover terms", ("Term", "What is agreed", "Clause"), COVER_TERMS, shares=(37, 52, 11))


COVER_TERMS = [
    Term("Effective Date", "{{ contract.effective | date }}", clause="term"),
    Term("Term", "{{ contract.term | duration('months') }}, to {{ contract.expires | date }}", clause="term"),
    Term("Renewal", capital("contract.renewal"), "contract.renewal", "term"),
    Term(
        f"{{% if {SERVICES_ONLY} %}}Annual Commitment{{% else %}}Yearly contribution{{% endif %}}",
        "{{ contract.annual_commitment | money }}, without VAT",
        clause="fees",
    ),
    Term("Total for the term", "{{ contract.commitment_total | money }}, without VAT", clause="fees"),
    Term(
        "Highest rise of Charges at renewal",
        "{{ contract.renewal_price_cap_pct | percent }}",
        "contract.renewal_price_cap_pct is not none",
        "fees",
    ),
    Term("Payment", "{{ contract.payment_days | duration('days') }} from receipt of an invoice", clause="payment"),
    Term(
        "Availability",
        "{{ contract.uptime_pct | percent }} in each calendar month",
        "contract.uptime_pct is not none",
        "service-levels",
    ),
    Term(
        "Reserved capacity",
        "At least {{ contract.capacity_hours_target_pct | percent }} of the hours reserved in each calendar month",
        "contract.capacity_hours_target_pct is not none",
        "service-levels",
    ),
    Term(
        "Recovery of the Services",
        "Within {{ contract.rto_hours | duration('hours') }}{% if contract.rpo_minutes is not none %}, losing at most "
        "{{ contract.rpo_minutes | duration('minutes') }} of data{% endif %}",
        "contract.rto_hours is not none",
        "business-continuity",
    ),
    Term(
        "Notice of an Incident",
        "Within {{ contract.incident_notice_hours | duration('hours') }}",
        "contract.incident_notice_hours is not none",
        "incidents",
    ),
    Term("Storage of Customer Data", "{{ contract.storage_names | join(', ') }}", "contract.storage", "services"),
    Term(
        "Processing of Customer Data",
        "{{ contract.processing_names | join(', ') }}",
        "contract.processing",
        "services",
    ),
    Term(
        "Training of AI Components on Customer Data",
        '{% if contract.training_on_bank_data %}Permitted within the limits of {{ ref("schedule-ai") }}'
        "{% else %}Not permitted, except for the Customer alone on its written instruction{% endif %}",
        clause="ai-terms",
    ),
    Term(
        "Notice of a Model Change",
        "{{ contract.model_notice_days | duration('days') }}",
        "contract.model_notice_days is not none",
        "ai-terms",
    ),
    Term(
        "Review of a Publication",
        "{{ contract.publication_review_days | duration('days') }}",
        f"contract.publication_review_days is not none and not {SERVICES_ONLY}",
        "publication",
    ),
    Term("General Cap", f"{{{{ contract.cap | money }}}} {YEARLY}", clause="liability"),
    Term("Super Cap", f"{{{{ contract.supercap | money }}}} {YEARLY}", clause="liability"),
    Term("Notice of termination by the Customer", f"{{{{ contract.notice_bank_days {NOTICE}", clause="termination"),
    Term("Notice of termination by the Partner", f"{{{{ contract.notice_provider_days {NOTICE}", clause="termination"),
    Term("Transition Period", "Up to {{ contract.transition_months | duration('months') }}", clause="exit"),
]


def _draw_clauses(draft: Draft) -> None:
    draft.write("Agreed terms", "Unnumbered Heading", page_break=True)
    draft.tag("for clause in clauses")
    draft.write(f"{{{{ bookmark(clause.id) }}}}{note_on('clause')}{{{{ clause.title }}}}", "Heading 1")
    draft.write("{% include clause.fragment %}", "Clause 2")
    draft.tag("endfor")


def _draw_signatures(draft: Draft) -> None:
    draft.write("Signatures", "Unnumbered Heading", page_break=True)
    draft.write("The authorised representatives of the parties have signed this Agreement on the dates stated below.")
    for party, name, signatory in (
        ("Customer", "organisation", "contract.signatory_bank"),
        ("Partner", "contract.partner", "contract.signatory_partner"),
    ):
        draft.write(f"The {party}", "Signature Intro")
        signature_table(
            draft,
            f"Signature of the {party}",
            f"Signed for and on behalf of **{{{{ {name}.legal_name }}}}** by its authorised representative",
            signatory,
        )
    draft.write("", "Normal")
