"""Jinja as the engine runs it: in the immutable sandbox, over plain data, every printed value and failure reported.

The generated code differs from Jinja's own in two ways. A printed expression goes through ``put(number, value)``,
which knows the tag's place; and each statement that fails is reported with its place and skipped, so that all faults
of a template come at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from jinja2.exceptions import SecurityError
from jinja2.loaders import FunctionLoader
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing as jinja_missing

from govpack.template.filters import FILTERS
from govpack.template.undefined import Missing, NotGiven, missing_field, missing_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from jinja2.compiler import Frame

# Characters that XML 1.0 can't hold, so nothing in a part can be taken for one of these marks.
VALUE_START, VALUE_END = "\x02", "\x03"
BLOCK_START, BLOCK_END = "\x04", "\x05"

# Reached from generated code through the context's parent, so that included fragments find them too.
PUT, FAIL, OWN = "_put", "_fail", "_own"

_LONGEST_REPEAT = 1_000_000
# Filters whose work is not bounded by what goes in, that write markup, or that make no sense in an Office file.
_REFUSED_FILTERS = [
    "center",
    "format",
    "indent",
    "pprint",
    "tojson",
    "urlize",
    "wordwrap",
    "xmlattr",
    "safe",
    "forceescape",
    "escape",
    "e",
    "striptags",
    "filesizeformat",
    "random",
    "attr",
]
_REFUSED_GLOBALS = ("lipsum", "cycler", "joiner")
_METHODS = frozenset(("items", "keys", "values", "get"))


class _Generator(CodeGenerator):
    """Jinja's code generator with each value put by number and each statement guarded."""

    environment: TemplateEnvironment

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 - Jinja's visitor names
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                self.writeline(f"yield {child.data!r}", node)
                continue
            number = self.environment.number_at(self.name or "", child.lineno)
            self._guarded(number, lambda child=child, number=number: self._put(child, number, frame))  # type: ignore[misc]

    def _put(self, child: nodes.Expr, number: int, frame: Frame) -> None:
        self.writeline(f"yield context.parent[{PUT!r}]({number}, ", child)
        self.visit(child, frame)
        self.write(")")

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802
        self._guarded(self._number(node), lambda: super(_Generator, self).visit_For(node, frame))

    def visit_If(self, node: nodes.If, frame: Frame) -> None:  # noqa: N802
        self._guarded(self._number(node), lambda: super(_Generator, self).visit_If(node, frame))

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        self._guarded(self._number(node), lambda: super(_Generator, self).visit_Include(node, frame))

    def visit_Assign(self, node: nodes.Assign, frame: Frame) -> None:  # noqa: N802
        self._guarded(self._number(node), lambda: super(_Generator, self).visit_Assign(node, frame))

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if isinstance(node.node, nodes.Name) and node.node.name == OWN:
            # A part that this place shows is written in the scope of the place.
            self.write(f"context.parent[{OWN!r}](")
            self.visit(node.args[0], frame)
            self.write(f", context, {self.dump_local_context(frame)})")
            return
        super().visit_Call(node, frame, forward_caller=forward_caller)

    def _number(self, node: nodes.Node) -> int:
        return self.environment.number_at(self.name or "", node.lineno)

    def _guarded(self, number: int, write: Callable[[], None]) -> None:
        self.writeline("try:")
        self.indent()
        write()
        self.outdent()
        self.writeline("except Exception as error:")
        self.indent()
        self.writeline(f"yield context.parent[{FAIL!r}]({number}, error)")
        self.outdent()


class _Context(Context):
    """Looks names up in plain data: what is missing gets its nearest name, what is None counts as not given."""

    def resolve_or_missing(self, key: str) -> Any:
        value = super().resolve_or_missing(key)
        if value is None:
            return NotGiven(f"'{key}' has no value", None, key)
        if value is jinja_missing and key not in self.environment.globals:
            return missing_name(key, (name for name in self.parent if name[:1] != "_"))
        return value


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """The environment of one template: its compiled parts and fragments by name, and where each tag stands."""

    code_generator_class = _Generator
    context_class = _Context
    intercepted_binops = frozenset(("*", "**", "%", "+"))

    def __init__(self) -> None:
        self.sources: dict[str, str] = {}
        self.load_missing: Callable[[str], str] | None = None
        self._numbers: dict[str, dict[int, int]] = {}
        super().__init__(
            variable_start_string=VALUE_START,
            variable_end_string=VALUE_END,
            block_start_string=BLOCK_START,
            block_end_string=BLOCK_END,
            comment_start_string="\x06",
            comment_end_string="\x07",
            keep_trailing_newline=True,
            undefined=Missing,
            autoescape=False,
            cache_size=-1,
            auto_reload=False,
            loader=FunctionLoader(self._load),
        )
        for name in _REFUSED_FILTERS:
            self.filters.pop(name, None)
        for name in _REFUSED_GLOBALS:
            self.globals.pop(name, None)
        self.filters.update(FILTERS)
        self.tests["none"] = lambda value: value is None or isinstance(value, NotGiven)
        self.tests["defined"] = lambda value: not isinstance(value, Missing) or isinstance(value, NotGiven)
        self.tests["undefined"] = lambda value: isinstance(value, Missing) and not isinstance(value, NotGiven)

    def add(self, name: str, source: str, numbers: Mapping[int, int]) -> None:
        """Take in the source of a part or fragment; `numbers` gives the tag's number for each line a tag begins on."""
        self._numbers[name] = dict(numbers)
        self.sources[name] = source

    def _load(self, name: str) -> str | None:
        if name in self.sources or self.load_missing is None:
            return self.sources.get(name)
        return self.load_missing(name)

    def number_at(self, name: str, line: int) -> int:
        """The number of the tag that begins on `line` of the source `name`."""
        return self._numbers[name][line]

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute`: a key of plain data before any method of a mapping."""
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """`obj[argument]`, keys first; None counts as not given, what is missing gets the nearest name."""
        if isinstance(obj, dict):
            try:
                value = obj[argument]
            except (KeyError, TypeError):
                if argument in _METHODS:
                    return super().getattr(obj, argument)
                return missing_field("", str(argument), (key for key in obj if isinstance(key, str)))
            if value is None:
                return NotGiven(f"'{argument}' has no value", None, str(argument))
            return value
        if isinstance(obj, Missing):
            return obj[argument] if isinstance(argument, int) else getattr(obj, str(argument))
        if isinstance(argument, str) and argument[:1] == "_":
            return self.unsafe_undefined(obj, argument)
        return super().getitem(obj, argument)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic within bounds: no text or list repeated past a million, no giant power."""
        if operator == "*":
            for many, count in ((left, right), (right, left)):
                if (
                    isinstance(many, (str, list, tuple))
                    and isinstance(count, int)
                    and len(many) * count > _LONGEST_REPEAT
                ):
                    raise SecurityError("the tag asks for more repetition than a document can need")
        elif operator == "**" and not (abs(left) <= _LONGEST_REPEAT and abs(right) <= 64):
            raise SecurityError("the tag asks for too large a power")
        elif operator == "%" and isinstance(left, str):
            raise SecurityError("formatting with % is not allowed in a tag; use ~ to join")
        return super().call_binop(context, operator, left, right)
