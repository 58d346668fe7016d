"""Links whose target holds a tag: each place that shows one gets a relationship of its own, from its own scope."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from govpack.template.language.slots import Form
from govpack.template.language.tags import Kind, TagError, find_tags

if TYPE_CHECKING:
    from govpack.template.parts.compiling import Workshop
    from govpack.template.parts.plans import Relation

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
# What a link may ask a reader's computer to do; anything else in data is taken for an attack.
SCHEMES = frozenset(("http", "https", "mailto", "tel", "sms", "ftp", "ftps", "sip", "geo"))
_RESERVED = ":/?#[]@!$&'()*+,;=%~-._"
_CODE = re.compile(r"%(?![0-9A-Fa-f]{2})")


# A link's target is a URI: Office writes a tag's braces, and the signs between them, in percent form.
_WRITTEN_TAG = re.compile(
    r"(?:%7B|\{)(?:(?:%7B|\{).*?(?:%7D|\})|(?:%25|%).*?(?:%25|%)|(?:%23|#).*?(?:%23|#))(?:%7D|\})",
    re.IGNORECASE | re.DOTALL,
)


def with_plain_tags(target: str) -> str:
    """`target` with its tags as they were typed; what stands around them keeps its percent forms."""
    return _WRITTEN_TAG.sub(lambda found: unquote(found[0]), target)


class LinkTargets:
    """Makes marks for the links of a template whose targets hold tags."""

    def __init__(self, shop: Workshop) -> None:
        self.shop = shop

    def mark(self, part: str, relation: Relation) -> str:
        """A mark for the id of the link that `relation` stands for, where `part` shows it."""
        text = with_plain_tags(relation.target)
        name = self.shop.names.get(part, part) or "body"
        location = self.shop.location(f"{name}, target of a link")
        pieces: list[str] = []
        position, first = 0, -1
        for tag in find_tags(text):
            if isinstance(tag, TagError):
                self.shop.report(tag.tag, tag.reason, location)
                continue
            if text[position : tag.start]:
                pieces.append(_quoted(text[position : tag.start]))
            position = tag.end
            if tag.kind is Kind.BLOCK:
                self.shop.report(tag.raw, "a link's target can hold values, not statements", location)
                continue
            read = self.shop.read_tag(tag, location) if tag.kind is Kind.VALUE else None
            if read is None:
                continue
            if first < 0:
                first = read[0]
            pieces.append(f"[{tag.source}]")
        if text[position:]:
            pieces.append(_quoted(text[position:]))
        if first < 0:
            return relation.id
        slot = self.shop.slots[first]
        slot.form = Form.HELD
        # Where the value is missing and gaps may stand, the link leads nowhere.
        slot.before_missing = relation.id
        return self.shop.marks.value(first, f'_target({first}, "{relation.id}", {", ".join(pieces)})')


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def build_target(pieces: tuple[str | list[Any], ...]) -> str:
    """The target that literal `pieces` make with values (each in a list) between them, written as a URI.

    A value that begins the target is a whole address and keeps its signs; behind it, one in the path can't begin a
    query, and one in a query can't begin another field. ValueError where the target asks for more than a link may.
    """
    target = ""
    for piece in pieces:
        if isinstance(piece, str):
            target += piece
            continue
        value = str(piece[0])
        if not target:
            target += _CODE.sub("%25", quote(value.strip(), safe=_RESERVED))
        elif "?" in target or "#" in target:
            target += quote(value, safe="")
        else:
            target += quote(value, safe="/@:+,;=~")
    scheme = _SCHEME.match(target)
    if scheme and scheme[1].lower() not in SCHEMES:
        raise ValueError(f"a link may not lead to '{scheme[1]}:'; use one of {', '.join(sorted(SCHEMES))}")
    return target
