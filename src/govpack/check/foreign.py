"""Documents in forms that have no reader: each is told in its own words, with the way to one that has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.findings import Finding, Location

if TYPE_CHECKING:
    from pathlib import Path

_OLD = "it is an Office file of before 2007, which is not read"
_OPEN = "it is an OpenDocument file, which is not read"
_PAPER = "it is a PDF, whose tables and headings cannot be told apart"
_PLAIN = "it is plain text, without the headings and tables that are looked for"
_AS = {
    "docx": "save it as a Word document (.docx)",
    "xlsx": "save it as a workbook (.xlsx)",
    "pptx": "save it as a presentation (.pptx)",
}
_FORMS = {
    ".doc": (_OLD, _AS["docx"]),
    ".dot": (_OLD, _AS["docx"]),
    ".xls": (_OLD, _AS["xlsx"]),
    ".ppt": (_OLD, _AS["pptx"]),
    ".odt": (_OPEN, _AS["docx"]),
    ".ods": (_OPEN, _AS["xlsx"]),
    ".odp": (_OPEN, _AS["pptx"]),
    ".rtf": ("it is a Rich Text file, which is not read", _AS["docx"]),
    ".pdf": (_PAPER, "give the document that it was made from"),
    ".txt": (_PLAIN, "give it as a Word document (.docx)"),
    ".md": (_PLAIN, "give it as a Word document (.docx)"),
}
TOLD = (".doc", ".xls", ".ppt", ".odt", ".ods", ".odp")
"""What is told in a folder, too: people take these for documents of the pack. A PDF there is a copy."""


def foreign(path: Path, shown: str) -> Finding:
    """What is wrong with a file of another form, under the name it is `shown` by, and how to mend it."""
    other = (
        f"a {path.suffix or 'file without ending'} cannot be judged",
        "give .docx, .pptx or .xlsx files, or a folder of them",
    )
    message, remedy = _FORMS.get(path.suffix.lower(), other)
    return Finding(message, Location(shown), remedy=remedy)
