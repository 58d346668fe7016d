"""The tags of a Markdown fragment, found before its Markdown is read; marks without meaning to it stand for them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from govpack.findings import Location
from govpack.template.blocks.pairing import pair_blocks
from govpack.template.blocks.scope import Site
from govpack.template.language.tags import PAIRED, Kind, Tag, TagError, find_tags
from govpack.template.markup.paragraphs import ParagraphText
from govpack.template.markup.references import MARK_START

if TYPE_CHECKING:
    from govpack.template.parts.compiling import Workshop
    from govpack.template.parts.fragments import Fragment

# In Markdown a mark ends with a punctuation sign that nobody writes (a Manichaean one): asterisks next to a letter or
# a noncharacter would not count as bold before a quotation mark. Marks of statements that go before, or behind, the
# paragraph of their text begin with noncharacters of their own, and stand at its end.
_END = "\U00010af1"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BEFORE, BEHIND = "\ufdd2", "\ufdd3"
MARK = re.compile(f"{MARK_START}(\\d+){_END}")
_MARKS_ONLY = re.compile(f"\\s*(?:{MARK_START}\\d+{_END}\\s*)+")
BESIDE = re.compile(f" ?([{BEFORE}{BEHIND}])(\\d+){_END}")


class ReadTag(NamedTuple):
    """A tag of a fragment: its slot, whether it begins a bookmark or comment, or refers to a bookmark."""

    slot: int
    tag: Tag
    opens_range: bool = False
    is_reference: bool = False


@dataclass(slots=True, eq=False)
class ReadFragment:
    """A fragment whose tags are read: Markdown with marks that count into `tags`."""

    text: str
    location: Location
    tags: list[ReadTag] = field(default_factory=list)


def read_fragment(shop: Workshop, name: str, fragment: Fragment) -> ReadFragment:
    text = fragment.text

    def location(position: int) -> Location:
        return Location(fragment.file or f"fragment {name}", fragment.line_at(position))

    read = ReadFragment("", location(0))
    if any(sign in text for sign in (MARK_START, _END, BEFORE, BEHIND)):
        shop.report("", "the fragment holds a character that the engine keeps for itself", location(0))
    if found := _ILLEGAL.search(text):
        reason = f"the fragment holds a character that no Office file can hold (U+{ord(found[0]):04X})"
        shop.report("", reason, location(found.start()))
    pieces, position = [], 0
    nowhere = ParagraphText(shop.root_of_nothing)
    sites: list[Site] = []
    for tag in find_tags(text):
        if isinstance(tag, TagError):
            shop.report(tag.tag, tag.reason, location(text.find(tag.tag[:20])))
            continue
        pieces.append(text[position : tag.start])
        position = tag.end
        if tag.kind is Kind.SILENT:
            continue
        if reason := _why_not_here(tag):
            shop.report(tag.raw, reason, location(tag.start))
            continue
        understood = shop.read_tag(tag, location(tag.start))
        if understood is None:
            if tag.kind is Kind.BLOCK and tag.word in PAIRED:
                sites.append(Site(shop.add_slot(tag.raw, location(tag.start)), tag, nowhere))
            continue
        slot, said = understood
        sites.append(Site(slot, tag, nowhere))
        prints = tag.kind is Kind.VALUE
        read.tags.append(ReadTag(slot, tag, prints and said.opens_range, prints and "ref" in said.called))
        pieces.append(f"{MARK_START}{len(read.tags) - 1}{_END}")
    for fault in pair_blocks(sites)[1]:
        slot_of = shop.slots[fault.site.number]
        shop.report(slot_of.raw, fault.reason, slot_of.location)
    read.text = _separate_statements("".join([*pieces, text[position:]]), read.tags)
    return read


def _why_not_here(tag: Tag) -> str:
    if tag.kind is Kind.CELL or tag.scope:
        return "the tag is for a paragraph, row or cell of Word, and a fragment is Markdown; leave it out"
    if tag.kind is not Kind.BLOCK:
        return ""
    if tag.word == "include":
        return "a fragment can't include another"
    if tag.word in ("macro", "call", "filter", "raw", "break", "continue") or (tag.word == "set" and tag.opens):
        return f"a fragment has no '{tag.word}' block or jump; it knows for, if, with, and set with a value"
    return ""


def _separate_statements(text: str, tags: list[ReadTag]) -> str:
    """Take lines that hold statements only out of the text; each goes with the line before or behind it."""
    lines: list[str] = []
    pending = ""
    for line in text.splitlines():
        numbers = [int(found) for found in MARK.findall(line)]
        if numbers and _MARKS_ONLY.fullmatch(line) and all(tags[n].tag.kind is Kind.BLOCK for n in numbers):
            for number in numbers:
                last = next((at for at in range(len(lines) - 1, -1, -1) if lines[at].strip()), None)
                if pending or last is None or tags[number].tag.opens or tags[number].tag.is_single:
                    pending += f" {BEFORE}{number}{_END}"
                else:
                    lines[last] += f" {BEHIND}{number}{_END}"
            continue
        if pending and line.strip():
            lines.append(line + pending)
            pending = ""
            continue
        lines.append(line)
    if pending and lines:
        lines[-1] += pending.replace(BEFORE, BEHIND)
    return "\n".join(lines)
