"""The pack as PDF: below ``pdf/``, in the same folders, each file the picture of one document.

pack.json lists a PDF with its own hash and, as what it was built from, the hash of the document that it shows. So every
build knows which of them still agree with their documents: those stay, whether it was asked for PDFs or not, and the
others go, or are rendered anew.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from govpack.build.office import KINDS, find_office, show_as_pdf
from govpack.build.place import hash_of, hash_there
from govpack.build.record import FileRecord
from govpack.findings import Finding, Location, Severity

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from govpack.build.plan import Plan, Target
    from govpack.build.record import PackRecord
    from govpack.build.stage import Stage

FOLDER = "pdf"
_CREATED = re.compile(rb"(/(?:CreationDate|ModDate)\(D:)\d{14}")
_ID = re.compile(rb"[0-9A-Fa-f]{32}")
_IDS = re.compile(rb"/ID \[[^\]]*\]|/DocChecksum /[0-9A-Fa-f]{32}")


@dataclass(frozen=True, slots=True)
class Pdfs:
    """The PDFs of a pack: the record of each by its path, those made now, and why any that was asked for is missing."""

    records: Mapping[str, FileRecord] = field(default_factory=dict)
    made: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def keep_pdfs(plan: Plan, stage: Stage, out: Path, last: PackRecord | None) -> Pdfs:
    """The PDFs of the last build that still show their documents as they will be."""
    return Pdfs({path: record for path, _, record in _agreeing(plan, stage, out, last)})


def make_pdfs(
    plan: Plan,
    stage: Stage,
    out: Path,
    last: PackRecord | None,
    *,
    as_of: datetime.date,
    progress: Callable[[str, int, int], None],
) -> Pdfs:
    """Render what the build makes into the stage, below ``pdf/``; what is there already and agrees is left as it is.

    PDFs that cannot be made are no error: the findings say which, why, and how to mend it.
    """
    records = {path: record for path, _, record in _agreeing(plan, stage, out, last)}
    names = pdf_names(plan.targets)
    wanted = {target.path: target for target in plan.made if target.path in names and names[target.path] not in records}
    if not wanted:
        return Pdfs(records)
    program = find_office()
    if program is None:
        return Pdfs(records, findings=(_not_installed(len(wanted)),))
    progress(f"{len(wanted)} documents as PDF", 0, 1)
    shown = show_as_pdf(program, {path: stage.pack / path for path in wanted})
    for path, data in shown.pdfs.items():
        stage.write(names[path], settled(data, as_of))
        records[names[path]] = _record(wanted[path], hash_of(stage.pack / names[path]), hash_of(stage.pack / path))
    findings = [
        Finding(f"no PDF was written of it: {reason}", Location(path), Severity.WARNING, "build again with --pdf")
        for path, reason in shown.missing.items()
    ]
    return Pdfs(records, tuple(names[path] for path in shown.pdfs), tuple(findings))


def pdf_names(targets: Iterable[Target]) -> dict[str, str]:
    """Where the PDF of each document goes, by the document's path; of two of one name, with its kind in the PDF's."""
    shown = [target.path for target in targets if target.kind in KINDS]
    count = Counter(str(PurePosixPath(path).with_suffix("")).casefold() for path in shown)
    return {
        path: f"{FOLDER}/{path}.pdf" if count[str(bare).casefold()] > 1 else f"{FOLDER}/{bare}.pdf"
        for path in shown
        for bare in [PurePosixPath(path).with_suffix("")]
    }


def settled(data: bytes, as_of: datetime.date) -> bytes:
    """A PDF without the moment of its making: the day is that of the pack's facts, its ids follow from its content.

    What is put in is as long as what was there, so that the file's own table of places still holds.
    """
    dated = _CREATED.sub(rb"\g<1>" + f"{as_of:%Y%m%d}000000".encode(), data)
    digest = sha256(_IDS.sub(b"", dated)).hexdigest()[:32].upper().encode()
    return _IDS.sub(lambda found: _ID.sub(digest, found[0]), dated)


def is_pdf(path: str) -> bool:
    """Whether a path of pack.json is that of a PDF."""
    return path.startswith(f"{FOLDER}/")


def _agreeing(plan: Plan, stage: Stage, out: Path, last: PackRecord | None) -> Iterable[tuple[str, Target, FileRecord]]:
    """The PDFs in place that nobody changed, of documents that are or will be what they show."""
    names = pdf_names(plan.targets)
    made = {target.path for target in plan.made}
    for target in plan.targets:
        path = names.get(target.path, "")
        record = last.files.get(path) if last else None
        document = (stage.pack if target.path in made else out) / target.path
        there = out / path
        if record is None or there.is_symlink() or not there.is_file() or not document.is_file():
            continue
        if hash_there(document) == record.built_from and hash_there(there) == record.sha256:
            yield path, target, record


def _record(target: Target, digest: str, shows: str) -> FileRecord:
    contract = target.contract.id if target.contract else None
    partner = target.partner.id if target.partner else None
    return FileRecord(digest, "pdf", target.document.name, shows, contract, partner)


def _not_installed(count: int) -> Finding:
    message = (
        f"no PDF was written of {count} document{'s' if count != 1 else ''}: LibreOffice, which renders them, "
        "is not installed here"
    )
    remedy = "install it from libreoffice.org or put soffice on the PATH, then build again with --pdf"
    return Finding(message, None, Severity.WARNING, remedy)
