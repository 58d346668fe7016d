"""The one room that knows the whole way from inputs to a pack in place."""

from govpack.build.blank import BlankResult, write_blanks
from govpack.build.checklists import find_checklist
from govpack.build.index import PAGE
from govpack.build.job import Job, read_job
from govpack.build.judge import check_files
from govpack.build.make import BuildResult, build_pack
from govpack.build.plan import default_out
from govpack.build.templates import LintReport, fields_of_templates, lint_templates

__all__ = [
    "PAGE",
    "BlankResult",
    "BuildResult",
    "Job",
    "LintReport",
    "build_pack",
    "check_files",
    "default_out",
    "fields_of_templates",
    "find_checklist",
    "lint_templates",
    "read_job",
    "write_blanks",
]
