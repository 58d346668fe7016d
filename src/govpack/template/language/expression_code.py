"""The code that Jinja writes for expressions, what takes long counted, and the engine's own calls past the sandbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, operators
from jinja2.idtracking import VAR_LOAD_RESOLVE

from govpack.template.values.limits import CONCAT, MADE, SHORT_TEXT, WEIGHED

if TYPE_CHECKING:
    from jinja2.compiler import Frame

    from govpack.template.language.environment import TemplateEnvironment

# What shows a part or a note, which is written in the scope of the place.
OWN, OWN_NOTE = "_own", "_own_note"


class ExpressionGenerator(CodeGenerator):
    """Jinja's code generator, with expressions as the engine runs them. `get` is the environment's ``getattr``."""

    environment: TemplateEnvironment

    def write_engine_call(self, call: nodes.Call, name: str, frame: Frame) -> None:
        """A call of the engine's own function `name`, which needs no sandbox."""
        known = frame.symbols.find_ref(name)
        self.write(f"{known or f'context.parent[{name!r}]'}(")
        for argument in call.args:
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if isinstance(node.node, nodes.Name) and node.node.name in (OWN, OWN_NOTE):
            # A part or note that this place shows is written in the scope of the place.
            self.write(f"context.parent[{node.node.name!r}](")
            self.visit(node.args[0], frame)
            self.write(f", context, {self.dump_local_context(frame)})")
            return
        if isinstance(node.node, nodes.Name) and node.node.name[:1] == "_":
            # The engine's own functions, by names that no template can write, need no sandbox.
            self.write_engine_call(node, node.node.name, frame)
            return
        super().visit_Call(node, frame, forward_caller=forward_caller)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802
        """Texts joined with ``~``: each must have a text, and the whole is counted."""
        self.write(f"context.parent[{CONCAT!r}](")
        for child in node.nodes:
            self.visit(child, frame)
            self.write(", ")
        self.write(")")

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802
        """Comparing takes as long as what is compared is large, so that is counted, unless one is a few letters."""
        if (
            len(node.ops) == 1
            and node.ops[0].op in ("eq", "ne")
            and (_is_short(node.expr) or _is_short(node.ops[0].expr))
        ):
            super().visit_Compare(node, frame)
            return
        self.write("(")
        self._weighed(node.expr, frame)
        for operand in node.ops:
            self.write(f" {operators[operand.op]} ")
            self._weighed(operand.expr, frame)
        self.write(")")

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        """The keys of a mapping are hashed."""
        self.write("{")
        for pair in node.items:
            self._weighed(pair.key, frame)
            self.write(": ")
            self.visit(pair.value, frame)
            self.write(", ")
        self.write("}")

    def _weighed(self, node: nodes.Expr, frame: Frame) -> None:
        """The value of `node`, counted by its size; that of a constant is known."""
        if isinstance(node, nodes.Const):
            self.visit(node, frame)
            return
        self.write(f"context.parent[{WEIGHED!r}](")
        self.visit(node, frame)
        self.write(")")

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:  # noqa: N802
        """A name that the context resolves is never Jinja's own sign for what is missing (`environment._Context`)."""
        if node.ctx == "load":
            ref = frame.symbols.ref(node.name)
            if (frame.symbols.find_load(ref) or ("",))[0] == VAR_LOAD_RESOLVE:
                self.write(ref)
                return
        super().visit_Name(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """A field: by the short name of the environment's own way to get it."""
        self.write("get(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        """A slice is a new list or text."""
        if not isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        self.write(f"context.parent[{MADE!r}](")
        super().visit_Getitem(node, frame)
        self.write(")")


def _is_short(node: nodes.Expr) -> bool:
    """Whether `node` is a constant that takes no time to be held against anything."""
    return isinstance(node, nodes.Const) and not (isinstance(node.value, str) and len(node.value) > SHORT_TEXT)
