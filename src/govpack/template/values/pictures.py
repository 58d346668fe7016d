"""Pictures from data: told apart by their first bytes, measured, and fitted into a frame of the template."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import Undefined

from govpack.errors import PackageError
from govpack.ooxml.xml import parse_xml
from govpack.template.values.values import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
# JPEG markers that begin a frame and hold its size (ITU-T T.81, B.2.2).
_FRAME_STARTS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_REFUSED = {
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"\x01\x00\x00\x00": "EMF",
    b"\xd7\xcd\xc6\x9a": "WMF",
    b"%PDF": "PDF",
    b"\x00\x00\x01\x00": "ICO",
}
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(px|pt|pc|mm|cm|in)?\s*")
_UNITS = {None: 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
NEEDS_PNG = "an SVG needs a PNG beside it, which is shown where SVG can't be"
CONTENT_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml"}
# One transparent pixel: what a draft shows where the picture is missing.
NOTHING = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c636060606000000005"
    "0001a5f645400000000049454e44ae426082"
)


class Measured(NamedTuple):
    """What a picture's bytes are: ``png``, ``jpeg`` or ``svg``, and its size in pixels."""

    kind: str
    width: float
    height: float


def image(data: object = None, text: object = "", fallback: object = None) -> Any:
    """What ``{{ image(logo, "Logo of Acme") }}`` gives: the picture, and what a reader hears.

    `data` is an Image, or the bytes of one; `fallback` a PNG for programs that can't show an SVG.
    """
    for value in (data, text, fallback):
        if isinstance(value, Undefined) and not (value is fallback and not value):
            return value
    if isinstance(data, Image):
        return Image(data.data, str(text) or data.text, _bytes(fallback) or data.fallback)
    held = _bytes(data)
    if held is None:
        return None
    return Image(held, str(text), _bytes(fallback))


def read_image(path: Path | str, text: str = "") -> Image:
    """The picture in the file at `path`; of an SVG, with the PNG of the same name beside it.

    ValueError where a file can't be read, where it is no picture, or where an SVG has no PNG.
    """
    path = Path(path)
    data = _read(path)
    if measure(data).kind != "svg":
        return Image(data, text)
    beside = path.with_suffix(".png")
    if not beside.is_file():
        raise ValueError(f"{path.name}: {NEEDS_PNG}; save it as {beside.name} too")
    return Image(data, text, _read(beside))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ValueError(f"cannot read {path.name}: {error.strerror}") from None


def _bytes(value: object) -> bytes | None:
    if isinstance(value, Image):
        return value.data
    if value is None or isinstance(value, Undefined):
        return None
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    shown = f"'{value}'" if isinstance(value, str) else type(value).__name__
    raise TypeError(f"'image' takes a picture from the data; found {shown}, and a template can't open files")


def measure(data: bytes) -> Measured:
    """What `data` is, and its size. ValueError says which other format it is, or what is wrong with it."""
    if data.startswith(_PNG):
        return _measure_png(data)
    if data.startswith(_JPEG):
        return _measure_jpeg(data)
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<") and b"<svg" in data[:4096]:
        return _measure_svg(data)
    name = next((name for start, name in _REFUSED.items() if data.startswith(start)), "")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        name = "WebP"
    what = f"a {name} picture" if name else "no picture that Office shows everywhere" if data else "empty"
    raise ValueError(f"the picture's data is {what}; use PNG, JPEG or SVG")


def _measure_png(data: bytes) -> Measured:
    width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    if data[12:16] != b"IHDR" or not (width and height):
        raise ValueError("the picture is a damaged PNG: it does not say how large it is")
    return Measured("png", width, height)


def _measure_jpeg(data: bytes) -> Measured:
    for marker, start in _jpeg_segments(data):
        if marker in _FRAME_STARTS:
            height = int.from_bytes(data[start + 3 : start + 5], "big")
            width = int.from_bytes(data[start + 5 : start + 7], "big")
            if width and height:
                return Measured("jpeg", width, height)
    raise ValueError("the picture is a damaged JPEG: it does not say how large it is")


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int]]:
    position = 2
    while position + 4 <= len(data):
        if data[position] != 0xFF:
            return
        marker = data[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        yield marker, position + 2
        position += 2 + int.from_bytes(data[position + 2 : position + 4], "big")


def _measure_svg(data: bytes) -> Measured:
    try:
        root = parse_xml(data, "the SVG picture")
    except PackageError as error:
        raise ValueError(str(error)) from None
    if root.tag not in ("{http://www.w3.org/2000/svg}svg", "svg"):
        raise ValueError("the picture's data is XML but no SVG; use PNG, JPEG or SVG")
    box = [float(number) for number in re.findall(r"-?[0-9]*\.?[0-9]+(?:[eE]-?\d+)?", root.get("viewBox", ""))]
    width, height = _pixels(root.get("width", "")), _pixels(root.get("height", ""))
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        # One length gives the other through the view box; without any, only the proportions matter.
        width, height = (
            width or (height * box[2] / box[3] if height else box[2]),
            height or (width * box[3] / box[2] if width else box[3]),
        )
    if not (width and height):
        raise ValueError("the SVG does not say how large it is; give it a viewBox, or width and height")
    return Measured("svg", width, height)


def _pixels(text: str) -> float:
    found = _LENGTH.fullmatch(text)
    return float(found[1]) * _UNITS[found[2]] if found else 0.0


def fit(width: float, height: float, box: tuple[int, int]) -> tuple[int, int]:
    """The largest size within `box` that keeps the proportions of `width` and `height`; nothing is cut off."""
    scale = min(box[0] / width, box[1] / height)
    return max(1, round(width * scale)), max(1, round(height * scale))
