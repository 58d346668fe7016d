"""A kit in memory: its manifest, its folder, and its clauses with their texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from govpack.findings import Location
    from govpack.model.kit import ClauseFrontMatter, KitDocument, KitManifest, RegulatoryRow

PREFERRED = "preferred"


@dataclass(frozen=True, slots=True)
class Wording:
    """The Markdown of one variant of a clause, and the line of its file on which it begins.

    `lines` says for each line of the text where in the file it stands, if they do not simply follow each other.
    """

    text: str
    line: int
    lines: tuple[int, ...] = ()

    def line_of(self, number: int) -> int:
        """Where line `number` of the text, from 0, stands in the file."""
        return self.lines[number] if self.lines else self.line + number


@dataclass(frozen=True, slots=True)
class Asking:
    """Words of a front matter that ask the contract's data: a condition, or a note with some in it, and their place."""

    words: str
    place: Location
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause or schedule: its front matter, its wordings by variant, where its condition stands, and what else of
    its front matter asks the contract's data."""

    head: ClauseFrontMatter
    variants: dict[str, Wording]
    file: Path
    condition: Location
    asking: tuple[Asking, ...] = ()


@dataclass(frozen=True, slots=True)
class LawRow:
    """A row of the regulatory map, and where its condition stands."""

    row: RegulatoryRow
    condition: Location


@dataclass(frozen=True, slots=True)
class Kit:
    """Everything that makes one kind of pack. `clauses` holds clauses and schedules by id, in their order."""

    folder: Path
    manifest: KitManifest
    clauses: dict[str, Clause] = field(default_factory=dict)
    regulatory_map: tuple[LawRow, ...] = ()

    @property
    def name(self) -> str:
        """The kit's name."""
        return self.manifest.kit

    @property
    def version(self) -> str:
        """The kit's own version."""
        return self.manifest.version

    @property
    def title(self) -> str:
        """The kit's title."""
        return self.manifest.title

    @property
    def documents(self) -> tuple[KitDocument, ...]:
        """The documents it makes, in the manifest's order."""
        return self.manifest.documents

    @property
    def checklist(self) -> Path | None:
        """The file of the quality checklist, if the kit has one."""
        return self.folder / self.manifest.checklist if self.manifest.checklist else None

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that decide what a build makes: manifest, templates, clauses, regulatory map, checklist."""
        named = {document.template for document in self.documents if document.template}
        named |= {path for path in (self.manifest.checklist, self.manifest.regulatory_map) if path}
        clauses = {clause.file for clause in self.clauses.values()}
        return tuple(sorted({self.folder / "kit.yaml", *clauses, *(self.folder / path for path in named)}))
