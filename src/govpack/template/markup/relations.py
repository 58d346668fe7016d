"""The two members that hold a package together: relationships of a part, and content types (ECMA-376 part 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.ooxml.names import NS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from govpack.template.parts.plans import ContentTypes

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def rels_name(part: str) -> str:
    """The member that holds the relationships of `part`."""
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def write_relations(relations: Iterable[tuple[str, str, str, bool]]) -> str:
    """Relationships (id, type, target as written, external) as their member reads."""
    written = [_DECLARATION, f'<Relationships xmlns="{NS["rel"]}">']
    for identifier, kind, target, external in relations:
        mode = ' TargetMode="External"' if external else ""
        written.append(f'<Relationship Id="{_escape(identifier)}" Type="{kind}" Target="{_escape(target)}"{mode}/>')
    return "".join([*written, "</Relationships>"])


def write_types(types: ContentTypes, added: Mapping[str, str], members: Container[str]) -> str:
    """The content types of a package of `members`; `added` says those of parts that the template does not have."""
    defaults = dict(types.defaults)
    overrides = {part: kind for part, kind in types.overrides.items() if part in members}
    known = {extension.lower() for extension in defaults}
    for part, kind in added.items():
        if part not in members:
            continue
        extension = part.rpartition(".")[2].lower()
        if extension in ("xml", "rels"):
            overrides[part] = kind
        elif extension not in known:
            known.add(extension)
            defaults[extension] = kind
        elif next(held for name, held in defaults.items() if name.lower() == extension) != kind:
            overrides[part] = kind
    written = [_DECLARATION, f'<Types xmlns="{NS["ct"]}">']
    written += [
        f'<Default Extension="{_escape(name)}" ContentType="{_escape(kind)}"/>' for name, kind in defaults.items()
    ]
    written += [
        f'<Override PartName="/{_escape(part)}" ContentType="{_escape(kind)}"/>' for part, kind in overrides.items()
    ]
    return "".join([*written, "</Types>"])


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
