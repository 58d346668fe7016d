"""The documents of a kit as templates: no pack, but for each value a blank that a person fills in by hand in Word.

They are what legal and vendor management sign off. Decks and data are left out: they say nothing without figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govpack import __version__
from govpack.build.blanks import blank_context
from govpack.build.make import refuse_kit_folders
from govpack.build.place import hash_of, plan_moves, put_in_place
from govpack.build.plan import named_documents
from govpack.build.record import FileRecord, PackRecord, digest_of, read_last, write_record
from govpack.build.stage import open_stage
from govpack.build.templates import context_of, fragments_of
from govpack.build.workshop import refusal_of
from govpack.errors import BuildError, GovpackError
from govpack.findings import Finding, Location
from govpack.kits import clauses_for, find_kit, read_kit
from govpack.template import Controls, compile_template

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from govpack.build.stage import Stage
    from govpack.kits import Kit
    from govpack.model.kit import KitDocument
    from govpack.template import Rendered

NAME = "blank.json"


@dataclass(frozen=True, slots=True)
class BlankResult:
    """The templates in place: their names below the output folder, those left out, and what happened to others."""

    files: tuple[str, ...]
    left_out: tuple[str, ...]
    findings: tuple[Finding, ...]


def write_blanks(
    out: Path, *, kit: str | None = None, only: Collection[str] = (), replace: bool = False
) -> BlankResult:
    """Write each Word document of `kit` (a folder or a bundled kit's name) into `out`, to be filled in by hand.

    `only` names the documents to write (all, where empty); `replace` moves files in the way aside instead of stopping.
    GovpackError, with every problem, where it cannot be done: `out` is then as it was.
    """
    chosen = read_kit(find_kit(kit))
    refuse_kit_folders(out, chosen.folder)
    wanted = named_documents(chosen, only)
    made = [document for document in wanted if _is_form(document)]
    left_out = tuple(document.name for document in wanted if document not in made)
    if only and left_out:
        names = " and ".join(left_out)
        raise BuildError(f"{names}: only Word documents that people fill in are written as blanks")
    with open_stage(out) as stage:
        records = _render_all(chosen, made, stage)
        last = read_last(out / NAME)
        kept = {name: record for name, record in last.files.items() if name not in records} if last and only else {}
        kit_digest = digest_of({path.relative_to(chosen.folder).as_posix(): hash_of(path) for path in chosen.files})
        about = {"name": chosen.name, "version": chosen.version, "sha256": kit_digest}
        stage.write(NAME, write_record(PackRecord(__version__, about, {}, {}, {**kept, **records})))
        new = {path: hash_of(stage.pack / path) for path in (*records, NAME)}
        recorded = last.hashes() if last else {}
        stale = [path for path in recorded if path not in records and path not in kept]
        if last is not None and not last.edited:
            recorded[NAME] = hash_of(out / NAME)
        moves = plan_moves(out, new, recorded, stale, replace=replace)
        put_in_place(stage.pack, stage.backup, out, moves)
    aside = (Finding(f"was in the way and is now {name}", Location(str(out / path))) for path, name in moves.aside)
    return BlankResult(tuple(records), left_out, (*moves.findings, *aside))


def _render_all(kit: Kit, documents: list[KitDocument], stage: Stage) -> dict[str, FileRecord]:
    """Write every document into the stage; BuildError with the problems of all."""
    fragments = fragments_of(kit)
    records: dict[str, FileRecord] = {}
    errors: list[Finding] = []
    for document in documents:
        path = kit.folder / (document.template or "")
        try:
            neutral = document.audience == "counterparty"
            template = compile_template(path, fragments=fragments, controls=Controls(_none, neutral=neutral))
            for name, values in _variants(kit, document):
                rendered: Rendered = template.render(_context(kit, document, values))
                stage.write(name, rendered.data)
                controls = dict(rendered.controls)
                records[name] = FileRecord(hash_of(stage.pack / name), "docx", document.name, "", controls=controls)
        except GovpackError as error:
            errors += refusal_of(path, error)
    if errors:
        raise BuildError(f"the templates of '{kit.name}' could not be written", dict.fromkeys(errors))
    return records


def _is_form(document: KitDocument) -> bool:
    """Whether a person could fill it in: a Word document, and none that says what a check found."""
    return (document.template or "").lower().endswith(".docx") and document.made_from is None


def _none(_path: str) -> bool:
    """Only blanks stand in controls."""
    return False


def _variants(kit: Kit, document: KitDocument) -> Iterator[tuple[str, dict[str, Any]]]:
    """The file names of a document, each with the values that are not left open in it."""
    common = kit.manifest.blank.values
    variants = kit.manifest.blank.variants
    if document.for_each != "contract" or not variants:
        yield f"{document.name}.docx", dict(common)
        return
    for name, values in variants.items():
        yield f"{document.name}-{name}.docx", {**common, **values}


def _context(kit: Kit, document: KitDocument, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a document sees: blanks, and the clauses of the kit in their preferred wording."""
    whole = blank_context(context_of(document), values)
    if document.for_each == "contract":
        internal = document.audience == "internal"
        whole |= clauses_for(kit, whole, {}, (), internal=internal, drafting_notes=document.drafting_notes)
    return whole
