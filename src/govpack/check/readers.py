"""One door to the readers: a path or bytes to an Outline, whatever the format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from govpack.check.read_docx import read_docx
from govpack.check.read_json import read_json
from govpack.check.read_pptx import read_pptx
from govpack.check.read_xlsx import read_xlsx
from govpack.errors import PackageError
from govpack.ooxml.package import read_package

if TYPE_CHECKING:
    from govpack.check.outline import Outline

DATA = (".json",)
"""Files of data, read where a checklist asks for them."""
READABLE = (".docx", ".docm", ".dotx", ".pptx", ".pptm", ".xlsx", ".xlsm")


def read_outline(source: Path | bytes, name: str = "") -> Outline:
    """The outline of a Word, PowerPoint, Excel or JSON file; `name` is what its addresses call it.

    PackageError where the file is missing, broken, or of a format that has no reader.
    """
    file = name or (source.name if isinstance(source, Path) else "document")
    if file.lower().endswith(DATA):
        return read_json(source, file)
    package = read_package(source, name=file)
    try:
        if package.kind == "docx":
            return read_docx(package, file)
        if package.kind == "pptx":
            return read_pptx(package, file)
        return read_xlsx(package, file)
    except PackageError as error:
        text = str(error)
        raise PackageError(text if text.startswith(file) else f"{file}: {text}") from None
    except RecursionError:
        raise PackageError(f"{file} nests tables or groups too deeply to be read") from None
    except ValueError as error:
        # A number where the format asks for one, and something else is written.
        raise PackageError(f"{file} is damaged: {error}") from None
