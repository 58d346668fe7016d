"""Single fields: what is accepted, what is refused, what is filled in."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError
from tests.model.packs import small, small_pack

from govpack.model.base import Derived, Model, is_internal, is_negotiable
from govpack.model.contracts import Contract
from govpack.model.pack import Pack
from govpack.model.partners import Partner


def refused(**changes: object) -> list[tuple[str, str]]:
    """Place and type of each error that pydantic reports."""
    with pytest.raises(ValidationError) as caught:
        Pack.model_validate(small(**changes))
    return [(".".join(map(str, error["loc"])), error["type"]) for error in caught.value.errors()]


def test_four_keys_make_a_pack() -> None:
    tree = small()
    least = {key: tree[key] for key in ("pack", "organisation", "people", "partners")}
    pack = Pack.model_validate(least)
    assert pack.contracts == ()
    assert pack.governance.roles == ()
    assert pack.strategy.vision is None


@pytest.mark.parametrize("key", ["pack", "organisation", "people", "partners"])
def test_a_pack_without_one_of_them_is_refused(key: str) -> None:
    assert refused(**{key: None}) == [(key, "missing")]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"partners__0__tier": "gold"}, ("partners.0.tier", "extra_forbidden")),
        ({"risks__0__likelihood": 6}, ("risks.0.likelihood", "less_than_equal")),
        ({"risks__0__impact": 0}, ("risks.0.impact", "greater_than_equal")),
        ({"partners__0__spend": "lots"}, ("partners.0.spend", "decimal_parsing")),
        ({"partners__0__spend": "NaN"}, ("partners.0.spend", "finite_number")),
        ({"partners__0__spend": Decimal("1E+9999")}, ("partners.0.spend", "less_than_equal")),
        ({"partners__0__country": "Ireland"}, ("partners.0.country", "string_pattern_mismatch")),
        ({"partners__0__id": "../acme"}, ("partners.0.id", "string_pattern_mismatch")),
        ({"partners__0__id": "a/b"}, ("partners.0.id", "string_pattern_mismatch")),
        ({"partners__0__name": " "}, ("partners.0.name", "string_too_short")),
        ({"pack__as_of": 20260930}, ("pack.as_of", "date_from_number")),
        ({"pack__as_of": "30.9.2026"}, ("pack.as_of", "date_from_datetime_parsing")),
        ({"pack__as_of": "1066-10-14"}, ("pack.as_of", "greater_than_equal")),
        ({"pack__status": "final"}, ("pack.status", "literal_error")),
        ({"pack__locale": "xx-YY"}, ("pack.locale", "unknown_locale")),
        ({"pack__locale": "english please"}, ("pack.locale", "unknown_locale")),
        ({"pack__currency": "€"}, ("pack.currency", "string_pattern_mismatch")),
        ({"contracts__0__uptime_pct": 101}, ("contracts.0.uptime_pct", "less_than_equal")),
        ({"contracts__0__term": 0}, ("contracts.0.term", "greater_than_equal")),
    ],
)
def test_a_wrong_value_is_refused_at_its_place(changes: dict[str, Any], error: tuple[str, str]) -> None:
    assert refused(**changes) == [error]


def test_cells_of_a_table_are_read_though_they_are_text() -> None:
    """CSV knows text only."""
    partner = small_pack(partners__0__spend="1200.50", partners__0__ict_service="true", partners__0__value="5").partner(
        "acme"
    )
    assert (partner.spend, partner.ict_service, partner.value) == (Decimal("1200.50"), True, 5)


def test_a_version_that_looks_like_a_number_keeps_its_digits() -> None:
    assert small_pack(pack__version=Decimal("1.10")).pack.version == "1.10"


def test_a_pack_does_not_change() -> None:
    with pytest.raises(ValidationError):
        small_pack().pack.title = "Other"  # type: ignore[misc]


def test_packs_are_equal_by_what_they_say() -> None:
    assert small_pack() == small_pack()
    assert small_pack() != small_pack(contracts__0__term=12)


def test_what_follows_from_the_rest_is_filled_in() -> None:
    pack = small_pack()
    (contract,) = pack.contracts
    assert contract.expires == datetime.date(2030, 1, 31)
    assert (contract.commitment_total, contract.cap, contract.supercap) == (3600, 1500, None)
    assert pack.organisation.short_name == "Our Bank"


def test_a_draft_contract_may_leave_its_terms_open() -> None:
    (contract,) = small_pack(contracts__0={"id": "C1", "partner": "acme", "type": "services agreement"}).contracts
    assert (contract.expires, contract.cap, contract.downtime_30_days_min) == (None, None, None)


@pytest.mark.parametrize(
    ("first_day", "months", "last_day"),
    [
        ("2027-02-01", 36, "2030-01-31"),
        ("2027-01-31", 1, "2027-02-27"),
        ("2027-08-31", 6, "2028-02-28"),
        ("2028-02-29", 12, "2029-02-27"),
        ("2027-12-15", 1, "2028-01-14"),
    ],
)
def test_a_term_ends_the_day_before_the_same_day_months_later(first_day: str, months: int, last_day: str) -> None:
    (contract,) = small_pack(contracts__0__effective=first_day, contracts__0__term=months).contracts
    assert str(contract.expires) == last_day


def test_a_voluntary_obligation_stays_inside_whatever_is_written() -> None:
    pack = small_pack(governance__obligations__3__internal=False)
    assert pack.governance.obligations[3].internal


def test_markers_can_be_read_from_the_fields() -> None:
    assert is_internal(Partner.model_fields["exit_cost"])
    assert not is_internal(Partner.model_fields["legal_name"])
    assert is_negotiable(Contract.model_fields["cap_pct"])
    assert not is_negotiable(Contract.model_fields["id"])


def every_model(base: type[Model] = Model) -> set[type[Model]]:
    """All models of inputs; derived rows are never read, so they have no descriptions."""
    found = {model for child in base.__subclasses__() for model in (child, *every_model(child))}
    return {model for model in found if not issubclass(model, Derived)}


def test_every_field_says_what_it_is() -> None:
    silent = [
        f"{model.__name__}.{name}"
        for model in every_model()
        for name, field in model.model_fields.items()
        if not field.description
    ]
    assert silent == []
