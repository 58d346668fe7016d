"""Whatever happens to the bytes of a file, checking it ends in a report: never in a traceback."""

from __future__ import annotations

import contextlib
import io
import zipfile
from functools import cache

import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.documents import Slide, docx, heading, legal_numbering, merged, paragraph, pptx, ref, table, text

from govpack.check import read_outline
from govpack.errors import PackageError

_HOSTILE = (b"", b"<", b"\x00", b"-1", b"999999999999999999999", b"&amp;", b"<w:tbl/>", b"xml:space=", b"/../", b"\xff")


@cache
def _files() -> tuple[tuple[str, bytes], ...]:
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as made:
        sheet = made.add_worksheet("Nimbus")
        sheet.write_row(0, 0, ("Metric", "Weight", "Due"))
        sheet.write_row(1, 0, ("Uptime", 40))
        sheet.write_formula(2, 1, "=SUM(B2:B2)", None, 40)
        sheet.merge_range("A5:B6", "merged", made.add_format({"num_format": "0%"}))
        chart = made.add_chart({"type": "line"})
        chart.add_series({"values": "=Nimbus!$B$2:$B$3"})
        sheet.insert_chart("E2", chart)
    document = docx(
        legal_numbering(),
        heading("Fees"),
        paragraph("words", bookmark="fees", inner=ref("fees", "1")),
        text("plain", "*bold"),
        table(["A", "B"], ["1", "2"]),
        merged([["Who", "A"], ["Bank", ""], ["x", "1"]], (1, 0, 1, 1)),
    )
    return ("a.docx", document), ("a.pptx", pptx(Slide("Risks"))), ("a.xlsx", book.getvalue())


def _read(name: str, data: bytes) -> None:
    with contextlib.suppress(PackageError):
        read_outline(data, name)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_changed_bytes_of_a_file_never_raise_anything_else(data: st.DataObject) -> None:
    name, whole = data.draw(st.sampled_from(_files()), label="file")
    at = data.draw(st.integers(0, len(whole)), label="at")
    cut = data.draw(st.integers(0, 64), label="cut")
    new = data.draw(st.binary(max_size=16) | st.sampled_from(_HOSTILE), label="new")
    _read(name, whole[:at] + new + whole[at + cut :])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_changed_members_of_a_file_never_raise_anything_else(data: st.DataObject) -> None:
    """Members are dropped, emptied, swapped, or changed within; the zip around them stays sound."""
    name, whole = data.draw(st.sampled_from(_files()), label="file")
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        members = {entry: archive.read(entry) for entry in archive.namelist()}
    victim = data.draw(st.sampled_from(sorted(members)), label="member")
    inside = members[victim]
    deed = data.draw(st.sampled_from(["drop", "empty", "swap", "number", "cut"]), label="deed")
    if deed == "drop":
        del members[victim]
    elif deed == "empty":
        members[victim] = b""
    elif deed == "swap":
        members[victim] = members[data.draw(st.sampled_from(sorted(members)), label="with")]
    elif deed == "number":
        # The value of one attribute, or one text, becomes something that no reader expects.
        quotes = [at for at, sign in enumerate(inside) if sign in b'">'] or [0]
        at = data.draw(st.sampled_from(quotes), label="at") + 1
        end = min((found for mark in (b'"', b"<") if (found := inside.find(mark, at)) >= 0), default=at)
        members[victim] = inside[:at] + data.draw(st.sampled_from(_HOSTILE), label="new") + inside[end:]
    else:
        at = data.draw(st.integers(0, len(inside)), label="at")
        members[victim] = inside[:at] + inside[at + data.draw(st.integers(1, 200), label="cut") :]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in members.items():
            archive.writestr(entry, content)
    _read(name, made.getvalue())
