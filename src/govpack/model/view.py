"""What a template sees of a pack: plain dicts and lists, with nothing in them that its audience may not see.

Ids that name something are replaced by the dict of what they name; each object is one dict, however often it is
referred to. What is left out for a counterparty is absent, so no tag can bring it into a document.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from govpack.model.base import Model, Ref, derived_names, is_internal
from govpack.model.contracts import Contract
from govpack.model.enablement import Enablement
from govpack.model.exit_plans import ExitPlan
from govpack.model.figures import Figures
from govpack.model.negotiations import Negotiation
from govpack.model.organisation import CriticalFunction
from govpack.model.partners import Partner
from govpack.model.people import Person
from govpack.model.risks import Risk
from govpack.model.roadmap import Lane, Roadmap, RoadmapMilestone
from govpack.model.rubric import Criterion, Rubric
from govpack.model.scorecards import Scorecard, Scorecards
from govpack.model.strategy import Capability, Goal, Kpi, Segment, Strategy

if TYPE_CHECKING:
    from govpack.model.pack import Pack

Audience = Literal["internal", "counterparty"]
View = dict[str, Any]

_GONE = object()  # what this audience may not see: dropped from lists and maps, None in a single value
_INTERNAL_KEYS = (
    *("strategy", "partners", "risks", "contracts", "scorecards", "roadmap", "negotiations", "exit_plans"),
    *("rubric", "enablement", "briefing", "reviews", "consultations"),
)
_NEVER_THEIRS = (
    *(Criterion, Enablement, ExitPlan, Goal, Kpi, Lane, Negotiation, Risk, Roadmap, RoadmapMilestone, Rubric),
    *(Capability, Scorecard, Scorecards, Segment, Strategy),
)
"""Nothing in a counterparty's view leads to these; should a field ever do, they are left out all the same."""


def plain_view(
    pack: Pack, *, audience: Audience, contract: Contract | None = None, partner: Partner | None = None
) -> View:
    """The context of a document: the pack as plain data for an audience, with `contract` and `partner` where given.

    A contract brings its partner with it.

    Values are dict, list, str, int, Decimal, date, bool and None. Optional fields that are not given are None, derived
    figures stand beside fields, and an id is the dict of what it names. A counterparty's view needs a contract and
    holds only what its partner may see: `pack`, `organisation`, `people`, `governance`, `contract`, `partner`, and
    `custom` as far as it stands under ``shared``. The pack must be free of problems: a broken reference is a
    LookupError. ValueError where a counterparty's view is asked for without a contract.
    """
    if audience == "internal":
        return _Viewer(pack, contract, partner).view()
    if contract is None:
        msg = "a counterparty's view needs the contract that it is about"
        raise ValueError(msg)
    return _CounterpartyViewer(pack, contract).view()


def subject_of(pack: Pack, view: View, contract: Contract | None, partner: Partner | None = None) -> View:
    """`contract` and `partner`, by these names, as they stand in our own `view` of `pack`; of a contract, both."""
    names = {each.id: number for number, each in enumerate(pack.partners)}
    if contract is None:
        return {"partner": view["partners"][names[partner.id]]} if partner is not None else {}
    number = next(number for number, each in enumerate(pack.contracts) if each.id == contract.id)
    return {"contract": view["contracts"][number], "partner": view["partners"][names[contract.partner]]}


class _Viewer:
    """Turns models into dicts, each once. Dicts are filled from a list of those waiting, so depth never matters."""

    theirs = False

    def __init__(self, pack: Pack, contract: Contract | None, partner: Partner | None = None) -> None:
        self.pack = pack
        self.contract = contract
        self.partner = pack.partner(contract.partner) if contract is not None else partner
        # The model is kept beside its dict: an id() is free again once its object is gone.
        self.made: dict[int, tuple[Model, View]] = {}
        self.waiting: list[tuple[Model, View]] = []

    def view(self) -> View:
        """The whole context."""
        pack = self.pack
        view = self.common()
        view |= {key: self.plain(getattr(pack, key)) for key in (*_INTERNAL_KEYS, "customer_council", "people")}
        view["custom"] = self.plain(pack.custom)
        view["figures"] = {name: self.plain(getattr(pack.figures, name)) for name in derived_names(Figures)}
        self.fill_waiting()
        return view

    def common(self) -> View:
        """What every audience gets, not filled yet."""
        view = {key: self.plain(getattr(self.pack, key)) for key in ("pack", "organisation", "governance")}
        if self.contract is not None:
            view["contract"] = self.plain(self.contract)
        if self.partner is not None:
            view["partner"] = self.plain(self.partner)
        return view

    def hides(self, model: Model) -> bool:  # noqa: ARG002 -- nothing is hidden from ourselves
        """Whether an object is not for this audience at all."""
        return False

    def plain(self, value: Any) -> Any:
        """A value as plain data; what may not be seen is None, or left out of its list or map."""
        made = self._plain(value)
        return None if made is _GONE else made

    def named(self, ref: Ref, name: str) -> Any:
        """What an id names, as plain data; words where the reference may be words."""
        model = self.pack.find(ref.kind, name)
        if model is not None:
            return self._plain(model)
        if ref.or_text:
            return {"id": None, "name": name}
        msg = f"there is no '{name}' in {ref.kind}"
        raise LookupError(msg)

    def fill_waiting(self) -> None:
        """Fill the dicts that were handed out empty, and those that come up meanwhile."""
        while self.waiting:
            model, target = self.waiting.pop()
            for name, convert in _plan(type(model), self.theirs):
                value = convert(self, getattr(model, name))
                target[name] = None if value is _GONE else value

    def _plain(self, value: Any) -> Any:
        if isinstance(value, Model):
            return self._made(value)
        if isinstance(value, tuple | list):
            return [made for member in value if (made := self._plain(member)) is not _GONE]
        if isinstance(value, Mapping):
            return {key: made for key, member in value.items() if (made := self._plain(member)) is not _GONE}
        return value

    def _made(self, model: Model) -> Any:
        found = self.made.get(id(model))
        if found is not None:
            return found[1]
        if self.hides(model):
            return _GONE
        target: View = {}
        self.made[id(model)] = (model, target)
        self.waiting.append((model, target))
        return target


class _CounterpartyViewer(_Viewer):
    """Sees one contract and its partner; internal rows, and everything of others, are gone."""

    theirs = True

    partner: Partner

    def __init__(self, pack: Pack, contract: Contract) -> None:
        super().__init__(pack, contract)
        services = (service.critical_function for service in contract.services)
        self.functions = {*self.partner.functions, *(function for function in services if function is not None)}

    def view(self) -> View:
        """The context that this partner may see: `people` are its own, and those of ours who are named in the rest."""
        view = self.common()
        view["custom"] = {"shared": self.plain(self.pack.custom["shared"])} if "shared" in self.pack.custom else {}
        for person in self.pack.people.values():
            if person.side == self.partner.id:
                self.plain(person)
        self.fill_waiting()
        view["people"] = {
            key: self.plain(person) for key, person in self.pack.people.items() if id(person) in self.made
        }
        return view

    def hides(self, model: Model) -> bool:
        """Whether an object is neither this partner's nor shared with it."""
        match model:
            case Person():
                return model.side not in ("bank", self.partner.id)
            case Partner():
                return model is not self.partner
            case Contract():
                return model is not self.contract
            case CriticalFunction():
                return model.id not in self.functions
        if isinstance(model, _NEVER_THEIRS):
            return True
        return bool(getattr(model, "internal", False))


_Convert = Callable[[_Viewer, Any], Any]


@cache
def _plan(model: type[Model], theirs: bool) -> tuple[tuple[str, _Convert], ...]:
    """What goes into the dict of a model: each name with how its value becomes plain."""
    fields = {
        name: _converter(field.annotation, tuple(field.metadata))
        for name, field in model.model_fields.items()
        if not (theirs and is_internal(field))
    }
    derived = {name: _Viewer.plain for name, is_shared in derived_names(model).items() if is_shared or not theirs}
    return tuple((fields | derived).items())


def _converter(annotation: Any, metadata: tuple[object, ...] = ()) -> _Convert:
    """How a value of a type becomes plain: ids that the annotation marks as references are replaced."""
    ref = next((marker for marker in metadata if isinstance(marker, Ref)), None)
    if ref is not None:
        return _Viewer.plain if ref.kind == "sides" else lambda viewer, value: viewer.named(ref, value)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _converter(arguments[0], arguments[1:])
    if origin in (Union, types.UnionType):
        given = next(_converter(argument) for argument in arguments if argument is not type(None))
        return lambda viewer, value: None if value is None else given(viewer, value)
    if origin is tuple:
        member = _converter(arguments[0])
        return lambda viewer, value: [made for each in value if (made := member(viewer, each)) is not _GONE]
    if origin is dict:
        value_of = _converter(arguments[1])
        return lambda viewer, value: {
            key: made for key, each in value.items() if (made := value_of(viewer, each)) is not _GONE
        }
    return _Viewer._plain
