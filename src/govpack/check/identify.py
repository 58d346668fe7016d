"""Which document of a checklist a file is: by its properties, its name, its title, or what it holds."""

from __future__ import annotations

from fnmatch import fnmatch
from typing import TYPE_CHECKING

from govpack.check.words import find_name, listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govpack.check.checklist import Checklist
    from govpack.check.files import ReadFile
    from govpack.check.outline import Outline

_OWN = "govpack"
_ENOUGH = 0.6
_LEAST = 3


def identify(file: ReadFile, checklist: Checklist) -> tuple[str, str]:
    """The name of the document that `file` is, and how it was known; two empty texts where it is none.

    A file of govpack's own says in its properties what it is, whatever its name is now. Another is known by its name,
    else by a title, else by the headings that it has: a guess, which names them. Patterns starting with ``!`` keep
    files out, by their name or, with a slash in them, by their path.
    """
    documents = checklist.documents
    if file.outline is not None and (own := _by_properties(file.path, file.outline, checklist)):
        return own, "by its properties"
    for name, pattern in documents.items():
        if _named(file.path, pattern.files):
            return name, "by its name"
    if file.outline is None:
        return "", ""
    best: tuple[float, str, str] = (0.0, "", "")
    for name, pattern in documents.items():
        if not _possible(file.path, pattern.files):
            continue
        for heading in _titles(file.outline):
            match = find_name((pattern.title, *pattern.headings), heading)
            if match is not None and match.score > best[0]:
                best = (match.score, name, f"by its title ‘{heading}’")
    return (best[1], best[2]) if best[1] else _by_content(file.path, file.outline, checklist)


def _by_properties(path: str, outline: Outline, checklist: Checklist) -> str:
    """What a document that govpack wrote calls itself: ``Partnership strategy: …``; the longest title that fits."""
    properties = outline.facts.properties
    if properties.get("Application", "") != _OWN:
        return ""
    title = properties.get("title", "")
    fits = [
        (len(pattern.title), name)
        for name, pattern in checklist.documents.items()
        if _called(title.partition(":")[0], (pattern.title, *pattern.headings)) and _possible(path, pattern.files)
    ]
    return max(fits)[1] if fits else ""


def _called(title: str, names: Iterable[str]) -> bool:
    return title.strip().casefold() in {name.casefold() for name in names}


def _by_content(path: str, outline: Outline, checklist: Checklist) -> tuple[str, str]:
    """The document most of whose headings stand in the file: three at least, and six in ten."""
    headings = [section.heading for section in outline.walk() if section.heading]
    best: tuple[float, int, str, list[str]] = (0.0, 0, "", [])
    for name, holds in checklist.holds.items():
        if not holds or not _possible(path, checklist.documents[name].files):
            continue
        seen = [
            hit
            for names in holds
            if (hit := next((heading for heading in headings if find_name(names, heading) is not None), None))
        ]
        rank = (len(seen) / len(holds), len(seen))
        if len(seen) >= _LEAST and rank[0] >= _ENOUGH and rank > best[:2]:
            best = (*rank, name, seen)
    told = listing(f"‘{heading}’" for heading in dict.fromkeys(best[3]))
    return (best[2], f"a guess by what it holds: {told}") if best[2] else ("", "")


def _named(path: str, patterns: Iterable[str]) -> bool:
    name = path.rpartition("/")[2].casefold()
    takes = [pattern for pattern in patterns if not pattern.startswith("!")]
    return any(fnmatch(name, pattern.casefold()) for pattern in takes) and not _kept_out(path, patterns)


def _kept_out(path: str, patterns: Iterable[str]) -> bool:
    name, whole = path.rpartition("/")[2].casefold(), f"/{path.casefold()}"
    kept = [pattern[1:].casefold() for pattern in patterns if pattern.startswith("!")]
    return any(fnmatch(whole if "/" in pattern else name, pattern) for pattern in kept)


def _possible(path: str, patterns: Iterable[str]) -> bool:
    """Whether the file may be the document at all: of its format, and not kept out."""
    return _same_format(path, patterns) and not _kept_out(path, patterns)


def _same_format(path: str, patterns: Iterable[str]) -> bool:
    """A deck is no charter, even if it is called so: the endings of the patterns say which formats a document has."""
    ends = {pattern.rpartition(".")[2].casefold() for pattern in patterns if "." in pattern}
    return not ends or path.rpartition(".")[2].casefold()[:3] in {end[:3] for end in ends}


def _titles(outline: Outline) -> Iterator[str]:
    yield outline.title
    yield outline.facts.properties.get("title", "")
    for block in outline.preamble.blocks[:4]:
        if (text := getattr(block, "text", "")) and len(text) <= 120:
            yield text
    for section in outline.sections[:1]:
        yield section.heading
