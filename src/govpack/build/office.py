"""LibreOffice, where it is installed: finds it, and has it show documents as PDF without touching them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PROGRAMS = ("soffice", "libreoffice")
_ELSEWHERE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
KINDS = {"docx": "writer", "pptx": "impress", "xlsx": "calc"}
"""What it can show, and the part of it that does."""
_START, _EACH = 60, 20  # seconds to wait: for the program, and for each document
# Bookmarks and tags serve readers. A control as a form field would carry its path in our inputs as a name.
_OPTIONS = (
    '{"ExportFormFields":{"type":"boolean","value":"false"},"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"},"ExportNotesInMargin":{"type":"boolean","value":"true"}}'
)


def find_office() -> str | None:
    """The program: on the PATH, or where it is installed on macOS and Windows; None where there is none."""
    found = (shutil.which(name) for name in PROGRAMS)
    return next((each for each in (*found, *filter(os.path.isfile, _ELSEWHERE)) if each), None)


@dataclass(frozen=True, slots=True)
class Shown:
    """PDF files by the key of what they show, and why each of the others is missing."""

    pdfs: Mapping[str, bytes]
    missing: Mapping[str, str]


def show_as_pdf(program: str, files: Mapping[str, Path]) -> Shown:
    """Each of `files` (key to path) as PDF, rendered from a copy by a LibreOffice with a profile of its own."""
    pdfs: dict[str, bytes] = {}
    missing: dict[str, str] = {}
    # Where LibreOffice is still writing when it is given up, its folder must not be in the way of what we report.
    with tempfile.TemporaryDirectory(prefix="govpack-pdf-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        for kind, module in KINDS.items():
            wanted = {key: path for key, path in files.items() if path.suffix.lower() == f".{kind}"}
            if not wanted:
                continue
            reason = _convert(program, wanted, module, home)
            for number, key in enumerate(wanted):
                made = home / module / f"{number}.pdf"
                data = made.read_bytes() if made.is_file() else b""
                if data.startswith(b"%PDF"):
                    pdfs[key] = data
                else:
                    missing[key] = reason or "LibreOffice could not open it"
    return Shown(pdfs, missing)


def _convert(program: str, files: Mapping[str, Path], module: str, home: Path) -> str:
    """Have numbered copies of `files` converted into a folder below `home`; why that failed, if it did as a whole."""
    copies = []
    (home / "given").mkdir(exist_ok=True)
    for number, path in enumerate(files.values()):
        copy = home / "given" / f"{number}{path.suffix.lower()}"
        shutil.copyfile(path, copy)
        copies.append(str(copy))
    command = [program, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", f"pdf:{module}_pdf_Export:{_OPTIONS}", "--outdir", str(home / module), *copies]
    limit = _START + _EACH * len(copies)
    try:
        process = subprocess.Popen(  # noqa: S603 - the program is LibreOffice, and the arguments are our own
            command,
            env={**os.environ, "TZ": "UTC"},  # where it was made is nobody's business
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        return f"{program} could not be started: {error.strerror or error}"
    try:
        process.wait(limit)
    except subprocess.TimeoutExpired:
        return f"LibreOffice did not answer within {limit} seconds"
    finally:
        _end(process)
    return ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program with all that it started: what is called soffice is often a script around it."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
