"""What an author of a mutation sees: whether a heading, a column or a text goes by a name, letter by letter.

Nothing here is the checker's, so that a fault in how it finds names cannot hide in how they are broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"^(?:(?:schedule|annex|clause|article)\s+)?(?:\d+(?:\.\d+)*|\([a-z]+\))[.):]?\s+", re.IGNORECASE)
_BETWEEN = r"[\s\-\u2010-\u2015/,()%‘’“”]+"


def exactly(names: Iterable[str], label: str) -> bool:
    """Whether a label is one of the names, but for case, a number before it, and a plural."""
    bare = _plain(label)
    return bool(bare) and any(_plural(bare) == _plural(_plain(name)) for name in names if name.strip("* "))


def called(names: Iterable[str], label: str) -> bool:
    """Whether a label is one of the names, or has one in it as words of their own."""
    return any(
        re.search(_words_of(name), _NUMBER.sub("", label.strip()), re.IGNORECASE) for name in names if name.strip("* ")
    )


def says(names: Iterable[str], text: str) -> bool:
    """Whether a text has one of the names in it as words of their own, ``*`` for any ending."""
    return any(re.search(_words_of(name), text, re.IGNORECASE) for name in names)


def _words_of(name: str) -> str:
    words = [re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in _split(name)]
    return rf"(?<!\w){_BETWEEN.join(words)}(?:e?s)?(?!\w)"


def _split(name: str) -> list[str]:
    return [word for word in re.split(_BETWEEN, name) if word]


def _plain(label: str) -> str:
    return " ".join(_split(_NUMBER.sub("", label.strip()).casefold()))


def _plural(words: str) -> str:
    return " ".join(re.sub(r"(?<=\w\w)s$", "", word) for word in words.split())
