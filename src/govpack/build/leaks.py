"""Nothing internal reaches a counterparty: finished files are searched for it, whatever way it may have come.

The view that a counterparty's template sees holds nothing internal. What remains are the ways around it: a sentence of
the strategy pasted into a contract's purpose, a name typed into a clause, a comment left in a template. So every part
of the file is searched, attributes, properties and embedded workbooks included, for two things: names that this partner
does not get to see, and six words in a row of internal prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from govpack.build.sieve import Sieve
from govpack.build.texts import TextReader
from govpack.findings import Finding, Location
from govpack.model.base import Model, Ref
from govpack.ooxml.names import RT_COMMENTS
from govpack.ooxml.package import read_package
from govpack.sources import locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govpack.build.job import Job
    from govpack.build.plan import Target
    from govpack.build.texts import PartTexts
    from govpack.model.base import Path as Steps
    from govpack.ooxml.package import Package

_RUN = 6  # words
_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")
_NAME_KEYS = ("name", "legal_name", "title")
# Whose names tell something: of other partners and their people a single word does, of our bodies and risks two.
_PROPER = ("people", "partners")
_NAMED = (*_PROPER, "governance", "risks")
# Internal papers that repeat what an agreement says: the hand-off, the roadmap, and the aim of a negotiation.
_REPEATING = ("enablement", "roadmap")
_REPEATING_KEYS = ("issue", "target")
_PACKAGES = (".xlsx", ".docx", ".pptx")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of the inputs, and where it stands in the pack."""

    words: str
    path: Steps


@dataclass(slots=True)
class LeakSearch:
    """Searches the files that counterparties get. What the pack says is gathered once, at the first of them."""

    job: Job
    _texts: tuple[list[_Text], list[_Text]] | None = None
    _public: set[Words] = field(default_factory=set)
    _unread: Iterator[str] | None = None
    _reader: TextReader = field(default_factory=TextReader)
    _sieve: Sieve | None = None

    def search(self, target: Target, package: Package) -> list[Finding]:
        """What `package`, made for `target`, would give away: each with the value and its place in the document."""
        # What we do is known to those who do it with us, whichever of our functions they support.
        functions = (function.name for function in self.job.pack.organisation.critical_functions)
        visible = "\n".join((*_shown(self.job.view("counterparty", target.contract))[0], *functions))
        names, prose = self._internal(visible)
        parts = dict(self._reader.read(package))
        # Most attributes say the same: each text is looked at once, where it first stands.
        places: dict[str, str] = {}
        for place, part in parts.items():
            for text in part.texts:
                places.setdefault(text, place)
        if self._sieve is None:
            every, _ = self._gathered()
            self._sieve = Sieve((name.words for name in every), (text.words for text in prose), _RUN)
        return [*self._search(target, places, names, prose, visible), *_marks(target, package, parts, self.job)]

    def _search(
        self, target: Target, places: dict[str, str], names: dict[str, _Text], prose: list[_Text], visible: str
    ) -> Iterable[Finding]:
        assert self._sieve is not None
        suspects = {text: self._sieve.look(text) for text in places}
        shared = {words for suspect in suspects.values() for words in suspect.prose}
        # A list of names that the partner may see is no prose.
        named = _any_of(visible.split("\n"), re.IGNORECASE)
        runs = {run: text for text in prose if text.words in shared for run in _runs(text.words, named)}
        pattern = _any_of(names)
        found: dict[str, Finding] = {}
        for text, suspect in suspects.items():
            where = Location(target.path, at=places[text])
            for match in pattern.finditer(text) if suspect.name else ():
                found.setdefault(match[0], self._finding(f"the name “{match[0]}”", names[match[0]], where))
            for run in _runs(text, named) if suspect.prose else ():
                if run in runs and not self._is_of_the_kit(run):
                    told = runs[run]
                    found.setdefault(told.words, self._finding(f"“… {' '.join(run)} …”", told, where))
        return found.values()

    def _finding(self, what: str, told: _Text, where: Location) -> Finding:
        place = locate(self.job.tree, told.path)
        message = f"{what} is internal ({place}) and would reach the counterparty"
        return Finding(message, where, remedy="take it out of what this contract or its template says")

    def _gathered(self) -> tuple[list[_Text], list[_Text]]:
        """The names and the prose of the pack."""
        if self._texts is None:
            names: list[_Text] = []
            prose: list[_Text] = []
            for text in _walk(self.job.pack, ()):
                if _is_name(text):
                    names.append(text)
                if len(text.words.split()) >= _RUN and not _repeats(text):
                    prose.append(text)
            # What one partner may read of its own contract is wording of agreements, no secret to another.
            shown: set[str] = set()
            for contract in self.job.pack.contracts:
                shown |= _shown(self.job.view("counterparty", contract))[1]
            self._texts = names, [text for text in prose if text.words not in shown]
        return self._texts

    def _internal(self, visible: str) -> tuple[dict[str, _Text], list[_Text]]:
        """The names of the pack that a counterparty must not see who sees the `visible` ones, and the prose."""
        names, prose = self._gathered()
        proper = {
            text.words: text
            for text in names
            if not (text.words in visible and _any_of([text.words]).search(visible)) and not self._is_ours(text)
        }
        return proper, prose

    def _is_ours(self, text: _Text) -> bool:
        """Whether it is the name of one of our own people, which is no secret where somebody wrote it down."""
        return text.path[0] == "people" and self.job.pack.people[str(text.path[1])].side == "bank"

    def _is_of_the_kit(self, run: Words) -> bool:
        """Whether these six words stand in the kit's own texts, which say nothing of this pack."""
        if self._unread is None:
            self._unread = self._texts_of_the_kit()
        # Few ask, and most are answered by the clauses: the rest is read as far as it has to be.
        while run not in self._public:
            text = next(self._unread, None)
            if text is None:
                return False
            self._public.update(_runs(text))
        return True

    def _texts_of_the_kit(self) -> Iterator[str]:
        """The wordings of all clauses, then what the templates say, those for counterparties first."""
        for clause in self.job.kit.clauses.values():
            yield from (wording.text for wording in clause.variants.values())
        documents = sorted(self.job.kit.documents, key=lambda document: document.audience != "counterparty")
        for name in dict.fromkeys(document.template for document in documents):
            if name and name.lower().endswith(_PACKAGES):
                for _, part in self._reader.read(read_package(self.job.kit.folder / name)):
                    yield from part.texts


def _is_name(text: _Text) -> bool:
    if text.path[-1] not in _NAME_KEYS or text.path[0] not in _NAMED:
        return False
    return text.path[0] in _PROPER or " " in text.words


def _repeats(text: _Text) -> bool:
    return text.path[0] in _REPEATING or (text.path[0] == "negotiations" and text.path[-1] in _REPEATING_KEYS)


def _any_of(names: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """A pattern that finds each of `names` as whole words, the longest first; none, where there is none."""
    either = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if either else r"(?!)", flags)


def _walk(value: Any, path: Steps) -> Iterator[_Text]:
    """Every text that the pack says, but for the ids by which it names things."""
    if isinstance(value, str):
        yield _Text(value, path)
    elif isinstance(value, Model):
        for name, about in type(value).model_fields.items():
            if not any(isinstance(marker, Ref) for marker in about.metadata):
                yield from _walk(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _walk(each, (*path, key))
    elif isinstance(value, (list, tuple)):
        for number, each in enumerate(value):
            yield from _walk(each, (*path, number))


def _shown(view: dict[str, Any]) -> tuple[list[str], set[str]]:
    """The names in a view, and all its texts."""
    names: list[str] = []
    texts: set[str] = set()
    seen: set[int] = set()
    waiting: list[tuple[str, Any]] = [("", view)]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, str):
            texts.add(value)
            if key in _NAME_KEYS:
                names.append(value)
        elif isinstance(value, (dict, list)) and id(value) not in seen:
            seen.add(id(value))
            waiting += value.items() if isinstance(value, dict) else ((key, each) for each in value)
    return names, texts


def _runs(text: str, names: re.Pattern[str] | None = None) -> Iterator[Words]:
    """Every six words in a row, with none of `names` between them."""
    for piece in names.split(text) if names else (text,):
        words = _WORD.findall(piece.casefold())
        yield from (tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1))


def _marks(target: Target, package: Package, parts: dict[str, PartTexts], job: Job) -> Iterable[Finding]:
    """Comments, and controls that show where in our inputs a value stands."""
    if package.kind != "docx":
        return
    main = package.main_part
    for relation in package.relationships(main).values():
        if relation.type == RT_COMMENTS and (part := parts.get(relation.target)) is not None and part.comments:
            remedy = f"delete them in {job.kit.folder / (target.document.template or '')}"
            yield Finding(
                "comments would reach the counterparty", Location(target.path, at=relation.target), remedy=remedy
            )
    roots = set(job.view("internal", target.contract))
    for path in parts[main].controls:
        if re.split(r"[.\[]", path)[0] in roots and re.search(r"[.\[]", path):
            message = f"the content control “{path}” would show the counterparty how our inputs are laid out"
            yield Finding(message, Location(target.path, at=main), remedy="controls: neutral in kit.yaml")
