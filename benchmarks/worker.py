"""Makes documents with one engine, in a process of its own: what benchmarks/engine.py talks to.

It runs in the environment of that engine, so it takes nothing but the standard library and the engine itself.
``worker.py ENGINE TEMPLATE DATA OUT`` makes one document and prints the peak of the process in KB. ``worker.py ENGINE``
reads commands from standard input, a JSON object a line, and answers each with a line that begins with ``@``:

- ``load`` with ``template`` and ``data``: paths; the seconds of what can be done once for a template;
- ``make`` with ``times``: the seconds of each document;
- ``save`` with ``to``: one more document, written there; ``peak``: the most memory so far, in KB.

`node/worker.js` is the same for the engines of Node.js.
"""

# ruff: noqa: PLC0415 - each engine is imported where it is asked for: another environment has only another one

from __future__ import annotations

import json
import re
import sys
import time
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Make = Callable[[], bytes]


def load_govpack(template: str, data: dict[str, Any]) -> Make:
    """Compiled once."""
    from govpack.template import compile_template

    compiled = compile_template(template)
    return lambda: compiled.render(data).data


def load_docxtpl(template: str, data: dict[str, Any]) -> Make:
    """Opens, renders and saves each time: a DocxTemplate that was rendered reads its file again. The Rust one too."""
    from docxtpl import DocxTemplate

    def make() -> bytes:
        document = DocxTemplate(template)
        document.render(data)
        target = BytesIO()
        document.save(target)
        return target.getvalue()

    return make


def load_mailmerge(template: str, data: dict[str, Any]) -> Make:
    """Opens, merges and writes each time. A list stands for the row that shows the first field of its items."""
    from mailmerge import MailMerge

    texts = {name: value for name, value in data.items() if isinstance(value, str)}
    lists = {next(iter(value[0])): value for value in data.values() if isinstance(value, list)}

    def make() -> bytes:
        target = BytesIO()
        with MailMerge(template) as document:
            known = document.get_merge_fields()
            document.merge(**texts)
            for field, rows in lists.items():
                if field in known:
                    document.merge_rows(field, rows)
            document.write(target)
        return target.getvalue()

    return make


def load_pptx(template: str, data: dict[str, Any]) -> Make:
    """Opens, fills by hand and saves each time."""
    from pptx import Presentation
    from pptx.chart.data import CategoryChartData

    tag = re.compile(r"\{\{ (\w+) \}\}")
    chart = re.compile(r"chart\((\w+)\.")

    def fill(paragraphs: Any) -> None:
        for paragraph in paragraphs:
            text = "".join(run.text for run in paragraph.runs)
            if "{{" in text:
                first, *others = paragraph.runs
                first.text = tag.sub(lambda found: data[found[1]], text)
                for run in others:
                    run.text = ""

    def make() -> bytes:
        presentation = Presentation(template)
        for slide in presentation.slides:
            for shape in slide.shapes:
                if shape.has_text_frame:
                    fill(shape.text_frame.paragraphs)
                elif shape.has_table:
                    for row in shape.table.rows:
                        for cell in row.cells:
                            fill(cell.text_frame.paragraphs)
                elif shape.has_chart:
                    named = shape._element.nvGraphicFramePr.cNvPr
                    shown = data[chart.search(named.get("descr"))[1]]
                    figures = CategoryChartData(number_format="0.0")
                    figures.categories = shown["categories"]
                    for series in shown["series"]:
                        figures.add_series(series["name"], series["values"])
                    shape.chart.replace_data(figures)
                    named.set("descr", shown["text"])
            fill(slide.notes_slide.notes_text_frame.paragraphs)
        target = BytesIO()
        presentation.save(target)
        return target.getvalue()

    return make


def load_floor(template: str, data: dict[str, Any], *, own: bool = False) -> Make:
    """No engine: Jinja compiled before, over the parts' XML in a JSON object, and the deflating of what comes out.

    zlib at level 6, or (`own`) the compressor of govpack.
    """
    import zlib

    from jinja2 import Environment

    from govpack.ooxml.package import Deflated

    environment = Environment()
    parts = [environment.from_string(text) for text in json.loads(Path(template).read_text()).values()]

    def deflate(content: bytes) -> bytes:
        squeezer = zlib.compressobj(6, zlib.DEFLATED, -15)
        return squeezer.compress(content) + squeezer.flush()

    squeeze = (lambda content: Deflated.quick(content).data) if own else deflate
    return lambda: b"".join(squeeze(part.render(data).encode()) for part in parts)


def load_jinja(template: str, data: dict[str, Any]) -> Make:
    """The floor without deflating."""
    from jinja2 import Environment

    environment = Environment()
    parts = [environment.from_string(text) for text in json.loads(Path(template).read_text()).values()]
    return lambda: b"".join(part.render(data).encode() for part in parts)


def load_deflate(template: str, data: dict[str, Any]) -> Make:
    """The floor of a finished package: its members named in `data`, deflated by govpack's compressor."""
    from zipfile import ZipFile

    from govpack.ooxml.package import Deflated

    with ZipFile(template) as package:
        members = [package.read(name) for name in data["changed"]]
    return lambda: b"".join(Deflated.quick(member).data for member in members)


ENGINES = {
    "govpack": load_govpack,
    "floor": partial(load_floor, own=True),
    "floor-zlib": load_floor,
    "jinja": load_jinja,
    "deflate": load_deflate,
    "docxtpl": load_docxtpl,
    "rust-docxtpl": load_docxtpl,
    "docx-mailmerge2": load_mailmerge,
    "python-pptx": load_pptx,
}


def peak() -> int:
    """The most memory that this process held, in KB: of itself only, which ru_maxrss on Linux is not after a fork."""
    try:
        status = Path("/proc/self/status").read_text()
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
    except OSError:
        import resource

        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return held // 1024 if sys.platform == "darwin" else held


def clock(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def serve(engine: str) -> None:
    """Answer commands until there are none."""
    make: Make = bytes
    for line in sys.stdin:
        command = json.loads(line)
        try:
            match command["do"]:
                case "load":
                    data = json.loads(Path(command["data"]).read_text())
                    start = time.perf_counter()
                    make = ENGINES[engine](command["template"], data)
                    answer: Any = time.perf_counter() - start
                case "make":
                    answer = [clock(make) for _ in range(command["times"])]
                case "save":
                    answer = Path(command["to"]).write_bytes(make())
                case _:
                    answer = peak()
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(f"@{json.dumps(answer)}", flush=True)


def once(engine: str, template: str, data: str, out: str) -> None:
    """One document by a new process."""
    make = ENGINES[engine](template, json.loads(Path(data).read_text()))
    Path(out).write_bytes(make())
    print(f"@{peak()}")


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        print(f"@{peak()}")
    elif len(sys.argv) == 2:
        serve(sys.argv[1])
    else:
        once(*sys.argv[1:])
