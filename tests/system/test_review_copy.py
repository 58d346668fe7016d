"""The review copy is the agreement that the other side gets, with our own lawyers' notes as real Word comments."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from tests.support.agreement import Agreement
from tests.support.choices import build_agreements, lay_choices
from tests.support.command import run_govpack

PARTNERS = ("nimbus", "lumenar", "halden", "ostermark")


def copy_of(pack: Path, partner: str) -> Path:
    return pack / "internal" / partner / "partnership-agreement-review-copy.docx"


def agreement_of(pack: Path, partner: str) -> Path:
    return pack / "counterparty" / partner / "partnership-agreement.docx"


def anchored(document: Document) -> list[tuple[str, str]]:
    """Each comment in order: the heading that it is anchored on, and what it says."""
    said = {str(comment.comment_id): comment.text for comment in document.comments}
    found = []
    for paragraph in document.paragraphs:
        for start in paragraph._p.iter(qn("w:commentRangeStart")):
            number = start.get(qn("w:id"))
            assert paragraph._p.find(f"{qn('w:commentRangeEnd')}[@{qn('w:id')}='{number}']") is not None
            assert f'<w:commentReference w:id="{number}"/>' in paragraph._p.xml
            found.append((paragraph.text, said.pop(number)))
    assert said == {}, "a comment is anchored nowhere"
    return found


@pytest.mark.parametrize("partner", PARTNERS)
def test_every_clause_and_schedule_carries_a_note(nordhaven_pack: Path, partner: str) -> None:
    document = docx.Document(str(copy_of(nordhaven_pack, partner)))
    notes = anchored(document)
    headings = [p.text for p in document.paragraphs if p.style.name in ("Heading 1", "Schedule Heading")]
    assert len(headings) > 45
    assert [heading for heading, _ in notes[1:]] == headings
    for heading, note in notes[1:]:
        assert note.startswith("Why it is here: "), heading
        assert "\nWording in this agreement: " in note, heading
        assert not re.search(r"[{}]|%}", note), heading


def test_a_note_names_only_the_law_that_binds_the_contract(nordhaven_pack: Path) -> None:
    """A university that works on synthetic data is no ICT provider and no processor, and switches no cloud service."""
    laws = {}
    for partner in PARTNERS:
        notes = dict(anchored(docx.Document(str(copy_of(nordhaven_pack, partner)))))
        laws[partner] = "\n".join(line for note in notes.values() for line in note.splitlines() if "Law, so" in line)
        assert (
            "Law, so far as it binds this contract: Directive (EU) 2016/943 (trade secrets)" in notes["Confidentiality"]
        )
    for partner in ("nimbus", "lumenar", "halden"):
        assert all(law in laws[partner] for law in ("DORA Art. 30(3)(e)", "GDPR Art. 28(2) to (4)", "Data Act Art. 25"))
    assert not re.search(r"DORA|GDPR|Data Act|2025/532", laws["ostermark"])
    assert "AI Act Art. 25(4)" in laws["lumenar"]
    assert "AI Act" not in laws["nimbus"]


def test_a_note_is_true_of_its_type_of_agreement(nordhaven_pack: Path) -> None:
    services, research = (
        dict(anchored(docx.Document(str(copy_of(nordhaven_pack, p))))) for p in ("nimbus", "ostermark")
    )
    assert "a commitment that breathes" in services["Charges"]
    assert "what is tied to a Milestone falls due at its gate" in research["Funding"]
    assert "commitment" not in research["Funding"]
    assert "Milestone" not in services["Charges"]
    assert not [note for note in services.values() if "joint research" in note or "joint work" in note]
    # Research has no period in which a deliverable is mended, so there is none to shorten.
    assert "Instead, fallback 1. Deliverables are warranted for six months" in services["Warranties"]
    assert research["Warranties"].endswith("No other wording has been prepared: ask before you offer one.")


def test_the_first_comment_says_that_the_texts_are_no_legal_advice(nordhaven_pack: Path) -> None:
    document = docx.Document(str(copy_of(nordhaven_pack, "nimbus")))
    first = next(iter(document.comments))
    assert "drafting aids and no legal advice" in first.text
    start = next(document.element.body.iter(qn("w:commentRangeStart")))
    assert start.get(qn("w:id")) == str(first.comment_id)


def test_a_note_names_the_chosen_wording_the_others_their_risk_and_who_approves_them(nordhaven_pack: Path) -> None:
    notes = dict(anchored(docx.Document(str(copy_of(nordhaven_pack, "nimbus")))))
    lines = notes["Subcontracting"].splitlines()
    assert lines[2:] == [
        "Wording in this agreement: fallback 1. Notice of a change falls from 60 to 45 days; outside critical "
        "functions, silence for 30 days counts as consent. Risk: medium. Approval: Head of Technology Legal.",
        "Instead, preferred. Risk: low. Approval: none beyond the signature.",
        "Instead, fallback 2. Consent is needed for Material Subcontractors only; if the parties cannot agree on "
        "another change, the Customer’s remedy is to terminate the affected Services. Risk: high. Approval: Chief Risk "
        "Officer.",
    ]


def test_choosing_another_wording_shows_in_the_note(nordhaven: Path, tmp_path: Path) -> None:
    inputs = lay_choices(nordhaven, tmp_path / "in", clauses={"insurance": "fallback_1"})
    pack = build_agreements(inputs, tmp_path / "out", "partnership-agreement-review-copy")
    notes = dict(anchored(docx.Document(str(copy_of(pack, "nimbus")))))
    assert "Wording in this agreement: fallback 1. Cover has to last one year" in notes["Insurance"]


def test_what_was_left_out_is_named_to_our_own_side_alone(nordhaven: Path, tmp_path: Path) -> None:
    """A clause that is not there has no comment, and leaving it out gives more away than any fallback."""
    inputs = lay_choices(nordhaven, tmp_path / "in", omit=["insurance", "benchmarking"])
    names = ("partnership-agreement-review-copy", "partnership-agreement", "negotiation-playbook")
    pack = build_agreements(inputs, tmp_path / "out", *names)
    said = "Left out of this agreement, though the library has them: {}."
    for partner, titles in (("nimbus", "Benchmarking; Insurance"), ("ostermark", "Insurance")):
        first = next(iter(docx.Document(str(copy_of(pack, partner))).comments))
        assert first.text.splitlines()[-1] == said.format(titles)
        playbook = docx.Document(str(pack / "internal" / partner / "negotiation-playbook.docx"))
        words = "\n".join(paragraph.text for paragraph in playbook.paragraphs)
        assert f"The library has these, and the draft does not: {titles}." in words
        assert "the library has" not in Agreement.read(agreement_of(pack, partner)).text


def test_a_wording_that_is_none_of_its_own_in_a_contract_is_taken_as_the_one_it_changes(
    nordhaven: Path, tmp_path: Path
) -> None:
    inputs = lay_choices(nordhaven, tmp_path / "in", clauses={"fees": "fallback_2"})
    done = run_govpack("build", inputs, "-o", tmp_path / "out", "--only", "partnership-agreement-review-copy")
    assert done.returncode == 0
    said = " ".join(done.stderr.split())
    assert "fallback_2 of clause 'fees' is the same as fallback_1 here: it differs where contract.type ==" in said
    notes = dict(anchored(docx.Document(str(copy_of(tmp_path / "out", "ostermark")))))
    assert "Wording in this agreement: fallback 1. A third of each Milestone" in notes["Funding"]
    services = dict(anchored(docx.Document(str(copy_of(tmp_path / "out", "nimbus")))))
    assert "Wording in this agreement: fallback 2. As fallback 1, and prices may follow" in services["Charges"]


@pytest.mark.parametrize("partner", PARTNERS)
def test_the_review_copy_has_the_words_of_the_agreement(nordhaven_pack: Path, partner: str) -> None:
    ours, theirs = (Agreement.read(of(nordhaven_pack, partner)) for of in (copy_of, agreement_of))
    inside = "Internal review copy – not for the counterparty"
    assert [line for line in ours.text.splitlines() if line != inside] == theirs.text.splitlines()


def test_the_review_copy_says_on_every_page_that_it_is_internal(nordhaven_pack: Path) -> None:
    document = docx.Document(str(copy_of(nordhaven_pack, "nimbus")))
    section = document.sections[0]
    for footer in (section.footer, section.first_page_footer):
        assert "Internal review copy – not for the counterparty" in footer.paragraphs[0].text


def test_comments_have_the_house_as_author_unique_ids_and_no_date(nordhaven_pack: Path) -> None:
    comments = list(docx.Document(str(copy_of(nordhaven_pack, "nimbus"))).comments)
    assert {(comment.author, comment.initials) for comment in comments} == {("Nordhaven drafting note", "NDN")}
    assert [comment.comment_id for comment in comments] == list(range(len(comments)))
    assert {comment.timestamp for comment in comments} == {None}
    assert {paragraph.style.name for comment in comments for paragraph in comment.paragraphs} == {"annotation text"}


def test_no_document_for_a_counterparty_holds_a_comment_or_a_word_of_a_note(nordhaven_pack: Path) -> None:
    notes = [note for p in PARTNERS for _, note in anchored(docx.Document(str(copy_of(nordhaven_pack, p))))]
    secrets = {line.split(": ", 1)[1] for note in notes for line in note.splitlines() if line.startswith("Why it is")}
    secrets |= {change for note in notes for change in re.findall(r"fallback \d\. (.+?) Risk: ", note)}
    assert len(secrets) > 100
    secrets = {secret for secret in secrets if len(secret) > 20} | {"drafting note", "Internal review copy", "fallback"}
    files = list((nordhaven_pack / "counterparty").rglob("*.docx"))
    assert len(files) >= 8
    for file in files:
        with ZipFile(file) as archive:
            assert not [name for name in archive.namelist() if "comments" in name]
            held = "\n".join(archive.read(name).decode(errors="ignore") for name in archive.namelist())
        assert "commentReference" not in held
        assert not [secret for secret in secrets if secret in held], file
