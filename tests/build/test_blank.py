"""The documents of a kit as templates: written without a pack, never over what somebody filled in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn
from tests.support.kit import docx_of, edit, lay_kit

from govpack.build import write_blanks
from govpack.errors import BuildError, KitError

if TYPE_CHECKING:
    from pathlib import Path

VARIANTS = """\
blank:
  values:
    pack.status_label: Template
  variants:
    services: {contract.type: services agreement, contract.data_act.in_scope: false}
    research: {contract.type: co-innovation agreement}
documents:
"""


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    folder = lay_kit(tmp_path / "kit")
    edit(folder / "kit.yaml", ("documents:\n", VARIANTS))
    return folder


def lines(path: Path) -> list[str]:
    """What a reader sees of a Word file's body, a line for each paragraph."""
    body = docx.Document(str(path)).paragraphs
    return ["".join(node.text or "" for node in paragraph._p.iter(qn("w:t"))) for paragraph in body]


def test_a_contracts_document_is_written_once_for_each_variant_with_its_clauses(kit: Path, tmp_path: Path) -> None:
    result = write_blanks(tmp_path / "out", kit=str(kit))
    assert result.files == ("letter-services.docx", "letter-research.docx", "note.docx")
    assert lines(tmp_path / "out" / "letter-services.docx") == [
        "To [partner: name]: [length of the agreement in months] months",
        "[what the agreement is for]",
        "Term (term.preferred)",
    ]
    assert lines(tmp_path / "out" / "letter-research.docx")[2:] == ["Switching (switching.preferred)"]
    assert lines(tmp_path / "out" / "note.docx") == ["[title of the programme] has [number of contracts] contracts"]


def test_a_kit_that_says_nothing_of_blanks_has_one_of_each(tmp_path: Path) -> None:
    kit = lay_kit(tmp_path / "kit")
    assert write_blanks(tmp_path / "out", kit=str(kit)).files == ("letter.docx", "note.docx")


def test_comments_say_what_belongs_there_and_in_which_form(kit: Path, tmp_path: Path) -> None:
    (kit / "note.docx").write_bytes(
        docx_of(
            "{{ pack.as_of | date }}, {{ pack.status_label }}, {{ pack.owner.name }}",
            "{% for c in contracts %}",
            "{{ c.status }} {{ c.cap | money }}{% for s in c.storage %} {{ s }}{% endfor %}",
            "{% endfor %}",
        )
    )
    write_blanks(tmp_path / "out", kit=str(kit), only=["note"])
    note = tmp_path / "out" / "note.docx"
    assert lines(note) == [
        "[date of this version], Template, [document owner: name]",
        "[status] [amount] [country]",
    ]
    said = [comment.text.splitlines() for comment in docx.Document(str(note)).comments]
    assert said[1] == ["Date on which the facts stand.", "Write a date, such as 1 February 2027."]
    assert said[3] == ["How far it is.", "Write one of draft, in negotiation, agreed, signed."]
    assert said[4][1] == "Write an amount with its currency, such as EUR 250,000."
    assert said[5][1] == "Write a country, by its two-letter code, such as IE."


def test_a_label_ends_neither_in_an_aside_nor_in_its_abbreviation_and_a_country_is_one(
    kit: Path, tmp_path: Path
) -> None:
    website, countries = "{{ contract.data_act.website }}", "Only in {{ contract.storage_names | join(', ') }}"
    (kit / "letter.docx").write_bytes(docx_of(website, countries))
    write_blanks(tmp_path / "out", kit=str(kit))
    letter = tmp_path / "out" / "letter-services.docx"
    assert lines(letter) == ["[where the partner publishes jurisdiction and safeguards]", "Only in [country]"]
    said = docx.Document(str(letter)).element.body.xpath(".//w:sdtPr/w:alias/@w:val")
    assert "the countries where data is stored" in said


def test_what_a_variant_has_no_use_for_is_not_given_and_what_rests_on_it_falls_away(kit: Path, tmp_path: Path) -> None:
    research = "research: {contract.type: co-innovation agreement"
    edit(kit / "kit.yaml", (research, f"{research}, contract.uptime_pct: null, contract.personal_data: null"))
    uptime = "{% if contract.uptime_pct is not none %}Availability {{ contract.uptime_pct | percent }}{% endif %}"
    annex = "{% if contract.personal_data %}{{ contract.personal_data.subject }}{% endif %}"
    (kit / "letter.docx").write_bytes(docx_of("Letter", uptime, annex))
    write_blanks(tmp_path / "out", kit=str(kit))
    services, other = (lines(tmp_path / "out" / f"letter-{name}.docx") for name in ("services", "research"))
    assert services[1:] == ["Availability [availability promised for a month]%", "[subject matter of the processing]"]
    assert [line for line in other if line] == ["Letter"]


def test_the_tags_of_what_may_go_to_a_counterparty_say_nothing_of_our_paths(kit: Path, tmp_path: Path) -> None:
    write_blanks(tmp_path / "out", kit=str(kit))
    letter = docx.Document(str(tmp_path / "out" / "letter-services.docx"))
    assert letter.element.body.xpath(".//w:sdtPr/w:tag/@w:val") == ["V0001", "V0002", "V0003"]
    note = docx.Document(str(tmp_path / "out" / "note.docx"))
    assert note.element.body.xpath(".//w:sdtPr/w:tag/@w:val")[0] == "pack.title"
    record = json.loads((tmp_path / "out" / "blank.json").read_text())
    assert record["files"]["letter-services.docx"]["controls"] == {
        "V0001": "partner.name",
        "V0002": "contract.term",
        "V0003": "contract.purpose",
    }


def test_what_somebody_filled_in_is_never_overwritten(kit: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_blanks(out, kit=str(kit))
    (out / "note.docx").write_bytes(docx_of("Filled in"))
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    edit(kit / "kit.yaml", ("pack.status_label: Template", "pack.status_label: Pattern"))
    with pytest.raises(BuildError) as caught:
        write_blanks(out, kit=str(kit))
    assert "was edited since govpack wrote it" in caught.value.findings[0].message
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    result = write_blanks(out, kit=str(kit), replace=True)
    assert lines(out / "note.edited-1.docx") == ["Filled in"]
    assert [finding.message for finding in result.findings] == ["was in the way and is now note.edited-1.docx"]


def test_the_same_kit_gives_the_same_bytes_and_a_variant_that_is_gone_takes_its_file_along(
    kit: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    write_blanks(out, kit=str(kit))
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    write_blanks(out, kit=str(kit), only=["note"])
    assert {path.name: path.read_bytes() for path in out.iterdir()} == first
    edit(kit / "kit.yaml", ("    research: {contract.type: co-innovation agreement}\n", ""))
    write_blanks(out, kit=str(kit))
    assert sorted(path.name for path in out.iterdir()) == ["blank.json", "letter-services.docx", "note.docx"]


def test_what_cannot_be_written_is_said_and_leaves_nothing(kit: Path, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="there is no document 'notes' \\(did you mean 'note'\\?\\)"):
        write_blanks(tmp_path / "out", kit=str(kit), only=["notes"])
    with pytest.raises(BuildError, match="is a kit's folder"):
        write_blanks(kit / "out", kit=str(kit))
    with pytest.raises(KitError):
        write_blanks(tmp_path / "out", kit=str(tmp_path / "nowhere"))
    (kit / "note.docx").write_bytes(docx_of("{{ pack.titel }} {{ contracts[0].nothing }}"))
    with pytest.raises(BuildError) as caught:
        write_blanks(tmp_path / "out", kit=str(kit))
    assert [("titel" in f.message, "nothing" in f.message) for f in caught.value.findings] == [
        (True, False),
        (False, True),
    ]
    assert all(finding.location and finding.location.file.endswith("note.docx") for finding in caught.value.findings)
    assert not (tmp_path / "out").exists()
