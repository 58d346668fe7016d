"""What a file that asks for far too much costs: a zip bomb, and XML that inflates to more than a template may be.

Run by hand: ``python benchmarks/bomb.py``. Each bomb is opened as a template in a process of its own, which has to
refuse it. Exit code 0; 1 where one is read, or costs more than a second or 200 MB above a process that loaded govpack.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
MB = 2**20
SECONDS_BAR, MEMORY_BAR_MB = 1.0, 200
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_BEGIN = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
_END = "</w:body></w:document>"
# Compiles the file, and says what came of it, after how many seconds and with how many KB at most.
_OPEN = """
import sys, time
from worker import peak
from govpack.errors import GovpackError
from govpack.template import compile_template
bare = peak()
begun = time.perf_counter()
try:
    compile_template(sys.argv[1])
    said = "READ"
except GovpackError as error:
    said = str(error)
took = time.perf_counter() - begun
print(took, peak() - bare, said, sep="\\t")
"""


def bombs() -> Iterator[tuple[str, dict[str, bytes], int]]:
    """Each bomb: what it is, its members besides the usual, and how hard they are squeezed."""
    paragraph = b"<w:p><w:r><w:t>{{ value }} and a line of text</w:t></w:r></w:p>"
    text = _BEGIN.encode() + paragraph * (100 * MB // len(paragraph)) + _END.encode()
    yield "100 MB of paragraphs with tags", {"word/document.xml": text}, 9
    words = (f"<w:p><w:r><w:t>{{{{ value_{number:x} }}}}</w:t></w:r></w:p>".encode() for number in range(1_900_000))
    varied = _BEGIN.encode() + b"".join(words) + _END.encode()
    yield "95 MB of paragraphs that squeeze as a document does", {"word/document.xml": varied}, 6
    yield "the same under a name that is none of markup's", {"word/document.bin": varied}, 6
    one = f"{_BEGIN}<w:p><w:r><w:t>".encode() + b"x" * (100 * MB) + f"</w:t></w:r></w:p>{_END}".encode()
    yield "100 MB of one text", {"word/document.xml": one}, 9
    empty = f"{_BEGIN}<w:p/>{_END}".encode()
    media = {f"word/media/image{number}.png": bytes(20 * MB) for number in range(20)}
    yield "400 MB in twenty pictures", {"word/document.xml": empty, **media}, 9
    stored = {"word/document.xml": _BEGIN.encode() + b"<w:p/>" * (20 * MB // 6) + _END.encode()}
    yield "20 MB of empty paragraphs, hardly squeezed", stored, 1


def write(path: Path, members: dict[str, bytes], level: int) -> None:
    """An Office file of `members`."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        main = next(iter(members))
        package.writestr("[Content_Types].xml", _TYPES.replace("word/document.xml", main))
        package.writestr("_rels/.rels", _RELATIONSHIPS.replace("word/document.xml", main))
        for name, content in members.items():
            package.writestr(name, content)


def main() -> int:
    """Make each bomb, open it and print what it cost."""
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for what, members, level in bombs():
            path = Path(folder) / "bomb.docx"
            write(path, members, level)
            command = [sys.executable, "-c", _OPEN, str(path)]
            done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=True)
            took, held, said = done.stdout.strip().split("\t")
            seconds, held_mb = float(took), int(held) / 1e3
            met = said != "READ" and seconds < SECONDS_BAR and held_mb < MEMORY_BAR_MB
            failed |= not met
            size = path.stat().st_size / 1e3
            print(f"{what} ({size:,.0f} KB): {seconds:.3f} s, {held_mb:.1f} MB  {'yes' if met else 'NO'}\n  {said}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
