"""Where a template's file holds tags that nothing fills: each is refused by the name of its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from govpack.errors import TemplateError
from govpack.ooxml.names import STRICT, qn
from govpack.ooxml.package import CONTENT_TYPES, Deflated, Package
from govpack.ooxml.xml import parse_xml, serialise
from govpack.template.language.tags import TagError, find_tags, has_tag
from govpack.template.markup.cleaning import clean
from govpack.template.markup.encodings import is_ascii_based
from govpack.template.markup.members import is_markup, is_mute
from govpack.template.markup.references import MARK_END, MARK_START
from govpack.template.parts.plans import Kind
from govpack.template.parts.targets import with_plain_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govpack.template.parts.compiling import Workshop
    from govpack.template.parts.embedded import Search
    from govpack.template.parts.plans import PartPlan
    from govpack.template.parts.workbooks import Workbook


_STRICT_PART = "it is in Strict Open XML, which is not filled; in Office, save the file as an ordinary .docx or .pptx"
_SPLIT = "the tag is split over several pieces of a picture's text; type it in one"
_SVG_TEXT = "{http://www.w3.org/2000/svg}text"
_IN_A_FILE = "a file within the file is not filled; put its text into the document itself, or take the tag out"
_IN_A_WORKBOOK = (
    "the workbook of a chart is filled where the chart's alternative text is {{ chart(...) }}; "
    "write that, or take the tag out"
)


def is_worth_reading(data: bytes) -> bool:
    """Whether the XML part `data` may hold a tag, or what is to be cleaned away."""
    return b"{" in data or b"&#" in data or b"rsid" in data or not is_ascii_based(data)


def read_fillable(shop: Workshop, part: str, data: bytes) -> etree._Element | None:
    """The root of a part that is to be filled; None, and a finding, where its tags would be filled in part only.

    TemplateError where it holds the engine's own marks, PackageError where it is no XML.
    """
    root = shop.roots.pop(part, None)
    if root is None:
        root = parse_xml(data, part)
    if _holds_marks(data, root):
        what = f"{part} holds a noncharacter (U+FDD0 or U+FDD1), which no text has"
        raise TemplateError(f"{shop.package.name or 'the template'}: {what}")
    for tag, reason in ((_strict_tag(data, root), _STRICT_PART), (_split_tag(root), _SPLIT)):
        if tag:
            shop.report(tag, reason, shop.location(shop.names.get(part, part) or "body"))
            return None
    return root


def _holds_marks(data: bytes, root: etree._Element) -> bool:
    """Whether a part holds the engine's own marks, written out or as references."""
    marks = (MARK_START, MARK_END)
    if any(mark.encode() in data for mark in marks):
        return True
    if b"&#" not in data and is_ascii_based(data):
        return False
    text = etree.tostring(root, encoding="unicode")
    return any(mark in text for mark in marks)


def _strict_tag(data: bytes, root: etree._Element) -> str:
    """A tag in a part whose elements are those of Strict Open XML, which would be filled in part only."""
    if STRICT.encode() not in data and is_ascii_based(data):
        return ""
    if not any(str(element.tag).startswith(f"{{{STRICT}") for element in root.iter("*")):
        return ""
    text = str(root.xpath("string()"))
    texts = (text, *(str(value) for element in root.iter("*") for value in element.attrib.values()))
    return next((_excerpt(text) for text in texts if has_tag(text)), "")


def _split_tag(root: etree._Element) -> str:
    """A tag in a text of an SVG picture that is split over several elements, which are not read as one."""
    for element in root.iter(_SVG_TEXT):
        joined, pieces = str(element.xpath("string()")), [str(text) for text in element.itertext()]
        if len(list(find_tags(joined))) != sum(len(list(find_tags(piece))) for piece in pieces):
            return _excerpt(joined) if has_tag(joined) else ""
    return ""


def refuse_leftovers(shop: Workshop, members: dict[str, Deflated]) -> None:
    """Report the tags in those `members` that come out as they are: files within the file, relationships, names.

    To be called when the charts are compiled, since their workbooks are filled.
    """
    for part in members:
        if has_tag(part):
            shop.report(_excerpt(part), "a tag in the name of a part is not filled; rename it", shop.location(part))
        elif part == CONTENT_TYPES or part.endswith(".rels"):
            _refuse_relations(shop, part, members)
    search: Search | None = None
    filled = {book.part: book for plan in shop.family.plans.values() if (book := _workbook(plan)) is not None}
    for part, member in members.items():
        is_read = is_markup(part, shop.package.content_type(part)) or part.endswith(".rels")
        if part not in filled and (is_read or is_mute(part)):
            continue
        if search is None:
            from govpack.template.parts.embedded import Search  # noqa: PLC0415 - few templates hold files

            search = Search()
        if part in filled:
            held = search.in_package(Package(filled[part].kept, part))
        else:
            held = search.first(part, member.inflate())
        if held is None:
            continue
        name = shop.names.get(part, part)
        at = part if name == part else f"{name} “{part.rpartition('/')[2]}”"
        owner = shop.family.owner_of(part)
        reason = _IN_A_WORKBOOK if owner in shop.family.charts else _IN_A_FILE
        shop.report(held.tag, held.reason or reason, shop.location(f"{at} › {held.inside}" if held.inside else at))


def _refuse_relations(shop: Workshop, part: str, members: dict[str, Deflated]) -> None:
    """Tags in what holds the package together. Targets of links that a part shows are filled."""
    data = members[part].inflate()
    if b"{" not in data and b"%7" not in data and b"&#" not in data and is_ascii_based(data):
        return
    root = parse_xml(data, part)
    noise = [node for node in root.iter() if not isinstance(node.tag, str)]
    if noise:  # comments, which need not come along
        clean(root)
        members[part] = Deflated.of(serialise(root))
    at = shop.location("content types" if part == CONTENT_TYPES else f"relationships of {_owner_name(shop, part)}")
    for tag in _tags_of(shop, part, root):
        reason = "what holds the file's parts together is not filled; only the targets of links that a part shows are"
        shop.report(tag, reason, at)


def _tags_of(shop: Workshop, part: str, root: etree._Element) -> Iterator[str]:
    owner = _owner(part)
    for node in root:
        relation = shop.family.relation(owner, node.get("Id", ""))
        filled = node.tag == qn("rel:Relationship") and relation is not None and relation.kind is Kind.LINK
        for name, value in node.attrib.items():
            text = with_plain_tags(str(value))
            if has_tag(text) and not (filled and name == "Target"):
                yield _excerpt(text)


def _owner(part: str) -> str:
    """The part whose relationships the member `part` holds."""
    folder, _, file = part.rpartition("/")
    return f"{folder.removesuffix('_rels')}{file.removesuffix('.rels')}"


def _owner_name(shop: Workshop, part: str) -> str:
    owner = _owner(part)
    return shop.names.get(owner, owner) or ("the body" if owner else "the file")


def _workbook(plan: PartPlan) -> Workbook | None:
    return plan.chart.workbook if plan.chart is not None else None


def _excerpt(text: str) -> str:
    tag = next(find_tags(text))
    return " ".join((tag.tag if isinstance(tag, TagError) else tag.raw)[:60].split())
