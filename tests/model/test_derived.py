"""Derived figures where the example does not reach: edges, empties, chains."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.model.packs import small, small_pack

from govpack.model.base import rounded, tidy
from govpack.model.economics import Economics
from govpack.model.strategy import Goal, Kpi


def test_halves_are_rounded_up_as_people_do() -> None:
    assert [str(rounded(Decimal(text))) for text in ("0.25", "0.35", "-0.25", "7")] == ["0.3", "0.4", "-0.3", "7.0"]


@pytest.mark.parametrize(("value", "text"), [("74.0", "74"), ("73.84", "73.8"), ("100", "100"), ("0", "0")])
def test_a_whole_score_has_no_decimals(value: str, text: str) -> None:
    assert str(tidy(Decimal(value))) == text


def test_a_pack_without_spend_has_no_shares() -> None:
    figures = small_pack(partners__0__spend=0, partners__1__spend=None).figures
    assert (figures.spend_total, figures.top1_share_pct, figures.hhi) == (0, None, None)


def test_one_partner_is_the_highest_concentration() -> None:
    assert small_pack(partners__1__spend=0).figures.hhi == 10_000


def test_look_through_follows_chains_of_hosting_and_survives_a_circle() -> None:
    tree = small()
    third = tree["partners"][1] | {"id": "third", "name": "Third", "hosted_on": "other", "spend": 50}
    chained = small_pack(partners__2=third)
    assert chained.figures.look_through is not None
    assert chained.figures.look_through.spend == 450
    circle = small_pack(partners__2=third, partners__0__hosted_on="third")
    assert [partner.reliant_spend for partner in circle.partners] == [450, 450, 450]


@pytest.mark.parametrize(
    ("tested", "counts"),
    [("2025-09-30", False), ("2025-10-01", True), ("2026-09-30", True), (None, False)],
)
def test_an_exit_test_counts_for_twelve_months(tested: str | None, counts: bool) -> None:
    changes = {"partners__0__last_exit_test": tested} if tested else {}
    assert small_pack(**changes).partner("acme").exit_tested is counts


def test_closed_risks_do_not_count() -> None:
    figures = small_pack(risks__0__status="closed").figures
    assert (figures.risk_count, figures.exposure_total, figures.largest_risk) == (0, 0, None)


@pytest.mark.parametrize(("likelihood", "impact", "band"), [(3, 5, "high"), (2, 5, "medium"), (2, 4, "medium")])
def test_a_band_follows_the_appetite(likelihood: int, impact: int, band: str) -> None:
    (risk,) = small_pack(risks__0__likelihood=likelihood, risks__0__impact=impact).risks
    assert risk.band == band


def test_a_rating_is_taken_before_rounding() -> None:
    """79.96 is shown as 80, and is not green."""
    scores = {"technical": Decimal("79.9"), "financial": 80, "innovation": 80}
    (card,) = small_pack(scorecards__partners__acme=scores).scorecards.cards
    assert (card.score, card.rating) == (Decimal(80), "amber")


@pytest.mark.parametrize(("uptime", "credit"), [("99.9", 0), ("99.89", 10), ("99.5", 10), ("99.4", 20)])
def test_a_credit_is_due_below_its_threshold(uptime: str, credit: int) -> None:
    (contract,) = small_pack().contracts
    assert contract.credit_pct_at(Decimal(uptime)) == credit


def economics(**changes: Any) -> Economics:
    """Two years: nothing in the first, 12 in the second."""
    figures: dict[str, Any] = {"years": [2027, 2028], "no_programme_spend": [10, 22], "programme_spend": [10, 10]}
    return Economics.model_validate(figures | changes)


@pytest.mark.parametrize(
    ("cost", "month"),
    [([1, 0], 13), ([6, 0], 18), ([12, 0], 24), ([13, 0], None), ([0, 0], 1)],
)
def test_payback_is_the_month_in_which_the_sum_is_no_longer_negative(cost: list[int], month: int | None) -> None:
    assert economics(one_off_cost=cost).payback_month == month


def test_without_cost_there_is_no_ratio_and_without_downside_no_figure_of_it() -> None:
    found = economics()
    assert (found.benefit_cost_ratio, found.downside_npv, found.downside_total) == (None, None, None)


def test_the_letters_of_a_raci_row() -> None:
    pack = small_pack(
        governance__roles__2={"id": "watcher", "name": "Watcher", "side": "bank"},
        governance__raci={
            "activities": [
                {"activity": "One", "responsible": ["owner"], "accountable": "owner", "informed": ["watcher"]},
                {"activity": "Two", "responsible": ["manager"], "accountable": "owner", "consulted": ["watcher"]},
            ]
        },
    )
    raci = pack.governance.raci
    assert [role.id for role in raci.columns] == ["owner", "manager", "watcher"]
    assert [row.letters for row in raci.rows] == [("A/R", "–", "I"), ("A", "R", "C")]


def test_there_is_a_raci_table_for_each_type_of_agreement_that_has_rows_of_its_own() -> None:
    """The framework shows all rows, inside ones too, each with the columns of its own type only."""
    rows = [
        {"activity": "Serve", "responsible": ["manager"], "accountable": "owner", "applies": "services"},
        {"activity": "Report", "responsible": ["owner"], "accountable": "owner", "internal": True},
    ]
    roles: dict[str, object] = {
        "governance__roles__2": {"id": "board", "name": "Board", "side": "bank", "applies": "co-innovation"}
    }
    (services,) = small_pack(governance__raci={"activities": rows}, **roles).governance.raci.tables
    assert services.applies == "services"
    assert [role.id for role in services.columns] == ["owner", "manager"]
    assert [(row.activity, row.letters) for row in services.rows] == [("Serve", ("A", "R")), ("Report", ("A/R", "–"))]
    (every,) = small_pack(governance__raci={"activities": rows[1:]}, **roles).governance.raci.tables
    assert (every.applies, len(every.columns), len(every.rows)) == ("all", 3, 1)
    assert small_pack(governance__raci={"activities": []}).governance.raci.tables == ()


def test_a_contract_knows_who_holds_each_role() -> None:
    (contract,) = small_pack().contracts
    named = [(role.name, role.holder and role.holder.name, role.deputy and role.deputy.name) for role in contract.roles]
    # For our own role the holder's deputy stands in, since the role names none.
    assert named == [("Contract owner", "Ada Lead", "Bo Chief"), ("Service manager", "Di Sales", "Ed Boss")]


def test_a_contract_shows_only_levels_and_forums_with_the_partner() -> None:
    (contract,) = small_pack().contracts
    (level,) = contract.escalation
    assert level.bank is not None
    assert level.partner_holder is not None
    assert (level.bank.name, level.partner, level.partner_holder.name) == ("Ada Lead", "Service manager", "Di Sales")
    assert [forum.id for forum in contract.forums] == ["M1"]


def test_a_contract_shows_only_obligations_by_law_that_concern_it() -> None:
    (contract,) = small_pack().contracts
    assert [duty.id for duty in contract.obligations] == ["O1", "O2"]
    (contract,) = small_pack(contracts__0__data_act={"in_scope": True}).contracts
    assert [duty.id for duty in contract.obligations] == ["O1", "O2", "O3"]


def test_countries_are_named_in_the_language_of_the_pack() -> None:
    assert small_pack().contracts[0].storage_names == ("Ireland", "Germany")
    assert small_pack(pack__locale="de-DE").contracts[0].storage_names == ("Irland", "Deutschland")


def test_a_part_that_belongs_to_no_pack_says_so() -> None:
    with pytest.raises(LookupError, match="this Partner belongs to no pack"):
        type(small_pack().partners[0]).model_validate(small()["partners"][0]).share_pct  # noqa: B018


def kpi_of(**fields: Any) -> Kpi:
    return Kpi.model_validate({"id": "K1", "name": "A", "unit": "%", "better": "up"} | fields)


@pytest.mark.parametrize(
    ("baseline", "target", "value", "done"),
    [
        ("40", "100", "70", "50.0"),
        ("0.42", "0.27", "0.40", "13.3"),  # better below the baseline
        ("118", "60", "121", "-5.2"),  # moved away
        ("10", "20", "25", "150.0"),  # beyond the target
        ("-4", "4", "-4", "0.0"),
        ("5", "5", "6", None),
        (None, "5", "6", None),
        ("5", None, "6", None),
    ],
)
def test_progress_is_the_part_of_the_way_from_baseline_to_target_that_is_done(
    baseline: str | None, target: str | None, value: str, done: str | None
) -> None:
    kpi = kpi_of(baseline=baseline, target=target, actuals=[{"date": "2026-09-30", "value": value}])
    assert kpi.progress_pct == (Decimal(done) if done else None)


def test_the_latest_figure_counts_whatever_the_order_of_the_inputs() -> None:
    actuals = [
        {"date": "2026-08-31", "value": 60},
        {"date": "2026-09-30", "value": "70.5"},
        {"date": "2026-07-31", "value": 50},
    ]
    kpi = kpi_of(baseline=40, target=100, actuals=actuals)
    assert kpi.latest is not None
    assert (str(kpi.latest.date), kpi.latest.value) == ("2026-09-30", Decimal("70.5"))
    assert (kpi.progress_pct, kpi.decimals) == (Decimal("50.8"), 1)


def test_nothing_measured_is_no_progress_and_not_none_of_it() -> None:
    assert (kpi_of(baseline=40, target=100).latest, kpi_of(baseline=40, target=100).progress_pct) == (None, None)


def test_the_kpi_of_a_goal_that_was_measured_stands_for_it_and_else_the_first() -> None:
    first, second = ({"id": key, "name": key, "unit": "%", "better": "up"} for key in ("K1", "K2"))
    measured = second | {"actuals": [{"date": "2026-09-30", "value": 1}]}
    leading = [
        Goal.model_validate({"id": "G", "name": "G", "kpis": kpis}).leading_kpi
        for kpis in ([first, second], [first, measured], [])
    ]
    assert [kpi.id if kpi else None for kpi in leading] == ["K1", "K2", None]
