"""Packs with as many scored partners as a test wants, made from the example in memory, and their workbooks read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from tests.support.office import Office

from govpack.inputs import read_pack
from govpack.model.pack import Pack
from govpack.ooxml.package import read_package
from govpack.ooxml.writing import write_package

Change = Callable[[dict[str, Any]], None]


def example(folder: Path) -> Pack:
    """The pack of the inputs in `folder`, which have no error."""
    pack, findings = read_pack(folder)
    assert pack is not None, findings
    return pack


def with_partners(pack: Pack, count: int, change: Change = lambda data: None) -> Pack:
    """`pack` with `count` scored partners, its own over and over; `change` edits the data before it is read again."""
    data = pack.model_dump(exclude_unset=True)
    partners: dict[str, Mapping[str, Any]] = {partner["id"]: partner for partner in data["partners"]}
    cards = list(data["scorecards"]["partners"].items())
    data["partners"] = list(data["partners"])
    data["scorecards"]["partners"] = {}
    for number in range(count):
        first, card = cards[number % len(cards)]
        name = first if number < len(cards) else f"{first}-{number}"
        if number >= len(cards):
            ending = f" Very Long Name Holdings of the North {number}" if number % 7 == 0 else f" {number}"
            data["partners"].append({**partners[first], "id": name, "name": partners[first]["name"] + ending})
        data["scorecards"]["partners"][name] = card
    change(data)
    return Pack.model_validate(data)


def values(data: bytes) -> Workbook:
    """The workbook with the values that are stored."""
    return load_workbook(BytesIO(data), data_only=True)


def formulas(data: bytes) -> Workbook:
    """The workbook with its formulas."""
    return load_workbook(BytesIO(data))


def table(book: Workbook, sheet: str, head: int = 4) -> list[dict[str, Any]]:
    """The rows under the head in row `head`, by column name, down to the first blank row."""
    rows = list(book[sheet].iter_rows(min_row=head, values_only=True))
    names = [str(name) for name in rows[0] if name is not None]
    found = []
    for row in rows[1:]:
        if not any(cell not in (None, "") for cell in row):
            break
        found.append(dict(zip(names, row, strict=False)))
    return found


def with_value(data: bytes, sheet: str, cell: str, value: str) -> bytes:
    """The workbook with another value stored in a cell."""
    package = read_package(data)
    at = formulas(data).sheetnames.index(sheet) + 1
    part = f"xl/worksheets/sheet{at}.xml"
    text = package.read(part).decode()
    changed, count = re.subn(rf'(<c r="{cell}"[^>]*>(?:<f>[^<]*</f>)?<v>)[^<]*(</v>)', rf"\g<1>{value}\g<2>", text)
    assert count == 1
    return write_package((name, changed.encode() if name == part else package.read(name)) for name in package.names)


def differences(data: bytes, office: Office, folder: Path) -> list[str]:
    """Cells in which LibreOffice, that calculates all formulas anew, comes to another value than is stored."""
    again, calculated = values(data), calculated_anew(data, office, folder)
    found = []
    for sheet in formulas(data).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    old, new = again[sheet.title][cell.coordinate].value, calculated[sheet.title][cell.coordinate].value
                    if not _same(old, new):
                        found.append(f"{sheet.title}!{cell.coordinate}: {old} is stored, {new} comes out")
    return found


def calculated_anew(data: bytes, office: Office, folder: Path) -> Workbook:
    """The workbook with the values that LibreOffice comes to."""
    folder.mkdir(parents=True)
    file = folder / "scorecard.xlsx"
    file.write_bytes(data)
    settings = office.folder / "profile" / "user"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "registrymodifications.xcu").write_text(_ALWAYS, encoding="utf-8")
    (saved,) = office.convert([file], "xlsx", folder / "saved")
    return values(saved.read_bytes())


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) < 1e-6
    return (one or "") == (other or "")


_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
