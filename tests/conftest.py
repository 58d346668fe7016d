"""What tests share: LibreOffice, the Open XML SDK's validator, Chromium, and one build of the example for all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from tests.support.browser import Browser, find_axe, find_chromium, start_browser
from tests.support.command import run_build, run_govpack
from tests.support.metrics import Fonts, find_fonts
from tests.support.office import Office
from tests.support.shared import Shared
from tests.support.sizes import write_inputs
from tests.support.validator import Validator, find_validator

ROOT = Path(__file__).parents[1]


def _missing(what: str) -> NoReturn:
    """Skip where a tool is missing; in CI, where `.ci/tools` put it there, that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing; .ci/tools installs it")
    pytest.skip(f"{what} is missing; .ci/tools installs it")


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice, with a profile of its own."""
    program = shutil.which("soffice")
    if program is None:
        _missing("LibreOffice")
    return Office(program, tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="session")
def validator() -> Validator:
    """The Open XML SDK's validator."""
    found = find_validator()
    if found is None:
        _missing("the Open XML SDK validator")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window, and axe-core."""
    program, axe = find_chromium(), find_axe()
    if program is None or axe is None:
        _missing("axe-core" if program else "Chromium")
    with start_browser(program, axe) as found:
        yield found


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    """Fonts with the metrics of those that the documents ask for."""
    found = find_fonts()
    if found is None:
        _missing("a font with Calibri's metrics (Carlito)")
    return found


@pytest.fixture(scope="session")
def nordhaven() -> Path:
    """The inputs of the example."""
    return ROOT / "fixtures" / "nordhaven"


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """Where what is built once for a whole test run stands. Read it; copy it to change it."""
    base = tmp_path_factory.getbasetemp()
    # pytest-xdist puts the folder of each of its workers into that of the run.
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    folder.mkdir(exist_ok=True)
    return Shared(folder)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(shared: Shared) -> Iterator[None]:
    """Compiled templates are kept for this test run, and those of the person who runs it are left alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOVPACK_CACHE", str(shared.folder / "cache"))
        yield


@pytest.fixture(scope="session")
def nordhaven_pack(nordhaven: Path, shared: Shared) -> Path:
    """The example, built by two processes; what that said is kept beside it."""

    def make(folder: Path) -> None:
        folder.mkdir()
        done = run_govpack("build", nordhaven, "-o", "out", "--jobs", "2", cwd=folder)
        assert done.returncode == 0, done.stderr
        (folder / "said").write_text(done.stderr + done.stdout, encoding="utf-8")

    return shared.once("nordhaven", make) / "out"


@pytest.fixture(scope="session")
def small_pack(nordhaven: Path, shared: Shared) -> Path:
    """The example cut down to three partners, built."""
    return _built(nordhaven, 3, shared)


@pytest.fixture(scope="session")
def large_pack(nordhaven: Path, shared: Shared) -> Path:
    """The example grown to forty partners with long names, built."""
    return _built(nordhaven, 40, shared)


@pytest.fixture(scope="session")
def crowded_pack(nordhaven: Path, shared: Shared) -> Path:
    """Forty partners with long names, each with an agreement, a playbook and all that goes with them, built."""
    return _built(nordhaven, 40, shared, everyone=True)


def _built(example: Path, count: int, shared: Shared, *, everyone: bool = False) -> Path:
    name = f"{'crowd' if everyone else 'pack'}-of-{count}"
    inputs = shared.once(f"inputs-{name}", lambda folder: write_inputs(example, count, folder, everyone=everyone))
    return shared.once(name, lambda out: run_build(inputs, out))


@pytest.fixture(scope="session")
def blanks(shared: Shared) -> Path:
    """The bundled kit's documents as templates to fill in by hand, written."""

    def write(out: Path) -> None:
        done = run_govpack("blank", "-o", out)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Left out, since nobody fills them in by hand: executive-briefing" in done.stdout

    return shared.once("blanks", write)
