"""The requirement kind that leaves a choice between others: `either`."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from govpack.check.kinds.base import REGISTRY, Args, Case, Kind, kind
from govpack.check.verdicts import Outcome, Verdict, unmet


class Choice(BaseModel):
    """One of the requirements to choose from: its kind and its arguments."""

    kind: str
    arguments: Any

    def judge(self, case: Case) -> Outcome:
        """What the requirement says of the case."""
        return _known(self.kind).judge(case, self.arguments)


class EitherArgs(Args):
    """`of`: requirements written as elsewhere, any one of which is enough."""

    of: tuple[Choice, ...] = Field(min_length=1)

    @field_validator("of", mode="before")
    @classmethod
    def _from_mappings(cls, value: object) -> object:
        return tuple(_choice(each) for each in value) if isinstance(value, list | tuple) else value


def _choice(given: object) -> Choice:
    if not isinstance(given, dict) or len(given) != 1:
        raise PydanticCustomError("choice", "Each of them should be a requirement such as {section: Escalation}")
    (name, arguments), *_ = given.items()
    found = REGISTRY.get(str(name))
    if found is None:
        raise PydanticCustomError("choice", "There is no requirement kind '{name}'", {"name": str(name)})
    if not isinstance(arguments, dict):
        arguments = {found.short: arguments} if found.short and arguments is not None else {}
    try:
        return Choice(kind=found.name, arguments=found.arguments.model_validate(arguments))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        words = " › ".join(str(step) for step in first["loc"])
        raise PydanticCustomError(
            "choice", "{kind}: '{where}': {message}", {"kind": found.name, "where": words, "message": first["msg"]}
        ) from None


def _known(name: str) -> Kind:
    return REGISTRY[name]


@kind("either", EitherArgs, short="of")
def either(case: Case, args: EitherArgs) -> Outcome:
    """One of several requirements is enough: writers lay the same facts out in different ways.

    ``either: [{section: Escalation}, {mentions: {all: [escalate]}}]``

    Passes: a section Escalation; or the word. Fails: neither; it says what the one that is nearest still lacks.
    """
    outcomes = [choice.judge(case) for choice in args.of]
    for outcome in outcomes:
        if outcome.verdict is not Verdict.NOT_MET:
            return outcome
    nearest = min(outcomes, key=lambda outcome: (outcome.cost, len(outcome.findings)))
    return unmet(nearest.findings, nearest.evidence, cost=nearest.cost)
