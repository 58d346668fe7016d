"""Templates kept between builds: the next build compiles none, and says what its inputs and kit say now."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from tests.support.kit import docx_of, edit, lay_pack, text_of

from govpack.build import build_pack
from govpack.template.parts.compiling import compile_package


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return lay_pack(tmp_path / "mine")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("GOVPACK_CACHE", str(folder))
    return folder


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The name of each template that is compiled from here on."""
    names: list[str] = []

    def counted(package: Any, *given: Any) -> Any:
        names.append(package.name)
        return compile_package(package, *given)

    monkeypatch.setattr("govpack.template.template.compile_package", counted)
    return names


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("cache")
def test_the_next_build_compiles_nothing_and_gives_the_same_files(
    tmp_path: Path, pack: Path, compiled: list[str]
) -> None:
    build_pack(pack, tmp_path / "first", jobs=1)
    assert sorted(compiled) == ["letter.docx", "note.docx"]
    build_pack(pack, tmp_path / "second", jobs=1)
    assert len(compiled) == 2
    assert tree(tmp_path / "first") == tree(tmp_path / "second")


@pytest.mark.usefixtures("cache")
def test_a_clause_that_was_edited_is_in_the_next_build(tmp_path: Path, pack: Path, compiled: list[str]) -> None:
    out = tmp_path / "out"
    letter = docx_of("{% for clause in clauses %}", "{% include clause.fragment %}", "{% endfor %}")
    (pack / "kit" / "letter.docx").write_bytes(letter)
    build_pack(pack, out, jobs=1)
    assert "The term is 36\N{NO-BREAK SPACE}months." in text_of(out / "counterparty/acme/letter.docx")
    edit(pack / "kit" / "clauses" / "term.md", ("The term is {{", "It goes on for {{"))
    build_pack(pack, out, jobs=1)
    assert "It goes on for 36\N{NO-BREAK SPACE}months." in text_of(out / "counterparty/acme/letter.docx")
    assert "letter.docx" in compiled[2:]


@pytest.mark.usefixtures("cache")
def test_a_template_that_was_edited_is_the_next_builds(tmp_path: Path, pack: Path) -> None:
    out = tmp_path / "out"
    build_pack(pack, out, jobs=1)
    (pack / "kit" / "note.docx").write_bytes(docx_of("{{ pack.title }} in other words"))
    build_pack(pack, out, jobs=1)
    assert text_of(out / "internal/note.docx").endswith("in other words")


@pytest.mark.usefixtures("cache")
def test_a_build_by_several_processes_keeps_what_each_compiled(tmp_path: Path, pack: Path, compiled: list[str]) -> None:
    build_pack(pack, tmp_path / "first", jobs=2)
    del compiled[:]
    build_pack(pack, tmp_path / "second", jobs=1)
    assert compiled == []


def test_nothing_is_kept_where_the_variable_is_empty(
    tmp_path: Path, pack: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVPACK_CACHE", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    for name in ("first", "second"):
        build_pack(pack, tmp_path / name, jobs=1)
    assert len(compiled) == 4
    assert not (tmp_path / "home").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other folders for caches")
def test_without_the_variable_it_is_the_users_own_cache(
    tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GOVPACK_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    build_pack(pack, tmp_path / "out", jobs=1)
    assert len(list((tmp_path / "home" / "govpack" / "templates").iterdir())) == 2
