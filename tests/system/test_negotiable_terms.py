"""What the parties may still change stands in a content control each, in the agreements that the example builds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from tests.support.office import Office

from govpack.inputs import read_pack
from govpack.model.contracts import Contract

PARTNERS = ("nimbus", "lumenar", "halden", "ostermark")
THEIRS, OURS = "counterparty/{}/partnership-agreement.docx", "internal/{}/partnership-agreement-review-copy.docx"


@pytest.fixture(scope="module")
def contracts(nordhaven: Path) -> dict[str, Contract]:
    pack, _ = read_pack(nordhaven)
    assert pack is not None
    return {contract.partner: contract for contract in pack.contracts}


def controls_of(file: Path) -> list[tuple[str, str]]:
    """Tag and text of each control of the body that a value stands in."""
    body = docx.Document(str(file)).element.body
    return [
        (control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")), words_of(control))
        for control in body.iter(qn("w:sdt"))
    ]


def words_of(element: Any, *, outside: bool = False) -> str:
    hyphen, control = qn("w:noBreakHyphen"), qn("w:sdt")
    nodes = (n for n in element.iter(qn("w:t"), hyphen) if not outside or next(n.iterancestors(control), None) is None)
    return "".join("-" if n.tag == hyphen else n.text or "" for n in nodes).replace("\xa0", " ")


def amount(value: Decimal) -> str:
    return f"EUR {value:,.0f}"


def printed_terms(contract: Contract) -> Iterator[tuple[str, str]]:
    """Terms with words of their own, as the agreement prints them, by path."""
    for name in ("cap", "supercap"):
        if (value := getattr(contract, name)) is not None:
            yield f"contract.{name}", amount(value)
    if contract.type == "services agreement":
        yield "contract.commitment_total", amount(contract.commitment_total or Decimal(0))
        yield "contract.uptime_pct", f"{contract.uptime_pct}%"
        for number, level in enumerate(contract.service_levels, 1):
            yield f"contract.service_levels[{number}].target", level.target
        for number, fee in enumerate(contract.fees, 1):
            yield f"contract.fees[{number}].basis", fee.basis[:1].upper() + fee.basis[1:]
    yield "contract.insurance", (contract.insurance or "").rstrip(".")
    for number, step in enumerate(contract.milestones, 1):
        yield f"contract.milestones[{number}].gate", step.gate or ""
    for number, item in enumerate(contract.ip_items, 1):
        yield f"contract.ip_items[{number}].item", item.item


@pytest.mark.parametrize("partner", PARTNERS)
def test_no_negotiable_value_stands_outside_its_control(
    nordhaven_pack: Path, contracts: dict[str, Contract], partner: str
) -> None:
    terms = dict(printed_terms(contracts[partner]))
    assert len(terms) > 8
    shown = controls_of(nordhaven_pack / OURS.format(partner))
    for path, words in terms.items():
        assert (path, words) in shown, (path, words)
    body = docx.Document(str(nordhaven_pack / OURS.format(partner))).element.body
    for paragraph in body.iter(qn("w:p")):
        loose = words_of(paragraph, outside=True)
        for path, words in terms.items():
            if len(words) > 10:
                assert words not in loose, (path, loose)


@pytest.mark.parametrize("partner", PARTNERS)
def test_each_term_that_the_clauses_print_has_its_control(
    nordhaven_pack: Path, contracts: dict[str, Contract], partner: str
) -> None:
    contract = contracts[partner]
    tags = {tag for tag, _ in controls_of(nordhaven_pack / OURS.format(partner))}
    names = {"effective", "expires", "term", "payment_days", "incident_notice_hours", "notice_bank_days"}
    if contract.type == "services agreement":
        names |= {"annual_commitment", "notice_provider_days", "transition_months", "model_notice_days", "credit_basis"}
        names |= {"rto_hours", "rpo_minutes", "price_adjustment", "renewal_price_cap_pct"}
        names |= {f"credits[{n}].{field}" for n in range(1, len(contract.credits) + 1) for field in ("below", "pct")}
    else:
        names |= {"publication_review_days"}
    if contract.data_act.in_scope:
        names |= {f"data_act.{name}" for name in ("switching_notice_months", "transition_days", "retrieval_days")}
    given = {name for name in names if "[" in name or "." in name or getattr(contract, name) is not None}
    assert {f"contract.{name}" for name in given} - tags == set()


@pytest.mark.parametrize("partner", PARTNERS)
def test_the_counterpartys_controls_are_neutral_and_pack_json_says_what_they_hold(
    nordhaven_pack: Path, partner: str
) -> None:
    record = json.loads((nordhaven_pack / "pack.json").read_text(encoding="utf-8"))["files"]
    theirs, ours = (controls_of(nordhaven_pack / path.format(partner)) for path in (THEIRS, OURS))
    meaning = record[THEIRS.format(partner)]["controls"]
    assert all(re.fullmatch(r"V\d{4}", tag) for tag, _ in theirs)
    assert [(meaning[tag], words) for tag, words in theirs] == ours
    assert record[OURS.format(partner)]["controls"] == {tag: tag for tag, _ in ours}


def test_controls_have_ids_and_bookmarks_of_their_own(nordhaven_pack: Path) -> None:
    for path in (*(THEIRS.format(p) for p in PARTNERS), *(OURS.format(p) for p in PARTNERS)):
        body = docx.Document(str(nordhaven_pack / path)).element.body
        found = list(body.iter(qn("w:sdt")))
        assert len(found) > 50, path
        ids = {control.find(f"{qn('w:sdtPr')}/{qn('w:id')}").get(qn("w:val")) for control in found}
        names = [control.getprevious().get(qn("w:name")) for control in found]
        assert len(ids) == len(set(names)) == len(found), path
        assert all(re.fullmatch(r"\w{1,40}", name) for name in names), path
        if path.startswith("counterparty"):
            assert all(name.startswith("V") for name in names), path


@pytest.mark.office
def test_libreoffice_shows_the_text_that_stands_in_controls(
    nordhaven_pack: Path, contracts: dict[str, Contract], office: Office, tmp_path: Path
) -> None:
    page = office.convert([nordhaven_pack / THEIRS.format("nimbus")], "docx", tmp_path)[0]
    saved = words_of(docx.Document(str(page)).element.body)
    for path, words in printed_terms(contracts["nimbus"]):
        assert words in saved, path
