"""Blocks nested at random over bookmarks, notes, comments and references: nothing half there, each with its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.template.word_parts import (
    W,
    bookmark,
    commented,
    field_to,
    filled_parts,
    link_to,
    note_mark,
    para,
    word_file,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Leaf:
    """A paragraph, what it owns, and (0: to nothing) which of the bookmarks it may refer to; `edge` is half a range."""

    bookmarked: bool
    note: bool
    comment: bool
    refers: int
    edge: str
    number: int = 0
    around: tuple[Block, ...] = ()


@dataclass
class Block:
    """A loop of so many rounds, or a condition that holds if there are any; `inline` around the text of its leaf."""

    is_loop: bool
    rounds: int
    inline: bool
    body: list[Leaf | Block]


@dataclass
class Said:
    """What a document says: its paragraphs, its notes and comments, and the texts that references lead to."""

    texts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    led: list[str] = field(default_factory=list)


# Halves of ranges go over whatever borders there are between the paragraphs that they happen to stand in.
EDGES = ["", "", "bookmarkStart", "bookmarkEnd", "permStart", "permEnd"]
LEAVES = st.builds(Leaf, st.booleans(), st.booleans(), st.booleans(), st.integers(0, 5), st.sampled_from(EDGES))
TREES = st.recursive(
    st.lists(LEAVES, min_size=1, max_size=2),
    lambda inner: st.lists(
        LEAVES | st.builds(Block, st.booleans(), st.integers(0, 3), st.booleans(), inner), min_size=1, max_size=3
    ),
    max_leaves=10,
)


def leaves(body: list[Leaf | Block], around: tuple[Block, ...] = ()) -> Iterator[Leaf]:
    """The leaves in their order, each told what is around it."""
    for one in body:
        if isinstance(one, Leaf):
            one.around = around
            yield one
        else:
            yield from leaves(one.body, (*around, one))


def loops(around: tuple[Block, ...]) -> list[Block]:
    return [block for block in around if block.is_loop]


class Author:
    """Writes a tree as a template, and says what its document must say."""

    def __init__(self, tree: list[Leaf | Block]) -> None:
        self.all = list(leaves(tree))
        for number, leaf in enumerate(self.all):
            leaf.number = number
        self.edges = dict(self._pairs("bookmark")) | dict(self._pairs("perm"))
        self.notes: dict[int, str] = {}
        self.comments: dict[int, str] = {}

    def _pairs(self, kind: str) -> Iterator[tuple[int, str]]:
        """What begins or ends a range in which leaf: an edge drawn without another is left out."""
        start: Leaf | None = None
        for leaf in self.all:
            if leaf.edge == f"{kind}Start":
                start = leaf
            elif leaf.edge == f"{kind}End" and start is not None:
                more = f'w:name="half{start.number}"' if kind == "bookmark" else 'w:edGrp="everyone"'
                yield start.number, f'<w:{kind}Start w:id="{900 + start.number}" {more}/>'
                yield leaf.number, f'<w:{kind}End w:id="{900 + start.number}"/>'
                start = None

    def target(self, leaf: Leaf) -> Leaf | None:
        """The bookmark that `leaf` refers to: one that is there whenever it is."""
        fits = [t for t in self.all if t.bookmarked and [id(b) for b in t.around] == self._ids(leaf)[: len(t.around)]]
        return fits[leaf.refers % len(fits)] if fits and leaf.refers else None

    @staticmethod
    def _ids(leaf: Leaf) -> list[int]:
        return [id(block) for block in leaf.around]

    def write(self, body: list[Leaf | Block], depth: int = 0) -> str:
        made = []
        for one in body:
            if isinstance(one, Leaf):
                made.append(para(*self.pieces(one, depth)))
                continue
            word, asks = ("for", f"x{depth} in range({one.rounds})") if one.is_loop else ("if", str(one.rounds))
            start, end = f"{{% {word} {asks} %}}", f"{{% end{word} %}}"
            inner = depth + one.is_loop
            if self.is_inline(one):
                made.append(para(start, *self.pieces(one.body[0], inner), end))  # type: ignore[arg-type]
            else:
                made.append(para(start) + self.write(one.body, inner) + para(end))
        return "".join(made)

    @staticmethod
    def is_inline(block: Block) -> bool:
        return block.inline and len(block.body) == 1 and isinstance(block.body[0], Leaf)

    def pieces(self, leaf: Leaf, depth: int) -> list[str]:
        n, at = leaf.number, "".join(f"{{{{ x{d} }}}}" for d in range(depth))
        text = f"p{n}:{at};"
        pieces = [bookmark(f"b{n}", text, number=n + 10)] if leaf.bookmarked else [text]
        if leaf.note:
            self.notes[n + 1] = f"n{n}:{at}"
            pieces.append(note_mark(n + 1))
        if leaf.comment:
            self.comments[n] = f"c{n}:{at}"
            pieces = [commented(n, *pieces)]
        if (target := self.target(leaf)) is not None:
            pieces += [field_to(f"REF b{target.number} \\h", "="), link_to(f"b{target.number}", "=")]
        if n in self.edges:
            pieces.append(self.edges[n])
        return pieces

    def say(self, body: list[Leaf | Block], said: Said, at: tuple[int, ...] = ()) -> None:
        for one in body:
            if isinstance(one, Leaf):
                said.texts.append(self.say_leaf(one, said, at))
                continue
            rounds = [(*at, n) for n in range(one.rounds)] if one.is_loop else [at] * bool(one.rounds)
            if self.is_inline(one):
                said.texts.append("".join(self.say_leaf(one.body[0], said, r) for r in rounds))  # type: ignore[arg-type]
            else:
                for inner in rounds:
                    self.say(one.body, said, inner)

    def say_leaf(self, leaf: Leaf, said: Said, at: tuple[int, ...]) -> str:
        where = "".join(map(str, at))
        said.notes += [f"n{leaf.number}:{where}"] * leaf.note
        said.comments += [f"c{leaf.number}:{where}"] * leaf.comment
        target = self.target(leaf)
        if target is None:
            return f"p{leaf.number}:{where};"
        said.led.append(f"p{target.number}:{where[: len(loops(target.around))]};")
        return f"p{leaf.number}:{where};=="


@settings(max_examples=60, deadline=None)
@given(TREES)
def test_whatever_is_repeated_or_left_out_owns_what_is_its_own(tree: list[Leaf | Block]) -> None:
    author, said = Author(tree), Said()
    body = author.write(tree)
    author.say(tree, said)
    made = filled_parts(word_file(body, para("end"), footnotes=author.notes, comments=author.comments), {})
    assert made.faults() == []
    assert made.texts()[:-1] == said.texts
    assert made.notes() == said.notes
    assert made.notes("comment") == said.comments
    marked = made.marked()
    assert [marked[name] for name in made.values("hyperlink", "anchor")] == said.led
    fields = [e.text or "" for e in made.part("document").iter(f"{{{W}}}instrText")]
    assert [marked[name] for name in "".join(fields).replace("REF", "").replace("\\h", "").split()] == said.led
