"""The one room that knows the whole way from inputs to a pack in place."""

from govpack.build.checklists import find_checklist
from govpack.build.job import Job, read_job
from govpack.build.make import BuildResult, build_pack
from govpack.build.plan import default_out

__all__ = ["BuildResult", "Job", "build_pack", "default_out", "find_checklist", "read_job"]
