"""The Office package: read under limits, parsed by one XML parser, written reproducibly. Knows nothing of templates."""

from govpack.ooxml.package import DEFAULT_LIMITS, Limits, Package, Relationship, read_package
from govpack.ooxml.writing import write_package
from govpack.ooxml.xml import parse_xml, serialise

__all__ = [
    "DEFAULT_LIMITS",
    "Limits",
    "Package",
    "Relationship",
    "parse_xml",
    "read_package",
    "serialise",
    "write_package",
]
