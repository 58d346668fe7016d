"""A checklist from its YAML file: the model's items with every requirement's arguments checked against its kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from pydantic import ValidationError

from govpack.check.kinds import REGISTRY, Args
from govpack.check.kinds.items import rests_on_items
from govpack.check.sentences import sentence
from govpack.check.stems import document_stem, find_stems
from govpack.check.synonyms import expand, with_synonyms
from govpack.errors import ChecklistError, SourceError
from govpack.findings import Finding, Location, did_you_mean
from govpack.model.checklist import ALL
from govpack.model.checklist import Checklist as ChecklistModel
from govpack.sources import locate, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from govpack.check.kinds import Kind
    from govpack.check.verdicts import Stem
    from govpack.model.checklist import ChecklistItem, DocumentPattern, Requirement


@dataclass(frozen=True, slots=True)
class Wanted:
    """A requirement ready to be judged: its kind, arguments, the documents it looks in, and its remedy and weight.

    `asks` is what the checklist says that it asks, and `name` the same, or else a sentence made of its arguments.
    """

    kind: Kind
    arguments: Args
    of: tuple[str, ...]
    remedy: str
    weight: int
    asks: str = ""
    name: str = ""
    stems: dict[str, Stem] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """A checklist item with its requirements; `of`: its documents, all of which must exist, the first above all."""

    id: str
    asks: str
    source: str
    of: tuple[str, ...]
    requires: tuple[Wanted, ...]
    applies: Args = field(default_factory=Args)
    where_there: bool = False

    @property
    def rests_on_items(self) -> bool:
        """Whether it can only be judged after other items."""
        return any(rests_on_items(wanted.arguments) for wanted in self.requires)


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist ready to be judged by.

    For each document, `holds` are the headings, with synonyms, that it is known by; `stems` what it is made from.
    """

    title: str
    documents: dict[str, DocumentPattern]
    items: tuple[Item, ...]
    holds: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    stems: dict[str, Stem] = field(default_factory=dict)


def read_checklist(path: Path) -> Checklist:
    """The checklist in the YAML file `path`.

    ChecklistError with every finding (file, line, column) where it is missing, no YAML, has unknown keys, kinds or
    arguments, or speaks of documents that it does not describe.
    """
    try:
        tree = read_yaml(path)
    except SourceError as error:
        raise ChecklistError(f"the checklist cannot be read: {error}", error.findings) from None
    try:
        model = ChecklistModel.model_validate(tree)
    except ValidationError as error:
        _fail(path, _findings(tree, (), error, ChecklistModel.model_fields))
    findings = [Finding(problem.message, locate(tree, problem.path)) for problem in model.problems()]
    items = []
    for number, entry in enumerate(model.items):
        requires = []
        for place, requirement in enumerate(entry.requires):
            wanted = _wanted(tree, ("items", number, "requires", place), entry, requirement, model, findings)
            if wanted is not None:
                requires.append(wanted)
        given = {name: getattr(entry, name) for name in ("when", "unless") if getattr(entry, name) is not None}
        applies = _arguments(tree, ("items", number), Args, given, model, findings) or Args()
        source = entry.source or model.source or ""
        of = _every(entry.of, model)
        items.append(Item(entry.id, entry.asks, source, of, tuple(requires), applies, entry.where_there))
    if findings:
        _fail(path, findings)
    holds = {
        name: tuple(tuple(with_synonyms(heading, model.names.headings)) for heading in document.holds)
        for name, document in model.documents.items()
    }
    stems = {name: document_stem(name, model.inputs) for name in model.documents}
    return Checklist(model.title, dict(model.documents), tuple(items), holds, stems)


def _wanted(
    tree: Any,
    path: tuple[str | int, ...],
    item: ChecklistItem,
    requirement: Requirement,
    model: ChecklistModel,
    findings: list[Finding],
) -> Wanted | None:
    kind = REGISTRY.get(requirement.kind)
    if kind is None:
        message = f"there is no requirement kind '{requirement.kind}'{did_you_mean(requirement.kind, REGISTRY)}"
        findings.append(
            Finding(message, _key(tree, path, requirement.kind), remedy=f"kinds: {', '.join(sorted(REGISTRY))}")
        )
        return None
    given = requirement.arguments
    if not isinstance(given, dict):
        given = {kind.short: given} if kind.short and given is not None else {} if given is None else given
    arguments = _arguments(tree, (*path, requirement.kind), kind.arguments, given, model, findings)
    if arguments is None:
        return None
    of, remedy = _every(requirement.of or item.of, model), requirement.remedy or ""
    stems = find_stems(requirement, arguments, of, model.inputs)
    asks = requirement.asks or ""
    name = asks or sentence(kind.name, arguments)
    return Wanted(kind, arguments, of, remedy, requirement.weight, asks, name, stems)


def _every(of: tuple[str, ...], model: ChecklistModel) -> tuple[str, ...]:
    """The documents that `of` names; ``all`` stands for every one that the checklist describes."""
    return tuple(model.documents) if of == (ALL,) else of


def _arguments(
    tree: Any,
    path: tuple[str | int, ...],
    wanted: type[Args],
    given: Any,
    model: ChecklistModel,
    findings: list[Finding],
) -> Args | None:
    """The arguments `given`, synonyms and conditions written out; None, with findings, where they are wrong."""
    where = locate(tree, path)
    written = expand(given, model.names, model.conditions, lambda words: findings.append(Finding(words, where)))
    try:
        return wanted.model_validate(written)
    except ValidationError as error:
        findings += _findings(tree, path, error, wanted.model_fields)
        return None


def _key(tree: Any, path: tuple[str | int, ...], key: str) -> Location:
    parent: Any = tree
    for step in path:
        parent = parent[step]
    return parent.key_location(key) if hasattr(parent, "key_location") else locate(tree, path)


def _findings(tree: Any, path: tuple[str | int, ...], error: ValidationError, names: Iterable[str]) -> list[Finding]:
    found = []
    for problem in error.errors(include_url=False):
        steps = tuple(problem["loc"])
        location = locate(tree, (*path, *steps))
        words = " › ".join(str(step) for step in steps)
        if problem["type"] == "extra_forbidden":
            name = str(steps[-1])
            message = f"unknown key '{name}'{did_you_mean(name, names)}"
        elif problem["type"] == "missing":
            message = f"'{words}' is missing"
        else:
            message = f"'{words}': {problem['msg']}" if words else problem["msg"]
        if path:
            message = f"{path[-1]}: {message}"
        found.append(Finding(message, location if location.file else Location(getattr(tree, "file", ""))))
    return found


def _fail(path: Path, findings: list[Finding]) -> NoReturn:
    count = f"{len(findings)} things" if len(findings) > 1 else "one thing"
    raise ChecklistError(f"the checklist {path.name} has {count} to mend", findings)
