"""The command: parse arguments, call one function, print, set the exit code.

What a command needs is imported inside it, so that ``--version`` and ``--help`` answer at once.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

from govpack import __version__
from govpack.cli.kits import blank, checklist, fields, kits, lint, schema
from govpack.cli.packs import build, check, init, validate
from govpack.errors import GovpackError
from govpack.screen import print_findings, say

if TYPE_CHECKING:
    from collections.abc import Sequence

OK, FAILED, INTERRUPTED, BROKEN_PIPE = 0, 2, 130, 141


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


for command in (init, validate, build, check, checklist, lint, fields, schema, kits, blank):
    govpack.add_command(command)


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
    # A command makes much that stays until it ends, and hardly any circles: to look for them often takes a tenth of it.
    gc.set_threshold(300_000, 50, 100)
    code = run()
    # Nor need Python look for them when it ends: after a build that takes a third of a second.
    gc.freeze()
    sys.exit(code)
