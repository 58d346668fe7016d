"""docs/checks.md: every kind and argument is documented, and every example does what the page says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel
from tests.support.pages import deck, word

from govpack.check import Outline, Verdict, read_checklist, read_outline
from govpack.check.kinds import REGISTRY, Args, Case
from govpack.check.kinds.selection import Selection

PAGE = (Path(__file__).parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")
# The headings of the page, not those of the documents that it describes.
_FENCED = re.compile(r"^```.*?^```$", re.M | re.S)
_HEADS = _FENCED.sub(lambda found: re.sub(r"[^\n]", "x", found[0]), PAGE)
SECTIONS = {
    found[1]: PAGE[found.start(2) : found.end(2)]
    for found in re.finditer(r"^### `(\w+)`\n(.*?)(?=^##|\Z)", _HEADS, flags=re.M | re.S)
}
VERDICTS = {"Passes": Verdict.MET, "Fails": Verdict.NOT_MET, "For a person": Verdict.FOR_A_PERSON}


@dataclass(frozen=True)
class Example:
    """A requirement, a document, and what the page says comes of it."""

    kind: str
    requirement: object
    document: str
    form: str
    verdict: Verdict
    says: str
    beside: tuple[tuple[str, str], ...] = ()


def examples() -> Iterator[Example]:
    """The examples of every kind, in the order of the page."""
    for kind, section in SECTIONS.items():
        requirement: object = None
        beside: dict[str, str] = {}
        for lead, form, body in re.findall(r"([^\n]*)\n+```(\w+)\n(.*?)```", section, flags=re.S):
            if form == "yaml":
                requirement, beside = yaml.safe_load(body), {}
            elif found := re.match(r"Beside it, the (.*):", lead):
                beside[found[1]] = body
            else:
                words, _, says = lead.rstrip(":").partition(", “")
                yield Example(kind, requirement, body, form, VERDICTS[words], says.rstrip("”"), tuple(beside.items()))


def outline(body: str, form: str, name: str = "") -> Outline:
    """The outline of a document on the page."""
    return read_outline(deck(body) if form == "slides" else word(body), name or "file")


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: f"{example.kind} {example.verdict}")
def test_an_example_of_the_page_does_what_it_says(example: Example) -> None:
    assert isinstance(example.requirement, dict)
    ((name, given),) = example.requirement.items()
    assert name == example.kind
    kind = REGISTRY[name]
    arguments = given if isinstance(given, dict) else {kind.short: given} if given is not None else {}
    others = {called: (outline(body, "markdown", called),) for called, body in example.beside}
    case = Case(outline(example.document, example.form), others)
    outcome = kind.judge(case, kind.arguments.model_validate(arguments))
    said = "\n".join(str(finding) for finding in outcome.findings)
    assert outcome.verdict is example.verdict, said
    assert example.says in said


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_every_kind_has_its_section_with_what_passes_and_what_fails(name: str) -> None:
    assert name in SECTIONS, f"docs/checks.md says nothing of '{name}'"
    verdicts = {example.verdict for example in examples() if example.kind == name}
    wanted = {
        "for_a_person": {Verdict.FOR_A_PERSON},
        # It speaks of other items: a whole checklist is judged for it elsewhere.
        "item": set(),
    }.get(name, {Verdict.MET, Verdict.NOT_MET})
    assert wanted <= verdicts


def test_the_page_speaks_of_no_kind_that_there_is_not() -> None:
    assert set(SECTIONS) == set(REGISTRY)


def names(model: type[BaseModel]) -> set[str]:
    """The arguments of a kind as a checklist writes them."""
    return {field.alias or name for name, field in model.model_fields.items()}


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_every_argument_is_documented_and_no_other(name: str) -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", SECTIONS[name], flags=re.M))
    shared = set(re.findall(r"^\| `(\w+)` \|", PAGE.partition("## What is there")[0], flags=re.M))
    arguments = names(REGISTRY[name].arguments)
    assert names(Selection) | names(Args) <= shared
    taken = names(Args) | (names(Selection) if issubclass(REGISTRY[name].arguments, Selection) else set())
    assert arguments - taken <= told
    assert told <= arguments


def test_the_checklist_of_the_page_can_be_read(tmp_path: Path) -> None:
    (whole,) = re.findall(r"```yaml\n(title:.*?)```", PAGE, flags=re.S)
    file = tmp_path / "checklist.yaml"
    file.write_text(whole, encoding="utf-8")
    (item,) = read_checklist(file).items
    assert item.requires[1].asks == "Privacy policy, section 3"
    assert item.requires[0].arguments.model_dump()["under"] == ("Escalation", "Escalation path", "Escalation levels")
