"""The requirement kinds: a closed set, each a small pure function of a case and its arguments."""

from govpack.check.kinds import agreement, clean, figures, references, tables, texts
from govpack.check.kinds.base import REGISTRY, Args, Case, Kind, applies

__all__ = [
    "REGISTRY",
    "Args",
    "Case",
    "Kind",
    "agreement",
    "applies",
    "clean",
    "figures",
    "references",
    "tables",
    "texts",
]
