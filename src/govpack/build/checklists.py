"""By which checklist finished documents are judged when nobody says: that of the kit their pack was built with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govpack.build.record import NAME, read_record
from govpack.errors import ChecklistError
from govpack.kits import find_kit, read_kit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def find_checklist(paths: Iterable[Path], *, kit: str | None = None) -> Path:
    """The checklist of `kit`, else of the kit that a pack.json above or in one of `paths` names, else the bundled one.

    KitError where there is no such kit, ChecklistError where it has no checklist.
    """
    name = next((named for path in paths if (named := _built_with(path))), None)
    found = read_kit(find_kit(kit, name=name) if name else find_kit(kit))
    if found.checklist is None:
        raise ChecklistError(f"the kit '{found.name}' has no checklist; give one with --checklist")
    return found.checklist


def _built_with(path: Path) -> str | None:
    for folder in (path, *path.absolute().parents):
        record = read_record(folder / NAME)
        if record is not None and not record.edited:
            return record.kit["name"]
    return None
