"""What a document sees that nobody has filled in: every value a blank that says what belongs there, one row a list.

The data comes into being as a template asks for it, so that what leads back to itself (a partner has contracts, a
contract has a partner) never ends, and each blank knows the path by which it was reached.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from govpack.model.description import YES_OR_NO, find_described
from govpack.model.pack import Pack
from govpack.model.view import plain_view
from govpack.template import Blank, Blanks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govpack.model.description import Described

_LONGEST_LABEL = 64
# What papers call values of which the inputs speak in words of their own: as a pack, or from our side.
_CALLED = {
    "pack.title": "title of the programme",
    "pack.version": "version",
    "pack.as_of": "date of this version",
    "pack.confidentiality": "marking, such as Confidential",
    "pack.owner": "document owner",
    "organisation.short_name": "our short name",
    "organisation.registered_in": "organisation: country of registration",
    "contract.uncapped[]": "what has no cap",
    "contract.id": "number of the agreement",
    "contract.name": "name of the agreement",
    "contract.kind": "name of the agreement",
    "contract.status": "state of the negotiation",
    "contract.expires": "last day of the agreement",
    "contract.annual_commitment": "annual commitment",
    "contract.cap_pct": "general liability cap in percent",
    "contract.supercap_pct": "cap for data and security in percent",
    "contract.incident_notice_hours": "hours for the notice of an incident",
    "contract.notice_bank_days": "notice of termination by the Customer, in days",
    "contract.notice_provider_days": "notice of termination by the Partner, in days",
    "contract.publication_review_days": "days for the review of a publication",
    "contract.training_on_bank_data": "training on Customer Data",
    "contract.transition_months": "length of the transition in months",
    "contract.signatory_bank": "signatory of the Customer",
    "contract.signatory_partner": "signatory of the Partner",
    "contract.escalation[].bank": "owner at the Customer",
    "contract.escalation[].partner_holder": "owner at the Partner",
}
# What a document of one contract is about: to name it again with each of its values says nothing.
_SUBJECTS = frozenset(("contract", "pack"))
# Fields of which many groups have one, so that a blank says whose it is.
_COMMON = frozenset("name legal_name short_name title id role address country registration registered_in email".split())
# What only says where in the inputs the value goes, or what follows from it.
_ASIDE = re.compile(r"\s*\([^()]*\)")
_IN_THE_INPUTS = re.compile(
    r"\s*\((?:Markdown|(?:(?:an )?ids? in|in the inputs:) [^()]*)\)|; worked out where left out, as .*"
)
_END = re.compile(r"[,:;.]\s|[.:]$")
# Columns of figures are narrow.
_BRIEF = {
    "a date": "date",
    "an amount": "amount",
    "a whole number": "n",
    "a number": "n",
    "a country": "country",
}
# Names of fields that are no words, or say something else to a reader.
_SPOKEN = {"kpi": "KPI", "kpis": "KPIs", "pct": "percent", "cards": "partners"}
# A name that no sentence begins with in small letters: Herfindahl-Hirschman, HHI.
_PROPER = re.compile(r"\w*[A-Z]\w*-[A-Z]|[A-Z]{2}")


_EMPTY_PACK = {
    "pack": {"title": "None", "version": "0", "as_of": "2000-01-01"},
    "organisation": {"name": "None", "legal_name": "None", "registered_in": "None"},
    "people": {},
    "partners": [],
}


def blank_context(fields: Mapping[str, Described], given: Mapping[str, Any]) -> dict[str, Any]:
    """A document's data with a blank for every value but those `given` by path, and those that depend on no input."""
    return BlankGroup(fields, "", "", {**_fixed(), **given}).whole()


@cache
def _fixed() -> dict[str, list[Any]]:
    """The lists that a pack without anything in it has: the cells of the matrices, which are empty then."""
    view = plain_view(Pack.model_validate(_EMPTY_PACK), audience="internal")
    groups = {name: group for name, group in view.items() if isinstance(group, dict)}
    return {
        f"{name}.{field}": value
        for name, group in groups.items()
        for field, value in group.items()
        if isinstance(value, list) and value
    }


class BlankGroup(dict[str, Any]):
    """The fields of a group, each made when it is first asked for."""

    def __init__(self, fields: Mapping[str, Described], path: str, owner: str, known: Mapping[str, Any]) -> None:
        """`owner` is what the labels of its fields begin with; `known` holds the values given, by path."""
        super().__init__()
        self._fields, self._path, self._owner, self._known = fields, path, owner, known

    def __missing__(self, name: str) -> Any:
        described = self._fields.get(name)
        if described is None:
            raise KeyError(name)
        path = f"{self._path}.{name}" if self._path else name
        value = self[name] = blank_of(described, path, name, self._owner, self._known)
        return value

    def __contains__(self, name: object) -> bool:
        return name in self._fields or super().__contains__(name)

    def __bool__(self) -> bool:
        return True

    def whole(self) -> dict[str, Any]:
        """All fields by name."""
        return {name: self[name] for name in self._fields}


def blank_of(described: Described, path: str, name: str, owner: str, known: Mapping[str, Any]) -> Any:
    """The blank for what is described, reached by `path` under its last `name`; a group or list holds blanks.

    Something asked with yes or no is yes: what only stands in some documents shows in the template.
    """
    generic = re.sub(r"\[\d+\]", "[]", path)
    if generic in known:
        return known[generic]
    label = _CALLED.get(generic) or _label(described, name, owner)
    words = _words(name)
    match described.kind:
        case "group":
            named = _CALLED.get(generic) or _owner(described, path, words)
            return BlankGroup(described.fields(), path, named, known)
        case "list" | "map":
            assert described.item is not None
            row = blank_of(described.item, f"{path}[1]", _one_of(name), "", known)
            if isinstance(row, Blank):
                row = Blank(label, _guidance(described.about, described.item.form), row.path_, row.shown_)
            if described.kind == "list":
                return Blanks([row], words)
            key = Blank(f"{label}: name", _guidance(described.about, "a few words"), f"{path}[1]")
            return {key: row}
    if described.form == YES_OR_NO:
        return True
    shown = _brief(described.form, name) if "[" in path else ""
    return Blank(label, _guidance(described.about or words, described.form), path, shown)


def name_of_gap(fields: Mapping[str, Described], path: str) -> str:
    """What a reader who knows nothing of our inputs calls the value at `path`; `fields` are those of the document."""
    if not path:
        return "to be completed"
    generic = re.sub(r"\[[^]]*\]", "[]", path)
    if generic in _CALLED:
        return _CALLED[generic]
    *before, name = generic.replace("[]", "").split(".")
    group = generic.rpartition(".")[0]
    owner = "" if group in _SUBJECTS else _CALLED.get(group) or (_words(before[-1]) if before else "")
    described = find_described(fields, generic)
    words = _words(name)
    return _label(described, name, owner) if described else f"{owner}: {words}" if owner else words


def _label(described: Described, name: str, owner: str) -> str:
    """What a blank is called: the first words of what is said of it, or its name, behind what it belongs to."""
    words = _words(name)
    said = _first_words(described.about)
    if name not in _COMMON and " " in said and len(said) <= _LONGEST_LABEL:
        return said
    return f"{owner}: {words}" if owner else words


def _owner(described: Described, path: str, words: str) -> str:
    """What the common fields of a group are called by: who it is, where that is said, else the group's own name."""
    said = _first_words(described.about)
    is_person = "." in path and said.startswith(("who ", "whose ")) and len(said) <= _LONGEST_LABEL // 2
    return said if is_person else words


def _brief(form: str, name: str) -> str:
    """What stands for a label in the row of a table, where the head of its column says what it is; or nothing."""
    if form.startswith("one of "):
        return _words(name.removesuffix("_label"))
    if name == "year":
        return name
    return next((brief for begin, brief in _BRIEF.items() if form.startswith(begin)), "id" if name == "id" else "")


def _first_words(about: str) -> str:
    said = _as_printed(_END.split(_ASIDE.sub("", about), maxsplit=1)[0].strip())
    return said if _PROPER.match(said) else said[:1].lower() + said[1:]


def _as_printed(about: str) -> str:
    """With the apostrophes of print: descriptions are written in code, and stand in Word beside typeset text here."""
    return about.replace("'", "’")


def _words(name: str) -> str:
    """The name of a field as a reader says it."""
    return " ".join(_SPOKEN.get(word, word) for word in name.split("_"))


def _one_of(name: str) -> str:
    """The name of one row, from that of its list: activities, milestones."""
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    if name.endswith("criteria"):
        return name.replace("criteria", "criterion")
    return name.removesuffix("s") if not name.endswith("ss") else name


def _guidance(about: str, form: str) -> str:
    """What the comment says: what belongs there, then in which form."""
    what = _as_printed(" ".join(_IN_THE_INPUTS.sub("", about).split()))
    if "such as " in what:
        form = form.partition(", such as ")[0]  # one example is enough
    lines = [f"{what[:1].upper()}{what[1:]}{'' if what.endswith(('.', '?')) else '.'}"] if what else []
    if form:
        lines.append(f"Write {form}.")
    return "\n".join(lines)
