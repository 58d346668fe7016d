"""One door to the readers: a path or bytes to an Outline, whatever the format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from govpack.check.read_docx import read_docx
from govpack.check.read_html import PAGES, read_html
from govpack.check.read_json import read_json
from govpack.check.read_pptx import read_pptx
from govpack.check.read_xlsx import read_xlsx
from govpack.errors import PackageError
from govpack.ooxml.package import MARKUP, Package, read_package

if TYPE_CHECKING:
    from govpack.check.outline import Outline

DATA = (".json", *PAGES)
"""Files of data and web pages, read where a checklist asks for them."""
# A 500-page agreement holds about 12 MB of markup and 300,000 tags.
_COUNT_FROM, _MOST_MARKUP, _MOST_TAGS = 4 * 2**20, 48 * 2**20, 700_000
READABLE = (".docx", ".docm", ".dotx", ".pptx", ".pptm", ".xlsx", ".xlsm")
_KINDS = {
    "docx": "docx",
    "docm": "docx",
    "dotx": "docx",
    "pptx": "pptx",
    "pptm": "pptx",
    "xlsx": "xlsx",
    "xlsm": "xlsx",
}


def read_outline(source: Path | bytes | Package, name: str = "") -> Outline:
    """The outline of a Word, PowerPoint, Excel, HTML or JSON file; `name` is what its addresses call it.

    PackageError where the file is missing, broken, or of a format that has no reader.
    """
    file = name or (source.name if isinstance(source, Path) else "document")
    if not isinstance(source, Package) and file.lower().endswith(DATA):
        return read_html(source, file) if file.lower().endswith(PAGES) else read_json(source, file)
    package = source if isinstance(source, Package) else read_package(source, name=file)
    _refuse_masses(package, file)
    if (kind := package.kind) != _KINDS.get(file.rpartition(".")[2].lower(), kind):
        raise PackageError(f"{file} is a .{kind} by what it holds, whatever its name says: name it so")
    try:
        if kind == "docx":
            return read_docx(package, file)
        if kind == "pptx":
            return read_pptx(package, file)
        return read_xlsx(package, file)
    except PackageError as error:
        text = str(error)
        raise PackageError(text if text.startswith(file) else f"{file}: {text}") from None
    except RecursionError:
        raise PackageError(f"{file} nests tables, groups or styles too deeply to be read") from None
    except ValueError as error:
        # A number where the format asks for one, and something else is written.
        raise PackageError(f"{file} is damaged: {error}") from None


def _refuse_masses(package: Package, file: str) -> None:
    """PackageError where reading would take more time and memory than any document that people read is worth.

    Parsed, an element takes a hundred bytes and more, however short it is in the file. Few files are so large that
    their tags have to be counted.
    """
    parts = [name for name in package.names if name.lower().endswith(MARKUP)]
    size = sum(package.members[name].size for name in parts)
    if size > _COUNT_FROM and (
        size > _MOST_MARKUP or sum(package.read(name).count(b"<") for name in parts) > _MOST_TAGS
    ):
        raise PackageError(f"{file} is too large to be judged: it holds more than a thousand pages take")
