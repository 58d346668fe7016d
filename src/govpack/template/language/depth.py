"""Which tag of a part nests more deeply than Python reads: found once a part turned out to have one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.template.language.source import Statement
from govpack.template.language.tags import CLOSERS, OPENERS
from govpack.template.language.trees import build_tree

if TYPE_CHECKING:
    from govpack.template.language.environment import TemplateEnvironment

TOO_DEEP = "blocks, brackets or sums are nested too deeply; split them, or prepare the value in the data"
# Python nests 20 blocks; with fewer than this it must be what a single tag says.
_MANY_BLOCKS = 10


def deepest_tag(environment: TemplateEnvironment, name: str) -> int:
    """The number of the tag of the source `name` to blame: a value too deep by itself, or the innermost block."""
    depth, innermost, longest = 0, (0, 0), (0, 0)  # pairs of a measure and the number of its tag
    for piece in environment.sources[name]:
        if not isinstance(piece, Statement):
            continue
        longest = max(longest, (len(piece.text), piece.slot))
        if piece.is_value:
            if _is_too_deep(environment, name, piece):
                return piece.slot
        elif piece.word in OPENERS and not (piece.word == "set" and "=" in piece.text):
            depth += 1
            innermost = max(innermost, (depth, piece.slot), key=lambda pair: pair[0])
        elif piece.word in CLOSERS:
            depth -= 1
    return innermost[1] if innermost[0] >= _MANY_BLOCKS else longest[1]


def _is_too_deep(environment: TemplateEnvironment, name: str, value: Statement) -> bool:
    try:
        environment.compile(build_tree((value,)), name)
    except (RecursionError, SyntaxError):
        return True
    return False
