"""What a contract chooses and leaves out changes its agreement, and nothing that points at a clause goes wrong."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.support.agreement import Agreement
from tests.support.choices import build_agreements, lay_choices
from tests.support.command import run_govpack
from tests.support.office import Office

from govpack.check.readers import read_outline
from govpack.kits import find_kit, read_kit


def agreement_of(pack: Path, partner: str = "nimbus") -> Agreement:
    return Agreement.read(pack / "counterparty" / partner / "partnership-agreement.docx")


def wrong_numbers(file: Path) -> list[str]:
    """References whose cached number is not the one that the list gives the paragraph they point at."""
    outline = read_outline(file)
    assert outline.references
    found = []
    for reference in outline.references:
        if reference.kind == "REF":
            bookmark = outline.bookmarks.get(reference.target)
            now = re.sub(r"[\s.]", "", bookmark.full_number) if bookmark else "nothing"
            if now != re.sub(r"[\s.]", "", reference.cached):
                found.append(f"{reference.target}: {reference.cached} is {now}")
    return found


def test_the_wording_that_the_contract_chose_is_the_one_in_the_agreement(
    nordhaven: Path, nordhaven_pack: Path, tmp_path: Path
) -> None:
    assert "at least 45 days’ written notice of a material change" in agreement_of(nordhaven_pack).text
    preferred = build_agreements(lay_choices(nordhaven, tmp_path / "in"), tmp_path / "out")
    text = agreement_of(preferred).text
    assert "at least 60 days’ written notice of a material change" in text
    assert "45 days’ written notice of a material change" not in text


def test_staff_may_be_recruited_unless_the_contract_says_otherwise(
    nordhaven: Path, nordhaven_pack: Path, tmp_path: Path
) -> None:
    assert "Each party is free to recruit" in agreement_of(nordhaven_pack).text
    assert "shall not itself, or through someone else, actively approach" not in agreement_of(nordhaven_pack).text
    inputs = lay_choices(nordhaven, tmp_path / "in", clauses={"recruitment": "fallback_1"})
    text = agreement_of(build_agreements(inputs, tmp_path / "out")).text
    assert "shall not itself, or through someone else, actively approach" in text
    assert "Each party is free to recruit" not in text


def test_a_fallback_on_funding_pays_a_part_of_each_milestone_in_advance(
    nordhaven: Path, nordhaven_pack: Path, tmp_path: Path
) -> None:
    """Joint research has no commitment that breathes, so the fallback gives way where its partner asks for it."""
    advance = "the Partner may invoice a third of it when work towards that Milestone starts"
    assert advance not in agreement_of(nordhaven_pack, "ostermark").text
    inputs = lay_choices(nordhaven, tmp_path / "in", clauses={"fees": "fallback_1"})
    made = build_agreements(inputs, tmp_path / "out")
    assert advance in agreement_of(made, "ostermark").text
    services = agreement_of(made).text
    assert advance not in services
    assert "up to 5% of it that is unused in one Contract Year may be used in the next" in services


def test_leaving_a_clause_out_renumbers_and_keeps_every_reference_right(
    nordhaven: Path, nordhaven_pack: Path, tmp_path: Path
) -> None:
    before = agreement_of(nordhaven_pack)
    assert wrong_numbers(before.file) == []
    inputs = lay_choices(nordhaven, tmp_path / "in", omit=["insurance", "human-rights"])
    after = agreement_of(build_agreements(inputs, tmp_path / "out"))
    assert [words for words in before.headings if words not in ("Insurance", "Human rights and environment")] == (
        after.headings
    )
    assert wrong_numbers(after.file) == []
    numbers = {
        file: read_outline(file).bookmarks["governing_law"].number.strip(".") for file in (before.file, after.file)
    }
    assert int(numbers[before.file]) == int(numbers[after.file]) + 2
    # The contents follow: the same headings, with their new numbers.
    contents = [p.words for p in after.provisions if p.style == "TOC1" and p.words[:1].isdigit()]
    assert contents == [f"{at}. {words}" for at, words in enumerate(after.headings, 1)]


@pytest.mark.office
def test_libreoffice_works_out_the_same_number_for_every_reference(
    nordhaven_pack: Path, office: Office, tmp_path: Path
) -> None:
    """It ignores what is cached, which is made wrong here, and is a witness of its own."""
    files = sorted((nordhaven_pack / "counterparty").glob("*/partnership-agreement.docx"))
    for number, file in enumerate(files):
        with ZipFile(file) as given, ZipFile(tmp_path / f"{number}.docx", "w") as made:
            for name in given.namelist():
                data = given.read(name)
                if name == "word/document.xml":
                    text, count = re.subn(
                        r"( REF \w+ .{0,400}?<w:t>)[^<]*(</w:t>)", r"\g<1>0.0.0\g<2>", data.decode(), flags=re.DOTALL
                    )
                    assert count > 100
                    data = text.encode()
                made.writestr(name, data)
    copies = [tmp_path / f"{number}.docx" for number in range(len(files))]
    for file, pdf in zip(files, office.convert(copies, "pdf", tmp_path / "out"), strict=True):
        words = words_of_pages(pdf)
        agreement = Agreement.read(file)
        referring = [provision.words for provision in agreement.provisions if provision.targets]
        assert len(referring) > 80
        assert "0.0.0" not in words
        assert not [said for said in referring if said not in words]


def words_of_pages(pdf: Path) -> str:
    """The words of a PDF of an agreement, without those of headers, footers and the watermark."""
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    around = re.compile(r"Page \d+ of \d+$|Confidential · |.*· version |DRAFT$|\S+( \S+)? Agreement$")
    lines = [line for line in re.split(r"[\n\f]", text) if not around.match(line)]
    return " ".join(" ".join(lines).replace("\u00a0", " ").split())


def test_a_reference_to_a_clause_that_was_left_out_is_an_error_that_names_both(nordhaven: Path, tmp_path: Path) -> None:
    inputs = lay_choices(nordhaven, tmp_path / "in", omit=["force-majeure"])
    done = run_govpack("build", inputs, "-o", tmp_path / "out", "--only", "partnership-agreement")
    assert done.returncode == 2
    assert not (tmp_path / "out").exists()
    said = done.stderr.replace("\n", " ")
    for file, name in (("termination.md", "force-majeure-long"), ("business-continuity.md", "force-majeure")):
        assert re.search(rf"{file}\W+(line )?\d+: '{{{{ ref\(.{name}.\) }}}}': nothing in this document bears", said), (
            file
        )
    # The clause is named, and the line of the inputs to mend, and no bookmark that happens to be called much like it.
    said = " ".join(done.stderr.split())
    place = said.index("bookmark 'force-majeure-long'")
    line = said[place : said.index("counterparty/", place)]
    assert "it belongs to the clause ‘Force majeure’ (force-majeure)" in line
    assert re.search(r"keep it in contracts\.yaml:\d+:\d+, which leaves it out", line)
    assert "did you mean" not in line


@pytest.mark.parametrize(
    ("clauses", "omit", "says"),
    [
        (
            {"insurance": "fallback_9"},
            [],
            "clause 'insurance' has no variant 'fallback_9' (did you mean 'fallback_1'?)",
        ),
        ({}, ["insurence"], "has no clause 'insurence' (did you mean 'insurance'?)"),
    ],
)
def test_a_choice_that_there_is_not_names_the_nearest(
    nordhaven: Path, tmp_path: Path, clauses: dict[str, str], omit: list[str], says: str
) -> None:
    done = run_govpack(
        "build", lay_choices(nordhaven, tmp_path / "in", clauses=clauses, omit=omit), "-o", tmp_path / "o"
    )
    assert done.returncode == 2
    assert says in done.stderr


def test_every_clause_has_a_fallback_with_its_risk_and_who_approves_it() -> None:
    kit = read_kit(find_kit())
    clauses = [clause.head for clause in kit.clauses.values()]
    assert sum(not head.schedule for head in clauses) >= 45
    assert sum(head.schedule for head in clauses) == 8
    for head in clauses:
        assert list(head.variants)[:2] == ["preferred", "fallback_1"], head.id
        for name, variant in head.variants.items():
            assert variant.risk is not None, head.id
            assert re.match(r"(low|medium|high)\b", variant.risk), head.id
            if name != "preferred":
                assert variant.owner, f"nobody approves {name} of {head.id}"
                assert len(variant.risk) > len("medium: "), f"{name} of {head.id} does not say what is given away"
        assert re.sub(r"{%.*?%}", "", head.why).endswith("."), head.id


def test_each_schedule_in_its_fallback_keeps_every_reference_right(nordhaven: Path, tmp_path: Path) -> None:
    kit = read_kit(find_kit())
    schedules = [clause.head.id for clause in kit.clauses.values() if clause.head.schedule]
    inputs = lay_choices(nordhaven, tmp_path / "in", clauses=dict.fromkeys(schedules, "fallback_1"))
    out = build_agreements(inputs, tmp_path / "out")
    for partner, words in (
        ("nimbus", "needs the confirmation"),  # services and scope
        ("nimbus", "hold in between a current certificate"),  # data protection
        ("ostermark", "pay the other one third of the rest"),  # intellectual property
        ("ostermark", "not agreed at two meetings in a row"),  # governance
        ("halden", "name what is wrong within 15 Business Days"),  # regulatory terms
    ):
        agreement = agreement_of(out, partner)
        assert words in agreement.text, words
        assert wrong_numbers(agreement.file) == []


def test_no_two_wordings_of_a_clause_are_the_same() -> None:
    for clause in read_kit(find_kit()).clauses.values():
        texts = [wording.text for wording in clause.variants.values()]
        assert len(set(texts)) == len(texts), clause.head.id
