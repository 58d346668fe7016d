"""The requirement kind over content controls: `control`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from govpack.check.kinds.base import Args, Case, MaybeNames, kind
from govpack.check.verdicts import Evidence, Outcome, met, missing, unmet
from govpack.check.words import excerpt, find_name, holds_value, is_blank, listing

if TYPE_CHECKING:
    from govpack.check.outline import Control
    from govpack.findings import Finding


class ControlArgs(Args):
    """Content controls by `tag` or `title`, of a `sort`: at `least` so many, and each of them filled in.

    `value`: what one of them says, one of these. `ticked`: whether a checkbox is to be ticked.
    """

    tag: MaybeNames = ()
    title: MaybeNames = ()
    sort: Literal["any", "text", "checkbox", "date", "drop-down"] = "any"
    value: MaybeNames = ()
    ticked: bool | None = None
    least: Annotated[int, Field(ge=1)] = 1


@kind("control", ControlArgs, short="title")
def control(case: Case, args: ControlArgs) -> Outcome:
    """Fields to fill in: content controls of Word, filled in, chosen, dated or ticked.

    ``control: {title: Outcome, sort: drop-down, value: [Approved, Approved with conditions]}``

    Passes: a drop-down titled Outcome in which Approved is chosen. Fails: no such control; it still shows "Choose an
    outcome"; it says Rejected; with `ticked`, an empty box.
    """
    called = [found for found in case.outline.controls if _is_called(found, args)]
    sorted_ = [found for found in called if args.sort in ("any", found.sort)]
    name = listing((f"‘{word}’" for word in (*args.title, *args.tag)[:4]), "or")
    what = {"any": "content control", "text": "text field", "date": "date field"}.get(args.sort, args.sort)
    words = f"{what} {name}".strip()
    if len(sorted_) < args.least:
        has = f"; what is called so is a {called[0].sort}" if called and not sorted_ else ""
        count = f"{len(sorted_)} of at least {args.least} of" if args.least > 1 else "there is no"
        remedy = f"add it with Developer › Controls, and call it {name}" if name else "add it with Developer › Controls"
        return unmet([missing(f"{count} {words}{has}", case.file, "", remedy)], cost=3)
    good = [found for found in sorted_ if _fault(found, args) is None]
    enough = len(good) >= args.least if args.value or args.ticked is not None else len(good) == len(sorted_)
    evidence = [Evidence(case.file, found.address, excerpt(_says(found))) for found in good[:3]]
    if enough:
        return met(evidence)
    faults: list[Finding] = []
    for found in sorted_:
        if (fault := _fault(found, args)) is not None:
            faults.append(missing(f"{words} {fault[0]}", case.file, found.address, fault[1]))
    return unmet(faults[:6], evidence, cost=1)


def _is_called(found: Control, args: ControlArgs) -> bool:
    if not args.tag and not args.title:
        return True
    if any(tag.casefold() == found.tag.casefold() for tag in args.tag):
        return True
    return bool(args.title) and find_name(args.title, found.alias) is not None


def _fault(found: Control, args: ControlArgs) -> tuple[str, str] | None:
    """What is wrong with a control, and how to mend it."""
    if found.sort == "checkbox":
        if args.ticked is not None and found.checked is not args.ticked:
            return ("is not ticked", "tick it") if args.ticked else ("is ticked", "untick it")
        return None
    if found.empty or is_blank(found.value):
        return "is not filled in", "fill it in"
    if args.value and not any(holds_value(value, found.value) for value in args.value):
        wanted = listing((f"‘{value}’" for value in args.value), "or")
        return f"says ‘{excerpt(found.value)}’, not {wanted}", f"choose {wanted}"
    return None


def _says(found: Control) -> str:
    return ("ticked" if found.checked else "not ticked") if found.sort == "checkbox" else found.value
