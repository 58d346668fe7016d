"""The markup of values with a look of their own, at the slot that prints them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govpack.ooxml.names import NS, RT_HYPERLINK
from govpack.ooxml.xml import quoted
from govpack.template.markup.dialects import DRAWING, WORD
from govpack.template.values.richtext import Listing, RichText, RichTextParagraph, checked_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from govpack.template.language.slots import Slot
    from govpack.template.markup.dialects import Dialect
    from govpack.template.markup.references import References
    from govpack.template.markup.styles import Styles
    from govpack.template.parts.shapes import Shape
    from govpack.template.rendering.links import Links
    from govpack.template.values.richtext import Look, Rich

_SPLIT = re.compile("([\a\f])")
_PAGE = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_R = f'xmlns:r="{NS["r"]}"'


class RichWriter:
    """Writes rich values for one rendering. What can't be written raises ValueError with the reason.

    `escape` gives a text as it reads in XML at a slot, by the slot's number.
    """

    def __init__(
        self, styles: Styles, links: Links, references: References, escape: Callable[[int, Slot, str], str]
    ) -> None:
        self._styles = styles
        self._links = links
        self._references = references
        self._escape = escape

    def write(self, number: int, slot: Slot, value: Rich) -> str:
        """The markup of `value` at `slot`."""
        if slot.dialect is None:
            return self._plain(number, slot, str(value))
        match value:
            case RichTextParagraph():
                if slot.shapes is None:
                    raise ValueError("the value makes paragraphs, so its tag must stand alone in a paragraph")
                return "".join(
                    self._paragraph(number, slot, text, style, slot.dialect) for text, style in value.paragraphs
                )
            case Listing():
                return self._around(slot, self._pieces(number, slot, value.text, slot.before, slot.after))
            case RichText():
                runs = [self._run(number, slot, text, look, slot.dialect) for text, look in value.runs]
                return self._around(slot, "".join(runs))
        raise ValueError(f"a {type(value).__name__} can't stand here")

    def link(self, dialect: Dialect, url: str) -> str:
        """What makes a run a link to `url`: in Word the start of an element around it, in a deck one of its looks."""
        link = self._links.add_relationship(self._links.part, RT_HYPERLINK, checked_url(url), external=True)
        if dialect is WORD:
            return f'<w:hyperlink {_R} r:id="{link}" w:history="1">'
        return f'<a:hlinkClick {_R} r:id="{link}"/>'

    def _plain(self, number: int, slot: Slot, text: str) -> str:
        if _SPLIT.search(text):
            raise ValueError("the value begins a paragraph or page, so its tag must stand in a paragraph")
        return self._escape(number, slot, text)

    def _around(self, slot: Slot, runs: str) -> str:
        if slot.shapes is None:
            return runs
        self._count(slot.shapes.own)
        return f"{slot.shapes.own.open}{runs}{slot.shapes.own.close}"

    def _count(self, shape: Shape) -> None:
        if shape.level is not None:
            self._references.count(shape.level.num_id, shape.level.depth)

    def _pieces(self, number: int, slot: Slot, text: str, before: str, after: str) -> str:
        """Runs of `text` between `before` and `after`; bells and form feeds begin paragraphs and pages."""
        written = []
        for piece in _SPLIT.split(text):
            if piece in ("\a", "\f"):
                written.append(self._break(slot, page=piece == "\f"))
            elif piece:
                written.append(f"{before}{self._escape(number, slot, piece)}{after}")
                self._references.note_text(piece)
        return "".join(written)

    def _break(self, slot: Slot, *, page: bool) -> str:
        shape = slot.shapes.own if slot.shapes else slot.around
        if shape is None:
            raise ValueError("the value begins a paragraph, which it can't inside a link, field or control")
        if page and slot.dialect is not WORD:
            raise ValueError("the value begins a page, and a slide has none")
        self._count(shape)
        return f"{shape.close}{_PAGE if page else ''}{shape.open}"

    def _paragraph(self, number: int, slot: Slot, text: RichText, style: str, dialect: Dialect) -> str:
        opened, is_heading = f"<{dialect.name}:p>", False
        if style:
            if dialect is not WORD:
                raise ValueError(f"a slide has no paragraph styles, so '{style}' can't be given")
            identifier = self._styles.find(style, "paragraph")
            level = self._styles.level_of_style(identifier)
            if level is not None:
                self._references.count(level.num_id, level.depth)
            opened += f"<w:pPr><w:pStyle w:val={quoted(identifier)}/></w:pPr>"
            outline = self._styles.outline_of_style(identifier) if self._references.gathers else None
            if outline is not None and str(text):
                opened += self._references.begin_heading(outline, numbered=level is not None)
                is_heading = True
        runs = "".join(self._run(number, slot, piece, look, dialect) for piece, look in text.runs)
        if is_heading:
            runs += self._references.close_heading()
        return f"{opened}{runs}</{dialect.name}:p>"

    def _run(self, number: int, slot: Slot, text: str, look: Look, dialect: Dialect) -> str:
        if dialect is not WORD:
            properties = self._drawing_properties(look)
            # A DrawingML break stands between two runs, each with its properties.
            escaped = self._pieces(number, slot, text, f"<a:r>{properties}<a:t>", "</a:t></a:r>")
            return escaped.replace(slot.line_break, dialect.breaks["\n"].replace("{properties}", properties))
        before, after = f'<w:r>{self._word_properties(look)}<w:t xml:space="preserve">', "</w:t></w:r>"
        if look.url:
            if _SPLIT.search(text):
                raise ValueError("the text of a link can't begin a paragraph")
            before, after = f"{self.link(dialect, look.url)}{before}", f"{after}</w:hyperlink>"
        return self._pieces(number, slot, text, before, after)

    def _word_properties(self, look: Look) -> str:
        """The run properties of `look`, in the order of the schema (ECMA-376 part 1, 17.3.2.28)."""
        made = []
        if look.style:
            made.append(f"<w:rStyle w:val={quoted(self._styles.find(look.style, 'character'))}/>")
        if look.font:
            region, _, font = look.font.rpartition(":")
            name = quoted(font)
            extra = f" w:{region}={name}" if region in ("eastAsia",) else ""
            made.append(f"<w:rFonts w:ascii={name} w:hAnsi={name} w:cs={name}{extra}/>")
        made += [f"<w:{name}/><w:{name}Cs/>" for name, on in (("b", look.bold), ("i", look.italic)) if on]
        if look.strike:
            made.append("<w:strike/>")
        if look.color:
            made.append(f'<w:color w:val="{look.color}"/>')
        if look.size:
            made.append(f'<w:sz w:val="{look.size}"/><w:szCs w:val="{look.size}"/>')
        if look.underline:
            made.append(f'<w:u w:val="{look.underline}"/>')
        if look.highlight:
            made.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{look.highlight}"/>')
        if look.subscript or look.superscript:
            made.append(f'<w:vertAlign w:val="{"subscript" if look.subscript else "superscript"}"/>')
        if look.rtl:
            made.append("<w:rtl/>")
        if look.lang:
            made.append(f"<w:lang w:val={quoted(look.lang)}/>")
        return f"<w:rPr>{''.join(made)}</w:rPr>" if made else ""

    def _drawing_properties(self, look: Look) -> str:
        """The same for DrawingML (21.1.2.3.9): most looks are attributes, sizes count in hundredths of a point."""
        if look.style or look.rtl:
            raise ValueError(f"a slide has no {'character styles' if look.style else 'runs from right to left'}")
        attributes = [f" lang={quoted(look.lang)}"] if look.lang else []
        attributes += [f' sz="{look.size * 50}"'] if look.size else []
        attributes += [f' {name}="1"' for name, on in (("b", look.bold), ("i", look.italic)) if on]
        attributes += [f' u="{_DRAWN_UNDERLINES.get(look.underline, "sng")}"'] if look.underline else []
        attributes += [' strike="sngStrike"'] if look.strike else []
        if look.subscript or look.superscript:
            attributes.append(f' baseline="{-25000 if look.subscript else 30000}"')
        children = []
        if look.color and look.color != "auto":
            children.append(f'<a:solidFill><a:srgbClr val="{look.color}"/></a:solidFill>')
        if look.highlight and look.highlight != "auto":
            children.append(f'<a:highlight><a:srgbClr val="{look.highlight}"/></a:highlight>')
        if look.font:
            name = quoted(look.font.rpartition(":")[2])
            children.append(f"<a:latin typeface={name}/><a:cs typeface={name}/>")
        if look.url:
            children.append(self.link(DRAWING, look.url))
        if not attributes and not children:
            return ""
        return f"<a:rPr{''.join(attributes)}>{''.join(children)}</a:rPr>"


_DRAWN_UNDERLINES = {
    "double": "dbl",
    "thick": "heavy",
    "dotted": "dotted",
    "dash": "dash",
    "dotDash": "dotDash",
    "dotDotDash": "dotDotDash",
    "wave": "wavy",
}
