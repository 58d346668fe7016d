"""A kit as data: its manifest, and the front matter of its clauses."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from govpack.model.agreed import AgreementType
from govpack.model.base import Id, Label, Model, Problem, Prose, Text

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def _inside(value: str) -> str:
    """A path that stays in its folder, whatever the system: relative, with forward slashes, without `..`."""
    path = PurePosixPath(value)
    if path.is_absolute() or ".." in path.parts or re.search(r'[\\:*?"<>|\x00-\x1f]', value) or not path.name:
        raise PydanticCustomError("path_outside", "Input should be a path inside the folder, such as internal/a.docx")
    return value


Scalar = bool | int | Decimal | str
InnerPath = Annotated[str, Field(min_length=1), AfterValidator(_inside)]


class KitDocument(Model):
    """One document that a kit makes."""

    name: Id = Field(description="Name for commands and checklists, such as governance-charter")
    title: Text = Field(description="Title of the document")
    template: InnerPath | None = Field(
        default=None, description="The Word, PowerPoint or JSON template, as a path inside the kit"
    )
    workbook: Literal["scorecard"] | None = Field(
        default=None,
        description="Instead of a template, a workbook that govpack writes itself: scorecard, with the scores, metrics "
        "and improvement plan of all partners",
    )
    output: InnerPath = Field(description="Where it is written: a path that may hold {partner} and {contract}")
    audience: Literal["internal", "counterparty"] = Field(description="Who reads it: internal or counterparty")
    for_each: Literal["contract", "partner"] | None = Field(
        default=None, description="contract or partner, where one is made for each; left out, one for the pack"
    )
    when: Text | None = Field(
        default=None, description="Condition on the document's data, such as partner.supports_cif; always if left out"
    )
    controls: Literal["named", "neutral"] | None = Field(
        default=None,
        description="Content controls around negotiable values: named shows their path, neutral a number that "
        "pack.json explains; left out, none",
    )
    keep_edited: bool = Field(
        default=False, description="Whether a later build leaves it as it is once a person has written in it"
    )
    drafting_notes: bool = Field(
        default=False, description="Whether clauses carry comments for our own lawyers: why, law, fallbacks, approval"
    )
    made_from: Literal["verdict"] | None = Field(
        default=None,
        description="verdict, for a document that says what the check of this build found: made after the others, "
        "with `check` at hand, and not judged itself",
    )
    purpose: Prose = Field(description="What it is for, in one sentence")


class KitBlank(Model):
    """How the documents of a kit are written as templates to fill in by hand: which values are not left open.

    A value goes by its path as templates name it, ``contract.data_act.in_scope``; ``[]`` stands for the row of a list.
    Without a value (null) it is not given, and what is only written about a given value falls away.
    """

    values: dict[Text, Scalar | None] = Field(
        default={}, description="Values of all documents, by path, such as pack.status_label: Template"
    )
    variants: dict[Id, dict[Text, Scalar | None]] = Field(
        default={}, description="Ways in which a document made for each contract is written: a name, with its values"
    )


class KitManifest(Model):
    """kit.yaml: what a kit makes, and where its parts are."""

    kit: Id = Field(description="Name of the kit")
    title: Text = Field(description="Title of the kit")
    version: Label = Field(description="Version of the kit")
    documents: tuple[KitDocument, ...] = Field(min_length=1, description="The documents it makes")
    checklist: InnerPath | None = Field(default=None, description="The quality checklist, as a path inside the kit")
    clauses: InnerPath | None = Field(default=None, description="The folder of clauses inside the kit")
    regulatory_map: InnerPath | None = Field(
        default=None, description="The list of what law asks and which clauses answer it, as a path inside the kit"
    )

    blank: KitBlank = Field(default=KitBlank(), description="What is not left open where govpack blank writes them")

    def problems(self) -> tuple[Problem, ...]:
        """Names or outputs given twice, and outputs that do not tell documents apart or name what is not there."""
        found: list[Problem] = []
        names: set[str] = set()
        outputs: set[str] = set()
        for number, document in enumerate(self.documents):
            path = ("documents", number)
            if document.name in names:
                found.append(Problem((*path, "name"), f"there are two documents '{document.name}'"))
            if document.output.casefold() in outputs:
                found.append(Problem((*path, "output"), f"two documents would be written to '{document.output}'"))
            names.add(document.name)
            outputs.add(document.output.casefold())
            found += [Problem((*path, "output"), message) for message in _output_problems(document)]
            found += [Problem(path, message) for message in _maker_problems(document)]
            if document.audience == "internal" and document.output.casefold().startswith("counterparty/"):
                message = (
                    "what lies in counterparty/ is sent as it is: put an internal document elsewhere, into internal/"
                )
                found.append(Problem((*path, "output"), message))
            if document.audience == "counterparty" and document.for_each != "contract":
                message = "a document for a counterparty is made for each contract: add for_each: contract"
                found.append(Problem((*path, "audience"), message))
            if document.audience == "counterparty" and document.controls == "named":
                message = "a document for a counterparty must not show the paths of its values: controls: neutral"
                found.append(Problem((*path, "controls"), message))
            if document.drafting_notes and (document.audience != "internal" or document.for_each != "contract"):
                message = "drafting notes are for our own lawyers: the document is internal, and made for each contract"
                found.append(Problem((*path, "drafting_notes"), message))
            found += [Problem((*path, "made_from"), message) for message in self._verdict_problems(document)]
        return tuple(found)

    def _verdict_problems(self, document: KitDocument) -> list[str]:
        """What keeps a document from being made from the verdict of each build."""
        if document.made_from is None:
            return []
        found = []
        if self.checklist is None:
            found.append("there is no verdict without a checklist: add checklist: to the kit")
        if document.audience != "internal" or document.for_each is not None or document.workbook is not None:
            found.append("a document made from the verdict is internal, made once for the pack, and has a template")
        if document.keep_edited:
            found.append("a document made from the verdict is made anew with it: leave out keep_edited")
        return found


def _maker_problems(document: KitDocument) -> list[str]:
    """What makes it: a template or a workbook, and nothing that a workbook does not know."""
    if document.template and document.workbook:
        return ["a document is made from a template or as a workbook, not both"]
    if not document.template and not document.workbook:
        return ["a document needs a template, or workbook: scorecard"]
    if document.workbook and (document.audience != "internal" or document.for_each is not None):
        return ["the scorecard workbook says everything about all partners: it is internal, and made once for the pack"]
    if document.workbook and (document.controls is not None or document.drafting_notes):
        return ["a workbook has no content controls and no drafting notes"]
    return []


def _output_problems(document: KitDocument) -> list[str]:
    placeholders = _PLACEHOLDER.findall(document.output)
    unknown = [name for name in placeholders if name not in ("partner", "contract")]
    found = [f"'{{{name}}}' is unknown here: only {{partner}} and {{contract}} are filled in" for name in unknown]
    ending = document.output.rpartition(".")[2].lower()
    if document.template and document.template.rpartition(".")[2].lower() != ending:
        found.append(f"its name must end as that of its template, {document.template}, does")
    elif document.workbook and not document.template and ending != "xlsx":
        found.append("the name of a workbook must end in .xlsx")
    if document.for_each is None and placeholders and not unknown:
        found.append("a document made once for the pack has no partner or contract in its name")
    if document.for_each == "contract" and not placeholders:
        found.append("each contract's document needs a name of its own: put {partner} or {contract} into it")
    if document.for_each == "partner" and "contract" in placeholders:
        found.append("a document made for each partner has no contract in its name")
    elif document.for_each == "partner" and not placeholders:
        found.append("each partner's document needs a name of its own: put {partner} into it")
    return found


class ClauseVariant(Model):
    """One wording of a clause, and what choosing it means."""

    risk: Prose | None = Field(default=None, description="What we risk with this wording; may hold {% if %}")
    owner: Text | None = Field(default=None, description="Who must approve it")
    when: Text | None = Field(
        default=None, description="Condition on the pack's data under which it differs; it is not offered otherwise"
    )
    changes: Id | None = Field(
        default=None, description="The wording, such as preferred, of which it gives only the items that differ"
    )


class ClauseFrontMatter(Model):
    """The head of a clause file; the text of the variants follows it."""

    id: Id = Field(description="Id of the clause, by which others refer to it")
    title: Text = Field(description="Heading of the clause")
    titles: dict[Text, Text] = Field(
        default_factory=dict, description="Its heading in a type of agreement that calls it otherwise, by type"
    )
    group: Text = Field(description="Part of the agreement in which it stands")
    order: int = Field(description="Place in the agreement: clauses come in rising order")
    types: tuple[AgreementType, ...] = Field(min_length=1, description="Types of agreement that it belongs to")
    when: Text | None = Field(
        default=None, description="Condition on the pack's data, such as contract.data_act.in_scope; always if left out"
    )
    variants: dict[Id, ClauseVariant] = Field(
        min_length=1, description="Wordings by name: preferred first, then fallback_1, fallback_2"
    )
    law: Text | None = Field(default=None, description="What law asks for it; may hold {% if %}")
    why: Prose = Field(description="Why the clause is there; may hold {% if %}")
    schedule: bool = Field(default=False, description="Whether it is a schedule rather than a clause")


class RegulatoryRow(Model):
    """One requirement of the law, and the clauses whose words answer it."""

    law: Text = Field(description="The law, such as DORA")
    article: Text = Field(description="Where in it, such as Art. 30(2)(a)")
    requires: Prose = Field(description="What it requires, in a few words")
    answered_by: tuple[Id, ...] = Field(min_length=1, description="Bookmarks of the clauses and schedules that do it")
    when: Text | None = Field(
        default=None, description="Condition on the pack's data under which the law binds the contract"
    )


class RegulatoryMap(Model):
    """What law asks of a contract, in the order in which it is shown."""

    rows: tuple[RegulatoryRow, ...] = Field(description="The requirements")
