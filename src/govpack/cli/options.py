"""What several commands take."""

from __future__ import annotations

from pathlib import Path

import click

PATH = click.Path(path_type=Path)
kit_option = click.option(
    "--kit", "kit", metavar="DIR", help="A kit: a folder with a kit.yaml, or the name of a bundled one."
)
format_option = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
report_options = (
    click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", "junit", "html"]),
        help="How it is written; html is a page. [default: by the ending of -o (.json, .xml, .html), else text]",
    ),
    click.option("-o", "--out", metavar="FILE", type=PATH, help="Write to FILE instead of the screen."),
)
