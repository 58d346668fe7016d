"""Nothing internal reaches a counterparty: finished files are searched for it, whatever way it may have come.

The view that a counterparty's template sees holds nothing internal. What remains are the ways around it: a sentence of
the strategy pasted into a contract's purpose, a name typed into a clause, a comment left in a template. So every part
of the file is searched, attributes, properties and embedded workbooks included, for two things: names that this partner
does not get to see, and six words in a row of internal prose, whatever blanks, signs or ends of paragraphs and cells
stand between them. What else a template carries along is the matter of `build.marks`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govpack.build.marks import find_marks, place_of
from govpack.build.secrets import RUN, Told, Words, any_of, folded, is_name, is_prose, pattern_of, runs, shown, walk
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
    from govpack.build.texts import PartTexts
    from govpack.check.outline import Outline
    from govpack.ooxml.package import Package

_PACKAGES = (".xlsx", ".docx", ".pptx")
_IN_A_NAME = re.compile(r"[^\W\d]+")


@dataclass(frozen=True, slots=True)
class _Search:
    """One document under search: what its partner may not see, what it may, and the document as a reader sees it."""

    path: str
    outline: Outline | None
    names: dict[str, Told]
    prose: list[Told]
    visible: re.Pattern[str]
    texts: set[str]

    def place(self, words: str, part: str) -> Location:
        """Where `words` of `part` stand."""
        return Location(self.path, at=place_of(words, part, self.outline))

    def sees_in(self, run: Words) -> bool:
        """Whether something that the partner may see stands in `run`: a cell, say, beside others."""
        row = f" {' '.join(run)} "
        return any(1 < text.count(" ") + 1 < RUN and f" {folded(text)} " in row for text in self.texts)


@dataclass(slots=True)
class LeakSearch:
    """Searches the files that counterparties get. What the pack says is gathered once, at the first of them."""

    job: Job
    _texts: tuple[list[Told], list[Told]] | None = None
    _public: set[Words] = field(default_factory=set)
    _unread: Iterator[str] | None = None
    _reader: TextReader = field(default_factory=TextReader)
    _sieve: Sieve | None = None
    _pattern: re.Pattern[str] = field(default_factory=lambda: pattern_of(()))

    def search(self, target: Target, package: Package, outline: Outline | None) -> list[Finding]:
        """What `package`, made for `target`, would give away: each with the value and its place in the document.

        `outline` is the document as it was read for the checklist: by it a place is told in a person's words.
        """
        # What we do is known to those who do it with us, whichever of our functions they support.
        functions = (function.name for function in self.job.pack.organisation.critical_functions)
        seen, texts = shown(self.job.view("counterparty", target.contract))
        visible = "\n".join((*seen, *functions))
        names, prose = self._internal(visible)
        search = _Search(target.path, outline, names, prose, any_of(visible.split("\n")), texts)
        parts = dict(self._reader.read(package))
        # Most attributes say the same: each text is looked at once, where it first stands.
        places: dict[str, str] = {}
        across: dict[str, str] = {}
        for part, said in parts.items():
            for text in said.texts if said is not None else ():
                places.setdefault(text, part)
            for text in said.across if said is not None else ():
                across.setdefault(text, part)
        template = self.job.kit.folder / (target.document.template or "")
        return [
            *self._search(search, places, across),
            *self._identifiers(target, parts),
            *find_marks(target.path, template, parts, outline),
            *_paths(target, parts[package.main_part], self.job),
        ]

    def _search(self, search: _Search, places: dict[str, str], across: dict[str, str]) -> Iterable[Finding]:
        if self._sieve is None:
            every, _ = self._gathered()
            self._pattern = pattern_of(tuple(every))
            self._sieve = Sieve((name.words for name in every), (text.words for text in search.prose), RUN)
        found: dict[str, Finding] = {}
        for texts in (places, across):
            looked = ((text, self._sieve.look(text)) for text in texts)
            suspects = {text: suspect for text, suspect in looked if suspect.name or suspect.prose}
            shared = {words for suspect in suspects.values() for words in suspect.prose}
            # A list of names that the partner may see is no prose.
            wanted = {
                run: text for text in search.prose if text.words in shared for run in runs(text.words, search.visible)
            }
            for text, suspect in suspects.items():
                for match in self._pattern.finditer(text) if suspect.name else ():
                    told = search.names.get(folded(match[0]))
                    if told is not None and told.words not in found:
                        where = search.place(match[0], texts[text])
                        found[told.words] = self._finding(f"the name “{match[0]}”", told, where)
                for run in runs(text, search.visible) if suspect.prose else ():
                    told_of = wanted.get(run)
                    if told_of is None or told_of.words in found:
                        continue
                    # Cells side by side that the partner may each see are no sentence.
                    if not (texts is across and search.sees_in(run)) and not self._is_of_the_kit(run):
                        where = search.place(" ".join(run), texts[text])
                        found[told_of.words] = self._finding(f"“… {' '.join(run)} …”", told_of, where)
        return found.values()

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

    def _gathered(self) -> tuple[list[Told], list[Told]]:
        """The names and the prose of the pack."""
        if self._texts is None:
            every = list(walk(self.job.pack, ()))
            # What one partner may read of its own contract is wording of agreements, no secret to another.
            theirs: set[str] = set()
            for contract in self.job.pack.contracts:
                theirs |= shown(self.job.view("counterparty", contract))[1]
            names = [text for text in every if is_name(text) and not self._is_ours(text)]
            self._texts = names, [text for text in every if is_prose(text) and text.words not in theirs]
        return self._texts

    def _internal(self, visible: str) -> tuple[dict[str, Told], list[Told]]:
        """The names of the pack that a counterparty must not see who sees the `visible` ones, and the prose."""
        names, prose = self._gathered()
        hidden = (name for name in names if name.words not in visible or not pattern_of((name,)).search(visible))
        return {folded(name.words): name for name in hidden}, prose

    def _is_ours(self, text: Told) -> bool:
        """Whether it is the name of one of our own people, which is no secret where somebody wrote it down."""
        return text.path[0] == "people" and self.job.pack.people[str(text.path[1])].side == "bank"

    def _is_of_the_kit(self, run: Words) -> bool:
        """Whether these six words stand in a kit that came with govpack, which says nothing of this pack.

        A kit of somebody's own is no such source: what was pasted there is what is looked for.
        """
        if self._unread is None:
            self._unread = self._texts_of_kits()
        # Few ask, and most are answered by the clauses: the rest is read as far as it has to be.
        while run not in self._public:
            text = next(self._unread, None)
            if text is None:
                return False
            self._public.update(runs(plain(text)))
        return True

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
