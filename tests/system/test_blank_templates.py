"""The bundled kit without a pack: templates that legal and vendor management can review, sign off and fill in."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from tests.support.lints import faults_of
from tests.support.validator import Validator

from govpack.build.templates import context_of
from govpack.kits import find_kit, read_kit
from govpack.model.description import find_described

AGREEMENTS = ("partnership-agreement", "partnership-agreement-review-copy", "governance-charter")


def opened(folder: Path) -> dict[str, Document]:
    return {path.stem: docx.Document(str(path)) for path in sorted(folder.glob("*.docx"))}


def text_of(document: Document) -> str:
    return "\n".join(
        "".join(node.text or "" for node in paragraph.iter(qn("w:t"))) for paragraph in document.element.iter(qn("w:p"))
    )


def test_every_word_document_is_written_the_agreements_in_both_types(blanks: Path) -> None:
    expected = set()
    for document in read_kit(find_kit()).documents:
        # Nobody fills in by hand what a check found.
        if document.template and document.template.endswith(".docx") and document.made_from is None:
            each = ("-services", "-co-innovation") if document.for_each == "contract" else ("",)
            expected |= {f"{document.name}{variant}" for variant in each}
    assert set(opened(blanks)) == expected
    assert expected >= {f"{name}-{variant}" for name in AGREEMENTS for variant in ("services", "co-innovation")}


def test_nothing_is_a_tag_or_missing_and_every_placeholder_stands_in_a_control(blanks: Path) -> None:
    for name, document in opened(blanks).items():
        text = text_of(document)
        assert "{{" not in text, name
        assert "{%" not in text, name
        assert "●" not in text, name
        highlighted = [
            run for run in document.element.body.iter(qn("w:r")) if run.find(f".//{qn('w:highlight')}") is not None
        ]
        assert len(highlighted) > 20, name
        for run in highlighted:
            control = next(run.iterancestors(qn("w:sdt")), None)
            assert control is not None, (name, run.xml)
            assert control.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None
            assert control.find(f"{qn('w:sdtPr')}/{qn('w:alias')}") is not None


def test_apostrophes_are_those_of_print_in_labels_and_comments_too(blanks: Path) -> None:
    """“[the partner's notice] days’ written notice” is typed in two ways in one line."""
    for name, document in opened(blanks).items():
        said = [text_of(document), *(comment.text for comment in document.comments)]
        assert [line for text in said for line in text.splitlines() if "'" in line] == [], name


def test_each_field_has_one_comment_that_says_what_and_in_which_form(blanks: Path) -> None:
    """Every value printed carries a comment where it comes first; those that may be negotiated say a form, too."""
    kit = {document.name: document for document in read_kit(find_kit()).documents}
    for name, document in opened(blanks).items():
        said = {str(comment.comment_id): comment.text for comment in document.comments}
        commented: dict[str, str] = {}
        order: list[str] = []
        for control in document.element.body.iter(qn("w:sdt")):
            named = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
            if named is None:  # a checkbox or list of the form itself
                continue
            tag = named.get(qn("w:val"))
            order.append(tag)
            before = control.getprevious().getprevious()
            if before is not None and before.tag == qn("w:commentRangeStart"):
                assert tag not in commented, (name, tag)
                assert tag not in order[:-1], (name, tag)
                commented[tag] = said[before.get(qn("w:id"))]
        assert set(commented) == set(order), name
        assert all(re.fullmatch(r"[A-Z0-9“].*[.?]", words.splitlines()[0]) for words in commented.values()), name
        source = kit[re.sub(r"-(services|co-innovation)$", "", name)]
        if source.audience == "internal" and source.for_each == "contract":
            view = context_of(source)
            paths = {tag: re.sub(r"\[\d+\]", "[]", tag) for tag in commented}
            negotiable = [tag for tag, path in paths.items() if (d := find_described(view, path)) and d.negotiable]
            assert len(negotiable) >= 14, name
            assert all("\nWrite " in commented[tag] for tag in negotiable), name


# What only those know who have seen our inputs or our code.
_OURS = re.compile(r"`|\bNone\b|\w_\w|\w\.\w+_|Markdown|\binputs?\b|\bkit\b|govpack|locale|two-letter|Nordhaven|Nimbus")


def test_the_comments_can_be_understood_by_those_who_have_never_seen_our_inputs(blanks: Path) -> None:
    for name, document in opened(blanks).items():
        said = [comment.text for comment in document.comments if not comment.text.startswith("Why it is here: ")]
        assert [text for text in said if _OURS.search(text)] == [], name
        # One word says nothing: “Group.”, “Trigger.”; and an example twice says two things.
        assert [text for text in said if re.fullmatch(r"\w+\.(\nWrite .*)?", text)] == [], name
        assert [text for text in said if text.count("such as") > 1] == [], name
        assert all("\nWrite " in text for text in said if not text.startswith(("This is a", "The texts of the"))), name


def test_a_figure_with_a_unit_is_a_bare_number_wherever_it_stands(blanks: Path) -> None:
    """A field is “30 days” in the cover terms, and “30” before a typed “days” in a clause: both must come right."""
    text = text_of(opened(blanks)["partnership-agreement-services"])
    for label, unit in (
        ("days to pay an invoice", "days"),
        ("length of the agreement in months", "months"),
        ("hours for the notice of an incident", "hours"),
        ("minutes of data that may be lost at most", "minutes"),
    ):
        behind = re.findall(rf"\[{label}\]\W(\w+)", text)
        assert len(behind) > 1, label
        assert set(behind) == {unit}, label
    assert set(re.findall(r"\[availability promised for a month\](.)", text)) == {"%"}


def test_nothing_is_decided_that_only_those_can_say_who_fill_it_in(blanks: Path) -> None:
    """An outcome, a side, a comparison: what would follow from the facts is open where there are none."""
    texts = {name: text_of(document) for name, document in opened(blanks).items()}
    for name, decided in (
        ("panel-rubric", ("Not passed", "1 of ")),
        ("review-register", ("not verified", "in the inputs", "pack.json", "not asked yet", "not planned")),
        ("partnership-strategy", ("(stated)", "inputs of this pack")),
        ("governance-framework", ("Named by each partner", "Inside only")),
        ("vendor-performance-review", ("points less",)),
        ("exit-plan", ("All but [",)),
    ):
        assert [words for words in decided if words in texts[name]] == [], name


def test_those_who_decide_have_a_place_to_sign_beside_the_owner(blanks: Path) -> None:
    documents = opened(blanks)
    for name, who in (
        ("partnership-strategy", "Decides"),
        ("governance-framework", "[role: name]"),
        ("vendor-performance-review", "Chair, [forum: name]"),
    ):
        signing = text_of(documents[name]).rpartition("Signs as")[2]
        assert "Owner\n[document owner: name]" in signing, name
        assert who in signing, name


def test_the_services_agreement_has_its_clauses_with_the_right_numbers(blanks: Path) -> None:
    document = opened(blanks)["partnership-agreement-services"]
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert len(headings) >= 40
    assert {"Liability", "Audit, access and monitoring", "Data protection"} <= set(headings)
    other = [
        p.text for p in opened(blanks)["partnership-agreement-co-innovation"].paragraphs if p.style.name == "Heading 1"
    ]
    assert {"Publication and publicity", "Joint developments"} <= set(other)
    assert "Step-in" not in other


def test_a_type_of_agreement_asks_for_nothing_that_it_gives_no_effect_to(blanks: Path) -> None:
    """A research contract has no Service Levels, and says that nobody processes personal data for us."""
    services, other = (
        text_of(opened(blanks)[f"partnership-agreement-{name}"]) for name in ("services", "co-innovation")
    )
    for words in ("availability promised for a month", "hours within which the service runs again", "Annex of process"):
        assert words in services
        assert words not in other
    assert "No personal data is processed on behalf of the Customer" in other
    assert "days for the review of a publication" in other
    assert "days for the review of a publication" not in services
    charters = [text_of(opened(blanks)[f"governance-charter-{name}"]) for name in ("services", "co-innovation")]
    assert ["gives the rating" in words for words in charters] == [True, False]


def test_a_list_has_one_row(blanks: Path) -> None:
    document = opened(blanks)["partnership-agreement-services"]
    rows = Counter()
    for table in document.element.body.iter(qn("w:tbl")):
        for row in list(table.iter(qn("w:tr")))[1:]:
            tags = [node.get(qn("w:val")) for node in row.iter(qn("w:alias"))]
            if "what is paid for" in tags:
                rows["fees"] += 1
            if "availability in percent below which the credit is due" in tags:
                rows["credits"] += 1
    assert rows == {"fees": 1, "credits": 1}


def test_the_review_copy_has_its_drafting_notes_besides(blanks: Path) -> None:
    comments = list(opened(blanks)["partnership-agreement-review-copy-services"].comments)
    assert sum(comment.text.startswith("Why it is here: ") for comment in comments) >= 40


def test_the_templates_are_sound_word_files(blanks: Path) -> None:
    for path in sorted(blanks.glob("*.docx")):
        assert faults_of(path.read_bytes()) == [], path.name


@pytest.mark.validator
def test_the_templates_are_valid_open_xml(blanks: Path, validator: Validator) -> None:
    for path in sorted(blanks.glob("*.docx")):
        assert validator.errors_of(path) == [], path.name
