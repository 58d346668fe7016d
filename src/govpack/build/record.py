"""pack.json: what govpack built, from what, and what the checklist said of it, for machines and for the next build.

Nothing in it changes from one build to the next of the same inputs: no dates, no absolute paths, sorted keys.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from govpack.build.place import ADVICE
from govpack.errors import BuildError

NAME = "pack.json"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file of a pack: its hash, what it is, and the hash of the inputs and kit that it was built from.

    `controls` says which value the tag of each content control stands for, so that what came back from a partner can be
    read into the inputs again; `gaps` says it of what a counterparty's draft calls the values that are missing.
    """

    sha256: str
    kind: str
    document: str
    built_from: str
    contract: str | None = None
    partner: str | None = None
    controls: dict[str, str] = field(default_factory=dict)
    gaps: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PackRecord:
    """What pack.json says. `files` by path relative to the pack, with forward slashes; `edited`: by a person, since.

    `keys` says which of the `inputs` gives each top-level key.
    """

    govpack: str
    kit: dict[str, str]
    pack: dict[str, str]
    inputs: dict[str, str]
    files: dict[str, FileRecord]
    verdicts: dict[str, Any] = field(default_factory=dict)
    findings: list[dict[str, Any]] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    edited: bool = False

    def hashes(self) -> dict[str, str]:
        """The hash of each file, by path."""
        return {path: record.sha256 for path, record in self.files.items()}


def write_record(record: PackRecord) -> bytes:
    """pack.json as bytes: sorted, indented, ending in a newline, sealed with a hash of its own content."""
    content = {each.name: getattr(record, each.name) for each in fields(record) if each.name != "edited"}
    content["files"] = {path: asdict(file) for path, file in record.files.items()}
    content["seal"] = _seal(content)
    return (json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def read_record(path: Path) -> PackRecord | None:
    """The record at `path`, or None where there is none that govpack wrote. OSError where it cannot be read."""
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_bytes())
        edited = content.pop("seal") != _seal(content)
        files = {name: FileRecord(**entry) for name, entry in content.pop("files").items() if _is_safe(name)}
        return PackRecord(files=files, edited=edited, **content)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def read_last(path: Path) -> PackRecord | None:
    """The record of the last build, for the next one. BuildError, with what to do, where it cannot be read."""
    try:
        return read_record(path)
    except OSError as error:
        raise BuildError(f"cannot read {path}: {error.strerror}; nothing was changed: {ADVICE}") from error


def digest_of(hashes: dict[str, str]) -> str:
    """One hash for many files: of their names and hashes."""
    return sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest()


def _seal(content: dict[str, Any]) -> str:
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _is_safe(name: str) -> bool:
    """Whether a recorded path stays inside the pack: a record that came by mail must not delete a file elsewhere."""
    path = PurePosixPath(name)
    return (
        bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name
    )
