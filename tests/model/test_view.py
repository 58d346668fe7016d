"""What templates see: linked plain data, and for a counterparty nothing that is not its own."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.model.packs import example, example_tree, small, small_pack

from govpack.model.base import Model, derived_names, is_internal
from govpack.model.contracts import Contract
from govpack.model.organisation import Organisation
from govpack.model.pack import About, Pack
from govpack.model.partners import Partner
from govpack.model.view import plain_view, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PLAIN = (dict, list, str, int, Decimal, datetime.date, bool, type(None))


def theirs(pack: Pack, number: int = 0) -> dict[str, Any]:
    """The counterparty's view of a contract."""
    return plain_view(pack, audience="counterparty", contract=pack.contracts[number])


def walk(value: Any) -> Iterator[Any]:
    """Every value that can be reached, each dict and list once."""
    seen: set[int] = set()
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict | list):
            if id(value) in seen:
                continue
            seen.add(id(value))
            waiting.extend(value.values() if isinstance(value, dict) else value)
            if isinstance(value, dict):
                waiting.extend(value)
        yield value


def test_a_view_holds_plain_data_only() -> None:
    pack = example()
    for view in (plain_view(pack, audience="internal"), theirs(pack)):
        assert {type(value) for value in walk(view)} <= set(PLAIN)


def test_an_id_is_the_shared_dict_of_what_it_names() -> None:
    view = plain_view(small_pack(), audience="internal")
    acme, other = view["partners"]
    assert acme["owner"]["name"] == "Ada Lead"
    assert acme["owner"] is view["people"]["lead"]
    assert acme["segment"]["partners"] == [acme]
    assert other["hosted_on"] is acme
    assert acme["contracts"][0]["partner"] is acme
    assert acme["scorecard"]["partner"] is acme
    assert view["risks"][0]["partners"] == [acme]
    assert view["contracts"][0]["team"]["manager"]["holder"]["name"] == "Di Sales"


def test_an_alternative_may_be_words() -> None:
    view = plain_view(small_pack(), audience="internal")
    first, second = view["partners"][0]["alternatives"]
    assert first is view["partners"][1]
    assert second == {"id": None, "name": "in-house"}


def test_what_is_not_given_is_none() -> None:
    view = plain_view(small_pack(), audience="internal")
    assert view["partners"][0]["address"] is None
    assert view["customer_council"] is None
    assert view["strategy"]["economics"] is None
    assert view["contracts"][0]["insurance"] is None


def test_derived_figures_stand_beside_fields() -> None:
    view = plain_view(small_pack(), audience="internal")
    assert view["partners"][0]["share_pct"] == 75
    assert view["contracts"][0]["name"] == "Services agreement"
    assert view["figures"]["spend_total"] == 400
    assert view["figures"]["look_through"]["name"] == "Acme"
    assert view["figures"]["largest_risk"] is view["risks"][0]
    assert view["scorecards"]["cards"][0]["rating"] == "amber"


def test_a_counterparty_sees_its_own_contract_and_little_else() -> None:
    view = theirs(small_pack())
    assert set(view) == {"pack", "organisation", "people", "governance", "contract", "partner", "custom"}
    assert view["contract"]["partner"] is view["partner"]
    assert view["contract"]["cap"] == 1500
    assert view["contract"]["roles"][1]["holder"]["name"] == "Di Sales"


def test_rows_that_stay_inside_are_gone() -> None:
    governance = theirs(small_pack())["governance"]
    assert [forum["id"] for forum in governance["forums"]] == ["M1"]
    assert [level["level"] for level in governance["escalation"]] == [1]
    assert [duty["id"] for duty in governance["obligations"]] == ["O1", "O2", "O3"]


def test_an_internal_raci_row_is_gone_in_both_its_forms() -> None:
    row = {"activity": "Plan the exit", "accountable": "owner", "internal": True}
    raci = theirs(small_pack(governance__raci__activities__1=row))["governance"]["raci"]
    assert [activity["activity"] for activity in raci["activities"]] == ["Report"]
    assert [row["activity"] for row in raci["rows"]] == ["Report"]


def test_people_are_the_partners_own_and_those_of_ours_who_are_named() -> None:
    """The clerk chairs an internal forum only, and somebody of another partner is never there."""
    assert set(theirs(small_pack())["people"]) == {"lead", "chief", "acme_sales", "acme_boss"}


def test_somebody_of_another_partner_is_not_shown_even_where_the_inputs_name_them() -> None:
    view = theirs(small_pack(governance__forums__0__chair="other_boss"))
    assert view["governance"]["forums"][0]["chair"] is None
    assert "Flo Other" not in list(walk(view))


def test_critical_functions_are_those_that_the_partner_supports() -> None:
    assert [function["id"] for function in theirs(small_pack())["organisation"]["critical_functions"]] == ["PAY"]


def test_custom_data_reaches_a_counterparty_only_where_it_is_said_to_be_shared() -> None:
    pack = small_pack(custom={"margin": "secret", "shared": {"portal": "public"}})
    assert theirs(pack)["custom"] == {"shared": {"portal": "public"}}
    assert plain_view(pack, audience="internal")["custom"]["margin"] == "secret"
    assert theirs(small_pack())["custom"] == {}


def test_a_counterpartys_view_needs_a_contract() -> None:
    with pytest.raises(ValueError, match="needs the contract"):
        plain_view(small_pack(), audience="counterparty")


def test_an_internal_view_of_a_contract_has_everything_and_the_contract() -> None:
    pack = small_pack()
    view = plain_view(pack, audience="internal", contract=pack.contracts[0])
    assert view["contract"] is view["contracts"][0]
    assert view["partner"] is view["partners"][0]


@pytest.mark.parametrize(
    ("key", "model"), [("pack", About), ("organisation", Organisation), ("partner", Partner), ("contract", Contract)]
)
def test_a_counterparty_sees_exactly_the_fields_and_figures_that_are_not_internal(key: str, model: type[Model]) -> None:
    fields = {name for name, field in model.model_fields.items() if not is_internal(field)}
    figures = {name for name, is_shared in derived_names(model).items() if is_shared}
    assert set(theirs(example())[key]) == fields | figures
    assert len(model.model_fields) > len(fields)  # each of these models has internal fields


SECRET = "SECRET"
ROWS_INSIDE: dict[str, Any] = {
    "governance__forums__1__purpose": f"{SECRET} of an internal forum",
    "governance__escalation__1__trigger": f"{SECRET} of an internal level",
    "governance__obligations__3__evidence": f"{SECRET} of a voluntary duty",
    "governance__decision_rights": [{"decision": f"{SECRET} of a right", "decides": "we", "internal": True}],
    "organisation__supervisor_note": f"{SECRET} about supervision",
    "organisation__ai_act_role": f"{SECRET} about our role",
    "organisation__critical_functions__1__name": f"{SECRET} function of others",
    "pack__sources": [{"id": "S1", "title": f"{SECRET} source"}],
    "people__clerk__name": f"{SECRET} clerk",
    "people__other_boss__name": f"{SECRET} boss of another",
    "strategy__vision": f"{SECRET} vision",
    "strategy__segments__0__coverage": f"{SECRET} coverage",
    "partners__0__dependency": f"{SECRET} dependency",
    "partners__0__substitutability_reason": f"{SECRET} reason",
    "partners__0__alternatives": ["other", f"{SECRET} alternative"],
    "partners__0__exit_cost": 987654321,
    "partners__0__spend": 987654321,
    "partners__0__plan": 987654321,
    "partners__0__last_exit_test": "2001-02-03",
    "partners__1__legal_name": f"{SECRET} other partner",
    "risks__0__trigger": f"{SECRET} trigger",
    "contracts__0__approval_limit": f"{SECRET} limit",
    "contracts__0__clauses": {f"{SECRET}-clause": "fallback_2"},
    "contracts__0__omit_clauses": [f"{SECRET}-omitted"],
    "contracts__1": {"id": "C2", "partner": "other", "type": "services agreement", "title": f"{SECRET} contract"},
    "contracts__0__tender_route": f"{SECRET} route",
    "contracts__0__due_diligence": {"findings": f"{SECRET} findings"},
    "scorecards__partners__acme__cause": f"{SECRET} cause",
    "scorecards__partners__acme__metrics": [
        {
            "id": "M",
            "name": f"{SECRET} metric",
            "category": "technical",
            "unit": "%",
            "weight": 100,
            "target": 90,
            "threshold": 80,
            "better": "up",
            "evidence": f"{SECRET} evidence",
        }
    ],
    "scorecards__partners__acme__actions": [{"id": "A", "action": f"{SECRET} action"}],
    "scorecards__decisions": [{"decision": f"{SECRET} board decision"}],
    "strategy__standards": [{"id": "S", "name": f"{SECRET} standard"}],
    "strategy__capabilities": [{"id": "cap", "name": f"{SECRET} capability"}],
    "partners__0__capability_strengths": {"cap": 3},
    "governance__approval_limits": [{"what": f"{SECRET} approval", "limit": "none", "approver": "nobody"}],
    "governance__performance": {"cycle": f"{SECRET} cycle"},
    "roadmap": {
        "summary": f"{SECRET} summary",
        "lanes": [{"id": "us", "name": f"{SECRET} lane", "group": "bank"}],
        "milestones": [
            {"id": "M1", "name": f"{SECRET} milestone", "lane": "us", "due": "2027-01-01", "partners": ["acme"]}
        ],
    },
    "negotiations": [
        {
            "contract": "C1",
            "batna_bank": f"{SECRET} alternative to an agreement",
            "issues": [{"id": "I", "issue": f"{SECRET} issue", "walk_away": f"{SECRET} walk-away"}],
        }
    ],
    "exit_plans": [
        {
            "partner": "acme",
            "triggers": [f"{SECRET} exit trigger"],
            "steps": [{"step": f"{SECRET} step", "weeks": 1, "starts_week": 1}],
        }
    ],
    "rubric": {"criteria": [{"id": "P1", "name": f"{SECRET} criterion", "weight": 100}]},
    "enablement": {"summary": f"{SECRET} hand-over", "pilots": [{"id": "P", "name": f"{SECRET} pilot"}]},
    "briefing": {"decisions": [f"{SECRET} decision"]},
    "reviews": [{"id": "V1", "type": "legal", "document": f"{SECRET} review"}],
    "consultations": [{"function": f"{SECRET} consultation"}],
    "customer_council": {"purpose": f"{SECRET} council"},
    "custom": {"note": f"{SECRET} note"},
}


def test_a_joint_roadmap_and_what_is_for_the_type_of_agreement_reach_the_partner() -> None:
    commitment = {"id": "1", "by": "bank", "what": "Plan ahead", "due": "2027-03-01"}
    contract = theirs(small_pack(contracts__0__joint_roadmap={"commitments": [commitment]}))["contract"]
    assert contract["joint_roadmap"]["from_bank"][0]["what"] == "Plan ahead"
    assert contract["raci"]["rows"][0]["letters"] == ["A", "R"]
    assert "negotiation" not in contract
    assert "exit_plan" not in theirs(small_pack())["partner"]


def test_plans_are_linked_in_an_internal_view() -> None:
    view = plain_view(small_pack(**ROWS_INSIDE), audience="internal")
    (milestone,) = view["roadmap"]["milestones"]
    assert milestone["lane"] is view["roadmap"]["lanes"][0]
    assert view["roadmap"]["grid"][0]["cells"] == [[milestone]]
    assert view["contracts"][0]["negotiation"] is view["negotiations"][0]
    assert view["partners"][0]["exit_plan"] is view["exit_plans"][0]


def test_no_internal_value_can_be_reached_from_a_counterpartys_view() -> None:
    pack = small_pack(**ROWS_INSIDE)
    leaked = [
        value
        for value in walk(theirs(pack))
        if SECRET in str(value if not isinstance(value, dict | list) else "")
        or value in (987654321, datetime.date(2001, 2, 3))
    ]
    assert leaked == []


def test_the_same_values_do_reach_an_internal_view() -> None:
    """So that the test above looks for something that is there."""
    found = [
        value for value in walk(plain_view(small_pack(**ROWS_INSIDE), audience="internal")) if SECRET in str(value)
    ]
    assert len(set(map(str, (value for value in found if isinstance(value, str))))) >= 45


@pytest.mark.parametrize("number", range(4))
def test_nothing_of_another_partner_is_in_an_examples_view(number: int) -> None:
    pack = example()
    contract = pack.contracts[number]
    texts = {value for value in walk(theirs(pack, number)) if isinstance(value, str)}
    # That Lumenar works on Nimbus is Lumenar's own fact.
    told_by_itself = {sub.name for sub in pack.partner(contract.partner).subcontractors}
    for partner in pack.partners:
        if partner.id != contract.partner and partner.legal_name not in told_by_itself:
            assert partner.legal_name not in texts
    for person in pack.people.values():
        if person.side not in ("bank", contract.partner):
            assert person.name not in texts


def test_the_tree_of_the_inputs_is_left_as_it_was() -> None:
    tree = small()
    Pack.model_validate(tree)
    assert tree == small()
    assert example_tree()["contracts"][0]["partner"] == "nimbus"


def test_the_subject_of_a_document_is_named_in_the_view_that_all_our_documents_share() -> None:
    pack = small_pack()
    view = plain_view(pack, audience="internal")
    contract, partner = pack.contracts[0], pack.partners[1]
    own = plain_view(pack, audience="internal", contract=contract)
    shared = subject_of(pack, view, contract)
    assert shared["contract"] is view["contracts"][0]
    assert shared["partner"]["name"] == own["partner"]["name"]
    assert set(view | shared) == set(own)
    assert subject_of(pack, view, None, partner) == {"partner": view["partners"][1]}
    assert subject_of(pack, view, None) == {}
