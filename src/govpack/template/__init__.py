"""The Office template engine: Jinja2 in Word and PowerPoint files, compiled once. Knows nothing of packs."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from govpack.errors import TemplateError
    from govpack.template.fields import Field
    from govpack.template.lint import lint_template
    from govpack.template.parts.controls import Controls
    from govpack.template.parts.fragments import Fragment
    from govpack.template.rendering.documents import Document
    from govpack.template.store import TemplateStore
    from govpack.template.template import Rendered, Template, compile_template
    from govpack.template.values.pictures import read_image
    from govpack.template.values.richtext import Listing, RichText, RichTextParagraph
    from govpack.template.values.undefined import Blank, Blanks
    from govpack.template.values.values import Image

__all__ = [
    "Blank",
    "Blanks",
    "Controls",
    "Document",
    "Field",
    "Fragment",
    "Image",
    "Listing",
    "Rendered",
    "RichText",
    "RichTextParagraph",
    "Template",
    "TemplateError",
    "TemplateStore",
    "compile_template",
    "lint_template",
    "read_image",
]

# Where each name is defined. A name is loaded when it is asked for, so that who renders does not wait for what lints.
_HOMES = {
    "Blank": "govpack.template.values.undefined",
    "Blanks": "govpack.template.values.undefined",
    "Controls": "govpack.template.parts.controls",
    "Document": "govpack.template.rendering.documents",
    "Field": "govpack.template.fields",
    "Fragment": "govpack.template.parts.fragments",
    "Image": "govpack.template.values.values",
    "Listing": "govpack.template.values.richtext",
    "Rendered": "govpack.template.template",
    "RichText": "govpack.template.values.richtext",
    "RichTextParagraph": "govpack.template.values.richtext",
    "Template": "govpack.template.template",
    "TemplateError": "govpack.errors",
    "TemplateStore": "govpack.template.store",
    "compile_template": "govpack.template.template",
    "lint_template": "govpack.template.lint",
    "read_image": "govpack.template.values.pictures",
}


def __getattr__(name: str) -> Any:
    """A public name, from the module that defines it (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    value = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return value


def __dir__() -> list[str]:
    """The public names."""
    return [*globals(), *(name for name in _HOMES if name not in globals())]
