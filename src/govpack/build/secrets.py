"""What of a pack must not reach a counterparty: names that it does not get to see, and prose that is for ourselves.

And how both are known again in a text: a name as whole words, whatever blanks stand within; prose by a row of words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from govpack.build.texts import plain
from govpack.model.base import Model, Ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govpack.model.base import Path as Steps

RUN = 6
"""So many words in a row of internal prose give it away."""

_WORD = re.compile(r"\w+(?:['.,]\w+)*")
_NAME_KEYS = ("name", "legal_name", "title")
# What tells other partners and their people as surely as a name does.
_TELLING_KEYS = (*_NAME_KEYS, "email", "lei", "registration")
# Whose names tell something: of other partners and their people a single word does, of our bodies and risks two.
_PROPER = ("people", "partners")
_NAMED = (*_PROPER, "governance", "risks")
# Internal papers that repeat what an agreement says: the hand-off, the roadmap, and the aim of a negotiation.
_REPEATING = ("enablement", "roadmap")
_REPEATING_KEYS = ("issue", "target")

Words = tuple[str, ...]


class Told(NamedTuple):
    """A text of the inputs, and where it stands in the pack."""

    words: str
    path: Steps


def is_name(text: Told) -> bool:
    """Whether a text names somebody or something by which it can be known."""
    if text.path[0] in _PROPER:
        return text.path[-1] in _TELLING_KEYS
    return text.path[0] in _NAMED and text.path[-1] in _NAME_KEYS and " " in text.words


def is_prose(text: Told) -> bool:
    """Whether a text is long enough to be known again, and none that agreements are made from."""
    repeats = text.path[0] in _REPEATING or (text.path[0] == "negotiations" and text.path[-1] in _REPEATING_KEYS)
    return not repeats and len(text.words.split()) >= RUN


def walk(value: Any, path: Steps) -> Iterator[Told]:
    """Every text that the pack says, but for the ids by which it names things."""
    if isinstance(value, str):
        yield Told(plain(value), path)
    elif isinstance(value, Model):
        for name, about in type(value).model_fields.items():
            if not any(isinstance(marker, Ref) for marker in about.metadata):
                yield from walk(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from walk(each, (*path, key))
    elif isinstance(value, (list, tuple)):
        for number, each in enumerate(value):
            yield from walk(each, (*path, number))


def shown(view: dict[str, Any]) -> tuple[list[str], set[str]]:
    """The names in a view, and all its texts."""
    names: list[str] = []
    texts: set[str] = set()
    seen: set[int] = set()
    waiting: list[tuple[str, Any]] = [("", view)]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, str):
            texts.add(words := plain(value))
            if key in _TELLING_KEYS:
                names.append(words)
        elif isinstance(value, (dict, list)) and id(value) not in seen:
            seen.add(id(value))
            waiting += value.items() if isinstance(value, dict) else ((key, each) for each in value)
    return names, texts


def any_of(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds each of `names` as whole words in any case, the longest first; none, where there is none."""
    either = "|".join(map(re.escape, sorted(filter(None, names), key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if either else r"(?!)", re.IGNORECASE)


@lru_cache(maxsize=4_096)
def pattern_of(names: tuple[Told, ...]) -> re.Pattern[str]:
    """A pattern that finds each of `names` as whole words, whatever blanks stand within, the longest first.

    A word of its own may be a common noun as well, and so may two: they are found as they are written, or in capitals.
    """
    found = []
    for name in sorted(names, key=lambda name: len(name.words), reverse=True):
        words = spaced(name.words)
        either = f"(?i:{words})" if name.path[0] in _PROPER and not name.words.isalpha() else words
        found += [either] if either != words else [words, spaced(name.words.upper())]
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)" if found else r"(?!)")


def spaced(words: str) -> str:
    """A pattern of `words` with any blanks between them."""
    return r"\s+".join(map(re.escape, words.split()))


def folded(name: str) -> str:
    """A name however its letters and blanks were written."""
    return " ".join(name.split()).casefold()


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return _WORD.findall(text.casefold())


def runs(text: str, names: re.Pattern[str] | None = None) -> Iterator[Words]:
    """Every six words in a row, with none of `names` between them."""
    for piece in names.split(text) if names else (text,):
        words = words_of(piece)
        yield from zip(*(words[start:] for start in range(RUN)), strict=False)
