"""What the published validators pass over and a reader of the file would meet: one line a fault.

`faults_of` takes any Office file that is meant to be sent; embedded workbooks are opened too.
"""

from __future__ import annotations

from tests.support.lints.package import Parts, package_faults
from tests.support.lints.slides import slide_faults
from tests.support.lints.word import word_faults

from govpack.ooxml.package import read_package


def faults_of(data: bytes, *, draft: bool = False) -> list[str]:
    """Every fault in the Office file `data`. In a `draft`, ``[● …]`` may stand for what is not known yet."""
    parts = Parts(read_package(data))
    faults = package_faults(parts, draft=draft)
    faults += {"docx": word_faults, "pptx": slide_faults}.get(parts.package.kind, lambda _: [])(parts)
    for name in parts.package:
        if name.endswith((".xlsx", ".docx", ".pptx")):
            faults += [f"{name}!{fault}" for fault in faults_of(parts.package.read(name), draft=draft)]
    return faults


__all__ = ["faults_of"]
