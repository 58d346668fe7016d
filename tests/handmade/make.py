"""Makes the documents of this folder anew from their sources: ``python -m tests.handmade.make``.

The documents are committed, since pandoc and LibreOffice are not everywhere; this is how each came to be.
pandoc is looked for in PATH or in the variable PANDOC.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.handmade import scores, slides, words, workbooks

HERE = Path(__file__).parent
SOURCES, DOCUMENTS = HERE / "sources", HERE / "documents"


def main() -> None:
    shutil.rmtree(DOCUMENTS, ignore_errors=True)
    for name in ("kestrel", "lumen", "tarn", "saltmarsh", "astray"):
        (DOCUMENTS / name).mkdir(parents=True)
    _kestrel()
    _lumen()
    _tarn()
    _saltmarsh()
    _astray()


def _source(name: str) -> str:
    return (SOURCES / name).read_text(encoding="utf-8")


def _pandoc(source: str, target: Path) -> None:
    program = os.environ.get("PANDOC") or shutil.which("pandoc")
    assert program, "pandoc is needed"
    kind = ["--slide-level=1"] if target.suffix == ".pptx" else []
    subprocess.run(
        [program, "-f", "markdown", *kind, "-o", str(target)], input=source, text=True, encoding="utf-8", check=True
    )


def _office(source: str, suffix: str, target: Path, *, reads: str = "") -> None:
    """LibreOffice reads a source in one form and saves it in another."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, target.stem + suffix)
        path.write_text(source, encoding="utf-8")
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        command += [f"--infilter={reads}"] if reads else []
        command += ["--convert-to", target.suffix[1:], "--outdir", str(target.parent), str(path)]
        subprocess.run(command, check=True, capture_output=True)
    assert target.exists(), target


def _kestrel() -> None:
    folder = DOCUMENTS / "kestrel"
    for name in ("strategy", "charter", "agreement", "handoff"):
        _pandoc(_source(f"kestrel/{name}.md"), folder / f"{name}.docx")
    _pandoc(_source("kestrel/deck.md"), folder / "deck.pptx")
    workbooks.assert_plan_is_whole(scores.KESTREL, scores.KESTREL_ACTIONS)
    workbooks.sheet_for_each_partner(folder / "scorecard.xlsx", scores.KESTREL, scores.KESTREL_ACTIONS)


def _lumen() -> None:
    folder = DOCUMENTS / "lumen"
    for name in ("strategy", "charter", "agreement"):
        _office(_source(f"lumen/{name}.html"), ".html", folder / f"{name}.docx", reads="HTML (StarWriter)")
    _office(slides.flat_presentation(_source("lumen/deck.md")), ".fodp", folder / "deck.pptx")
    workbooks.assert_plan_is_whole(scores.LUMEN, scores.LUMEN_ACTIONS)
    sheets = workbooks.flat_spreadsheet(scores.LUMEN, scores.LUMEN_ACTIONS)
    _office(sheets, ".fods", folder / "scorecard.xlsx")


def _tarn() -> None:
    folder = DOCUMENTS / "tarn"
    for name in ("strategy", "charter", "agreement"):
        words.write_by_look(_source(f"tarn/{name}.md"), folder / f"{name}.docx")
    slides.write_text_boxes(_source("tarn/deck.md"), folder / "deck.pptx")
    workbooks.assert_plan_is_whole(scores.TARN, scores.TARN_ACTIONS)
    workbooks.merged_categories(folder / "scorecard.xlsx", scores.TARN, scores.TARN_ACTIONS)


def _saltmarsh() -> None:
    folder = DOCUMENTS / "saltmarsh"
    for name in ("strategy", "charter", "agreement"):
        words.Crafted().write(_source(f"saltmarsh/{name}.md"), folder / f"{name}.docx")
    slides.write_grouped(_source("saltmarsh/deck.md"), folder / "deck.pptx")
    workbooks.assert_plan_is_whole(scores.SALTMARSH, scores.SALTMARSH_ACTIONS)
    workbooks.stacked_blocks(folder / "scorecard.xlsx", scores.SALTMARSH, scores.SALTMARSH_ACTIONS)


def _astray() -> None:
    """Documents with the right words in the wrong place, or without what the words promise."""
    folder = DOCUMENTS / "astray"
    for name in ("strategy-contents-only", "charter-self-declared"):
        _pandoc(_source(f"astray/{name}.md"), folder / f"{name}.docx")
    words.write_by_look(_source("astray/strategy-glossary.md"), folder / "strategy-glossary.docx")
    words.Crafted().write(_source("astray/agreement-reserved.md"), folder / "agreement-reserved.docx")
    slides.write_grouped(_source("astray/deck-in-notes.md"), folder / "deck-in-notes.pptx")
    _pandoc(_without_mitigation(_source("kestrel/strategy.md")), folder / "strategy-no-mitigation.docx")
    words.write_by_look(_kpis_in_prose(_source("tarn/strategy.md")), folder / "strategy-kpis-in-prose.docx")
    words.write_by_look(_empty_raci(_source("tarn/charter.md")), folder / "charter-empty-raci.docx")
    workbooks.sheet_for_each_partner(
        folder / "scorecard-pasted-values.xlsx", scores.KESTREL, scores.KESTREL_ACTIONS, formulas=False
    )
    workbooks.sheet_for_each_partner(
        folder / "scorecard-weights-97.xlsx", scores.KESTREL, scores.KESTREL_ACTIONS, lacks=3
    )


def _without_mitigation(source: str) -> str:
    """The heading still says *what we do about it*; the two columns that did are gone."""
    lines = []
    for line in source.splitlines():
        cells = line.split("|")
        if re.match(r"\| (No\.|R\d) ", line) or (line.startswith("|:----|") and len(cells) == 12):
            del cells[8:10]
        lines.append("|".join(cells))
    return "\n".join(lines)


def _kpis_in_prose(source: str) -> str:
    """Each table of KPIs gives way to a sentence that has all the words of its header."""
    prose = "Each KPI will get a baseline, a target, a unit, an owner, a frequency and a due date in the spring."
    cut = re.sub(r"(?m)^\| KPI \|.*\n(?:\|.*\n)+", prose + "\n", source)
    assert cut.count(prose) == 3
    return cut


def _empty_raci(source: str) -> str:
    lines, inside = [], False
    for line in source.splitlines():
        inside = line.startswith("| Task |") or (inside and line.startswith("|"))
        if inside and not line.startswith(("| Task", "|---")):
            lines.append("| " + line.split("|")[1].strip() + " | | | | | |")
        else:
            lines.append(line)
    return "\n".join(lines)


if __name__ == "__main__":
    main()
