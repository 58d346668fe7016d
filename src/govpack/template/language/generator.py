"""The code that Jinja writes for a template, with each value put by number, each statement guarded, each body a piece.

It differs from Jinja's own in three ways. A printed expression goes through ``put(number, value)``, which knows the
tag's place. A statement that fails is reported with its place and skipped, so that all faults of a template come at
once. What a macro, a call block, a recursive loop or a block assignment gives is a `Piece`: markup that remembers
where it was made, so that it is put as it is where it fits, and refused elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes
from jinja2.nodes import EvalContext
from jinja2.runtime import exported

from govpack.template.language.expression_code import ExpressionGenerator
from govpack.template.language.symbols import TagFrame, named_in
from govpack.template.values.limits import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2.compiler import Frame, MacroRef

# Reached from generated code through the context's parent, so that included fragments find them too.
PUT, FAIL, PIECE, MARKUP, FILTERED = "_put", "_fail", "_piece", "_markup", "_filtered"
STEP = "_step"
# Bookmarks and references, as a rule by constant names, past the values that their functions give; by those functions.
REFER, MARK = "_refer", "_mark"
_DIRECT = {"ref": REFER, "bookmark": MARK}
# Each paragraph begun, which takes no more than to put a constant on a list.
COUNT = "_count"
# What parts call to keep count of paragraphs, bookmarks and headings; whether it makes markup.
ENGINE_CALLS = {
    COUNT: False,
    "_note": False,
    "_enter": False,
    "_leave": False,
    "_close_ranges": True,
    "_open_heading": True,
    "_close_heading": True,
}


class Generator(ExpressionGenerator):
    """Jinja's code generator for the trees that `trees.build_tree` makes, whose lines are the numbers of slots."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._bodies: list[int] = []
        self._pieces = 0

    # -- the part as a whole

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """The one function that a part becomes. A template is one file, so nothing is asked of blocks and imports."""
        assert frame is None
        self.writeline(f"from jinja2.runtime import {', '.join(sorted(exported))}")
        self.writeline(f"name = {self.name!r}")
        self.writeline("def root(context, missing=missing, environment=environment):", extra=1)
        self.indent()
        self.write_commons()
        frame = TagFrame(EvalContext(self.environment, self.name))
        named = named_in(node.body)
        if "self" in named.variables:
            self.writeline(f"{frame.symbols.declare_parameter('self')} = TemplateReference(context)")
        frame.symbols.analyze_node(node)
        frame.toplevel = frame.rootlevel = True
        self.enter_frame(frame)
        for direct in (direct for name, direct in _DIRECT.items() if name in named.variables):
            self.writeline(f"{direct[1:]} = context.parent[{direct!r}]")
        self._name_helpers("filters", self.filters, named.filters)
        self._name_helpers("tests", self.tests, named.tests)
        self.blockvisit(node.body, frame)
        self.leave_frame(frame, with_python_scope=True)
        self.outdent()
        self.writeline("blocks = {}", extra=1)
        self.writeline("debug_info = ''")

    def write_commons(self) -> None:
        """Names for what the code calls at every turn."""
        super().write_commons()
        self.writeline(f"put, fail = context.parent[{PUT!r}], context.parent[{FAIL!r}]")
        self.writeline("get = environment.getattr")

    def _name_helpers(self, kind: str, known: dict[str, str], names: Iterable[str]) -> None:
        """Variables for the filters or tests of these `names`, all of which there are."""
        for name in sorted(names):
            known[name] = self.temporary_identifier()
            self.writeline(f"{known[name]} = environment.{kind}[{name!r}]")

    # -- what is written

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 - Jinja's visitor names
        # mypy infers no lambda that has a default, which each needs to keep its own child.
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                self._emit(frame, lambda child=child: self.write(repr(child.data)), node)  # type: ignore[misc]
                continue
            if isinstance(child, nodes.Call) and isinstance(child.node, nodes.Name) and child.node.name in ENGINE_CALLS:
                self._call_engine(child, child.node.name, frame)
                continue
            self._guarded(node.lineno, frame, lambda child=child: self._put(child, node.lineno, frame))  # type: ignore[misc]

    def _put(self, child: nodes.Expr, number: int, frame: Frame) -> None:
        def call() -> None:
            direct = _direct(child)
            self.write(f"{direct[1:] or 'put'}({number}, ")
            if direct:
                assert isinstance(child, nodes.Call)
                self.visit(child.node, frame)
                self.write(", ")
                self.visit(child.args[0], frame)
                self.write(", context)")
            else:
                self.visit(child, frame)
                self.write(")")

        self._emit(frame, call, child)

    def _call_engine(self, call: nodes.Call, name: str, frame: Frame) -> None:
        """A call of the engine's own, which no template can write: past the sandbox, and silent if it makes no text."""

        if ENGINE_CALLS[name]:
            self._emit(frame, lambda: self.write_engine_call(call, name, frame), call)
            return
        self.newline(call)
        if name == COUNT:
            call = nodes.Call(call.node, [nodes.Tuple(call.args, "load")], [], None, None)
        self.write_engine_call(call, name, frame)

    def _emit(self, frame: Frame, expression: Callable[[], None], node: nodes.Node | None = None) -> None:
        self.writeline("yield " if frame.buffer is None else f"{frame.buffer}.append(", node)
        expression()
        if frame.buffer is not None:
            self.write(")")

    def simple_write(self, s: str, frame: Frame, node: nodes.Node | None = None) -> None:
        """What an included fragment gave, which is markup."""
        self._emit(frame, lambda: self.write(s), node)

    def start_write(self, frame: Frame, node: nodes.Node | None = None) -> None:
        """Jinja's own writing of what a recursive loop gave: as markup."""
        super().start_write(frame, node)
        self.write(f"context.parent[{MARKUP!r}](")

    def end_write(self, frame: Frame) -> None:
        """The end of what `start_write` began."""
        self.write(")")
        super().end_write(frame)

    # -- statements that may fail

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802
        def loop() -> None:
            self._bodies.append(node.lineno)
            if not isinstance(node.iter, nodes.Const):
                node.iter = nodes.Call(nodes.Name(STEPS, "load"), [node.iter], [], None, None)
            super(Generator, self).visit_For(node, frame)
            self._bodies.pop()

        self._guarded(node.lineno, frame, loop)

    def visit_If(self, node: nodes.If, frame: Frame) -> None:  # noqa: N802
        self._guarded(node.lineno, frame, lambda: super(Generator, self).visit_If(node, frame))

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        self._guarded(node.lineno, frame, lambda: self._include(node, frame))

    def _include(self, node: nodes.Include, frame: Frame) -> None:
        """What a fragment gives: it goes straight to who reads this part, not from one generator into the next."""
        self.writeline("yield from " if frame.buffer is None else f"{frame.buffer}.extend(", node)
        self.write("environment.include(")
        self.visit(node.template, frame)
        self.write(f", context, {self.dump_local_context(frame)})")
        if frame.buffer is not None:
            self.write(")")

    def visit_Assign(self, node: nodes.Assign, frame: Frame) -> None:  # noqa: N802
        self._guarded(node.lineno, frame, lambda: super(Generator, self).visit_Assign(node, frame))

    def visit_With(self, node: nodes.With, frame: Frame) -> None:  # noqa: N802
        self._guarded(node.lineno, frame, lambda: super(Generator, self).visit_With(node, frame))

    def visit_ExprStmt(self, node: nodes.ExprStmt, frame: Frame) -> None:  # noqa: N802
        if isinstance(node.node, nodes.Tuple) and node.node.ctx == STEP:
            # A loop that is followed says which item it is at.
            self.writeline(f"context.parent[{STEP!r}](*", node)
            self.visit(node.node, frame)
            self.write(")")
            return
        self._guarded(node.lineno, frame, lambda: super(Generator, self).visit_ExprStmt(node, frame))

    # -- bodies that are values

    def macro_body(self, node: nodes.Macro | nodes.CallBlock, frame: Frame) -> tuple[Frame, MacroRef]:
        """The function that a macro or call block becomes; it gives a piece."""
        self._bodies.append(node.lineno)
        made = super().macro_body(node, frame)
        self._bodies.pop()
        return made

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:  # noqa: ARG002 - Jinja's signature
        """What a function of the generated code gives: the piece that its body made."""
        self.writeline(f"return context.parent[{PIECE!r}]({self._bodies[-1]}, {frame.buffer})")

    def visit_CallBlock(self, node: nodes.CallBlock, frame: Frame) -> None:  # noqa: N802
        number = node.lineno
        call_frame, macro = self.macro_body(node, frame)
        self.writeline("caller = ")
        self.macro_def(macro, call_frame)

        def call() -> None:
            self.write(f"put({number}, ")
            self.visit_Call(node.call, frame, forward_caller=True)
            self.write(")")

        self._guarded(number, frame, lambda: self._emit(frame, call, node))

    def visit_FilterBlock(self, node: nodes.FilterBlock, frame: Frame) -> None:  # noqa: N802
        number = node.lineno
        inner = frame.inner()
        inner.symbols.analyze_node(node)
        self.enter_frame(inner)
        piece = self._body_piece(node.body, inner, number)

        def filtered() -> None:
            self.write(f"context.parent[{FILTERED!r}]({number}, {piece}, ")
            self._visit_filter_of(node.filter, piece, inner)
            self.write(")")

        self._guarded(number, frame, lambda: self._emit(frame, filtered, node))
        self.leave_frame(inner)

    def visit_AssignBlock(self, node: nodes.AssignBlock, frame: Frame) -> None:  # noqa: N802
        self._guarded(node.lineno, frame, lambda: self._assign_block(node, frame))

    def _assign_block(self, node: nodes.AssignBlock, frame: Frame) -> None:
        self.push_assign_tracking()
        inner = frame.inner()
        inner.require_output_check = False
        inner.symbols.analyze_node(node)
        self.enter_frame(inner)
        piece = self._body_piece(node.body, inner, node.lineno)
        self.newline(node)
        self.visit(node.target, frame)
        self.write(" = ")
        if node.filter is not None:
            self._visit_filter_of(node.filter, piece, inner)
        else:
            self.write(piece)
        self.pop_assign_tracking(frame)
        self.leave_frame(inner)

    def _body_piece(self, body: list[nodes.Node], frame: Frame, number: int) -> str:
        """Write `body` into a buffer; the name of the variable that holds it as a piece."""
        self.buffer(frame)
        self.blockvisit(body, frame)
        self._pieces += 1
        name = f"piece_{self._pieces}"
        self.writeline(f"{name} = context.parent[{PIECE!r}]({number}, {frame.buffer})")
        return name

    def _visit_filter_of(self, node: nodes.Filter, name: str, frame: Frame) -> None:
        """Write the chain of filters `node` over the variable `name`."""
        variable: nodes.InternalName = object.__new__(nodes.InternalName)
        nodes.Node.__init__(variable, name)
        self.visit_Filter(_filter_over(node, variable), frame)

    def _guarded(self, number: int, frame: Frame, write: Callable[[], None]) -> None:
        self.writeline("try:")
        self.indent()
        write()
        self.outdent()
        self.writeline("except Exception as error:")
        self.indent()
        self._emit(frame, lambda: self.write(f"fail({number}, error)"))
        self.outdent()


def _filter_over(node: nodes.Filter, variable: nodes.Expr) -> nodes.Filter:
    """The chain of filters `node`, which is shared, over `variable`."""
    inner = _filter_over(node.node, variable) if isinstance(node.node, nodes.Filter) else variable
    return nodes.Filter(inner, node.name, node.args, node.kwargs, node.dyn_args, node.dyn_kwargs)


def _direct(node: nodes.Expr) -> str:
    """What writes a bookmark or reference, if `node` is one as they are usually called; else nothing."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and len(node.args) == 1:
        plain = not node.kwargs and node.dyn_args is None and node.dyn_kwargs is None
        return _DIRECT.get(node.node.name, "") if plain else ""
    return ""
