"""Templates that would eat the machine, each in a process of its own: ``hogs.py CASE`` says how it ended, in JSON."""

from __future__ import annotations

import io
import json
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Iterable
from itertools import repeat
from pathlib import Path

import docx

from govpack.errors import GovpackError
from govpack.template import compile_template

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TABLE = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>", "</w:tc></w:tr></w:tbl><w:p/>"
_TAG = "<w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p>"
_LONG, _END = "{% for i in range(90000) %}", "{% endfor %}"
CASES: dict[str, Callable[[], Iterable[str]]] = {
    "bomb": lambda: repeat("<w:p/>" * 10_000, 2_000),
    "depth": lambda: (_TABLE[0] * 10_000, _TAG, _TABLE[1] * 10_000),
    "tables": lambda: repeat(_TABLE[0] + _TAG + _TABLE[1], 3_000),
    "tags": lambda: repeat(_TAG, 20_000),
    "output": lambda: (
        _TAG.replace("{{ x }}", "{% for i in range(90000) %}{% for j in range(100) %}{{ x }}{% endfor %}{% endfor %}"),
    ),
    "values": lambda: (_TAG.replace("{{ x }}", "{% for i in range(1000) %}{{ x * 90000 }}{% endfor %}"),),
    "attributes": lambda: ("<w:p ", *(f'w:a{number}="{number}" ' for number in range(50_000)), ">", _TAG[5:]),
}


def _template(body: Iterable[str]) -> bytes:
    blank = io.BytesIO()
    docx.Document().save(blank)
    made = io.BytesIO()
    with zipfile.ZipFile(blank) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name != "word/document.xml":
                after.writestr(name, before.read(name))
        with after.open("word/document.xml", "w") as part:
            part.write(f'<w:document xmlns:w="{_W}"><w:body>'.encode())
            for piece in body:
                part.write(piece.encode())
            part.write(b"</w:body></w:document>")
    return made.getvalue()


def _megabytes() -> int:
    """The most memory that this process held; ru_maxrss on Linux begins at that of the parent."""
    try:
        status = Path("/proc/self/status").read_text()
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) // 1024
    except OSError:
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return held // (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main(case: str) -> None:
    """Compile and render the template of `case`, and print how it ended."""
    data = _template(CASES[case]())
    started = time.process_time()
    try:
        compile_template(data).render({"x": "some text"})
        end = "rendered"
    except GovpackError:
        end = "refused"
    print(json.dumps({"end": end, "seconds": time.process_time() - started, "megabytes": _megabytes()}))


main(sys.argv[1])
