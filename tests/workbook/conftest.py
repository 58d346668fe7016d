"""The example's scorecard, made once for the tests of a module."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.scorecards import example

from govpack.model.pack import Pack
from govpack.workbook import write_scorecard


@pytest.fixture(scope="module")
def pack(nordhaven: Path) -> Pack:
    return example(nordhaven)


@pytest.fixture(scope="module")
def made(pack: Pack) -> bytes:
    return write_scorecard(pack)
