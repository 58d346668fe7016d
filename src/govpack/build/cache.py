"""What this user's machine may keep between builds, since it can be made again: templates as they were compiled."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path

from govpack.template import TemplateStore

FOLDER = "GOVPACK_CACHE"  # the environment variable that names another folder; empty, nothing is kept


def own_store() -> TemplateStore | None:
    """The compiled templates of this user; None where nothing is to be kept."""
    given = os.environ.get(FOLDER)
    if given == "":
        return None
    return TemplateStore(Path(given) if given else user_cache_path("govpack", appauthor=False) / "templates")
