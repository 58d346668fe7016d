"""A web page parsed under limits: what no page of a pack is near to is refused, before it takes memory or time."""

from __future__ import annotations

from lxml import etree

from govpack.errors import PackageError

# The page of a pack with a thousand documents stays below these.
_MOST_BYTES, _MOST_TAGS = 32 * 2**20, 400_000
_DEEPEST, _MOST_ATTRIBUTES = 200, 200


def parse_page(data: bytes, file: str) -> etree._Element:
    """The root of the page, repaired as a browser would; it can be walked by a function that calls itself.

    PackageError where it is too large, nested too deeply, or empty.
    """
    if len(data) > _MOST_BYTES or data.count(b"<") > _MOST_TAGS:
        raise PackageError(f"{file} is too large to be judged: it holds more than a thousand pages take")
    try:
        data.decode("utf-8-sig")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = None  # what the page says itself
    try:
        etree.fromstring(data, etree.HTMLParser(target=_Bounds(), encoding=encoding, no_network=True, huge_tree=False))
        root = etree.fromstring(
            data,
            etree.HTMLParser(
                encoding=encoding, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
            ),
        )
    except etree.XMLSyntaxError as error:
        raise PackageError(f"{file} is no web page: {error.msg}") from None
    except PackageError as error:
        raise PackageError(f"{file} is not read: {error}") from None
    if root is None or root.tag != "html":
        raise PackageError(f"{file} is no web page: it holds nothing")
    return root


class _Bounds:
    """Sees the elements of a page go by, and refuses it before a tree is made of them.

    To a tree each attribute of an element is added behind all others, so that very many of them take very long.
    """

    def __init__(self) -> None:
        self._depth = 0

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:  # noqa: ARG002 - lxml's form
        """An element begins."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise PackageError(f"it nests more than {_DEEPEST} elements in one another")
        if len(attrib) > _MOST_ATTRIBUTES:
            raise PackageError(f"an element has more than {_MOST_ATTRIBUTES} attributes")

    def end(self, tag: str | bytes) -> None:  # noqa: ARG002 - lxml's form
        """An element ends."""
        self._depth -= 1

    def data(self, data: str | bytes) -> None:
        """Text is of no interest."""

    def comment(self, text: str | bytes) -> None:
        """Nor are comments."""

    def close(self) -> None:
        """The page has ended."""
