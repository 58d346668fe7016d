"""What a file carries as a whole besides its readable text: every part's raw text, properties, targets outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from govpack.check.kept import keep

if TYPE_CHECKING:
    from govpack.check.kept import Kept


@dataclass(frozen=True, slots=True)
class PartText:
    """All text of one part, hidden and deleted too, with attribute values people can read; `label` in plain words."""

    part: str
    label: str
    lines: tuple[str, ...]
    kept: Kept = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The lines in one text, to be searched at once."""
        return _part_text(self)


@keep
def _part_text(part: PartText) -> str:
    return "\n".join(part.lines)


class External(NamedTuple):
    """A relationship that leaves the file."""

    label: str
    type: str
    target: str


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file carries as a whole. `rsids` counts edit-session marks; `extras` names macros, OLE, thumbnails.

    `language` is the one that the file says it is written in, such as en-IE, or nothing.
    """

    parts: tuple[PartText, ...] = ()
    properties: dict[str, str] = field(default_factory=dict)
    external: tuple[External, ...] = ()
    rsids: int = 0
    extras: tuple[str, ...] = ()
    language: str = ""
