"""Outer judges of Office files: openxml-audit and ooxml-integrity, and the list of what they are wrong about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import yaml
from ooxml_integrity import check, check_pptx
from openxml_audit import FileFormat, OpenXmlValidator

_LIST = Path(__file__).with_name("false_alarms.yaml")


@dataclass(frozen=True)
class FalseAlarm:
    """What a judge says of some files, and why it is no fault of theirs."""

    judge: str
    files: str
    said: str
    reason: str

    def explains(self, file: str, said: str) -> bool:
        """Whether this is what the entry is about."""
        return fnmatch(file, self.files) and re.search(self.said, said) is not None


def openxml_audit(file: Path) -> list[str]:
    """What openxml-audit finds: part, then what is wrong with it."""
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0, security_validation=True)
    return [f"{found.part_uri}: {found.description}" for found in validator.validate(file).errors]


def ooxml_integrity(file: Path) -> list[str]:
    """What ooxml-integrity finds: code, place, then what is wrong. It knows no workbooks."""
    if file.suffix == ".xlsx":
        return []
    judge = check_pptx if file.suffix == ".pptx" else check
    return [f"{found.code} {found.where}: {found.message}" for found in judge(file)]


JUDGES: dict[str, Callable[[Path], list[str]]] = {"openxml-audit": openxml_audit, "ooxml-integrity": ooxml_integrity}


def false_alarms(judge: str) -> tuple[FalseAlarm, ...]:
    """The entries of the list for `judge`."""
    entries = [FalseAlarm(**entry) for entry in yaml.safe_load(_LIST.read_text(encoding="utf-8"))]
    assert {entry.judge for entry in entries} <= set(JUDGES)
    assert all(entry.reason for entry in entries)
    return tuple(entry for entry in entries if entry.judge == judge)


def judged(judge: str, files: Iterable[tuple[str, Path]]) -> tuple[list[str], list[FalseAlarm]]:
    """What `judge` says of the files, by their names, that no entry explains, and the entries that explain nothing."""
    entries = false_alarms(judge)
    unexplained, needed = [], set()
    for name, file in files:
        for said in JUDGES[judge](file):
            explaining = {entry for entry in entries if entry.explains(name, said)}
            needed |= explaining
            if not explaining:
                unexplained.append(f"{name}: {said}")
    return unexplained, [entry for entry in entries if entry not in needed]
