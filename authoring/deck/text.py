"""Paragraphs of a slide: runs with a little markup, so that the slides' scripts read like the slides."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from pptx.oxml import parse_xml

from govpack.ooxml.names import NS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml import etree

LANGUAGE = "en-GB"
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_STATEMENT = re.compile(r"(\{%.*?%\})")
# Statements vanish when the deck is filled. Small and grey, they let a person see the slide behind them.


@dataclass(frozen=True, slots=True)
class Run:
    """Text with one look. `colour` is a name of the theme (``accent5``), `size` in points; inherited if not given."""

    text: str
    bold: bool = False
    colour: str = ""
    size: float = 0


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: its runs, or text in which ``**…**`` is bold. `mark` is its list mark, if not the inherited one,
    `space_before` in points, if not the inherited space."""

    content: str | tuple[Run, ...]
    bold: bool = False
    colour: str = ""
    size: float = 0
    align: str = ""
    mark: Literal["", "none", "number", "hung"] = ""
    space_before: float = -1

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs, with the paragraph's look where they have none of their own."""
        if isinstance(self.content, tuple):
            return self.content
        pieces = _BOLD.split(self.content)
        return tuple(
            Run(piece, self.bold or index % 2 == 1, self.colour, self.size)
            for index, piece in enumerate(pieces)
            if piece
        )


Content = str | Para
"""What a text frame takes: plain text stands for a paragraph with the inherited look."""


def worded(words: Sequence[tuple[str, str, str]], otherwise: tuple[str, str]) -> tuple[Run, ...]:
    """Runs that print one coloured word: the first whose test holds, of (test, word, colour), or `otherwise`.

    The word says what the colour says, so that nothing hangs on colour alone.
    """
    runs: list[Run] = []
    for index, (test, word, colour) in enumerate(words):
        runs += [Run(f"{{% {'elif' if index else 'if'} {test} %}}"), Run(word, bold=True, colour=colour)]
    word, colour = otherwise
    return (*runs, Run("{% else %}"), Run(word, bold=True, colour=colour), Run("{% endif %}"))


def write_paragraphs(body: etree._Element, contents: Iterable[Content], *, size: float = 0) -> None:
    """Put `contents` into a text body in place of what is there; `size` in points where they give none."""
    for old in body.findall(f"{{{NS['a']}}}p"):
        body.remove(old)
    for content in contents:
        para = content if isinstance(content, Para) else Para(content)
        body.append(parse_xml(_paragraph_xml(para, size)))


_MARKS = {
    "": ("", ""),
    "none": (' marL="0" indent="0"', "<a:buNone/>"),
    "hung": (' marL="457200" indent="-457200"', "<a:buNone/>"),
    "number": (' marL="457200" indent="-457200"', '<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"/>'),
}


def _paragraph_xml(para: Para, size: float) -> str:
    attributes, mark = _MARKS[para.mark]
    if para.align:
        attributes += f' algn="{para.align}"'
    if para.space_before >= 0:
        mark = f'<a:spcBef><a:spcPts val="{round(para.space_before * 100)}"/></a:spcBef>{mark}'
    properties = f"<a:pPr{attributes}>{mark}</a:pPr>" if attributes or mark else ""
    runs = "".join(_run_xml(piece, size) for run in para.runs for piece in _pieces(run))
    # What is left of a paragraph whose text was not wanted is as high as its text would be.
    end = f'<a:endParaRPr lang="{LANGUAGE}" sz="{round(size * 100)}"/>' if size else ""
    return f'<a:p xmlns:a="{NS["a"]}">{properties}{runs}{end}</a:p>'


def _pieces(run: Run) -> list[Run]:
    """The run, its statements cut out as runs of their own."""
    return [
        Run(text, colour="accent3", size=8) if _STATEMENT.fullmatch(text) else replace(run, text=text)
        for text in _STATEMENT.split(run.text)
        if text
    ]


def _run_xml(run: Run, size: float) -> str:
    return f"<a:r>{properties_xml('rPr', run.bold, run.colour, run.size or size)}<a:t>{escaped(run.text)}</a:t></a:r>"


def properties_xml(tag: str, bold: bool, colour: str, size: float) -> str:
    """Run properties under the name `tag`. A colour ending in ``-dark`` is the theme's, a quarter darker."""
    attributes = f' lang="{LANGUAGE}"' + (f' sz="{round(size * 100)}"' if size else "") + (' b="1"' if bold else "")
    if not colour:
        return f"<a:{tag}{attributes}/>"
    name, _, darker = colour.partition("-")
    shade = '<a:lumMod val="75000"/>' if darker else ""
    fill = f'<a:solidFill><a:schemeClr val="{name}">{shade}</a:schemeClr></a:solidFill>'
    return f"<a:{tag}{attributes}>{fill}</a:{tag}>"


def escaped(text: str) -> str:
    """`text` as XML holds it, in an element or in an attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
