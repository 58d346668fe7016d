"""A quality checklist as data: what people ask, of which document, and what can be looked for.

The parameters of a requirement belong to its kind; `check` holds the closed set of kinds and validates them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from govpack.model.base import Id, Model, Path, Problem, Prose, Text

_BESIDE_THE_KIND = ("of", "asks", "remedy", "weight")


ALL = "all"
"""Of all the documents that a checklist describes."""


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[Id, ...], BeforeValidator(_as_tuple)]
"""One name, or a list of names."""


class DocumentPattern(Model):
    """How files of one document are found: by name, else by what stands in them."""

    title: Text = Field(description="Title of the document, as a person says it")
    files: tuple[Text, ...] = Field(default=(), description="Patterns of file names, such as *governance-charter*.docx")
    headings: tuple[Text, ...] = Field(
        default=(), description="Titles or headings by which such a file is known when its name says nothing"
    )
    holds: tuple[Any, ...] = Field(
        default=(),
        description="Headings that such a document has: by most of them it is known when its title says nothing",
    )
    for_each: Literal["contract"] | None = Field(
        default=None, description="contract, where there is one such document for each contract"
    )


class Synonyms(Model):
    """Other words for the same, by the name that the requirements use: for headings and for columns of tables."""

    headings: dict[str, tuple[Text, ...]] = Field(default_factory=dict, description="Heading: its other names")
    columns: dict[str, tuple[Text, ...]] = Field(default_factory=dict, description="Column: its other names")


class Requirement(Model):
    """Something that can be looked for. Written as a mapping with one kind as its key: ``table: {under: Roles}``."""

    kind: Text = Field(description="What is looked for: table, section, mentions, …")
    arguments: Any = Field(default=None, description="What the kind needs to know; as it stands in the checklist")
    of: Names = Field(default=(), description="The documents it looks in, where not those of the item")
    asks: Text | None = Field(default=None, description="What it asks in a person's words, such as Art. 30(2)(b)")
    remedy: Prose | None = Field(default=None, description="What to do when it is missing")
    weight: int = Field(default=1, ge=1, le=100, description="How much it counts among the item's requirements")

    @model_validator(mode="before")
    @classmethod
    def _from_mapping(cls, data: object) -> object:
        if not isinstance(data, Mapping):
            raise PydanticCustomError("requirement", "Input should be a requirement such as {section: Escalation}")
        kinds = [key for key in data if key not in _BESIDE_THE_KIND]
        if set(kinds) == {"kind", "arguments"}:
            return data
        if len(kinds) != 1:
            names = ", ".join(str(kind) for kind in kinds) or "none"
            raise PydanticCustomError(
                "requirement", "A requirement names exactly one kind; found {names}", {"names": names}
            )
        beside = {key: data[key] for key in _BESIDE_THE_KIND if key in data}
        return {"kind": kinds[0], "arguments": data[kinds[0]], **beside}


def _items_of(requirement: Requirement) -> tuple[str, ...]:
    """The other items that a requirement speaks of: ``item: strategy-complete``."""
    if requirement.kind != "item":
        return ()
    given = (
        requirement.arguments.get("ids", ()) if isinstance(requirement.arguments, Mapping) else requirement.arguments
    )
    return (given,) if isinstance(given, str) else tuple(given or ())


class ChecklistItem(Model):
    """One line of a checklist, in the words of those who ask."""

    id: Id = Field(description="Short id, such as governance-complete")
    asks: Prose = Field(description="What is asked, in people's words")
    source: Text | None = Field(default=None, description="Where it is asked")
    of: Names = Field(description="The document it is about, or a list of them")
    where_there: bool = Field(
        default=False, description="Of several documents those are judged that are there; one at least is to be"
    )
    when: Any = Field(default=None, description="Only for documents of this condition: its name, or written out")
    unless: Any = Field(default=None, description="Not for documents of this condition")
    requires: tuple[Requirement, ...] = Field(min_length=1, description="What can be looked for, all of it needed")


class Checklist(Model):
    """A quality checklist."""

    title: Text = Field(description="Title of the checklist")
    source: Text | None = Field(default=None, description="Where it comes from")
    names: Synonyms = Field(default_factory=Synonyms, description="Words that say the same, given once for all items")
    conditions: dict[str, Any] = Field(default_factory=dict, description="Conditions by name, for when and unless")
    documents: dict[Id, DocumentPattern] = Field(description="The documents it speaks of, by name")
    items: tuple[ChecklistItem, ...] = Field(min_length=1, description="What is asked")

    def problems(self) -> tuple[Problem, ...]:
        """Ids given twice, and documents that are asked about but not described."""
        found: list[Problem] = []
        seen: set[str] = set()
        for number, item in enumerate(self.items):
            if item.id in seen:
                found.append(Problem(("items", number, "id"), f"there are two items '{item.id}'"))
            seen.add(item.id)
            named: list[tuple[Path, str]] = [(("items", number, "of"), name) for name in item.of]
            for place, requirement in enumerate(item.requires):
                named += [(("items", number, "requires", place, "of"), name) for name in requirement.of]
            found += [
                Problem(path, f"there is no document '{name}' under documents")
                for path, name in named
                if name not in self.documents and name != ALL
            ]
            for place, requirement in enumerate(item.requires):
                named_items = _items_of(requirement)
                found += [
                    Problem(("items", number, "requires", place), f"there is no item '{name}' above this one")
                    for name in named_items
                    if name not in seen or name == item.id
                ]
        return tuple(found)
