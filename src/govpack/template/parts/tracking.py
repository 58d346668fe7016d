"""Which path each printed value has, told from the loops and assignments around it, before anything is rendered.

A path through a loop (``contracts[C-NIM].term``) is known but for the loop's item. Only loops whose items some control
names are followed while they run: the loop says what it begins with, and each round which item it is at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import nodes

from govpack.template.language.expressions import mapping_of, path_of, resolve
from govpack.template.language.generator import STEP
from govpack.template.parts.controls import ControlPath

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govpack.template.language.slots import Slot
    from govpack.template.parts.controls import Controls

LOOP = "_loop"
_HOLDER = re.compile(r"@\d+")
_ITEM = re.compile("\ufdd0(\\d+)\ufdd1")
_INDEX = re.compile(r"\[(-?\d+)\]")
# What these make of a list is no value of the data that someone could change.
_FIGURES = frozenset(("length", "count", "sum", "min", "max", "first", "last"))


class Tracker:
    """Gives the slots of one template's values their paths, as its parts and fragments are compiled."""

    def __init__(self, slots: list[Slot], controls: Controls) -> None:
        self._slots = slots
        self._controls = controls
        self._loops = 0
        self._followed: set[int] = set()
        self._holders: dict[str, dict[str, str]] = {}

    def annotate(self, tree: nodes.Template, name: str) -> None:
        """Find the paths of the values of the part or fragment `name`; its loops are changed to be followed."""
        holder = _HOLDER.search(name)
        _Walk(self).walk(tree.body, dict(self._holders.get(holder[0], {})) if holder else {}, ())

    def number_loop(self) -> int:
        """A number for a loop."""
        self._loops += 1
        return self._loops

    def follow(self, *loops: int) -> None:
        """What these loops are at will be asked for."""
        self._followed.update(loops)

    def is_followed(self, loop: int) -> bool:
        """Whether some control names the loop's items."""
        return loop in self._followed

    def note_holder(self, holder: str, names: dict[str, str]) -> None:
        """What loop variables and assignments stand for where the fragments of `holder` are included."""
        self._holders[holder] = dict(names)

    def note_value(self, number: int, path: str) -> None:
        """The tag of the slot `number` prints the value at `path`."""
        slot = self._slots[number]
        path = _INDEX.sub(lambda found: f"[{int(found[1]) + 1}]" if int(found[1]) >= 0 else "[]", path)
        # An index that the data decides leaves no path that could be told.
        if not slot.may_be_control or not path or "[]" in path:
            return
        if not self._controls.wanted(re.sub(r"\[[^\]]*\]", "[]", path)):
            return
        pieces = tuple(int(p) if n % 2 else p for n, p in enumerate(_ITEM.split(path)))
        slot.control = ControlPath(tuple(piece for piece in pieces if piece != ""))
        self.follow(*(piece for piece in pieces if isinstance(piece, int)))


class _Walk:
    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker

    def walk(self, body: Iterable[nodes.Node], names: dict[str, str], loops: tuple[int, ...]) -> None:
        for node in body:
            match node:
                case nodes.Output():
                    self._output(node, names)
                case nodes.For():
                    self._loop(node, names, loops)
                case nodes.Assign():
                    path = resolve(node.node, names)
                    for target in node.target.find_all(nodes.Name):
                        names[target.name] = ""
                    if isinstance(node.target, nodes.Name):
                        names[node.target.name] = path
                case nodes.Include():
                    for constant in node.template.find_all(nodes.Const):
                        if _HOLDER.fullmatch(str(constant.value)):
                            self._tracker.note_holder(str(constant.value), names)
                            self._tracker.follow(*loops)
                case nodes.Macro() | nodes.CallBlock():
                    hidden = {argument.name: "" for argument in node.args}
                    self.walk(node.body, {**names, **hidden}, loops)
                case nodes.If():
                    self.walk((*node.body, *node.elif_, *node.else_), names, loops)
                case nodes.Stmt():
                    self.walk(node.iter_child_nodes(), dict(names), loops)

    def _output(self, node: nodes.Output, names: dict[str, str]) -> None:
        for child in node.nodes:
            inner = (child, *child.find_all((nodes.Filter, nodes.Slice)))
            if isinstance(child, nodes.TemplateData) or any(
                isinstance(node, nodes.Slice) or (isinstance(node, nodes.Filter) and node.name in _FIGURES)
                for node in inner
            ):
                continue
            path = resolve(child, names)
            # A name that nobody has set is one of the context, or the engine's own function.
            if path and path[0] != "_":
                self._tracker.note_value(node.lineno, path)

    def _loop(self, node: nodes.For, names: dict[str, str], loops: tuple[int, ...]) -> None:
        number = self._tracker.number_loop()
        item = f"[\ufdd0{number}\ufdd1]"
        inner = {**names, "loop": ""}
        inner.update((target.name, "") for target in node.target.find_all(nodes.Name))
        listed, mapping = resolve(node.iter, names), mapping_of(node.iter)
        followed: nodes.Name | None = None
        if node.recursive:
            pass
        elif isinstance(node.target, nodes.Name):
            inner[node.target.name] = f"{listed}{item}" if listed else ""
            followed = node.target
        elif mapping is not None and isinstance(node.target, nodes.Tuple) and len(node.target.items) == 2:
            key, value = node.target.items
            if isinstance(key, nodes.Name) and isinstance(value, nodes.Name):
                path = resolve(mapping, names)
                inner[value.name] = f"{path}{item}" if path else ""
                followed = key
        self.walk(node.body, inner, (*loops, number) if followed is not None else loops)
        self.walk(node.else_, dict(names), loops)
        if followed is not None and self._tracker.is_followed(number):
            self._follow(node, number, followed, is_key=mapping is not None and followed is not node.target)

    def _follow(self, node: nodes.For, number: int, item: nodes.Name, *, is_key: bool) -> None:
        arguments: list[nodes.Node] = [nodes.Const(number), node.iter]
        if isinstance(node.iter, nodes.Filter) and (source := _unfiltered(node.iter)) is not None:
            arguments.append(source)
        step = nodes.Tuple([nodes.Const(number), nodes.Name(item.name, "load"), nodes.Const(is_key)], STEP)
        node.iter = nodes.Call(nodes.Name(LOOP, "load"), arguments, [], None, None)
        node.body.insert(0, nodes.ExprStmt(step, lineno=node.lineno))


def _unfiltered(node: nodes.Node | None) -> nodes.Node | None:
    while isinstance(node, nodes.Filter):
        node = node.node
    return node if node is not None and path_of(node) else None
