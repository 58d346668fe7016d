"""Chromium without a window, as far as tests need it: a page opened from a file, and what it said and asked for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium
    from playwright.sync_api import Page

# Nothing that Chromium does by itself: no update, no sync, no call home.
_QUIET = (
    "--disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
).split()


@dataclass
class Visit:
    """A page that is open: `said` on its console and in errors, `asked` of any network or other file."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Browser:
    """`visit` opens a file as a reader would; `axe` is the source of axe-core, which judges what is open."""

    chromium: Chromium
    axe: str

    @contextmanager
    def visit(
        self, file: Path, *, width: int = 1280, dark: bool = False, scripts: bool = True, at: str = ""
    ) -> Iterator[Visit]:
        """`file` in a window of its own with nothing remembered; `at` is the part of its address after the hash."""
        scheme: str = "dark" if dark else "light"
        context = self.chromium.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=scripts,
        )
        try:
            visit = Visit(context.new_page())
            visit.page.on("console", lambda message: visit.said.append(message.text))
            visit.page.on("pageerror", lambda error: visit.said.append(str(error)))
            address = file.resolve().as_uri()
            visit.page.on(
                "request",
                lambda request: visit.asked.append(request.url) if request.url.partition("#")[0] != address else None,
            )
            visit.page.goto(f"{address}#{at}" if at else address)
            yield visit
        finally:
            context.close()

    def violations(self, visit: Visit) -> list[str]:
        """What axe-core finds wrong with what is open, and where its rules on contrast cannot tell: a line each."""
        visit.page.evaluate(self.axe)
        # What passed is some thousand nodes of a long page: handing them over takes far longer than judging them.
        result = visit.page.evaluate("axe.run(document).then(({violations, incomplete}) => ({violations, incomplete}))")
        return [
            f"{rule['id']}: {node['html'][:120]}: {node.get('failureSummary', '')}"
            for rule in (*result["violations"], *result["incomplete"])
            for node in rule["nodes"]
            if not _is_a_sign(node)
        ]


def _is_a_sign(node: dict[str, list[dict[str, str]]]) -> bool:
    """A sign beside its word: axe-core does not measure the contrast of what is no letter."""
    return any(check["message"] == "Element content contains only non-text characters" for check in node["any"])


def find_chromium() -> str | None:
    """The program, or None."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def find_axe() -> Path | None:
    """axe-core where `.ci/tools` puts it, or None."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    home = Path(os.environ.get("AXE_CORE_HOME") or cache / "axe-core")
    script = home / "node_modules" / "axe-core" / "axe.min.js"
    return script if script.is_file() else None


@contextmanager
def start_browser(program: str, axe: Path) -> Iterator[Browser]:
    """Chromium, started once for many visits."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - other tests start without

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=_QUIET, chromium_sandbox=False)
        try:
            yield Browser(chromium, axe.read_text(encoding="utf-8"))
        finally:
            chromium.close()
