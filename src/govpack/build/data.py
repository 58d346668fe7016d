"""Documents for machines: a kit's JSON template, each of whose tags prints a JSON value.

A template is JSON with ``{{ value }}`` where a value goes, lists and groups included, and ``{% for %}`` where items
repeat. A comma after the last item does no harm. What is not given is null.
"""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateSyntaxError, Undefined

from govpack.errors import SourceError, TemplateError
from govpack.findings import Finding, Location
from govpack.kits import PlainEnvironment
from govpack.sources.text import read_text
from govpack.sources.yaml import parse_yaml
from govpack.template import Rendered

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# What a machine is given of one pack is never longer; a template that asks for more has gone wrong.
_LONGEST = 20_000_000


class DataTemplate:
    """A JSON template, read and ready to be filled any number of times."""

    def __init__(self, path: Path) -> None:
        """Read `path`. TemplateError with its place where a tag is no tag, SourceError where it can't be read."""
        self._path = path
        environment = PlainEnvironment(finalize=_as_json, trim_blocks=True, lstrip_blocks=True)
        try:
            self._template = environment.from_string(read_text(path))
        except TemplateSyntaxError as error:
            found = Finding(error.message or "this is no template", Location(str(path), error.lineno))
            raise TemplateError(f"{path.name} cannot be used", [found]) from None

    def render(self, context: Mapping[str, Any]) -> Rendered:
        """Fill it from `context`, plain data by name: indented JSON, its keys in the template's order.

        TemplateError names the tag's line, or the line of what was printed that is no JSON.
        """
        try:
            text = self._text(context)
        except JinjaError as error:
            raise self._refused(str(error.message), _line_of(error)) from None
        except (TypeError, ValueError, ArithmeticError, RecursionError) as error:
            raise self._refused(str(error), _line_of(error)) from None
        try:
            tree = parse_yaml(text, self._path.name)
        except SourceError as error:
            raise TemplateError(f"{self._path.name} does not come out as JSON", error.findings) from None
        data = json.dumps(tree, indent=2, ensure_ascii=False, default=_plain_number)
        return Rendered(f"{data}\n".encode(), ())

    def _text(self, context: Mapping[str, Any]) -> str:
        chunks: list[str] = []
        length = 0
        for chunk in self._template.generate(dict(context)):
            length += len(chunk)
            if length > _LONGEST:
                raise self._refused(f"it grows past {_LONGEST // 10**6} MB", None)
            chunks.append(chunk)
        return "".join(chunks)

    def _refused(self, message: str, line: int | None) -> TemplateError:
        return TemplateError(f"{self._path.name} cannot be filled", [Finding(message, Location(str(self._path), line))])


def _line_of(error: BaseException) -> int | None:
    """The template's line that failed: the innermost frame of generated code, as Jinja maps it back."""
    trace = error.__traceback__
    line = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _as_json(value: Any) -> str:
    if isinstance(value, Undefined):
        str(value)  # raises, and says what is missing
    try:
        return json.dumps(value, ensure_ascii=False, default=_plain)
    except (ValueError, RecursionError):
        raise ValueError("the value holds itself; print those of its fields that are wanted") from None


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return _plain_number(value)
    raise TypeError(f"{type(value).__name__} is no value for JSON")


def _plain_number(value: Any) -> int | float:
    """A decimal as JSON's number: whole ones without a point; a float gives all the digits that a fact has."""
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} is no value for JSON")
    return int(value) if value == value.to_integral_value() else float(value)


def is_data(template: str) -> bool:
    """Whether a kit's template, by its name, is one for machines."""
    return template.lower().endswith(".json")
