"""The usual prefixes for a part that declares others, or declares them below its root.

What a rendering writes says ``w:`` and ``a:``, and moves properties about; both must read the same anywhere in a part.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from govpack.ooxml.names import NS, qn

_URIS = {NS[prefix]: prefix for prefix in ("w", "a")}
_IGNORABLE = qn("mc:Ignorable")


def with_usual_prefixes(root: etree._Element) -> etree._Element:
    """`root`, or where its text would not read the same anywhere, a root like it that declares every prefix."""
    declared = [prefix for _, (prefix, _) in etree.iterwalk(root, events=("start-ns",))]
    if len(declared) == len(root.nsmap) and all(_URIS.get(uri, prefix) == prefix for prefix, uri in root.nsmap.items()):
        return root
    known = set(root.nsmap.values())
    below: dict[str, str] = {}
    usual = True
    for element in root.iter("*"):
        uri = element.tag[1:].partition("}")[0] if element.tag[0] == "{" else ""
        if uri in _URIS:
            usual &= element.prefix == _URIS[uri]
        if uri and uri not in known and element.prefix:
            below.setdefault(element.prefix, uri)
        for name in element.attrib:
            space = str(name)[1:].partition("}")[0] if str(name)[0] == "{" else ""
            if space and space not in known and space != NS["xml"]:
                prefix = next((p for p, u in element.nsmap.items() if u == space and p), None)
                if prefix:
                    below.setdefault(prefix, space)
    if usual and not below:
        return root
    named = root.get(_IGNORABLE, "").split()
    names: Any = {}
    for prefix, uri in (*root.nsmap.items(), *below.items()):
        names.setdefault(prefix if prefix in named else _URIS.get(uri, prefix), uri)
    made = etree.Element(root.tag, nsmap=names)
    made.attrib.update(root.attrib)
    made.text = root.text
    made.extend(list(root))
    etree.cleanup_namespaces(made, top_nsmap=names, keep_ns_prefixes=[p for p in names if p])
    return made
