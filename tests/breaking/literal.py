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
    bare = " ".join(_split(_NUMBER.sub("", label.strip())))
    return bool(bare) and any(re.fullmatch(_words_of(name), bare, re.IGNORECASE) for name in names if name.strip("* "))


def called(names: Iterable[str], label: str) -> bool:
    """Whether a label is one of the names, or has one in it as words of their own."""
    return any(
        re.search(_words_of(name), _NUMBER.sub("", label.strip()), re.IGNORECASE) for name in names if name.strip("* ")
    )


def says(names: Iterable[str], text: str) -> bool:
    """Whether a text has one of the names in it as words of their own, ``*`` for any ending."""
    return any(re.search(_words_of(name), text, re.IGNORECASE) for name in names)


def _words_of(name: str) -> str:
    return rf"(?<!\w){_BETWEEN.join(map(_either_number, _split(name)))}(?!\w)"


def _either_number(word: str) -> str:
    """The word in the singular and in the plural, whichever the name has."""
    if word.endswith("*"):
        return rf"{re.escape(word.rstrip('*'))}\w*"
    if len(word) > 4 and word.endswith(("ies", "y")):
        return rf"{re.escape(re.sub('(?:ies|y)$', '', word))}(?:y|ies)"
    bare = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return rf"{re.escape(bare)}(?:s|es)?"


def _split(name: str) -> list[str]:
    return [word for word in re.split(_BETWEEN, name) if word]
