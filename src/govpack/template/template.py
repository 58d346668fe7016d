"""The engine's public face: compile a template once, render it any number of times."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govpack.errors import TemplateError
from govpack.findings import Finding, errors_of
from govpack.ooxml.package import CONTENT_TYPES, Deflated, Package, read_package, write_package
from govpack.template.compiling import compile_package
from govpack.template.emptied import fill_emptied
from govpack.template.fields import Field, list_fields
from govpack.template.filters import CURRENCY, LOCALE, parse_locale
from govpack.template.fragments import Fragment
from govpack.template.instances import Instances
from govpack.template.limits import LimitError
from govpack.template.members import add_lists
from govpack.template.rendering import Rendering, render_functions
from govpack.template.showing import Showing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govpack.template.compiling import Compiled
    from govpack.template.controls import Controls

_OFFICE = "application/vnd.openxmlformats-officedocument."
_TEMPLATES = {
    f"{_OFFICE}wordprocessingml.template.main+xml": f"{_OFFICE}wordprocessingml.document.main+xml",
    f"{_OFFICE}presentationml.template.main+xml": f"{_OFFICE}presentationml.presentation.main+xml",
}
# A document of this many characters is no document; a template that asks for one is stopped.
_LONGEST_PART = 100_000_000
# How many pieces are written between two looks at that length.
_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished file, and what was found on the way (warnings about gaps that the caller allowed).

    `controls` says which path of the data the tag of each content control stands for.
    """

    data: bytes
    findings: tuple[Finding, ...]
    controls: Mapping[str, str] = field(default_factory=dict)


class Template:
    """A compiled .docx or .pptx. It keeps no state between renderings.

    It pickles as what it was made of, and is compiled again where it arrives.
    """

    def __init__(
        self,
        package: Package,
        fragments: Mapping[str, Fragment] | None = None,
        controls: Controls | None = None,
    ) -> None:
        self.name = package.name
        self._origin = (package.members, package.name, dict(fragments or {}), controls)
        self._compiled: Compiled = compile_package(package, fragments or {}, controls)

    def __reduce__(self) -> tuple[Callable[..., Template], tuple[Any, ...]]:
        return _restored, self._origin

    def render(
        self, context: Mapping[str, Any], *, strict: bool = True, locale: str = "en", currency: str = "EUR"
    ) -> Rendered:
        """Fill the template from `context`, plain data by name.

        With `strict`, a value that is missing is an error; without, it becomes a highlighted ``[● contract.term]``
        and a warning. `locale` (en-IE) and `currency` (ISO 4217) are for the filters. TemplateError carries every
        finding, and nothing is rendered then; ValueError says that there is no such locale.
        """
        compiled = self._compiled
        chosen = parse_locale(locale)
        rendering = Rendering(
            compiled.slots,
            compiled.styles,
            compiled.members,
            chosen,
            strict=strict,
            taken=compiled.taken,
            neutral=compiled.neutral,
        )
        if strange := next((key for key in context if not isinstance(key, str)), None):
            raise TypeError(f"a context goes by names, which are texts; found the key '{strange}'")
        names = {key: value for key, value in context.items() if key[:1] != "_"}
        names |= {LOCALE: chosen, CURRENCY: currency}
        names |= render_functions(rendering)
        instances = Instances(compiled.family, compiled.members, self._render_part)
        rendering.links.follow(lambda: instances.current.name)
        names |= Showing(rendering, instances, compiled.family, compiled.frames).functions
        try:
            instances.write_roots(names)
        except LimitError as error:
            raise TemplateError(f"{self.name or 'the template'}: {error}", rendering.findings) from None
        members = instances.finish(rendering.finish, gaps=bool(rendering.findings))
        if compiled.numbering and (added := rendering.references.list_definitions):
            part = compiled.numbering
            members[part] = Deflated.of(add_lists(part, members[part].inflate(), added))
        rendering.inclusions.finish(members)
        rendering.links.write(members)
        findings = rendering.findings
        if errors := errors_of(findings):
            raise TemplateError(f"{self.name or 'the template'}: {_count(errors)} in rendering", findings)
        return Rendered(write_package(members.items()), findings, rendering.controls.paths)

    def _render_part(self, part: str, names: Mapping[str, Any], scope: Mapping[str, Any] | None = None) -> str:
        template = self._compiled.environment.get_template(part)
        chunks: list[str] = []
        length = 0
        context = template.new_context(dict(names), shared=scope is not None, locals=scope)
        written = iter(template.root_render_func(context))
        while some := list(islice(written, _AT_ONCE)):
            chunks += some
            length += sum(map(len, some))
            if length > _LONGEST_PART:
                raise LimitError(f"{self.name or 'the template'}: {part} grows past {_LONGEST_PART // 10**6} MB")
        text = "".join(chunks)
        if part in self._compiled.empty_cells:
            text = fill_emptied(text)
        return text

    def fields(self) -> tuple[Field, ...]:
        """Every value that the template uses, by its path, with the places that use it."""
        self._compiled.fragments.load_all()
        return list_fields(self._compiled.environment, self._compiled.slots, self._compiled.family)


def compile_template(
    path: Path | str | bytes,
    *,
    fragments: Mapping[str, str | Fragment] | None = None,
    controls: Controls | None = None,
) -> Template:
    """Read and compile the .docx or .pptx at `path` (or given as bytes).

    `fragments` are pieces of Markdown with tags that the template may include by name. With `controls`, printed values
    of a Word template stand in content controls. PackageError where the file can't be read; TemplateError with all
    findings where its tags are wrong.
    """
    package, named = open_template(path, fragments)
    return Template(package, named, controls)


def _restored(
    members: dict[str, Deflated], name: str, fragments: dict[str, Fragment], controls: Controls | None
) -> Template:
    return Template(Package(members, name), fragments, controls)


def open_template(
    path: Path | str | bytes, fragments: Mapping[str, str | Fragment] | None
) -> tuple[Package, dict[str, Fragment]]:
    """The package at `path`, and its fragments by name. PackageError or TemplateError where it is no template."""
    package = read_package(path if isinstance(path, bytes) else Path(path))
    if package.kind not in ("docx", "pptx"):
        raise TemplateError(f"{package.name} is no Word or PowerPoint file, so it can't be a template")
    kind = package.content_type(package.main_part)
    if kind in _TEMPLATES:
        # What is made of a .dotx or .potx is a document.
        types = package.read(CONTENT_TYPES).replace(kind.encode(), _TEMPLATES[kind].encode())
        package = Package({**package.members, CONTENT_TYPES: Deflated.of(types)}, package.name)
    named = {name: Fragment(text) if isinstance(text, str) else text for name, text in (fragments or {}).items()}
    return package, named


def _count(errors: tuple[Finding, ...]) -> str:
    return "one error" if len(errors) == 1 else f"{len(errors)} errors"
