"""The peer's half of benchmarks/agreement.py: rendering with docxtpl as its users do. Imports nothing of govpack.

docxtpl has no compiled form of a template: ``DocxTemplate(path)``, ``render`` and ``save`` each time is its use as
documented, and rendering one object twice reads the file again all the same. The Jinja environment is made once.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from babel.numbers import format_decimal
from babel.units import format_unit
from docxtpl import DocxTemplate
from jinja2 import Environment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from decimal import Decimal
    from pathlib import Path


def make_environment(locale: str, currency: str, numbers: Mapping[str, str]) -> Environment:
    """Jinja with the filters that govpack brings, on Babel too, and `ref`, which looks a clause's number up."""
    tongue = locale.replace("-", "_")

    def money(value: Decimal) -> str:
        pattern = "#,##0" if value == int(value) else "#,##0.00"
        return f"{currency}\u00a0{format_decimal(value, format=pattern, locale=tongue)}"

    def number(value: Decimal) -> str:
        return str(format_decimal(value, format="#,##0.##########", locale=tongue))

    def day(value: date, form: str = "long") -> str:
        return format_date(value, format=form, locale=tongue)

    def duration(value: Decimal, unit: str) -> str:
        return format_unit(value, f"duration-{unit.removesuffix('s')}", length="long", locale=tongue)

    filters: dict[str, Callable[..., str]] = {
        "money": money,
        "number": number,
        "percent": lambda value: f"{number(value)}%",
        "date": day,
        "duration": duration,
        "upper_first": lambda value: f"{value}"[:1].upper() + f"{value}"[1:],
    }
    environment = Environment()
    environment.filters.update(filters)
    environment.globals["ref"] = numbers.__getitem__
    # Drafting notes are for review copies; an agreement that goes out has none.
    environment.globals["note"] = lambda text, _author: text or ""
    return environment


def render(template: Path, context: Mapping[str, Any], environment: Environment) -> bytes:
    """One document, from a template that is read anew."""
    document = DocxTemplate(template)
    document.render(dict(context), environment)
    target = BytesIO()
    document.save(target)
    return target.getvalue()
