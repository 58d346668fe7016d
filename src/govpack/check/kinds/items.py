"""The requirement kind over other items of the checklist: `item`."""

from __future__ import annotations

from govpack.check.kinds.base import Args, Case, Names, kind
from govpack.check.kinds.choice import EitherArgs
from govpack.check.verdicts import Evidence, Outcome, Verdict, met, missing, unmet


class ItemArgs(Args):
    """The `ids` of items that stand above this one in the checklist, all of which are to be met."""

    ids: Names


@kind("item", ItemArgs, short="ids")
def item(case: Case, args: ItemArgs) -> Outcome:
    """Other items of the checklist are met: an objective that several documents serve together.

    ``item: [strategy-complete, scorecard-complete]``

    Passes: both are met, or wait for a person. Fails: the scorecard is partly met.
    """
    findings, evidence = [], []
    for name in args.ids:
        verdict = case.items.get(name)
        if verdict in (Verdict.MET, Verdict.FOR_A_PERSON):
            evidence.append(Evidence(case.file, "", f"‘{name}’ is {verdict}"))
        else:
            remedy = f"mend what this report says of ‘{name}’"
            findings.append(missing(f"the item ‘{name}’ is {verdict or Verdict.NOT_MET}", case.file, "", remedy))
    return unmet(findings, evidence, cost=1) if findings else met(evidence)


def rests_on_items(arguments: Args) -> bool:
    """Whether a requirement with these `arguments` asks for the verdicts on other items."""
    if isinstance(arguments, EitherArgs):
        return any(rests_on_items(choice.arguments) for choice in arguments.of)
    return isinstance(arguments, ItemArgs)
