"""Which variables the code of a template needs. What a tag names is found once: all that say the same share its tree.

Jinja goes through every expression anew in each scope and branch that holds it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import compiler, idtracking, nodes

from govpack.template.language.walking import walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2.nodes import EvalContext

# Expressions that may be given a value, which Jinja tells from the statement they stand in.
_TARGETS = (nodes.Name, nodes.NSRef, nodes.Tuple)


class Named(NamedTuple):
    """What an expression names: variables, those of them that it reads, filters and tests; in the order of the text."""

    variables: dict[str, None]
    read: dict[str, None]
    filters: dict[str, None]
    tests: dict[str, None]


@lru_cache(maxsize=8_192)
def _named_in(expression: nodes.Expr) -> Named:
    named = Named({}, {}, {}, {})
    for node in walk([expression]):
        if isinstance(node, nodes.Name):
            named.variables[node.name] = None
            if node.ctx == "load":
                named.read[node.name] = None
        elif isinstance(node, nodes.Filter):
            named.filters[node.name] = None
        elif isinstance(node, nodes.Test):
            named.tests[node.name] = None
    return named


def named_in(body: Iterable[nodes.Node]) -> Named:
    """What the statements of `body`, and those within them, name."""
    named = Named({}, {}, {}, {})
    for node in walk(body, as_one=(nodes.Expr,)):
        if isinstance(node, nodes.Expr) and not isinstance(node, nodes.TemplateData):
            for all_, own in zip(named, _named_in(node), strict=True):
                all_.update(own)
    return named


class _Visitor(idtracking.FrameSymbolVisitor):
    def visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> Any:
        if isinstance(node, nodes.Expr) and not isinstance(node, _TARGETS):
            for name in _named_in(node).read:
                self.symbols.load(name)
            return None
        return super().visit(node, *args, **kwargs)

    def visit_Output(self, node: nodes.Output) -> None:  # noqa: N802 - Jinja's visitor names
        """Markup names nothing."""
        for child in node.nodes:
            if not isinstance(child, nodes.TemplateData):
                self.visit(child)


class _Symbols(idtracking.Symbols):
    def analyze_node(self, node: nodes.Node, **kwargs: Any) -> None:
        visitor = idtracking.RootVisitor(self)
        visitor.sym_visitor = _Visitor(self)
        visitor.visit(node, **kwargs)


class TagFrame(compiler.Frame):
    """Jinja's frame, whose symbols are found as above."""

    def __init__(self, eval_ctx: EvalContext, parent: compiler.Frame | None = None, level: int | None = None) -> None:
        super().__init__(eval_ctx, parent, level)
        self.symbols = _Symbols(parent.symbols if parent else None, level)

    def inner(self, isolated: bool = False) -> TagFrame:
        """The frame of a scope inside this one."""
        return TagFrame(self.eval_ctx, level=self.symbols.level + 1) if isolated else TagFrame(self.eval_ctx, self)
