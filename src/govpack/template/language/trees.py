"""Jinja's tree of a whole part or fragment, put together from the trees of its tags, which were read once each.

Statements are its own; expressions are shared with all tags that say the same, and must be left as they are. The line
of a statement is the number of the slot that its tag has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import TemplateSyntaxError, nodes

from govpack.template.language.generator import ENGINE_CALLS
from govpack.template.language.grammar import tree_of
from govpack.template.language.tags import BRANCHES, CLOSERS, Kind

if TYPE_CHECKING:
    from govpack.template.language.source import Source, Statement

_CLOSED_BY = {
    nodes.For: "endfor",
    nodes.If: "endif",
    nodes.Macro: "endmacro",
    nodes.CallBlock: "endcall",
    nodes.FilterBlock: "endfilter",
    nodes.With: "endwith",
    nodes.AssignBlock: "endset",
}
_BRANCHED = {"elif": (nodes.If,), "else": (nodes.If, nodes.For)}
_BODIES = ("body", "elif_", "else_")

_Body = list[nodes.Node]
_SILENT = tuple(f"{name}(" for name, makes_markup in ENGINE_CALLS.items() if not makes_markup)
# The blocks that are open, each with the body that it stands in.
_Opened = list[tuple[Any, _Body]]


def build_tree(source: Source) -> nodes.Template:
    """The tree of `source`. TemplateSyntaxError where its blocks do not pair up, or a tag is wrong."""
    body: _Body = []
    tree = nodes.Template(body, lineno=0)
    opened: _Opened = []
    before: nodes.TemplateData | None = None  # the text that is written last
    for piece in source:
        if isinstance(piece, str):
            if before is None:
                before = nodes.TemplateData(piece)
                body.append(nodes.Output([before], lineno=0))
            else:
                before.data += piece
            continue
        if piece.is_value:
            body.append(_own(tree_of(Kind.VALUE, piece.text).body[0], piece.slot))
            if piece.text.startswith(_SILENT):  # it writes nothing, so it matters little when
                continue
        elif piece.word in CLOSERS:
            body = _close(opened, piece)
        elif piece.word in BRANCHES:
            body = _branch(opened, piece, body)
        else:
            statement = _own(tree_of(Kind.BLOCK, piece.text).body[0], piece.slot)
            body.append(statement)
            if type(statement) in _CLOSED_BY:
                opened.append((statement, body))
                body = statement.body
        before = None
    if opened:
        raise _refusal(opened[-1][0].lineno)
    return tree


def _own(shared: nodes.Node, slot: int) -> Any:
    """A statement for the tag of `slot` that says what `shared` does, with bodies of its own."""
    statement = object.__new__(type(shared))
    statement.__dict__.update(shared.__dict__, lineno=slot)
    for name in _BODIES:
        if name in shared.__dict__:
            statement.__dict__[name] = []
    return statement


def _close(opened: _Opened, piece: Statement) -> _Body:
    """The body that goes on where `piece` closes the innermost block."""
    if not opened or _CLOSED_BY[type(opened[-1][0])] != piece.word:
        raise _refusal(piece.slot)
    return opened.pop()[1]


def _branch(opened: _Opened, piece: Statement, body: _Body) -> _Body:
    """The body of the branch that `piece` begins; `body` is that of the branch before."""
    block: Any = opened[-1][0] if opened else None
    if type(block) not in _BRANCHED[piece.word] or body is block.else_:
        raise _refusal(piece.slot)
    if piece.word == "elif":
        completed: Any = tree_of(Kind.BLOCK, piece.text).body[0]
        block.elif_.append(_own(completed.elif_[0], piece.slot))
        block = block.elif_[-1]
    made: _Body = block.body if piece.word == "elif" else block.else_
    return made


def _refusal(slot: int) -> TemplateSyntaxError:
    return TemplateSyntaxError("the blocks do not pair up", slot)
