"""Nothing internal reaches a counterparty: finished files are searched for it, whatever way it may have come.

The view that a counterparty's template sees holds nothing internal. What remains are the ways around it: a sentence of
the strategy pasted into a contract's purpose, a name typed into a clause, a comment left in a template. So every part
of the file is searched, attributes, properties and embedded workbooks included, for two things: names that this partner
does not get to see, and six words in a row of internal prose, whatever blanks, signs or ends of paragraphs and cells
stand between them. What else a template carries along is the matter of `build.marks`.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from govpack.build.marks import find_marks, place_of
from govpack.build.secrets import (
    RUN,
    Told,
    Words,
    any_of,
    folded,
    is_name,
    is_prose,
    pattern_of,
    runs,
    shown,
    walk,
    words_of,
)
from govpack.build.sieve import Sieve
from govpack.build.texts import TextReader, plain
from govpack.findings import Finding, Location
from govpack.kits import bundled_kits, read_kit
from govpack.ooxml.package import read_package
from govpack.sources import locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govpack.build.job import Job
    from govpack.build.plan import Target
    from govpack.build.sieve import Suspect
    from govpack.build.texts import PartTexts
    from govpack.check.outline import Outline
    from govpack.model.contracts import Contract
    from govpack.ooxml.package import Package

_PACKAGES = (".xlsx", ".docx", ".pptx")
_IN_A_NAME = re.compile(r"[^\W\d]+")


class _Seen(NamedTuple):
    """What the partner of one contract may see: its names, as a pattern, and its texts of a few words; and the names of
    the pack, each folded, that it may not see.
    """

    names: re.Pattern[str]
    texts: frozenset[str]
    hidden: dict[str, Told]

    def stands_in(self, run: Words) -> bool:
        """Whether something that the partner may see stands in `run`: a cell, say, beside others."""
        row = f" {' '.join(run)} "
        return any(f" {text} " in row for text in self.texts)


class LeakSearch:
    """Searches the files that counterparties get. What the pack says is gathered once for all of them."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._reader = TextReader()
        self._shown: dict[str | None, tuple[list[str], set[str]]] = {}
        self._seen: dict[str | None, _Seen] = {}
        self._public: list[str] = []

    def prepare(self, targets: Iterable[Target]) -> None:
        """Gather ahead what the search of these files takes."""
        for target in targets:
            if target.document.audience == "counterparty":
                self._seen_by(target.contract)
                _ = self._pattern, self._sieve

    def search(self, target: Target, package: Package, outline: Outline | None) -> list[Finding]:
        """What `package`, made for `target`, would give away: each with the value and its place in the document.

        `outline` is the document as it was read for the checklist: by it a place is told in a person's words.
        """
        parts = dict(self._reader.read(package))
        template = self.job.kit.folder / (target.document.template or "")
        return [
            *self._words(target, parts, outline),
            *self._identifiers(target, parts),
            *find_marks(target.path, template, parts, outline),
            *_paths(target, parts[package.main_part], self.job),
        ]

    def _words(self, target: Target, parts: dict[str, PartTexts | None], outline: Outline | None) -> Iterable[Finding]:
        """Names that the partner may not see, and rows of words of internal prose."""
        seen = self._seen_by(target.contract)
        found: dict[str, Finding] = {}
        said = [(part, each) for part, each in parts.items() if each is not None]
        within = self._suspects((part, each.texts) for part, each in said)
        across = self._suspects((part, each.across) for part, each in said)
        for suspects in (within, across):
            shared = {words for _, suspect in suspects.values() for words in suspect.prose}
            # A list of names that the partner may see is no prose.
            wanted = {run: text for text in self._prose if text.words in shared for run in runs(text.words, seen.names)}
            for text, (part, suspect) in suspects.items():
                for match in self._pattern.finditer(text) if suspect.name else ():
                    told = seen.hidden.get(folded(match[0]))
                    if told is not None and told.words not in found:
                        where = Location(target.path, at=place_of(match[0], part, outline))
                        found[told.words] = self._finding(f"the name “{match[0]}”", told, where)
                for run in runs(text, seen.names) if suspect.prose else ():
                    told_of = wanted.get(run)
                    if told_of is None or told_of.words in found:
                        continue
                    # Cells side by side that the partner may each see are no sentence.
                    if not (suspects is across and seen.stands_in(run)) and not self._is_of_the_kit(run):
                        where = Location(target.path, at=place_of(" ".join(run), part, outline))
                        found[told_of.words] = self._finding(f"“… {' '.join(run)} …”", told_of, where)
        return found.values()

    def _suspects(self, said: Iterable[tuple[str, Iterable[str]]]) -> dict[str, tuple[str, Suspect]]:
        """The texts that need a closer look, each with the part where it first stands and with what it may hold."""
        found: dict[str, tuple[str, Suspect]] = {}
        for part, texts in said:
            for text in texts:
                suspect = self._sieve.look(text)
                if suspect.name or suspect.prose:
                    found.setdefault(text, (part, suspect))
        return found

    def _identifiers(self, target: Target, parts: dict[str, PartTexts | None]) -> Iterable[Finding]:
        """Other partners whom the names of files, bookmarks, controls or pictures tell."""
        others: dict[str, Told] = {}
        own: set[str] = set()
        for number, partner in enumerate(self.job.pack.partners):
            words = {partner.id.casefold(), partner.name.casefold()}
            if target.partner is not None and partner.id == target.partner.id:
                own = words
            else:
                others |= dict.fromkeys(words, Told(partner.name, ("partners", number, "name")))
        given = {target.path: "its own name"}
        for part, said in parts.items():
            given[part] = "the name of a part"
            given |= dict.fromkeys((*said.names, *said.controls) if said is not None else (), f"a name in {part}")
        for name, where in given.items():
            for word in {*_IN_A_NAME.findall(plain(name).casefold())} - own:
                if word in others:
                    yield self._finding(f"“{name}”", others[word], Location(target.path, at=where))

    def _finding(self, what: str, told: Told, where: Location) -> Finding:
        place = locate(self.job.tree, told.path)
        message = f"{what} is internal ({place}) and would reach the counterparty"
        remedy = "take it out of what this contract, its clauses or its template say"
        return Finding(message, where, remedy=remedy)

    @cached_property
    def _names(self) -> list[Told]:
        """The names of the pack."""
        return [text for text in self._every if is_name(text) and not self._is_ours(text)]

    @cached_property
    def _prose(self) -> list[Told]:
        """The prose of the pack that is for ourselves."""
        # What one partner may read of its own contract is wording of agreements, no secret to another.
        theirs = {text for contract in self.job.pack.contracts for text in self._shown_to(contract)[1]}
        return [text for text in self._every if is_prose(text) and text.words not in theirs]

    @cached_property
    def _every(self) -> list[Told]:
        """Every text of the pack."""
        return list(walk(self.job.pack, ()))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """A pattern of all names."""
        return pattern_of(tuple(self._names))

    @cached_property
    def _sieve(self) -> Sieve:
        """What holds back the texts in which something of it all may stand."""
        return Sieve((name.words for name in self._names), (text.words for text in self._prose), RUN)

    def _shown_to(self, contract: Contract | None) -> tuple[list[str], set[str]]:
        """The names that the partner of `contract` is shown, and all texts."""
        key = contract.id if contract else None
        if key not in self._shown:
            self._shown[key] = shown(self.job.view("counterparty", contract))
        return self._shown[key]

    def _seen_by(self, contract: Contract | None) -> _Seen:
        """What the partner of `contract` may see."""
        key = contract.id if contract else None
        if key not in self._seen:
            names, texts = self._shown_to(contract)
            # What we do is known to those who do it with us, whichever of our functions they support.
            functions = (function.name for function in self.job.pack.organisation.critical_functions)
            listed = "\n".join((*names, *functions))
            lines = frozenset(listed.split("\n"))
            hidden = (
                name
                for name in self._names
                if name.words not in lines and (name.words not in listed or not pattern_of((name,)).search(listed))
            )
            few = frozenset(folded(text) for text in texts if 1 < text.count(" ") + 1 < RUN)
            self._seen[key] = _Seen(any_of(listed.split("\n")), few, {folded(name.words): name for name in hidden})
        return self._seen[key]

    def _is_ours(self, text: Told) -> bool:
        """Whether it is the name of one of our own people, which is no secret where somebody wrote it down."""
        return text.path[0] == "people" and self.job.pack.people[str(text.path[1])].side == "bank"

    def _is_of_the_kit(self, run: Words) -> bool:
        """Whether these six words stand in a kit that came with govpack, which says nothing of this pack.

        A kit of somebody's own is no such source: what was pasted there is what is looked for.
        """
        row = f" {' '.join(run)} "
        if any(row in text for text in self._public):
            return True
        # Few ask, and most are answered by the clauses: the rest is read as far as it has to be.
        for text in self._unread:
            self._public.append(f" {' '.join(words_of(plain(text)))} ")
            if row in self._public[-1]:
                return True
        return False

    @cached_property
    def _unread(self) -> Iterator[str]:
        """The texts of the kits that were not needed so far."""
        return self._texts_of_kits()

    def _texts_of_kits(self) -> Iterator[str]:
        """The wordings of all bundled clauses, then what the templates say, those for counterparties first."""
        folder = self.job.kit.folder.resolve()
        kits = [self.job.kit if place.resolve() == folder else read_kit(place) for place in bundled_kits()]
        for kit in kits:
            for clause in kit.clauses.values():
                yield from (wording.text for wording in clause.variants.values())
        for kit in kits:
            documents = sorted(kit.documents, key=lambda document: document.audience != "counterparty")
            for name in dict.fromkeys(document.template for document in documents):
                if name and name.lower().endswith(_PACKAGES):
                    for _, part in self._reader.read(read_package(kit.folder / name)):
                        yield from part.texts if part is not None else ()


def _paths(target: Target, main: PartTexts | None, job: Job) -> Iterable[Finding]:
    """Controls that show where in our inputs a value stands."""
    roots = set(job.view("internal", target.contract))
    for path in main.controls if main is not None else ():
        if re.split(r"[.\[]", path)[0] in roots and re.search(r"[.\[]", path):
            message = f"the content control “{path}” would show the counterparty how our inputs are laid out"
            yield Finding(message, Location(target.path), remedy="controls: neutral in kit.yaml")
