"""How words match: as given, then without case, number and punctuation, then nearly; a near match says that it is one.

Headings and columns are matched by synonyms (`find_name`); running text is searched for phrases (`find_phrase`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Iterable

NEAR = 88.0
_EXCERPT = 110
# So many further words may a heading hold: anywhere, or all before the name (a sentence that ends in it has more).
_MOST_AROUND, _MOST_BEFORE = 6, 9
_NOT_WORD = re.compile(r"[^\w%*]+")
# Typed numbers before a heading: "3.", "3.2", "(a)", "iv)", "A." and the like; a bare year stays.
_TYPED_NUMBER = re.compile(
    r"^\s*(?:\d{1,3}(?:\.\d+)*[.)]?|\([a-z0-9]{1,4}\)|[ivxlc]{1,6}[.)]|[A-Z][.)])[\s\u2013\u2014:-]+"
)
_ARTICLE = re.compile(r"^\s*(?:article|clause|section|§)\s*(?=\d)", re.I)
_SCHEDULE = re.compile(
    r"^\s*(schedule|annex|annexe|appendix|exhibit|attachment)\s+(\d+|[a-z]|[ivxlc]+)\b[\s.:\u2013\u2014-]*", re.I
)
_DASHES = re.compile(r"^[\s\-\u2010-\u2015?._\u2026]*$")
_UNSET = re.compile(r"^\W*(tb[acd]|to be (agreed|confirmed|decided|defined|determined|named)|\[.*\])\W*$", re.I | re.S)

_ONLY_WORDS = re.compile(r"\w+(?:[\s\-]+\w+)*\*?")
# Between the words of a phrase: blanks, line ends, the hyphens and slashes that writers put there.
_GAP = re.compile(r"[\s\-\u2010-\u2015/]+")
_ENDING, _ANY_ENDING, _NO_SIGN = re.compile(r"(?:s|es)?(?!\w)"), re.compile(r"\w*"), re.compile(r"\W")


@dataclass(frozen=True, slots=True)
class Match:
    """What matched: the name looked for, the words found, and how well (100 exact, below that a near match)."""

    wanted: str
    found: str
    score: float

    @property
    def near(self) -> bool:
        """Whether the words are only nearly those looked for."""
        return self.score < 100


@lru_cache(maxsize=65_536)
def normalise(text: str) -> str:
    """`text` without case, punctuation and plural s, its words parted by one blank."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    flat = plain.casefold().replace("&", " and ").replace("'s", "").replace("’s", "")
    words = _NOT_WORD.sub(" ", flat.replace("*", " ")).split()
    return " ".join([_singular(word) if word[-1] == "s" else word for word in words])


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@lru_cache(maxsize=16_384)
def split_number(heading: str) -> tuple[str, str]:
    """A heading's typed number and the rest: ``("3.2", "Escalation")``, ``("Schedule 2", "Service levels")``.

    ``Article 3. Fees`` is clause 3 to a reader of contracts.
    """
    if found := _SCHEDULE.match(heading):
        return f"{found[1]} {found[2]}", heading[found.end() :].strip() or heading.strip()
    start = article.end() if (article := _ARTICLE.match(heading)) else 0
    if found := _TYPED_NUMBER.match(heading[start:]):
        return found[0].strip(" \t\u2013\u2014:-."), heading[start + found.end() :].strip()
    return "", heading.strip()


def is_schedule(number: str, heading: str) -> bool:
    """Whether a heading opens a schedule, annex, appendix or exhibit."""
    return bool(_SCHEDULE.match(f"{heading} ") or _SCHEDULE.match(f"{number} "))


@lru_cache(maxsize=65_536)
def find_name(synonyms: tuple[str, ...], name: str) -> Match | None:
    """The best match of a heading or column `name` with any of `synonyms`, or None.

    100 is the same, 95 holds it word for word, from 88 it is rapidfuzz's ratio; of those that match alike, the first.
    """
    whole, bare, words = _plain_name(name)
    if not bare:
        return None
    known = _known(synonyms)
    if bare in known.exact or whole in known.exact:
        at = min(known.exact.get(bare, len(synonyms)), known.exact.get(whole, len(synonyms)))
        return Match(synonyms[at], name, 100.0)
    if not known.firsts.isdisjoint(words):
        padded = f" {bare} "
        for plain, at in known.exact.items():
            if f" {plain} " in padded:
                # "Nimbus Cloud Services for Ireland and the Benelux Countries owner" is an owner still.
                most = _MOST_BEFORE if padded.endswith(f" {plain} ") else _MOST_AROUND
                if len(words) <= plain.count(" ") + 1 + most:
                    return Match(synonyms[at], name, 95.0)
    best, score = 0, 0.0
    for plain, at in known.near(len(bare)):
        own = min(fuzz.ratio(plain, bare, score_cutoff=NEAR), 94.0)
        if own > score:
            best, score = at, own
    return Match(synonyms[best], name, score) if score else None


class _Plain(NamedTuple):
    """A name as it is compared: all of it, what stands behind a typed number, and the words of that."""

    whole: str
    bare: str
    words: tuple[str, ...]


@lru_cache(maxsize=65_536)
def _plain_name(name: str) -> _Plain:
    bare = normalise(split_number(name)[1])
    return _Plain(normalise(name), bare, tuple(bare.split(" ")))


class _Known:
    """Synonyms made plain once, for all the names that are held against them.

    `exact`: the place of each among them, those that say the same once; `firsts`: the words that they begin with.
    """

    def __init__(self, synonyms: tuple[str, ...]) -> None:
        self.exact: dict[str, int] = {}
        for at, wanted in enumerate(synonyms):
            if plain := normalise(wanted):
                self.exact.setdefault(plain, at)
        self.firsts = frozenset(plain.partition(" ")[0] for plain in self.exact)
        self._near: dict[int, list[tuple[str, int]]] = {}

    def near(self, length: int) -> list[tuple[str, int]]:
        """Those that may be nearly a name of so many characters: the ratio is no higher than their lengths allow."""
        if length not in self._near:
            self._near[length] = [
                (plain, at)
                for plain, at in self.exact.items()
                if 200 * min(len(plain), length) >= NEAR * (len(plain) + length)
            ]
        return self._near[length]


_known = lru_cache(maxsize=4_096)(_Known)


def find_phrase(phrase: str, text: str) -> str | None:
    """The words of `text` around `phrase`, or None. Whole words; a trailing ``*`` takes any ending (``terminat*``)."""
    if not may_hold(text, phrase):
        return None
    flat, words = folded(text), _plain_words(phrase)
    if words and len(flat) == len(text):
        span = _find_words(words, flat, _ANY_ENDING if phrase.endswith("*") else _ENDING)
    else:
        found = _phrase_pattern(phrase).search(text)
        span = None if found is None else found.span()
    return None if span is None else excerpt(text, *span)


def may_hold(text: str, phrase: str) -> bool:
    """Whether each word of `phrase` stands in `text` somewhere: else it need not be looked for in any part of it."""
    flat = folded(text)
    for word in _words_of(phrase):  # noqa: SIM110  # asked so often that a generator shows
        if word not in flat:
            return False
    return True


@lru_cache(maxsize=32_768)
def folded(text: str) -> str:
    """`text` without case, worked out once for all that is looked for in it."""
    return text.casefold()


@lru_cache(maxsize=4_096)
def _words_of(phrase: str) -> tuple[str, ...]:
    """The different words of a phrase, the longest first: that is missing most often."""
    return tuple(sorted({word.casefold() for word in re.findall(r"\w+", phrase)}, key=len, reverse=True))


@lru_cache(maxsize=4_096)
def _plain_words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase of nothing but words, in order; none where it holds other signs."""
    plain = _ONLY_WORDS.fullmatch(phrase)
    return tuple(re.findall(r"\w+", phrase.casefold())) if plain and phrase.isascii() else ()


def _find_words(words: tuple[str, ...], text: str, ending: re.Pattern[str]) -> tuple[int, int] | None:
    """Where `words` stand one after the other in a folded text: what their pattern finds, without compiling it."""
    first, *rest = words
    at = text.find(first)
    while at >= 0:
        end = at + len(first) if not at or _NO_SIGN.match(text, at - 1) else -1
        for word in rest if end >= 0 else ():
            gap = _GAP.match(text, end)
            if gap is None or not text.startswith(word, gap.end()):
                end = -1
                break
            end = gap.end() + len(word)
        if end >= 0 and (last := ending.match(text, end)):
            return at, last.end()
        at = text.find(first, at + 1)
    return None


@lru_cache(maxsize=4_096)
def _phrase_pattern(phrase: str) -> re.Pattern[str]:
    words = [re.escape(word).replace(r"\*", r"\w*") for word in re.split(r"[\s\-]+", phrase.strip())]
    body = _GAP.pattern.join(words)
    body = body.replace("'", "['’]")
    whole = rf"(?<!\w){body}{_ENDING.pattern}" if not phrase.endswith("*") else rf"(?<!\w){body}"
    return re.compile(whole, re.I)


def holds_value(value: str, text: str) -> bool:
    """Whether a cell or section `text` names `value`, whole words, whatever the case and punctuation."""
    wanted, flat = normalise(value), normalise(text)
    if not wanted or not flat:
        return False
    if f" {wanted} " in f" {flat} ":
        return True
    # A short name in the table may stand for the long name looked for: "Nimbus" for "Nimbus Cloud Europe DAC".
    return any(item and f"{wanted} ".startswith(f"{item} ") for item in map(normalise, re.split(r"[,;\n/]", text)))


@lru_cache(maxsize=32_768)
def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, dashes, dots, ``TBC``, ``to be agreed``, or a placeholder in brackets."""
    return bool(_DASHES.match(text) or _UNSET.match(text))


def excerpt(text: str, start: int = 0, end: int = 0) -> str:
    """About 110 characters of `text` around start..end, in one line, with … where it was cut, between words."""
    room = max(_EXCERPT - (end - start), 0) // 2
    low, high = max(start - room, 0), min(max(end, start) + room + (room if start < room else 0), len(text))
    if low:
        low = text.find(" ", low - 1, start) + 1 or low
    if high < len(text):
        high = max(text.rfind(" ", max(end, start), high + 1), low) or high
    cut = " ".join(text[low:high].split())
    return f"{'…' if low else ''}{cut}{'…' if high < len(text) else ''}"


def listing(words: Iterable[str], last: str = "and") -> str:
    """``A, B and C``."""
    *most, end = tuple(words) or ("",)
    return f"{', '.join(most)} {last} {end}" if most else end
