"""The vendor scorecard from a pack: one workbook, the same bytes for the same pack."""

from __future__ import annotations

import datetime
import re
from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from govpack.ooxml.package import read_package
from govpack.ooxml.writing import write_package
from govpack.workbook.chart_places import add_charts, charts_fit_dashboard, write_charts
from govpack.workbook.dashboard import write_dashboard
from govpack.workbook.layout import CHARTS, DASHBOARD, DATA, PLAN, lay_out
from govpack.workbook.lists import write_data, write_plan
from govpack.workbook.look import Look
from govpack.workbook.partner_sheet import write_partner

if TYPE_CHECKING:
    from govpack.model.pack import Pack

TITLE = "Vendor scorecard"
# XlsxWriter leaves the type out where a formula's value is an empty text, which reads as if there were no value.
_EMPTY = re.compile(rb'<c (r="[A-Z]+\d+"(?: s="\d+")?)>(<f>[^<]*</f><v></v></c>)')


def write_scorecard(pack: Pack) -> bytes:
    """The workbook: dashboard, charts where they need a sheet, a sheet for each partner, improvement plan, data.

    `pack` must score at least one partner. Formulas carry their values, which are the model's figures.
    """
    plan = lay_out(pack)
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_urls": False, "default_date_format": "d mmm yyyy"})
    about = pack.pack
    book.set_properties(
        {
            "title": f"{TITLE}: {about.title}",
            "subject": "Technical, financial and innovation scores of partners",
            "author": pack.organisation.name,
            "company": pack.organisation.legal_name,
            "category": about.confidentiality,
            "keywords": f"version {about.version}",
            "status": about.status_label,
            "created": datetime.datetime.combine(about.as_of, datetime.time()),
        }
    )
    look = Look(book)
    dashboard = book.add_worksheet(DASHBOARD)
    charts = None if charts_fit_dashboard(plan) else book.add_worksheet(CHARTS)
    partners = [book.add_worksheet(sheet.name) for sheet in plan.sheets]
    write_plan(book, book.add_worksheet(PLAN), plan, look)
    write_data(book.add_worksheet(DATA), plan, look)
    for sheet, card in zip(partners, plan.sheets, strict=True):
        write_partner(sheet, card, pack, look)
    write_dashboard(book, dashboard, plan, look)
    if charts is None:
        add_charts(book, dashboard, plan)
    else:
        write_charts(book, charts, plan, look)
    dashboard.activate()
    book.close()
    package = read_package(buffer.getvalue())
    return write_package((name, _settled(name, package.read(name))) for name in package.names)


def _settled(part: str, data: bytes) -> bytes:
    return _EMPTY.sub(rb'<c \1 t="str">\2', data) if part.startswith("xl/worksheets/sheet") else data
