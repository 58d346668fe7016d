"""What a tag says, read once in a process: the templates of a kit say the same few hundred things in many places."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from jinja2 import TemplateSyntaxError, nodes

from govpack.template.language.depth import TOO_DEEP
from govpack.template.language.environment import TemplateEnvironment
from govpack.template.language.expressions import faults_of, label_of
from govpack.template.language.grammar import tree_of
from govpack.template.language.tags import Kind, Tag
from govpack.template.language.walking import walk

# A longer tag is not kept; its tree may be large.
_LONG = 500
# How to mend a tag that goes on with something, by that.
_REMEDIES = {
    "=": "to compare, write ==",
    "elif": "another condition is written elif",
    **dict.fromkeys(("and", "or", "not", "in", "is", "if", "else"), "write it in small letters"),
}


class Said(NamedTuple):
    """A tag's syntax tree, None where it has none; what is wrong with it; the path of the value that it prints.

    `called` are the functions that it calls. The tree is shared, and must be left as it is.
    """

    tree: nodes.Template | None
    faults: tuple[str, ...] = ()
    label: str = ""
    called: frozenset[str] = frozenset()

    @property
    def opens_range(self) -> bool:
        """Whether the tag begins a bookmark or a comment, which ends with its paragraph."""
        return "bookmark" in self.called or "note" in self.called


def read_said(tag: Tag) -> Said:
    """What `tag` says."""
    read = _read if len(tag.source) <= _LONG else _read.__wrapped__
    try:
        return read(tag.kind, tag.source)
    except RecursionError:  # not kept: it depends on who asks
        return Said(None, (TOO_DEEP,))


@lru_cache(maxsize=8_192)
def _read(kind: Kind, source: str) -> Said:
    tag = Tag(0, 0, kind, source, source)
    try:
        tree = tree_of(kind, source)
    except TemplateSyntaxError as error:
        return Said(None, (_in_words(error.message or "", tag),))
    except ValueError:  # Python reads no whole number of more than 4,300 digits
        return Said(None, ("it holds a number of too many digits",))
    held = list(walk([tree]))
    if any(isinstance(node, nodes.Name) and node.ctx == "store" and node.name == "loop" for node in held):
        return Said(None, ("'loop' is a name of the engine's own: it tells where a loop stands; take another",))
    calls = [node.node for node in held if isinstance(node, nodes.Call)]
    called = frozenset(function.name for function in calls if isinstance(function, nodes.Name))
    return Said(tree, tuple(faults_of(_any_environment(), held)), label_of(tree), called)


@cache
def _any_environment() -> TemplateEnvironment:
    """An environment to judge tags by: those of all templates know the same filters and tests."""
    return TemplateEnvironment()


def _in_words(message: str, tag: Tag) -> str:
    """Jinja's complaint as a person would put it."""
    if message.startswith("unexpected 'end of"):
        return "it ends where a name, a value or a filter should follow"
    if "expected token 'end of" in message or "end of print statement" in message:
        found = message.rpartition("got ")[2].strip("'")
        if found.startswith("end of"):
            return "it ends where a name, a value or a filter should follow"
        remedy = _REMEDIES.get("elif" if tag.word == "else" else found.lower(), "quote texts, and join with ~")
        return f"the {tag.kind.value} goes on with '{found}' where it should end; {remedy}"
    if "expected token 'in'" in message and tag.word == "for":
        found = message.rpartition("got ")[2].strip("'")
        return f"'{found}' stands where 'in' should; a loop is written {{% for item in list %}}"
    return message
