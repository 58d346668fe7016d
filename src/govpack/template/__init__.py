"""The Office template engine: Jinja2 in Word and PowerPoint files, compiled once. Knows nothing of packs."""

from govpack.errors import TemplateError
from govpack.template.fields import Field
from govpack.template.fragments import Fragment
from govpack.template.template import Rendered, Template, compile_template
from govpack.template.values import Image

__all__ = ["Field", "Fragment", "Image", "Rendered", "Template", "TemplateError", "compile_template"]
