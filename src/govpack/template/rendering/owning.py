"""The notes and ranges of one rendering: what generated code calls for them, and the putting together at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govpack.template.blocks.notes import NOTES_PLACE
from govpack.template.blocks.ranges import SIGN
from govpack.template.markup.references import Pieces
from govpack.template.markup.threads import CommentThreads
from govpack.template.rendering.instances import Instance
from govpack.template.rendering.settling import SIGNS, Settler

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govpack.ooxml.package import Deflated
    from govpack.template.blocks.notes import NotePart
    from govpack.template.parts.compiling import Compiled
    from govpack.template.rendering.instances import Instances
    from govpack.template.rendering.rendering import Rendering

_NOTE_ID = re.compile(' w:id="(-?\\d+)"')
_BARRIER = -1


@dataclass(slots=True)
class _Note:
    """A note as it was written, and the number of its copy (0: the first)."""

    part: NotePart
    origin: str
    text: str
    copy: int


class Owning:
    """Writes notes where they are referred to, and settles the parts at the end."""

    def __init__(self, compiled: Compiled, rendering: Rendering, instances: Instances) -> None:
        self._compiled = compiled
        self._rendering = rendering
        self._instances = instances
        self._parts = {one.part: one for one in compiled.notes.on}
        self._holders: dict[str, Instance] = {}
        self._notes: list[_Note] = []
        self._copies: dict[tuple[str, str], int] = {}
        self._steps: list[tuple[int, str]] = []
        self._begun = 0
        self._seen: set[int] = set()
        self._threads = CommentThreads()

    @property
    def functions(self) -> dict[str, Callable[..., Any]]:
        """By the names that generated code calls them by."""
        return {"_own_note": self._write, "_at": self._at, "_enter": self._enter, "_leave": self._leave}

    # -- called from generated code

    def _write(self, source: str, context: Any, scope: Mapping[str, Any]) -> str:
        """Write the note `source` in `scope`; the sign that stands for its id."""
        part, _, origin = source.rpartition("#")
        if part not in self._holders:
            self._holders[part] = Instance(self._compiled.family.plans[part], part, None)
        text = self._instances.write_within(self._holders[part], source, context.get_all(), scope)
        self._notes.append(self._copy_of(self._parts[part], origin, text))
        return SIGN.format(f"#{len(self._notes) - 1}")

    def _at(self, site: int) -> str:
        return SIGN.format(f"{site}@{'.'.join(step for _, step in self._steps)}")

    def _enter(self, depth: int) -> None:
        """A repetition begins, inside as many loops of its source as `depth` says; -1: of a body that is called."""
        if depth != _BARRIER:
            self._leave(depth)
        self._begun += 1
        self._steps.append((depth, str(self._begun)))

    def _leave(self, depth: int) -> None:
        if depth == _BARRIER:
            while self._steps and self._steps.pop()[0] != _BARRIER:
                pass
            return
        while self._steps and self._steps[-1][0] >= depth:
            self._steps.pop()

    # -- at the end

    def finish(self) -> None:
        """Settle every part that holds signs, and put the notes into theirs."""
        made = self._instances.made
        main = self._compiled.family.main
        texts = {name: str(one.text) for name, one in made.items() if one.text is not None}
        named = sorted((n for n in texts if made[n].plan.part in self._compiled.ranges.parts), key=lambda n: n != main)
        if main in texts and main not in named:
            named.insert(0, main)
        order: list[int] = []
        for name in named:
            texts[name] = self._set_apart(texts[name], order)
        ids = self._number(order)
        origins = {n: note.origin for n, note in enumerate(self._notes) if note.part.kind == "comments"}
        settler = Settler(
            self._compiled.ranges.sites,
            self._rendering.identifiers,
            ids,
            origins,
            lambda slot, reason: self._rendering.faults.report(slot, reason, gap=True),
        )
        settled = settler.settle([*(texts[name] for name in named), *(self._notes[n].text for n in order)])
        for name, text in zip(named, settled, strict=False):
            made[name].text = Pieces.of(text)
        written = dict(zip(order, settled[len(named) :], strict=True))
        self._threads.note_taken([*texts.values(), *written.values()])
        for part in self._parts:
            self._put_notes(part, [(n, ids[n], text) for n, text in written.items() if self._is_in(n, part)])

    def finish_members(self, members: dict[str, Deflated]) -> None:
        """Put what the extensions of the comments say of each among `members`."""
        self._threads.write(self._compiled.notes.extensions, members)

    def _set_apart(self, text: str, order: list[int]) -> str:
        """`text`, and the notes that it refers to, without two references to one note; `order` takes them in."""

        def own(sign: re.Match[str]) -> str:
            if not sign[3]:
                return sign[0]
            number = int(sign[3])
            if number in self._seen:
                # The body of a macro or assignment is printed again.
                note = self._notes[number]
                self._notes.append(self._copy_of(note.part, note.origin, note.text))
                number = len(self._notes) - 1
            self._seen.add(number)
            order.append(number)
            self._notes[number].text = self._set_apart(self._notes[number].text, order)
            return SIGN.format(f"#{number}")

        return SIGNS.sub(own, text)

    def _copy_of(self, part: NotePart, origin: str, text: str) -> _Note:
        copy = self._copies.get((part.part, origin), 0)
        self._copies[part.part, origin] = copy + 1
        return _Note(part, origin, text, copy)

    def _is_in(self, number: int, part: str) -> bool:
        return self._notes[number].part.part == part

    def _number(self, order: list[int]) -> dict[int, str]:
        """The ids of the notes written: they count in the order of the text, above those of the separators."""
        ids: dict[int, str] = {}
        for part in self._parts.values():
            mine = [number for number in order if self._is_in(number, part.part)]
            first = min((int(identifier) for identifier in part.ids), default=1)
            ids.update((number, str(first + at)) for at, number in enumerate(mine))
        return ids

    def _put_notes(self, part: str, notes: list[tuple[int, str, str]]) -> None:
        instance = self._instances.made[part]
        if (holder := self._holders.get(part)) is not None:
            instance.used |= holder.used
            instance.added += holder.added
        written = []
        for number, identifier, text in notes:
            own = _NOTE_ID.sub(f' w:id="{identifier}"', text, count=1)
            is_comment = self._parts[part].kind == "comments"
            written.append(self._threads.add(own, again=self._notes[number].copy > 0) if is_comment else own)
        instance.text = Pieces.of(str(instance.text or "").replace(NOTES_PLACE, "".join(written)))
