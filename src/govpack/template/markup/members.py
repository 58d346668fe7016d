"""Members of a template's package that are changed apart from any tag: its thumbnails, its lists."""

from __future__ import annotations

from lxml import etree

from govpack.errors import PackageError
from govpack.ooxml.names import RT_THUMBNAIL, STRICT, qn
from govpack.ooxml.package import STRICT_FORM, Deflated, Package
from govpack.ooxml.xml import parse_xml, serialise
from govpack.template.markup.prefixes import with_usual_prefixes

_MAIN_ROOTS = {"docx": "w:document", "pptx": "p:presentation"}
_RELATIONSHIPS = "_rels/.rels"
_NUMBERING_END = (qn("w:numIdMacAtCleanup"),)

# Pictures, sounds and fonts hold no text; to inflate them would only take time.
_MUTE = frozenset(
    "png jpg jpeg jpe gif bmp tif tiff emf wmf emz wmz wdp hdp ico webp heic avif "
    "mp3 mp4 m4a m4v mov wav wma wmv avi mpg mpeg aac ogg webm odttf fntdata ttf otf eot woff woff2".split()
)


def is_mute(part: str) -> bool:
    """Whether `part` is a picture, film, sound or font, which holds no text."""
    return part.rpartition(".")[2].lower() in _MUTE


def is_markup(part: str, content_type: str) -> bool:
    """Whether `part` is XML, which can be filled."""
    suffix = part.rpartition(".")[2].lower()
    if content_type in ("application/xhtml+xml", "text/html"):  # a page that Word is to take in when it opens the file
        return False
    return suffix in ("xml", "svg", "vml") or content_type.endswith(("+xml", "/xml", "vmlDrawing"))


def without_thumbnails(package: Package) -> dict[str, Deflated]:
    """The members of `package` but for the picture that its author's Office took of the first page."""
    pictures = {r.id: r.target for r in package.relationships().values() if r.type == RT_THUMBNAIL}
    members = {name: package.members[name] for name in package if name not in pictures.values()}
    if pictures:
        root = parse_xml(package.read(_RELATIONSHIPS), _RELATIONSHIPS)
        for node in [node for node in root if node.get("Id") in pictures]:
            root.remove(node)
        members[_RELATIONSHIPS] = Deflated.of(serialise(root))
    return members


def add_lists(part: str, written: bytes, lists: str) -> bytes:
    """The numbering part `written` with the definitions `lists` where they belong."""
    root = parse_xml(written, part)
    end = next((child for child in root if child.tag in _NUMBERING_END), None)
    mark = "\ufdd0"
    if end is not None:
        before = end.getprevious()
        if before is not None:
            before.tail = mark
    elif len(root):
        root[-1].tail = mark
    head, _, tail = etree.tostring(with_usual_prefixes(root), encoding="unicode").partition(mark)
    return f"{head}{lists}{tail}".encode()


def check_main(package: Package, part: str, root: etree._Element) -> None:
    """PackageError where `part`, whose root is `root`, is the main one and not what its content type says."""
    if part != package.main_part:
        return
    if str(root.tag).startswith(f"{{{STRICT}"):
        raise PackageError(f"{package.name or 'the template'} {STRICT_FORM}")
    if root.tag != qn(_MAIN_ROOTS[package.kind]):
        found = str(root.tag).rpartition("}")[2]
        raise PackageError(
            f"{package.name or 'the template'} says that it is a .{package.kind}, and its main part is a '{found}'"
        )
