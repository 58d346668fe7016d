"""The command: parse arguments, call one function, print, set the exit code.

What a command needs is imported inside it, so that ``--version`` and ``--help`` answer at once.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from govpack import __version__
from govpack.errors import GovpackError
from govpack.screen import count, print_findings, print_report, progress, say

if TYPE_CHECKING:
    from collections.abc import Sequence

OK, FAILED, INTERRUPTED, BROKEN_PIPE = 0, 2, 130, 141
# After a build the verdicts matter, and what costs most; all the rest a check prints.
_ON_SCREEN = 12
_PACK = click.Path(path_type=Path)
_kit_option = click.option(
    "--kit", "kit", metavar="DIR", help="A kit: a folder with a kit.yaml, or the name of a bundled one."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", "-V", message="govpack %(version)s")
def govpack() -> None:
    """Partnership governance packs from structured data.

    Write the facts of a partnership programme once, as YAML, JSON or CSV; get the contracts, charters and briefings
    as Word and PowerPoint files, and a list of what the quality checklist still misses.

    \b
    First steps:
      govpack init my-pack        lay out a small pack to edit
      govpack validate my-pack    is every input right?
      govpack build my-pack       write the documents to my-pack-pack/
      govpack check my-pack-pack  read them back against the checklist

    Exit codes: 0 done, 1 the checklist is not met (check) or a template is wrong (lint), 2 it could not be done, and
    why is on stderr.
    """


@govpack.command()
@click.argument("folder", metavar="DIR", type=_PACK)
@_kit_option
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


@govpack.command()
@click.argument("pack", metavar="PACK", type=_PACK)
@_kit_option
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


@govpack.command()
@click.argument("pack", metavar="PACK", type=_PACK)
@click.option("-o", "--out", metavar="OUT", type=_PACK, help="Where to write. [default: PACK's name with -pack, here]")
@_kit_option
@click.option("--only", metavar="NAME", multiple=True, help="Build only this document; may be given again.")
@click.option(
    "--replace", is_flag=True, help="Move a file that someone edited or put there aside, instead of stopping."
)
def build(pack: Path, out: Path | None, kit: str | None, only: tuple[str, ...], replace: bool) -> None:
    """Build the documents of PACK (a folder, or one file) and judge them against the quality checklist.

    The whole pack appears at once or not at all, and a file that someone edited since the last build is never
    overwritten. What the checklist misses is shown and does not fail the build: exit code 0 means that the pack was
    written, 2 that it could not be and that nothing changed.

    \b
    Examples:
      govpack build my-pack
      govpack build my-pack -o out --only executive-briefing
      govpack build my-pack --replace     after someone edited a built file
    """
    from govpack.build import build_pack, default_out

    target = out or default_out(pack)
    with progress() as step:
        result = build_pack(pack, target, kit=kit, only=only, replace=replace, progress=step)
    print_findings(result.findings)
    if result.report is not None:
        print_report(result.report, most=_ON_SCREEN)
        hidden = len({*result.report.findings, *result.report.weak}) > _ON_SCREEN
        click.echo(f"\nEverything it says: govpack check {target}" if hidden else "")
    same = f" ({result.unchanged} were there already, the same)" if result.unchanged else ""
    click.echo(f"Wrote {count(len(result.files), 'document')} to {target}{same}.")
    if result.files:
        click.echo(f"Open {target / result.files[0]} first.")


@govpack.command()
@click.argument("paths", metavar="PATH...", type=_PACK, nargs=-1, required=True)
@click.option("--checklist", metavar="FILE", type=_PACK, help="Judge by this checklist. [default: the kit's]")
@_kit_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check(paths: tuple[Path, ...], checklist: Path | None, kit: str | None, form: str) -> None:
    """Read finished documents (files, or folders of them) and judge them against a quality checklist.

    It reads the files alone, as a reviewer would: also those that someone edited, or wrote by hand. Exit code 0: all
    is met, or waits for a person; 1: something is not met; 2: it could not judge.

    \b
    Examples:
      govpack check my-pack-pack
      govpack check charter.docx --format json
      govpack check documents/ --checklist our-checklist.yaml
    """
    from govpack.build import find_checklist
    from govpack.check import check_paths, read_checklist

    report = check_paths(paths, read_checklist(checklist or find_checklist(paths, kit=kit)))
    if form == "json":
        from govpack.report.json import to_json

        click.echo(to_json(report))
    else:
        print_report(report)
    click.get_current_context().exit(report.exit_code)


@govpack.command()
@click.argument("templates", metavar="[TEMPLATE]...", type=_PACK, nargs=-1)
@_kit_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def lint(templates: tuple[Path, ...], kit: str | None, form: str) -> None:
    """Look templates over without data: broken tags, blocks that do not pair up, unknown filters and fields.

    TEMPLATE is a .docx or .pptx with tags. With --kit, tags are also held against the fields that the kit's documents
    have, each with the nearest name, and the kit's clauses are looked over with them; without any TEMPLATE, all of the
    kit's. Exit code 0: nothing wrong; 1: something is; 2: a file could not be read.

    \b
    Examples:
      govpack lint letter.docx
      govpack lint letter.docx --kit my-kit
      govpack lint --kit partnership --format json
    """
    from govpack.build import lint_templates
    from govpack.report.templates import lint_as_json, lint_as_text

    if not templates and kit is None:
        raise click.UsageError("give a TEMPLATE, or a kit with --kit DIR")
    report = lint_templates(templates, kit=kit)
    if form == "json":
        click.echo(lint_as_json(report.templates, report.problems, report.exit_code))
    else:
        click.echo(lint_as_text(report.templates))
        print_findings(report.problems)
    click.get_current_context().exit(report.exit_code)


@govpack.command()
@click.argument("templates", metavar="[TEMPLATE]...", type=_PACK, nargs=-1)
@_kit_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def fields(templates: tuple[Path, ...], kit: str | None, form: str) -> None:
    """List every value that templates use, nested, with the places that use it.

    TEMPLATE is a .docx or .pptx with tags. With --kit, the kit's clauses count as part of the templates that include
    them; without any TEMPLATE, all of the kit's are listed. A name with [] is a list that the template loops over.

    \b
    Examples:
      govpack fields letter.docx
      govpack fields --kit partnership --format json
    """
    from govpack.build import fields_of_templates
    from govpack.report.templates import fields_as_json, fields_as_text

    if not templates and kit is None:
        raise click.UsageError("give a TEMPLATE, or a kit with --kit DIR")
    listed = fields_of_templates(templates, kit=kit)
    click.echo(fields_as_json(listed) if form == "json" else fields_as_text(listed))


@govpack.command()
@click.option("-o", "--out", metavar="FILE", type=_PACK, help="Write to FILE instead of the screen.")
def schema(out: Path | None) -> None:
    """Print the JSON Schema of a pack's inputs, for editors that complete and check YAML.

    \b
    Example:
      govpack schema -o pack.schema.json
    """
    import json

    from govpack.model.schema import pack_schema

    text = json.dumps(pack_schema(), indent=2, ensure_ascii=False)
    if out is None:
        click.echo(text)
    else:
        out.write_text(text + "\n", encoding="utf-8")
        click.echo(f"Wrote {out}")


@govpack.command()
def kits() -> None:
    """List the bundled kits and the documents that each makes.

    A kit of your own is a copy of such a folder: give it with --kit DIR, or put it into a pack as kit/.

    \b
    Example:
      govpack kits
    """
    from govpack.kits import bundled_kits, read_kit

    for folder in bundled_kits():
        kit = read_kit(folder)
        click.echo(f"{click.style(kit.name, bold=True)} {kit.version}: {kit.title}")
        click.echo(f"  {folder}")
        for document in kit.documents:
            click.echo(f"  {document.name:<24} {document.purpose}")


def _fail(error: GovpackError) -> int:
    print_findings(error.findings)
    # An error that only repeats its one finding has been said.
    said = {words for finding in error.findings[:1] for words in (finding.message, str(finding))}
    if str(error) not in said:
        say(f"govpack: {error}")
    return FAILED


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code. Whatever goes wrong ends in a sentence, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A console of another code page shows a mark for what it lacks rather than stop the work.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code: Any = govpack.main(args=arguments, prog_name="govpack", standalone_mode=False)
        sys.stdout.flush()
    except GovpackError as error:
        code = _fail(error)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("govpack: interrupted")
        code = INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # The reader (head, less) has gone; SystemExit is how click says so. Point stdout elsewhere: Python itself
        # flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = BROKEN_PIPE
    except OSError as error:
        say(f"govpack: {error.filename or 'the system'}: {error.strerror or error}")
        code = FAILED
    except Exception as error:
        if os.environ.get("GOVPACK_TRACEBACK"):
            raise
        say(f"govpack: this should not happen: {type(error).__name__}: {error}")
        say("Please report it, with what it says when GOVPACK_TRACEBACK=1 is set.")
        code = FAILED
    return code if isinstance(code, int) else OK


def main() -> NoReturn:
    """The console script."""
    sys.exit(run())
