"""Jinja as the engine runs it: in the immutable sandbox, over plain data, every printed value and failure reported."""

from __future__ import annotations

from types import FunctionType
from typing import TYPE_CHECKING, Any

from jinja2.exceptions import SecurityError, TemplateNotFound
from jinja2.loaders import BaseLoader
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing as jinja_missing

from govpack.findings import did_you_mean
from govpack.template.language.generator import Generator
from govpack.template.language.trees import build_tree
from govpack.template.values.filters import FILTERS
from govpack.template.values.functions import FUNCTIONS
from govpack.template.values.guarding import GUARDED, GUARDED_TESTS
from govpack.template.values.limits import BUDGET, CALL, MACRO, TEXT_METHODS
from govpack.template.values.richtext import Rich
from govpack.template.values.undefined import Blank, Missing, NotGiven, missing_field, missing_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, MutableMapping
    from types import CodeType

    from jinja2 import Environment, Template, nodes

    from govpack.template.language.source import Source
    from govpack.template.values.limits import Budget

_LARGEST_BASE = 1_000_000
# Filters of Jinja that templates do not have, and what to do instead.
_UNBOUNDED = "its work is not bounded by what goes in"
_ESCAPED = "values are always escaped, and no value can be markup; for a look of its own print a RichText"
_FOR_HTML = "it writes HTML, which Office files do not hold"
REFUSED_FILTERS = {
    "center": _UNBOUNDED,
    "format": "use ~ to join, and number, money or date to format",
    "indent": _UNBOUNDED,
    "wordwrap": "Word breaks the lines",
    "pprint": "it shows Python's way to write values, which is not for readers",
    "tojson": _FOR_HTML,
    "urlize": "print a RichText with a url, or Markdown",
    "xmlattr": _FOR_HTML,
    "striptags": _FOR_HTML,
    "safe": _ESCAPED,
    "filesizeformat": "use number",
    "random": "the same inputs give the same document",
    "attr": "write value.name",
}
_REFUSED_GLOBALS = ("lipsum", "cycler", "joiner")
METHODS = frozenset(("items", "keys", "values", "get"))
# What Jinja hands over to every function that is called inside a loop or block; only its own take it.
_JINJA_OWN = ("_loop_vars", "_block_vars")
# The functions of ours that templates call, which are safe, and take nothing of the context.
_OWN_FUNCTIONS: frozenset[object] = frozenset(FUNCTIONS.values())
# What templates may ask of the loop that they are in.
_LOOP = frozenset(
    "index index0 revindex revindex0 first last length depth depth0 previtem nextitem cycle changed".split()
)


class _Context(Context):
    """Looks names up in plain data: what is missing gets its nearest name, what is None counts as not given."""

    def resolve_or_missing(self, key: str) -> Any:
        value = self.vars[key] if key in self.vars else self.parent.get(key, jinja_missing)
        if value is None:
            return NotGiven(f"'{key}' has no value", None, key)
        if value is jinja_missing and key not in self.environment.globals:
            return missing_name(key, (name for name in self.parent if name[:1] != "_"))
        return value


class _Loader(BaseLoader):
    """Compiles the sources of an environment, each once; code that came from another process is taken as it is."""

    def __init__(self, sources: TemplateEnvironment) -> None:
        self._sources = sources

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - Jinja's signature
    ) -> Template:
        codes = self._sources.codes
        if name not in codes:
            codes[name] = environment.compile(build_tree(self._sources.source_of(name)), name, None)
        return environment.template_class.from_code(environment, codes[name], globals if globals is not None else {})


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """The environment of one template: its compiled parts and fragments by name, and where each tag stands."""

    code_generator_class = Generator
    context_class = _Context
    intercepted_binops = frozenset(("*", "**", "%", "+"))

    def __init__(self) -> None:
        self.sources: dict[str, Source] = {}
        self.codes: dict[str, CodeType] = {}
        self.load_missing: Callable[[str], Source] | None = None
        self.prepare: Callable[[nodes.Template, str], None] | None = None
        self._included: dict[str, Template] = {}
        super().__init__(
            undefined=Missing,
            autoescape=False,
            optimized=False,  # what tags ask for is counted, so nothing is worked out beforehand
            cache_size=-1,
            auto_reload=False,
            loader=_Loader(self),
        )
        for name in REFUSED_FILTERS:
            self.filters.pop(name, None)
        for name in _REFUSED_GLOBALS:
            self.globals.pop(name, None)
        self.filters.update(GUARDED)
        self.filters.update(FILTERS)
        self.tests.update(GUARDED_TESTS)
        self.globals.update(FUNCTIONS)
        self.tests["none"] = lambda value: (
            value is None or (isinstance(value, NotGiven) and not isinstance(value, Blank))
        )
        self.tests["defined"] = lambda value: not isinstance(value, Missing) or isinstance(value, NotGiven)
        self.tests["blank"] = lambda value: isinstance(value, Blank)
        self.tests["undefined"] = lambda value: isinstance(value, Missing) and not isinstance(value, NotGiven)

    def source_of(self, name: str) -> Source:
        """The source of a part or fragment. TemplateNotFound where there is none."""
        if name in self.sources:
            return self.sources[name]
        if self.load_missing is None:
            raise TemplateNotFound(name)
        return self.load_missing(name)

    def own_state(self) -> dict[str, Any]:
        """What makes this environment that of one template, as attributes of a new one."""
        return {name: self.__dict__[name] for name in ("sources", "codes", "load_missing", "prepare")}

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        if self.prepare is not None and name:
            self.prepare(source, name)
        return super()._generate(source, name, filename, defer_init)

    def include(self, name: Any, context: Context, scope: Mapping[str, Any]) -> Iterable[str]:
        """What the fragment `name` gives in the `scope` of the place that includes it."""
        template = self._included.get(name)
        if template is None:
            template = self._included[name] = self.get_or_select_template(name)
        known = {**context.get_all(), **{key: value for key, value in scope.items() if value is not jinja_missing}}
        # What Jinja would do besides is for templates that import others.
        return template.root_render_func(self.context_class(self, known, template.name, template.blocks))

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute`: a key of plain data before any method of a mapping."""
        if type(obj) is dict and (value := obj.get(attribute)) is not None:
            return value
        if type(obj) is LoopContext and attribute in _LOOP:
            return getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """`obj[argument]`, keys first; None counts as not given, what is missing gets the nearest name."""
        if isinstance(argument, tuple):
            raise SecurityError("a group of values is no key; name one field")
        if isinstance(obj, dict):
            try:
                value = obj[argument]
            except (KeyError, TypeError):
                if isinstance(argument, Blank):
                    return argument
                if argument in METHODS:
                    return super().getattr(obj, argument)
                return missing_field("", str(argument), (key for key in obj if isinstance(key, str)))
            if value is None:
                return NotGiven(f"'{argument}' has no value", None, str(argument))
            return value
        if isinstance(obj, Rich):
            return self.unsafe_undefined(obj, str(argument))
        if isinstance(obj, Missing):
            return obj[argument] if isinstance(argument, int) else getattr(obj, str(argument))
        if isinstance(argument, str):
            if argument[:1] == "_":
                return self.unsafe_undefined(obj, argument)
            if isinstance(obj, (str, bytes)) and argument not in TEXT_METHODS:
                return Missing(f"texts have no '{argument}' in templates{did_you_mean(argument, TEXT_METHODS)}")
            if argument in ("to_bytes", "from_bytes"):
                return self.unsafe_undefined(obj, argument)
        return super().getitem(obj, argument)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic within bounds: no text or list repeated past a million, no giant power."""
        budget: Budget = context.parent[BUDGET]
        if operator == "*":
            budget.repeat(left, right)
        elif operator == "**" and not (abs(left) <= _LARGEST_BASE and abs(right) <= 64):
            raise SecurityError("the tag asks for too large a power")
        elif operator == "%" and isinstance(left, str):
            raise SecurityError("formatting with % is not allowed in a tag; use ~ to join")
        return budget.value(super().call_binop(context, operator, left, right))

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - Jinja's signature
        """A call, counted; the methods of a text within bounds."""
        budget: Budget = __context.parent[BUDGET]
        if type(__obj) is FunctionType and __obj in _OWN_FUNCTIONS:
            budget.take(CALL)
            for name in _JINJA_OWN:
                kwargs.pop(name, None)
            return __obj(*args, **kwargs)
        budget.take(MACRO if isinstance(__obj, Macro) else CALL)
        owner = getattr(__obj, "__self__", None)
        if isinstance(owner, str) and getattr(__obj, "__name__", "") in TEXT_METHODS:
            given = {name: value for name, value in kwargs.items() if name not in _JINJA_OWN}
            return budget.call_text(owner, __obj.__name__, args, given)
        if isinstance(owner, (list, tuple, dict)):
            for value in args if getattr(__obj, "__name__", "") in METHODS else (owner, *args):
                budget.weighed(value)
            return budget.value(super().call(__context, __obj, *args, **kwargs))
        if isinstance(__obj, LoopContext):
            budget.take(len(args[0]) if args and isinstance(args[0], (list, tuple, dict, range, str)) else 0)
        return super().call(__context, __obj, *args, **kwargs)
