"""What to write in the inputs so that a document says what it lacks: a sentence with the place, and YAML to paste."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from govpack.build.origins import Reached, find_entry, name_of
from govpack.build.snippets import filled_entry, flow, inside, lacking_fields, new_part
from govpack.check.words import excerpt, listing, normalise
from govpack.model.parts import EACH, Part, find_part
from govpack.sources import MarkedDict, MarkedList

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govpack.build.origins import Inputs, Steps
    from govpack.build.snippets import Asks
    from govpack.check.verdicts import Stem

# What the model says of a value that follows from others, which it names.
_WORKED_OUT = re.compile(r"worked out where left out, as (.+)")
_FIELD = re.compile(r"[a-z][a-z_]{2,}")
_COUNT = re.compile(r"\b(\d+) of at least (\d+) rows\b")


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do: `remedy` names the place, `snippet` is the YAML for it.

    `entry` is the id of the entry that the finding speaks of, where there is one; `keeps` where the finding's own
    remedy still holds and comes first.
    """

    remedy: str
    snippet: str = ""
    entry: str | None = None
    keeps: bool = False


def advise(
    inputs: Inputs,
    path: Sequence[str],
    asks: Asks,
    words: Sequence[str] = (),
    stem: Stem | None = None,
    message: str = "",
) -> Advice | None:
    """What to write at `path`; `words` are quoted from the document, `message` says how many rows there are.

    `stem` is what the requirement asks of an entry there; it is added to `asks`, which all advice shows together.
    """
    model = as_model(path)
    part = find_part(model)
    if part is None:
        return None
    if formula := _WORKED_OUT.search(part.about):
        return _worked_out(inputs, path, part, formula[1], asks)
    many = part.kind in ("list", "mapping")
    entry = part.entry if many else part
    wanted = _fields_for(entry, stem)
    asks.add((*model, EACH) if many else model, wanted)
    if inputs.tree is None:
        return _unseen(inputs, path, part, asks)
    reached = inputs.reach(path)
    for place in reached:
        found = None if place.ahead else find_entry(place, words)
        if found is not None and entry is not None:
            return _in_entry(inputs, found, entry, asks, wanted, _fields_for(entry, stem, words))
    if not reached or reached[0].ahead:
        return _missing(inputs, reached[0] if reached else Reached((), inputs.tree, tuple(path)), asks)
    if many:
        place = min(reached, key=lambda each: len(each.node))
        poor = None if _lacking(message) or stem is None else _poor_entry(place, stem.fields)
        if poor is not None and entry is not None:
            return _in_entry(inputs, poor, entry, asks, wanted)
        return _more(inputs, place, part, asks, _lacking(message))
    if part.kind == "object":
        return _in_entry(inputs, reached[0].at, part, asks, wanted)
    return correct(inputs, reached[0].at)


def sources_of(path: Sequence[str]) -> tuple[str, ...]:
    """The fields beside it from which the value at `path` follows where it is left out; none where it never is."""
    part, parent = find_part(as_model(path)), find_part(as_model(path[:-1]))
    formula = _WORKED_OUT.search(part.about) if part is not None else None
    if formula is None or parent is None:
        return ()
    return tuple(name for name in dict.fromkeys(_FIELD.findall(formula[1])) if parent.step(name) is not None)


def _worked_out(inputs: Inputs, path: Sequence[str], part: Part, formula: str, asks: Asks) -> Advice:
    """What a value that is worked out still wants: the others that it follows from."""
    name, parent = part.name, find_part(as_model(path[:-1]))
    for place in inputs.reach(path[:-1]):
        lacking = [
            field for field in sources_of(path) if isinstance(place.node, dict) and place.node.get(field) is None
        ]
        if parent is not None and not place.ahead and lacking:
            asks.add(as_model(path[:-1]), lacking)
            found = _in_entry(inputs, place.at, parent, asks, lacking)
            return replace(found, remedy=f"{found.remedy}, from which {name} is worked out")
    return Advice(f"{name} is worked out as {formula}: give what is missing of that")


def _poor_entry(place: Reached, fields: Sequence[str]) -> Steps | None:
    """The first entry of a list or mapping that gives none of `fields`."""
    entries = place.node.items() if isinstance(place.node, dict) else enumerate(place.node)
    for step, entry in entries if fields else ():
        if isinstance(entry, dict) and all(entry.get(name) is None for name in fields):
            return (*place.at, step)
    return None


def correct(inputs: Inputs, at: Steps) -> Advice:
    """That the value at `at` is to be changed."""
    return Advice(f"change {inputs.said(at)} in {inputs.place(at)}", keeps=True)


def _in_entry(
    inputs: Inputs, at: Steps, entry: Part, asks: Asks, wanted: Sequence[str], meant: Sequence[str] = ()
) -> Advice:
    node = _node(inputs, at)
    name = _shown(node) if isinstance(at[-1], int) else str(at[-1])
    own = str(node.get("id", at[-1])) if isinstance(node, dict) else None
    lacking = [name for name in wanted if isinstance(node, dict) and node.get(name) is None]
    if not isinstance(node, MarkedDict) or not lacking:
        place = (*at, meant[0]) if meant and isinstance(node, dict) and meant[0] in node else at
        return Advice(f"change {inputs.said(place)} in {inputs.place(place)}", "", own, keeps=True)
    asks.add_lacking(at, lacking)
    where = f"{listing(lacking)} of ‘{name}’ in {inputs.place(at)}"
    if _takes_no_yaml(inputs.file_of(at)):
        return Advice(f"give {where}", "", own)
    if inputs.is_block(at):
        lines = lacking_fields(entry, node, asks.lacking(at), inputs.column(at))
        head = f"# {inputs.said(at[:-1])}, below the first line of ‘{name}’"
        return Advice(f"give {where}", _text(head, lines, inputs.column(at)), own)
    dash = isinstance(at[-1], int)
    indent = inputs.column(at) - 2 if dash else inputs.column(at[:-1])
    lines = filled_entry(entry, node, asks.lacking(at), max(indent, 0) if dash else indent + 2, dash=dash)
    if not dash:
        lines = [f"{' ' * indent}{at[-1]}:", *lines]
    head = f"# {inputs.said(at[:-1])}: instead of the entry at line {inputs.place(at).rpartition(' ')[2]}"
    return Advice(f"give {where}", _text(head, lines, max(indent, 0)), own)


def _shown(entry: object) -> str:
    """The name of an entry as people know it, where it has one."""
    named = entry.get("name") if isinstance(entry, dict) else None
    return excerpt(named if isinstance(named, str) else name_of(entry))


def _more(inputs: Inputs, place: Reached, part: Part, asks: Asks, lacking: int) -> Advice:
    """Entries to add to a list or mapping that is there."""
    number = f"{lacking} more {'entries' if lacking > 1 else 'entry'}" if lacking else "what is missing"
    file, last = inputs.file_of(place.at), inputs.last_line(place.at)
    if _takes_no_yaml(file):
        return Advice(f"add {number} to {inputs.said(place.at)} in {file}")
    if not inputs.is_block(place.at):
        lines = inside(part, as_model(map(str, place.at)), asks, 2)
        key = f"{place.at[-1]}:"
        given = [f"  - {flow(value)}" for value in place.node] if isinstance(place.node, MarkedList) else []
        snippet = _text(f"# {inputs.said(place.at)}, instead of what is there", [key, *given, *lines], 0)
        return Advice(f"add {number} to {inputs.said(place.at)} in {inputs.place(place.at)}", snippet)
    remedy = f"add {number} to {inputs.said(place.at)} in {file}, below the entry at line {last}"
    if place.node and part.kind == "list":
        remedy = remedy.replace(f"at line {last}", f"that begins at line {_begin(place.node, last)}")
    lines = inside(part, as_model(map(str, place.at)), asks, inputs.column(place.at))
    head = f"# {inputs.said(place.at)}, at its end" + (f"; {lacking} of these" if lacking > 1 else "")
    return Advice(remedy, _text(head, lines, inputs.column(place.at)))


def _missing(inputs: Inputs, place: Reached, asks: Asks) -> Advice | None:
    """What is not there at all, from the deepest part that is."""
    here, ahead = as_model(map(str, place.at)), place.ahead
    name = inputs.said((*place.at, *ahead))
    if not here:
        return _top(inputs, ahead, name, asks)
    parent = find_part(here)
    if parent is None:
        return None
    if len(ahead) == 1 and isinstance(place.at[-1], int) and parent.step(ahead[0]) is not None:
        return _in_entry(inputs, place.at, parent, asks, ahead)
    file = inputs.file_of(place.at)
    if _takes_no_yaml(file):
        return Advice(f"the inputs do not give {name} yet: add it in {file}")
    if ahead[0] == EACH:
        # The list is there, and empty: `pilots: []`.
        lines, indent = new_part(parent, here, asks), 0
        head = f"# {inputs.said(place.at[:-1])}, instead of the empty one"
    elif (part := parent.step(ahead[0])) is not None:
        indent = inputs.column(place.at) if inputs.is_block(place.at) else 0
        lines, head = new_part(part, (*here, part.name), asks, indent), f"# {inputs.said(place.at)}, at its end"
    else:
        return None
    where = f"{file}, below line {inputs.last_line(place.at)}" if indent else inputs.place(place.at)
    return Advice(f"the inputs do not give {name} yet: add it in {where}", _text(head, lines, indent))


def _top(inputs: Inputs, steps: Sequence[str], name: str, asks: Asks) -> Advice | None:
    part = find_part(steps[:1])
    if part is None:
        return None
    file, where = inputs.file_for(steps[0])
    if _takes_no_yaml(file):
        return Advice(f"the inputs do not give {name} yet: write it {where}")
    lines = new_part(part, (part.name,), asks)
    return Advice(f"the inputs do not give {name} yet: write it {where}", _text(f"# {file}", lines, 0))


def _unseen(inputs: Inputs, path: Sequence[str], part: Part, asks: Asks) -> Advice | None:
    """What to write where the inputs are not at hand: which file, and all of it from the top."""
    top = find_part(path[:1])
    if top is None:
        return None
    file = inputs.file_of(tuple(path)) or inputs.file_for(path[0])[0]
    name = inputs.said(as_model(path))
    remedy = f"{'add to' if part.kind in ('list', 'mapping') else 'give'} {name} in {file}"
    if _takes_no_yaml(file):
        return Advice(remedy)
    lines = new_part(top, (top.name,), asks)
    return Advice(remedy, _text(f"# {file}: what is there already stays", lines, 0))


def _fields_for(entry: Part | None, stem: Stem | None, words: Sequence[str] | None = None) -> list[str]:
    """The fields of an entry that the requirement asks for by its columns; with `words`, of the columns so called."""
    if entry is None or stem is None:
        return []
    if words is None and stem.fields:
        return [name for name in stem.fields if entry.step(name)]
    found: dict[str, None] = {}
    named = {normalise(word) for word in words or ()}
    for synonyms in stem.columns:
        if words is None or normalise(synonyms[0]) in named:
            found |= dict.fromkeys(_match(entry, synonyms))
    return list(found)


def _match(entry: Part, synonyms: Sequence[str]) -> list[str]:
    """The fields that a column shows: of one of its names, else those that begin with one (residual_impact)."""
    fields = {inner.name: normalise(inner.name.replace("_", " ")) for inner in entry.fields}
    for word in map(normalise, synonyms):
        if same := [name for name, own in fields.items() if own == word]:
            return same
    for word in map(normalise, synonyms):
        if word and (like := [name for name, own in fields.items() if own.startswith(f"{word} ")]):
            return like
    return []


def _takes_no_yaml(file: str) -> bool:
    """Whether what is written in this input is no YAML: a table, or JSON."""
    return file.lower().endswith((".csv", ".json"))


def _lacking(message: str) -> int:
    count = _COUNT.search(message)
    return max(int(count[2]) - int(count[1]), 0) if count else 0


def _begin(node: MarkedList, last: int) -> int:
    return node.location(len(node) - 1).line or last


def _node(inputs: Inputs, at: Steps) -> object:
    node: object = inputs.tree
    for step in at:
        node = node[step]  # type: ignore[index]  # a path is made of what its nodes hold
    return node


def as_model(path: Iterable[str]) -> tuple[str, ...]:
    """`path` as the model knows it, whichever entry of a list is meant."""
    return tuple(EACH if step.isdecimal() else step for step in path)


def _text(head: str, lines: Sequence[str], indent: int) -> str:
    return "\n".join([f"{' ' * indent}{head}", *lines])
