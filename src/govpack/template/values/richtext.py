"""Values with a look of their own, for callers to put into a context: the names and meaning are docxtpl's."""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

_COLOUR = re.compile(r"[0-9A-Fa-f]{6}|auto")
_UNDERLINES = frozenset(("single", "double", "thick", "dotted", "dash", "dotDash", "dotDotDash", "wave"))
_SCHEMES = ("http", "https", "mailto")
# What a URI may hold as it is (RFC 3986), the percent sign for what is escaped already.
_URI = ";/?:@&=+$,#%-_.!~*'()[]"


class Rich:
    """A value that brings a look along. Templates print it; they can't look inside."""


class Look(NamedTuple):
    """The look of a run of text. Colours are six hexadecimal digits, `size` is in half points, as Word has it."""

    style: str = ""
    color: str = ""
    highlight: str = ""
    size: int | None = None
    subscript: bool = False
    superscript: bool = False
    bold: bool = False
    italic: bool = False
    underline: str = ""
    strike: bool = False
    font: str = ""
    url: str = ""
    rtl: bool = False
    lang: str = ""


class RichText(Rich):
    r"""Text in looks of its own, printed with ``{{ name }}`` or, as in docxtpl, ``{{r name }}``.

    ``\n`` is a line break, ``\t`` a tab, ``\a`` a new paragraph, ``\f`` a page break. ValueError where a look is none.
    """

    def __init__(self, text: Any = None, **look: Any) -> None:
        self.runs: list[tuple[str, Look]] = []
        if text is not None and text != "":
            self.add(text, **look)

    def add(
        self,
        text: Any,
        style: str | None = None,
        color: str | None = None,
        highlight: str | None = None,
        size: int | None = None,
        subscript: bool | None = None,
        superscript: bool | None = None,
        bold: bool = False,
        italic: bool = False,
        underline: bool | str = False,
        strike: bool = False,
        font: str | None = None,
        url: str | None = None,
        rtl: bool = False,
        lang: str | None = None,
        url_id: str | None = None,
    ) -> RichText:
        """Append `text`, which may be another RichText; `url` makes it a link (http, https or mailto)."""
        if url_id is not None:
            raise ValueError("a RichText takes the address itself: url='https://…', and no url_id")
        if isinstance(text, RichText):
            self.runs += text.runs
            return self
        look = Look(
            style or "",
            _colour(color),
            _colour(highlight),
            _size(size),
            bool(subscript),
            bool(superscript),
            bool(bold),
            bool(italic),
            _underline(underline),
            bool(strike),
            font or "",
            checked_url(url) if url else "",
            bool(rtl),
            lang or "",
        )
        self.runs.append((text.decode() if isinstance(text, bytes) else str(text), look))
        return self

    def __str__(self) -> str:
        return "".join(text for text, _ in self.runs)


class RichTextParagraph(Rich):
    """Whole paragraphs, each in a style of the document, printed with ``{{p name }}`` or alone in a paragraph."""

    def __init__(self, text: Any = None, **look: Any) -> None:
        self.paragraphs: list[tuple[RichText, str]] = []
        if text is not None and text != "":
            self.add(text, **look)

    def add(self, text: Any, parastyle: str | None = None) -> RichTextParagraph:
        """Append a paragraph of `text` (a RichText, or plain) in the style `parastyle`, by its name or id."""
        self.paragraphs.append((text if isinstance(text, RichText) else RichText(text), parastyle or ""))
        return self

    def __str__(self) -> str:
        return "\n".join(str(text) for text, _ in self.paragraphs)


class Listing(Rich):
    r"""Text in the look of its tag, with ``\n`` a line break, ``\t`` a tab, ``\a`` a paragraph, ``\f`` a new page."""

    def __init__(self, text: Any) -> None:
        self.text = text.decode() if isinstance(text, bytes) else str(text)

    def __str__(self) -> str:
        return self.text


def checked_url(url: str) -> str:
    """`url` as a link's target. ValueError where its scheme is none of http, https and mailto."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        raise ValueError(f"'{url}' is no address") from None
    if parts.scheme.lower() not in _SCHEMES or not (parts.netloc or parts.path):
        raise ValueError(f"a link leads to an address that begins with http:, https: or mailto:; found '{url}'")
    return quote(url.strip(), safe=_URI)


def checked_colour(value: object) -> str:
    """A colour as the markup has it: six hexadecimal digits, or auto. ValueError for anything else."""
    text = str(value).removeprefix("#")
    if not _COLOUR.fullmatch(text):
        raise ValueError(f"a colour is six hexadecimal digits such as AA0000; found '{value}'")
    return text if text == "auto" else text.upper()


def _colour(value: str | None) -> str:
    return checked_colour(value) if value else ""


def _size(value: int | None) -> int | None:
    if value is None or value == 0:
        return None
    size = int(value)
    if not 2 <= size <= 3276:
        raise ValueError(f"a size is counted in half points, from 2 to 3276; found '{value}'")
    return size


def _underline(value: bool | str) -> str:
    if not value:
        return ""
    return value if isinstance(value, str) and value in _UNDERLINES else "single"
