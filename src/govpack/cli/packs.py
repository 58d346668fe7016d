"""The commands that packs go through: init, validate, build, check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from govpack.cli.options import PATH, kit_option, report_options
from govpack.screen import count, print_findings, progress, report_text, write_text

if TYPE_CHECKING:
    from pathlib import Path

    from govpack.check import CheckReport

# After a build the verdicts matter, and what costs most; all the rest a check prints.
_ON_SCREEN = 12


@click.command()
@click.argument("folder", metavar="DIR", type=PATH)
@kit_option
def init(folder: Path, kit: str | None) -> None:
    """Lay out a small pack in DIR: inputs to edit, each with a word on what goes there.

    DIR is made; one that holds files already is refused.

    \b
    Example:
      govpack init my-pack
    """
    from govpack.kits import copy_starter, find_kit

    written = copy_starter(find_kit(kit), folder)
    click.echo(f"Wrote {len(written)} files to {folder}:")
    for path in written:
        click.echo(f"  {path}")
    click.echo(f"Edit them, then: govpack validate {folder}")


@click.command()
@click.argument("pack", metavar="PACK", type=PATH)
@kit_option
def validate(pack: Path, kit: str | None) -> None:
    """Check the inputs of PACK (a folder, or one file) and build nothing.

    All problems at once, one per line as file:line:column. Exit code 0: it can be built; 2: it can't.

    \b
    Examples:
      govpack validate my-pack
      govpack validate pack.yaml --kit my-kit
    """
    from govpack.build import read_job

    job = read_job(pack, kit=kit)
    print_findings(job.findings)
    click.echo(f"{pack} is right: {job.summary}.")


@click.command()
@click.argument("pack", metavar="PACK", type=PATH)
@click.option("-o", "--out", metavar="OUT", type=PATH, help="Where to write. [default: PACK's name with -pack, here]")
@kit_option
@click.option("--only", metavar="NAME", multiple=True, help="Build only this document; may be given again.")
@click.option(
    "--replace", is_flag=True, help="Move a file that someone edited or put there aside, instead of stopping."
)
@click.option("--pdf", is_flag=True, help="Show each document as PDF, too, below OUT/pdf; takes LibreOffice.")
@click.option(
    "--jobs", metavar="N", type=click.IntRange(min=1), help="Make so many documents at a time. [default: one a core]"
)
def build(
    pack: Path,
    out: Path | None,
    kit: str | None,
    only: tuple[str, ...],
    replace: bool,
    pdf: bool,
    jobs: int | None,
) -> None:
    """Build the documents of PACK (a folder, or one file) and judge them against the quality checklist.

    The whole pack appears at once or not at all, and a file that someone edited since the last build, or protected from
    writing, is never overwritten. What the checklist misses is shown and does not fail the build: exit code 0 means
    that the pack was written, 1 that it was, but without all the PDFs that --pdf asked for, 2 that it could not be and
    that nothing changed.

    \b
    Examples:
      govpack build my-pack
      govpack build my-pack -o out --only executive-briefing
      govpack build my-pack --replace     after someone edited a built file
      govpack build my-pack --pdf
    """
    from govpack.build import PAGE, build_pack, default_out

    target = out or default_out(pack)
    with progress() as step:
        result = build_pack(pack, target, kit=kit, only=only, replace=replace, pdf=pdf, progress=step, jobs=jobs)
    print_findings(result.findings)
    if result.report is not None:
        click.echo(report_text(result.report, most=_ON_SCREEN), nl=False)
        hidden = len({*result.report.findings, *result.report.weak}) > _ON_SCREEN
        click.echo(f"\nEverything it says: govpack check {target}" if hidden else "")
    same = f" ({result.unchanged} were there already, the same)" if result.unchanged else ""
    click.echo(f"Wrote {count(len(result.files), 'document')} to {target}{same}.")
    if result.pdfs or not result.is_whole:
        # The verdicts stand between the warnings and the last lines, which is where people look.
        missing = "" if result.is_whole else "; the warnings above the verdicts say what is missing, and why"
        made = f"{count(len(result.pdfs), 'document')} in {target / 'pdf'}" if result.pdfs else "none"
        click.echo(f"As PDF: {made}{missing}.")
    if result.files:
        click.echo(f"Open {target / (result.files[0] if only else PAGE)} first.")
    if not result.is_whole:
        click.get_current_context().exit(1)


@click.command()
@click.argument("paths", metavar="PATH...", type=PATH, nargs=-1, required=True)
@click.option("--checklist", metavar="FILE", type=PATH, help="Judge by this checklist. [default: the kit's]")
@kit_option
@click.option(
    "--inputs", metavar="PACK", type=PATH, help="What the pack was built from, so that remedies name file and line."
)
@report_options[0]
@report_options[1]
def check(
    paths: tuple[Path, ...],
    checklist: Path | None,
    kit: str | None,
    inputs: Path | None,
    form: str | None,
    out: Path | None,
) -> None:
    """Read finished documents (files, or folders of them) and judge them against a quality checklist.

    It reads the files alone, as a reviewer would: also those that someone edited, or wrote by hand, whatever they are
    called. Of a pack that govpack built, each remedy names the input to edit. Exit code 0: all is met, or waits for a
    person; 1: something is not met; 2: it could not judge.

    \b
    Examples:
      govpack check my-pack-pack --inputs my-pack
      govpack check charter.docx --format json
      govpack check my-pack-pack -o verdicts.html
      govpack check documents/ --checklist our-checklist.yaml -o report.xml
    """
    from govpack.build import check_files, find_checklist
    from govpack.check import read_checklist

    report = check_files(paths, read_checklist(checklist or find_checklist(paths, kit=kit)), inputs)
    form = form or {".json": "json", ".xml": "junit", ".html": "html"}.get(out.suffix.lower() if out else "", "text")
    text = _REPORTS[form](report)
    if out is None:
        click.echo(text, nl=False)
    else:
        write_text(out, text)
    click.get_current_context().exit(report.exit_code)


def _json(report: CheckReport) -> str:
    from govpack.report.json import to_json

    return to_json(report)


def _junit(report: CheckReport) -> str:
    from govpack.report.junit import to_junit

    return to_junit(report)


def _html(report: CheckReport) -> str:
    from govpack.report.page import write_check_page

    return write_check_page(report)


_REPORTS = {"text": report_text, "json": _json, "junit": _junit, "html": _html}
