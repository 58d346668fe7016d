"""From input files to a Pack: every problem of every file at once, in a person's words, each with its place."""

from govpack.inputs.gather import read_tree
from govpack.inputs.read import read_marked, read_pack

__all__ = ["read_marked", "read_pack", "read_tree"]
