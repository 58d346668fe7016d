"""The Office template engine: Jinja2 in Word and PowerPoint files, compiled once. Knows nothing of packs."""

from govpack.errors import TemplateError
from govpack.template.controls import Controls
from govpack.template.documents import Document
from govpack.template.fields import Field
from govpack.template.fragments import Fragment
from govpack.template.lint import lint_template
from govpack.template.pictures import read_image
from govpack.template.richtext import Listing, RichText, RichTextParagraph
from govpack.template.template import Rendered, Template, compile_template
from govpack.template.values import Image

__all__ = [
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
    "compile_template",
    "lint_template",
    "read_image",
]
