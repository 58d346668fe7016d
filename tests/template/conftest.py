"""Whatever a test of the engine renders is held against our own lints: no fault that its template did not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.support.lints import faults_of

from govpack.errors import PackageError
from govpack.ooxml.writing import write_package
from govpack.template import Rendered, Template
from govpack.template.parts.compiling import compile_package

# Tests put these into values on purpose, and say themselves what they expect.
_MEANT = (" holds the tag ", " holds a gap, ")
# What follows these words is the text that a tag of the template printed.
_SHOWN = re.compile(r"(text is hidden|says [\w:]+): .*", re.DOTALL)


@pytest.fixture(autouse=True)
def outputs_are_linted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails a test at its end where a document that it rendered has a fault of its own."""
    rendered: list[tuple[Template, Rendered]] = []
    render = Template.render

    def kept(template: Template, *args: Any, **options: Any) -> Rendered:
        made = render(template, *args, **options)
        rendered.append((template, made))
        return made

    monkeypatch.setattr(Template, "render", kept)
    yield
    for template, made in rendered[-20:]:
        faults = _faults(made.data)
        if made.findings:  # which say that what a reference leads to was left out
            faults = [fault for fault in faults if "refers to no bookmark" not in fault]
        if faults:
            members, *_ = template.__reduce__()[1]
            assert set(faults) <= set(_faults(write_package(members.items())))


def _faults(data: bytes) -> list[str]:
    try:
        return [_SHOWN.sub(r"\1", fault) for fault in faults_of(data) if not any(words in fault for words in _MEANT)]
    except PackageError as error:
        return [str(error)]


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one where a template, or a piece of one, is compiled from here on."""
    times: list[str] = []

    def counted(*given: Any, **options: Any) -> Any:
        times.append("package")
        return compile_package(*given, **options)

    monkeypatch.setattr("govpack.template.template.compile_package", counted)
    return times
