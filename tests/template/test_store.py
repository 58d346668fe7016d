"""Templates kept between processes: what was compiled before is found, what has changed or is damaged never is."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.template.builders import docx_bytes

from govpack.template import Controls, Template, TemplateStore, compile_template

TEXT = ("{{ x }} and", "{% include which %}", "{% for item in items %}{{ item }}, {% endfor %}")
FRAGMENTS = {"a": "**{{ y }}**, so", "b": "Is {{ y }} {{ x }}?"}
DATA = {"x": "one", "y": "two", "items": ["p", "q"], "which": "a"}


def no_value(path: str) -> bool:
    return path == "none"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mine" / "templates"


def opened(folder: Path, **changed: Any) -> Template:
    """The template as a new process asks for it."""
    given: dict[str, Any] = {"path": docx_bytes(*TEXT), "fragments": FRAGMENTS, "controls": Controls()}
    return compile_template(**(given | changed), store=TemplateStore(folder))


def kept(folder: Path, **changed: Any) -> bytes:
    """The document of the template, which is kept from then on."""
    template = opened(folder, **changed)
    made = template.render(DATA).data
    template.keep_in(TemplateStore(folder))
    return made


def entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_a_template_that_was_kept_makes_the_same_document_without_being_compiled(
    folder: Path, compiled: list[str]
) -> None:
    made = kept(folder)
    assert compiled == ["package"]
    again = opened(folder)
    assert again.render(DATA).data == made
    assert compiled == ["package"]
    assert (
        again.render({**DATA, "which": "b"}).data
        == compile_template(docx_bytes(*TEXT), fragments=FRAGMENTS, controls=Controls())
        .render({**DATA, "which": "b"})
        .data
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"path": docx_bytes("{{ x }} or", *TEXT[1:])},
        {"fragments": {**FRAGMENTS, "b": "Was {{ y }} {{ x }}?"}},
        {"fragments": {**FRAGMENTS, "c": "More."}},
        {"controls": Controls(no_value)},
        {"controls": None},
    ],
    ids=["the template", "a fragment", "one more fragment", "which values are controls", "no controls"],
)
def test_what_has_changed_is_compiled_again(changed: dict[str, Any], folder: Path, compiled: list[str]) -> None:
    kept(folder)
    changed_one = opened(folder, **changed)
    assert compiled == ["package", "package"]
    fresh = compile_template(**({"path": docx_bytes(*TEXT), "fragments": FRAGMENTS, "controls": Controls()} | changed))
    assert changed_one.render(DATA).data == fresh.render(DATA).data


@pytest.mark.parametrize("what", ["govpack.__version__", "jinja2.__version__"])
def test_another_release_compiles_it_again(
    what: str, folder: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(folder)
    monkeypatch.setattr(what, "0.0")
    opened(folder)
    assert compiled == ["package", "package"]


def test_an_edit_of_the_engine_compiles_it_again(
    folder: Path, compiled: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = tmp_path / "govpack" / "deeper"
    code.mkdir(parents=True)
    monkeypatch.setattr("govpack.__file__", str(code.parent / "__init__.py"))
    (code / "engine.py").write_text("one")
    kept(folder)
    opened(folder)
    assert compiled == ["package"]
    (code / "engine.py").write_text("other")
    opened(folder)
    assert compiled == ["package", "package"]


def test_tags_that_say_nothing_and_tags_that_show_paths_come_from_one_entry(folder: Path, compiled: list[str]) -> None:
    kept(folder)
    neutral = opened(folder, controls=Controls(neutral=True))
    assert compiled == ["package"]
    assert {*neutral.render(DATA).controls} == {f"V{n:04d}" for n in range(1, 5)}
    assert "x" in opened(folder).render(DATA).controls


def test_fragments_that_a_later_document_used_are_kept_as_well(folder: Path) -> None:
    kept(folder)
    before = entries(folder)[0].stat().st_size
    store = TemplateStore(folder)
    later = compile_template(docx_bytes(*TEXT), fragments=FRAGMENTS, controls=Controls(), store=store)
    later.keep_in(store)
    assert entries(folder)[0].stat().st_size == before
    later.render({**DATA, "which": "b"})
    later.keep_in(store)
    assert entries(folder)[0].stat().st_size > before
    assert len(entries(folder)) == 1


def cut(data: bytes) -> bytes:
    return data[:-10]


def spoilt(data: bytes) -> bytes:
    return data[:100] + bytes([data[100] ^ 1]) + data[101:]


def emptied(data: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [cut, spoilt, emptied])
def test_a_damaged_entry_is_not_used_and_is_written_anew(
    damage: Callable[[bytes], bytes], folder: Path, compiled: list[str]
) -> None:
    made = kept(folder)
    (entry,) = entries(folder)
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))
    assert kept(folder) == made
    assert compiled == ["package", "package"]
    assert kept(folder) == made
    assert compiled == ["package", "package"]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
def test_a_folder_that_others_may_write_to_is_neither_read_nor_written(folder: Path, compiled: list[str]) -> None:
    kept(folder)
    (entry,) = entries(folder)
    assert entry.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
    folder.chmod(0o777)
    opened(folder)
    assert compiled == ["package", "package"]
    kept(folder, path=docx_bytes("{{ x }}"))
    assert entries(folder) == [entry]


def test_where_nothing_can_be_kept_documents_are_made_all_the_same(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("no folder")
    assert kept(in_the_way) == kept(tmp_path / "folder")
    assert in_the_way.read_text() == "no folder"


def test_what_chooses_controls_by_a_function_of_the_moment_is_not_kept(folder: Path) -> None:
    kept(folder, controls=Controls(lambda path: path == "x"))
    assert not folder.exists()


def test_the_entries_that_nobody_asked_for_the_longest_make_room(folder: Path) -> None:
    kept(folder)
    (first,) = entries(folder)
    for number in range(120):
        other = folder / f"{number:03d}.compiled"
        other.write_bytes(b"old")
        os.utime(other, (1_000 + number, 1_000 + number))
    os.utime(first, (500, 500))
    opened(folder)  # asked for again, so it is the youngest
    kept(folder, path=docx_bytes("{{ y }}"))
    left = entries(folder)
    assert len(left) == 100
    assert first in left
    assert folder / "119.compiled" in left
    assert folder / "020.compiled" not in left
