"""Where a shape of a slide stands: what ``{{ place("Plan", across=0.4) }}`` gives, and what the shape makes of it."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from jinja2 import Undefined, UndefinedError

from govpack.template.values.undefined import Blank
from govpack.template.values.values import Place

Box = tuple[int, int, int, int]
"""Left, top, width and height in EMU, 914,400 to the inch."""

HELP = "write it as 'place(\"Plan\", across=…, down=…)', with the name of a shape of the slide in quotes"


class Stand(NamedTuple):
    """A shape as it is drawn in the template, the area that its place is counted in, and the size of the slide."""

    slot: int
    box: Box
    area: Box
    name: str
    slide: tuple[int, int]
    chart: str = ""


def place(area: object = None, across: object = None, down: object = None) -> Any:
    """What ``{{ place("Plan", across=0.4, down=(0.1, 0.2)) }}`` gives: where in the shape called Plan a shape stands.

    A number is where its middle comes, two of them are its edges: 0 is the left or upper edge of the area, 1 the other.
    What is not said stays as it is drawn.
    """
    if not isinstance(area, str):
        raise TypeError(HELP)
    for value in (across, down):
        if isinstance(value, Blank):
            return value
    return Place(_along("across", across), _along("down", down))


def _along(name: str, value: object) -> tuple[float, ...]:
    if value is None:
        return ()
    items = list(value) if isinstance(value, (list, tuple)) else [value]
    missing = next((each for each in items if isinstance(each, Undefined)), None)
    if missing is not None:
        raise UndefinedError(missing._undefined_hint or f"there is no '{missing._undefined_name}'")
    if any(each.__class__.__name__ not in ("int", "float", "Decimal") for each in items) or not 1 <= len(items) <= 2:
        raise TypeError(f"'{name}' takes a number, or two in brackets; found '{value}'")
    numbers = tuple(float(each) for each in items)  # type: ignore[arg-type]
    if not all(map(math.isfinite, numbers)) or numbers[0] > numbers[-1]:
        raise ValueError(f"'{name}' ends before it begins: '{value}'")
    return numbers


def stand(where: Place, at: Stand) -> dict[str, str]:
    """The attributes of the shape in its place. ValueError where it would leave the slide."""
    made: dict[str, str] = {}
    sides = (("across", where.across, "x", "cx", ("left", "right")), ("down", where.down, "y", "cy", ("top", "bottom")))
    for axis, (name, asked, start, size, edges) in enumerate(sides):
        first, length = at.area[axis], at.area[axis + 2]
        begin, long = at.box[axis], at.box[axis + 2]
        if len(asked) == 2:
            begin = first + round(asked[0] * length)
            long = first + round(asked[1] * length) - begin
        elif asked:
            begin = first + round(asked[0] * length) - long // 2
        if begin < 0 or begin + long > at.slide[axis]:
            side = edges[0] if begin < 0 else edges[1]
            said = " to ".join(f"{each:g}" for each in asked)
            raise ValueError(
                f"the shape would leave the slide on the {side} ('{name}' is {said}, where 0 and 1 are the edges of "
                f"“{at.name}”)"
            )
        made[start], made[size] = str(begin), str(long)
    return made
