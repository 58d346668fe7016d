"""Where kits are: given by the user, beside the pack, or bundled with govpack."""

from __future__ import annotations

from pathlib import Path

from govpack.errors import KitError
from govpack.findings import Finding, Location, did_you_mean

MANIFEST = "kit.yaml"
DEFAULT = "partnership"


def bundled_kits() -> tuple[Path, ...]:
    """The folders of the kits that came with govpack, sorted by name."""
    # A wheel carries them inside the package; an editable install and a checkout have them beside src.
    package = Path(__file__).parents[1]
    home = next((place for place in (package / "templates", package.parents[1] / "templates") if place.is_dir()), None)
    return tuple(sorted(folder for folder in home.iterdir() if (folder / MANIFEST).is_file())) if home else ()


def find_kit(given: str | None = None, *, name: str = DEFAULT, pack_folder: Path | None = None) -> Path:
    """The folder of a kit: the one `given` (a folder, or a bundled kit's name), else ``kit/`` in the pack's folder,
    else the bundled one called `name`. KitError where there is none, with the nearest name and the list.
    """
    if given is not None:
        folder = Path(given)
        if (folder / MANIFEST).is_file():
            return folder
        if folder.is_dir():
            raise _no_kit(f"the folder {given} is no kit", f"a kit has a {MANIFEST}", str(folder / MANIFEST))
        return _bundled(given)
    beside = pack_folder / "kit" if pack_folder is not None else None
    if beside is not None and beside.is_dir():
        if not (beside / MANIFEST).is_file():
            raise _no_kit(f"the folder {beside} is no kit", f"a kit has a {MANIFEST}", str(beside / MANIFEST))
        return beside
    return _bundled(name)


def _bundled(name: str) -> Path:
    known = {folder.name: folder for folder in bundled_kits()}
    if name not in known:
        names = ", ".join(known) or "none"
        raise _no_kit(f"there is no kit '{name}'{did_you_mean(name, known)}", f"bundled: {names}; or give a folder")
    return known[name]


def _no_kit(message: str, remedy: str, file: str = "") -> KitError:
    return KitError(message, [Finding(message, Location(file) if file else None, remedy=remedy)])
