"""An HTML page as somebody reads it: its elements, their text, and tables by their captions. Python's own parser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_APART = frozenset("td th p li dt dd div option h1 h2 h3 h4 summary caption tr".split())


@dataclass
class Element:
    """An element with what is in it, in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text on one line, no-break spaces as plain ones."""
        return " ".join("".join(self._pieces()).replace("\u00a0", " ").split())

    def _pieces(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._pieces()
                if child.tag in _APART:
                    yield " "

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        """The elements below it with this tag and these attributes (``data_entry`` is ``data-entry``), in order."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            one
            for one in self._below()
            if tag in ("", one.tag) and all(one.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag: str = "", **attributes: str) -> Element:
        """The only such element."""
        (found,) = self.all(tag, **attributes)
        return found

    def having(self, said: Callable[[Element], bool]) -> list[Element]:
        """The elements below it of which `said` is true."""
        return [one for one in self._below() if said(one)]

    def _below(self) -> Iterator[Element]:
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child._below()

    def rows(self) -> list[list[str]]:
        """The rows of a table, its heads first, as the text of their cells."""
        return [[cell.text for cell in row.children if isinstance(cell, Element)] for row in self.all("tr")]

    def tables_in_order(self) -> list[list[list[str]]]:
        """The rows of each table below it; many may have the same caption."""
        return [table.rows() for table in self.all("table")]

    def tables(self) -> dict[str, list[list[str]]]:
        """The rows of each table below it, by its caption."""
        return {table.one("caption").text: table.rows() for table in self.all("table")}


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read_html(page: str) -> Element:
    """The page's root. AssertionError where a tag is not closed as it was opened."""
    parser = _Parser()
    parser.feed(page)
    parser.close()
    assert len(parser.open) == 1, f"<{parser.open[-1].tag}> is not closed"
    return parser.open[0]
