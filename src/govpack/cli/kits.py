"""The commands for those who write templates and kits: lint, fields, schema, kits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from govpack.cli.options import PATH, format_option, kit_option
from govpack.screen import count, print_findings, write_text

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("templates", metavar="[TEMPLATE]...", type=PATH, nargs=-1)
@kit_option
@format_option
def lint(templates: tuple[Path, ...], kit: str | None, form: str) -> None:
    """Look templates over without data: broken tags, blocks that do not pair up, unknown filters and fields.

    TEMPLATE is a .docx or .pptx with tags. With --kit, tags are also held against the fields that the kit's documents
    have, each with the nearest name, and the kit's clauses are looked over with them; without any TEMPLATE, all of the
    kit's, and the conditions of its documents and clauses. Exit code 0: nothing wrong; 1: something is; 2: a file could
    not be read.

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
        click.echo(lint_as_json(report.templates, report.conditions, report.problems, report.exit_code))
    else:
        click.echo(lint_as_text(len(report.templates), report.findings, len(report.problems)))
        print_findings(report.problems)
    click.get_current_context().exit(report.exit_code)


@click.command()
@click.argument("templates", metavar="[TEMPLATE]...", type=PATH, nargs=-1)
@kit_option
@format_option
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


@click.command()
@click.option("--report", is_flag=True, help="That of the report of govpack check --format json instead.")
@click.option("-o", "--out", metavar="FILE", type=PATH, help="Write to FILE instead of the screen.")
def schema(report: bool, out: Path | None) -> None:
    """Print the JSON Schema of a pack's inputs, for editors that complete and check YAML.

    \b
    Examples:
      govpack schema -o pack.schema.json
      govpack schema --report -o check-report.schema.json
    """
    import json

    from govpack.model.schema import pack_schema
    from govpack.report.schema import report_schema

    text = json.dumps(report_schema() if report else pack_schema(), indent=2, ensure_ascii=False)
    if out is None:
        click.echo(text)
    else:
        write_text(out, text + "\n")


@click.command()
@kit_option
@click.option("-o", "--out", metavar="OUT", type=PATH, required=True, help="The folder to write to.")
@click.option("--only", metavar="NAME", multiple=True, help="Write only this document; may be given more than once.")
@click.option("--replace", is_flag=True, help="Move files in the way aside instead of stopping.")
def blank(kit: str | None, out: Path, only: tuple[str, ...], replace: bool) -> None:
    """Write the Word documents of a kit as templates, to be reviewed, signed off and filled in by hand in Word.

    No pack is needed. Each value is a labelled, highlighted field, each list has one row, clauses are in their
    preferred wording, and comments say what belongs into a field and in which form. An agreement is written once for
    each variant that kit.yaml names. A file that someone edited since is never overwritten.

    \b
    Examples:
      govpack blank -o templates-to-sign
      govpack blank --kit my-kit -o blank --only governance-charter
    """
    from govpack.build import write_blanks

    result = write_blanks(out, kit=kit, only=only, replace=replace)
    print_findings(result.findings)
    click.echo(f"Wrote {count(len(result.files), 'document')} to {out}:")
    for name in result.files:
        click.echo(f"  {name}")
    if result.left_out:
        click.echo(f"Left out, since nobody fills them in by hand: {', '.join(result.left_out)}.")


@click.group(invoke_without_command=True)
def kits() -> None:
    """List the bundled kits and the documents that each makes.

    A kit of your own is a copy of such a folder: give it with --kit DIR, or put it into a pack as kit/.

    \b
    Examples:
      govpack kits
      govpack kits copy partnership my-kit
    """
    from govpack.kits import bundled_kits, read_kit

    if click.get_current_context().invoked_subcommand is not None:
        return
    for folder in bundled_kits():
        kit = read_kit(folder)
        click.echo(f"{click.style(kit.name, bold=True)} {kit.version}: {kit.title}")
        click.echo(f"  {folder}")
        for document in kit.documents:
            click.echo(f"  {document.name:<24} {document.purpose}")


@kits.command()
@click.argument("kit", metavar="KIT")
@click.argument("folder", metavar="DIR", type=PATH)
def copy(kit: str, folder: Path) -> None:
    """Copy KIT (the name of a bundled one, or a folder) to DIR: templates, clauses and checklist to edit.

    DIR is made; one that holds files already is refused. Word, PowerPoint and a text editor are all it takes then.

    \b
    Example:
      govpack kits copy partnership my-kit
    """
    from govpack.kits import copy_kit, find_kit

    written = copy_kit(find_kit(kit), folder)
    click.echo(f"Copied {len(written)} files to {folder}.")
    click.echo(f"Edit them, then: govpack lint --kit {folder}, and govpack build PACK --kit {folder}")


@click.group()
def checklist() -> None:
    """Make a quality checklist to judge documents by, from the roadmap of a module.

    \b
    Example:
      govpack checklist from module-407-roadmap.md -o our-checklist.yaml
    """


@checklist.command("from")
@click.argument("roadmap", metavar="ROADMAP", type=PATH)
@click.option("-o", "--out", metavar="FILE", type=PATH, help="Write to FILE instead of the screen.")
def from_roadmap(roadmap: Path, out: Path | None) -> None:
    """Draft a checklist from ROADMAP, the Markdown roadmap of a module.

    Every line of its Quality Checklist, Practical Components, Content Outline, objectives and competencies becomes an
    item, with a guess of what to look for; what only a person can judge is left to one. It can be used as it is, and
    comments say what to add.

    \b
    Examples:
      govpack checklist from module-407-roadmap.md -o our-checklist.yaml
      govpack check documents/ --checklist our-checklist.yaml
    """
    from govpack.check import draft_checklist, read_roadmap

    text = draft_checklist(read_roadmap(roadmap))
    if out is None:
        click.echo(text, nl=False)
    else:
        write_text(out, text)
