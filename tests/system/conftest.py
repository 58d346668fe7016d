"""Packs that several modules look at, and the example's documents as LibreOffice lays them out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.choices import build_fallbacks
from tests.support.command import run_build, run_govpack
from tests.support.office import Office
from tests.support.shared import Shared

FIXTURES = Path(__file__).parents[2] / "fixtures"
MINIMAL, INCOMPLETE = FIXTURES / "minimal", FIXTURES / "incomplete"


@pytest.fixture(scope="session")
def minimal_pack(shared: Shared) -> Path:
    """The smallest pack, a draft, built."""
    return shared.once("minimal-pack", lambda out: run_build(MINIMAL, out))


@pytest.fixture(scope="session")
def starter_pack(shared: Shared) -> Path:
    """What `init` lays out, built."""

    def make(folder: Path) -> None:
        assert run_govpack("init", folder / "inputs").returncode == 0
        run_build(folder / "inputs", folder / "pack")

    return shared.once("starter", make) / "pack"


@pytest.fixture(scope="session")
def incomplete(shared: Shared) -> Callable[[str], Path]:
    """A pack with a known gap, by its name, in a folder: its inputs under that name, `out`, and `said` by the build."""

    def built(name: str) -> Path:
        def make(folder: Path) -> None:
            source = shutil.copytree(INCOMPLETE / name, folder / name)
            done = run_govpack("build", source, "-o", folder / "out")
            assert done.returncode == (0 if (folder / "out").exists() else 2), done.stderr
            (folder / "said").write_text(done.stderr + done.stdout, encoding="utf-8")

        return shared.once(f"incomplete-{name}", make)

    return built


@pytest.fixture(scope="session")
def nordhaven_pages(nordhaven_pack: Path, office: Office, shared: Shared) -> dict[Path, Path]:
    """Each Office file of the example, and the PDF that LibreOffice makes of it."""
    files = sorted(path for path in nordhaven_pack.rglob("*") if path.suffix in (".docx", ".pptx", ".xlsx"))

    def make(folder: Path) -> None:
        for number, pdf in enumerate(office.convert(files, "pdf", folder / "made")):
            pdf.rename(folder / f"{number}.pdf")

    folder = shared.once("nordhaven-pages", make)
    return {file: folder / f"{number}.pdf" for number, file in enumerate(files)}


@pytest.fixture(scope="session")
def with_fallbacks(nordhaven: Path, shared: Shared) -> Callable[[str], Path]:
    """The agreements of the example, built with the fallback that is asked for in every clause that has it."""

    def built(variant: str) -> Path:
        return shared.once(variant, lambda folder: build_fallbacks(nordhaven, folder, variant)) / "out"

    return built
