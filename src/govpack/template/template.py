"""The engine's public face: compile a template once, render it any number of times."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2.utils import missing

from govpack.errors import PackageError, TemplateError
from govpack.findings import Finding, errors_of
from govpack.ooxml.package import CONTENT_TYPES, Deflated, Limits, Package, read_package
from govpack.ooxml.writing import PackageWriter
from govpack.template.markup.members import add_lists, is_markup
from govpack.template.parts.compiling import compile_package
from govpack.template.parts.emptied import Emptied
from govpack.template.parts.fragments import Fragment
from govpack.template.rendering.calls import render_functions
from govpack.template.rendering.instances import Instances
from govpack.template.rendering.rendering import Rendering
from govpack.template.rendering.showing import Showing
from govpack.template.values.filters import CURRENCY, LOCALE
from govpack.template.values.limits import LimitError
from govpack.template.values.locales import USUAL, Locale

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govpack.template.fields import Field
    from govpack.template.markup.references import Pieces
    from govpack.template.parts.compiling import Compiled
    from govpack.template.parts.controls import Controls
    from govpack.template.rendering.owning import Owning
    from govpack.template.store import TemplateStore

_OFFICE = "application/vnd.openxmlformats-officedocument."
_TEMPLATES = {
    f"{_OFFICE}wordprocessingml.template.main+xml": f"{_OFFICE}wordprocessingml.document.main+xml",
    f"{_OFFICE}presentationml.template.main+xml": f"{_OFFICE}presentationml.presentation.main+xml",
}
# A document of this many characters is no document; a template that asks for one is stopped.
_LONGEST_PART = 100_000_000
# And a template of more markup than this is none that a person wrote.
_LIMITS = Limits(markup_bytes=32 * 2**20)
# How many pieces are written between two looks at that length.
_AT_ONCE = 512


class Rendered(NamedTuple):
    """A finished file, and what was found on the way (warnings about gaps that the caller allowed).

    `controls` says which path of the data the tag of each content control stands for.
    """

    data: bytes
    findings: tuple[Finding, ...]
    controls: Mapping[str, str] = MappingProxyType({})


class Template:
    """A compiled .docx or .pptx. It keeps no state between renderings.

    It pickles with its compiled code, and is compiled again where another Python, govpack or Jinja loads it.
    """

    def __init__(
        self,
        package: Package,
        fragments: Mapping[str, Fragment] | None = None,
        controls: Controls | None = None,
        *,
        compiled: Compiled | None = None,
    ) -> None:
        self.name = package.name
        self._origin = (package.members, package.name, dict(fragments or {}), controls)
        self._compiled: Compiled = compiled or compile_package(package, fragments or {}, controls)
        self._writer = PackageWriter(self._compiled.members)
        environment = self._compiled.environment
        self._roots = {part: environment.get_template(part) for part in self._compiled.parts}

    def __reduce__(self) -> tuple[Callable[..., Template], tuple[Any, ...]]:
        from govpack.template.pickling import dump_compiled, stamp  # noqa: PLC0415 - few programs send templates about

        return _restored, (*self._origin, stamp(), dump_compiled(self._compiled, self._origin[0], self._origin[2]))

    def render(
        self,
        context: Mapping[str, Any],
        *,
        strict: bool = True,
        locale: str = USUAL,
        currency: str = "EUR",
        call_gap: Callable[[str], str] | None = None,
    ) -> Rendered:
        """Fill the template from `context`, plain data by name.

        With `strict`, a value that is missing is an error; without, it becomes a highlighted ``[● contract.term]``
        and a warning; `call_gap` gives words for the path (empty where the tag is no path), for readers to whom it says
        nothing. `locale` (en-IE) and `currency` (ISO 4217) are for the filters. TemplateError carries every
        finding, and nothing is rendered then; ValueError says that there is no such locale.
        """
        compiled = self._compiled
        chosen = Locale(locale)
        rendering = Rendering(
            compiled.slots,
            compiled.styles,
            compiled.members,
            chosen,
            strict=strict,
            taken=compiled.taken,
            neutral=compiled.neutral,
            call_gap=call_gap,
            data=context,
        )
        if strange := next((key for key in context if not isinstance(key, str)), None):
            raise TypeError(f"a context goes by names, which are texts; found the key '{strange}'")
        names = {key: value for key, value in context.items() if key[:1] != "_"}
        names |= {LOCALE: chosen, CURRENCY: currency}
        names |= render_functions(rendering)
        instances = Instances(compiled.family, compiled.members, self._render_part)
        rendering.links.follow(lambda: instances.current.name)
        names |= Showing(rendering, instances, compiled.family, compiled.frames).functions
        rendering.references.gathers = compiled.gathers_headings
        owning = _owning(compiled, rendering, instances)
        if owning is not None:
            names |= owning.functions
        names = {**compiled.environment.globals, **names}
        try:
            instances.write_roots(names)
        except LimitError as error:
            raise TemplateError(f"{self.name or 'the template'}: {error}", rendering.faults.findings) from None
        if owning is not None:
            owning.finish()
        members = instances.finish(rendering.finish, gaps=bool(rendering.faults.findings))
        if compiled.numbering and (added := rendering.references.list_definitions):
            part = compiled.numbering
            members[part] = Deflated.of(add_lists(part, members[part].inflate(), added))
        if owning is not None:
            owning.finish_members(members)
        rendering.inclusions.finish(members)
        rendering.notes.finish(members)
        rendering.links.write(members)
        findings = rendering.faults.findings
        if errors := errors_of(findings):
            raise TemplateError(f"{self.name or 'the template'}: {_count(errors)} in rendering", findings)
        return Rendered(self._writer.write(members), findings, rendering.controls.paths)

    def _render_part(self, part: str, names: dict[str, Any], scope: Mapping[str, Any] | None = None) -> Pieces:
        template, environment = self._roots[part], self._compiled.environment
        emptied = Emptied()
        length = 0
        known = {**names, **{key: value for key, value in scope.items() if value is not missing}} if scope else names
        # What Jinja would do besides is for templates that import others.
        context = environment.context_class(environment, known, part, template.blocks)
        written = iter(template.root_render_func(context))
        while some := list(islice(written, _AT_ONCE)):
            length += sum(map(len, some))
            if length > _LONGEST_PART:
                raise LimitError(f"{self.name or 'the template'}: {part} grows past {_LONGEST_PART // 10**6} MB")
            emptied.write(some)
        return emptied.finish()

    def with_tags(self, *, neutral: bool) -> Template:
        """This template, whose controls have `neutral` tags or not, as `Controls` says; nothing is compiled anew."""
        members, name, fragments, controls = self._origin
        if controls is None:
            raise ValueError(f"{name or 'the template'} was compiled without controls, so there are no tags to choose")
        compiled = self._compiled._replace(neutral=neutral)
        return Template(Package(members, name), fragments, controls._replace(neutral=neutral), compiled=compiled)

    def keep_in(self, store: TemplateStore) -> None:
        """Let `store` have what this template is compiled to, with the fragments that were used so far."""
        members, name, fragments, controls = self._origin
        store.keep(self._compiled, Package(members, name), fragments, controls)

    def fields(self) -> tuple[Field, ...]:
        """Every value that the template uses, by its path, with the places that use it."""
        from govpack.template.fields import list_fields  # noqa: PLC0415 - rendering does not wait for it

        self._compiled.fragments.load_all()
        return list_fields(self._compiled.environment, self._compiled.slots, self._compiled.family)


def compile_template(
    path: Path | str | bytes,
    *,
    fragments: Mapping[str, str | Fragment] | None = None,
    controls: Controls | None = None,
    store: TemplateStore | None = None,
) -> Template:
    """Read and compile the .docx or .pptx at `path` (or given as bytes).

    `fragments` are pieces of Markdown with tags that the template may include by name. With `controls`, printed values
    of a Word template stand in content controls. A `store` that has what it was compiled to before spares the
    compiling. PackageError where the file can't be read; TemplateError with all findings where its tags are wrong.
    """
    package, named = open_template(path, fragments)
    compiled = store.find(package, named, controls) if store is not None else None
    return Template(package, named, controls, compiled=compiled)


def _restored(
    members: dict[str, Deflated],
    name: str,
    fragments: dict[str, Fragment],
    controls: Controls | None,
    stamped: tuple[bytes, str, str],
    compiled: bytes,
) -> Template:
    """The template of a pickle, from its compiled code where that is good here."""
    from govpack.template.pickling import load_compiled, stamp  # noqa: PLC0415

    same = stamped == stamp()
    made = load_compiled(compiled, members, fragments) if same else None
    return Template(Package(members, name), fragments, controls, compiled=made)


def open_template(
    path: Path | str | bytes, fragments: Mapping[str, str | Fragment] | None
) -> tuple[Package, dict[str, Fragment]]:
    """The package at `path`, and its fragments by name. PackageError or TemplateError where it is no template."""
    package = read_package(path if isinstance(path, bytes) else Path(path), limits=_LIMITS)
    for part, member in package.members.items():
        if member.size > _LIMITS.markup_bytes and is_markup(part, package.content_type(part)):
            raise PackageError(f"{package.name}: '{part}' holds more than {_LIMITS.markup_bytes // 2**20} MB of markup")
    if package.kind not in ("docx", "pptx"):
        raise TemplateError(f"{package.name} is no Word or PowerPoint file, so it can't be a template")
    kind = package.content_type(package.main_part)
    if kind in _TEMPLATES:
        # What is made of a .dotx or .potx is a document.
        types = package.read(CONTENT_TYPES).replace(kind.encode(), _TEMPLATES[kind].encode())
        package = Package({**package.members, CONTENT_TYPES: Deflated.of(types)}, package.name)
    named = {name: Fragment(text) if isinstance(text, str) else text for name, text in (fragments or {}).items()}
    return package, named


def _owning(compiled: Compiled, rendering: Rendering, instances: Instances) -> Owning | None:
    """What settles the notes and ranges of this rendering; None where blocks hold none."""
    if not (compiled.ranges.parts or compiled.notes.on):
        return None
    from govpack.template.rendering.owning import Owning  # noqa: PLC0415 - few templates need it

    return Owning(compiled, rendering, instances)


def _count(errors: tuple[Finding, ...]) -> str:
    return "one error" if len(errors) == 1 else f"{len(errors)} errors"
