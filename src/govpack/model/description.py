"""Which names a template finds in a pack's view, told from the model's fields and properties, without any data."""

from __future__ import annotations

import datetime
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from govpack.model import (
    agreed,
    briefing,
    contracts,
    economics,
    enablement,
    exit_plans,
    figures,
    governance,
    joint_roadmap,
    maps,
    metrics,
    negotiations,
    organisation,
    pack,
    partners,
    people,
    quarters,
    reviews,
    risks,
    roadmap,
    rubric,
    scorecards,
    strategy,
    terms,
    timeline,
    timeline_axis,
)
from govpack.model.base import Form, Model, Ref, derived_names, is_internal, is_negotiable

if TYPE_CHECKING:
    from govpack.model.view import Audience

Kind = Literal["group", "list", "map", "value", "any"]
_MODULES = (
    *(agreed, briefing, contracts, economics, enablement, exit_plans, figures, governance, joint_roadmap, maps),
    *(metrics, negotiations, organisation, pack, partners, people, quarters, reviews, risks, roadmap, rubric),
    *(scorecards, strategy, terms, timeline, timeline_axis),
)
_NAMED: dict[str, type] = {
    "people": people.Person,
    "partners": partners.Partner,
    "segments": strategy.Segment,
    "functions": organisation.CriticalFunction,
    "roles": governance.Role,
    "contracts": contracts.Contract,
    "lanes": roadmap.Lane,
    "milestones": roadmap.RoadmapMilestone,
    "criteria": rubric.Criterion,
    "capabilities": strategy.Capability,
    "kpis": strategy.Kpi,
}
YES_OR_NO = "yes or no"
_FORMS: dict[Any, str] = {bool: YES_OR_NO, int: "a whole number", Decimal: "a number", str: "a few words"}
_FORMS[datetime.date] = "a date, such as 1 February 2027"
_INTERNAL = (
    *("strategy", "partners", "risks", "contracts", "scorecards", "roadmap", "negotiations", "exit_plans"),
    *("rubric", "enablement", "briefing", "reviews", "consultations"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Described:
    """A value that a template may name: a group of fields, a list or map of items, a single value, or anything.

    `negotiable`: a term that the parties may still change, with all that is in it. `about` says what a field means;
    `form` says what its values look like: ``a whole number of days``, ``yes or no``.
    """

    kind: Kind
    own_fields: Callable[[], Mapping[str, Described]] | None = None
    item: Described | None = None
    negotiable: bool = False
    about: str = ""
    form: str = ""

    def fields(self) -> Mapping[str, Described]:
        """The names in a group."""
        return self.own_fields() if self.own_fields else {}


ANY, VALUE = Described("any"), Described("value")


def group(fields: Mapping[str, Described]) -> Described:
    """A group of these fields."""
    return Described("group", lambda: fields)


def describe_view(audience: Audience, *, contract: bool, partner: bool = False) -> dict[str, Described]:
    """What `plain_view` gives a document for `audience`, by name; with `contract` or `partner`, of one of them."""
    theirs = audience == "counterparty"
    whole = _fields_of(pack.Pack, theirs)
    names = ["pack", "organisation", "governance", "people"]
    if not theirs:
        names += [*_INTERNAL, "customer_council"]
    view = {name: whole[name] for name in names}
    view["custom"] = group({"shared": ANY}) if theirs else ANY
    if not theirs:
        view["figures"] = _model(figures.Figures, theirs)
    if contract:
        view["contract"] = _model(contracts.Contract, theirs)
    if contract or partner:
        view["partner"] = _model(partners.Partner, theirs)
    return view


def find_described(view: Mapping[str, Described], path: str) -> Described | None:
    """What stands at `path` of a view, written as templates list their fields: ``contract.credits[].pct``.

    What is in something negotiable is negotiable. None where there is no such path.
    """
    here: Described | None = Described("group", lambda: view)
    negotiable = False
    for step in path.replace("[", ".[").split("."):
        if here is None or here.kind == "any":
            return here
        here = here.item if step == "[]" or here.kind == "map" else here.fields().get(step)
        negotiable = negotiable or (here is not None and here.negotiable)
    return replace(here, negotiable=negotiable) if here is not None else None


def _model(model: type, theirs: bool) -> Described:
    return Described("group", lambda: _fields_of(model, theirs))


@cache
def _fields_of(model: type, theirs: bool) -> Mapping[str, Described]:
    found: dict[str, Described] = {}
    if issubclass(model, Model):
        for name, field in model.model_fields.items():
            if not (theirs and is_internal(field)):
                described = _described(field.annotation, tuple(field.metadata), theirs)
                found[name] = replace(described, negotiable=is_negotiable(field), about=field.description or "")
    for name, is_shared in derived_names(model).items():
        if is_shared or not theirs:
            function = _function_of(model, name)
            described = _described(_type_of_property(function), (), theirs, refs=False)
            found[name] = replace(described, about=" ".join((function.__doc__ or "").split("\n\n")[0].split()))
    return found


def _function_of(model: type, name: str) -> Any:
    member: Any = next(vars(base)[name] for base in model.__mro__ if name in vars(base))
    return member.func if isinstance(member, cached_property) else member.fget


def _type_of_property(function: Any) -> Any:
    # The modules name one another for type checkers only, so every name of the model is put at hand.
    at_hand = {key: value for module in _MODULES for key, value in vars(module).items()}
    return get_type_hints(function, localns=at_hand, include_extras=True).get("return", Any)


def _described(annotation: Any, metadata: tuple[object, ...], theirs: bool, *, refs: bool = True) -> Described:
    ref = next((marker for marker in metadata if isinstance(marker, Ref)), None)
    if refs and ref is not None:
        return _model(_NAMED[ref.kind], theirs) if ref.kind in _NAMED else VALUE
    # The last is the outermost: what a field says of its own form goes before what its type says.
    form = next((marker for marker in reversed(metadata) if isinstance(marker, Form)), None)
    if form is not None:
        return Described("value", form=form.words)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _described(arguments[0], arguments[1:], theirs, refs=refs)
    if origin in (Union, types.UnionType):
        kinds = [_described(each, (), theirs, refs=refs) for each in arguments if each is not type(None)]
        return kinds[0] if len({described.kind for described in kinds}) == 1 else ANY
    if origin is Literal:
        return Described("value", form=f"one of {', '.join(map(str, arguments))}")
    if origin in (tuple, list):
        return Described("list", item=_described(arguments[0], (), theirs, refs=refs))
    if origin in (dict, Mapping):
        return Described("map", item=_described(arguments[1], (), theirs, refs=refs))
    if isinstance(annotation, type) and issubclass(annotation, (Model, figures.Figures)):
        return _model(annotation, theirs)
    if annotation is Any or annotation is object:
        return ANY
    return Described("value", form=_FORMS.get(annotation, ""))
