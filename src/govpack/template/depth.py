"""Which tag of a part nests more deeply than Python reads: found once a part turned out to have one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govpack.template.environment import BLOCK_END, BLOCK_START, VALUE_END, VALUE_START
from govpack.template.tags import CLOSERS, OPENERS

if TYPE_CHECKING:
    from govpack.template.environment import TemplateEnvironment

TOO_DEEP = "blocks, brackets or sums are nested too deeply; split them, or prepare the value in the data"
_TAG = re.compile(f"{VALUE_START}([^{VALUE_END}]*){VALUE_END}|{BLOCK_START}([^{BLOCK_END}]*){BLOCK_END}")
_WORD = re.compile(r"[+-]?\s*(\w+)")
# Python nests 20 blocks; with fewer than this it must be what a single tag says.
_MANY_BLOCKS = 10


def deepest_tag(environment: TemplateEnvironment, name: str) -> int:
    """The number of the tag of the source `name` to blame: a value too deep by itself, or the innermost block."""
    source = environment.sources[name]
    depth, innermost, longest = 0, (0, 0), (0, 0)  # pairs of a measure and the number of its tag
    line, position = 1, 0
    for found in _TAG.finditer(source):
        line += source.count("\n", position, found.start())
        position = found.start()
        number = environment.number_at(name, line)
        value, statement = found.groups()
        longest = max(longest, (len(value or statement), number))
        if value is not None:
            if _is_too_deep(environment, name, line, value):
                return number
            continue
        first = _WORD.match(statement.strip())
        word = first[1] if first else ""
        if word in OPENERS and not (word == "set" and "=" in statement):
            depth += 1
            innermost = max(innermost, (depth, number), key=lambda pair: pair[0])
        elif word in CLOSERS:
            depth -= 1
    return innermost[1] if innermost[0] >= _MANY_BLOCKS else longest[1]


def _is_too_deep(environment: TemplateEnvironment, name: str, line: int, expression: str) -> bool:
    lines = "\n" * (line - 1)  # what is printed asks for its tag by the line it stands on
    try:
        environment.compile(f"{lines}{VALUE_START}{expression}{VALUE_END}", name)
    except (RecursionError, SyntaxError):
        return True
    return False
