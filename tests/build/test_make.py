"""A build as its callers see it: the pack in place, what stayed, and what is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.support.kit import LETTER, docx_of, edit, lay_pack, text_of

from govpack.build import build_pack
from govpack.errors import BuildError, GovpackError
from govpack.findings import Severity


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return lay_pack(tmp_path / "mine")


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def record(out: Path) -> dict[str, object]:
    content: dict[str, object] = json.loads((out / "pack.json").read_text(encoding="utf-8"))
    return content


def test_every_document_is_written_and_recorded(tmp_path: Path, pack: Path) -> None:
    out = tmp_path / "out"
    result = build_pack(pack, out)
    assert result.files == ("counterparty/acme/letter.docx", "counterparty/zeta/letter.docx", "internal/note.docx")
    assert set(tree(out)) == {*result.files, "index.html", "pack.json"}
    assert text_of(out / "internal/note.docx") == "Small programme has 2 contracts"
    assert "Switching (switching.preferred)\nTerm (term.preferred)" in text_of(out / "counterparty/acme/letter.docx")
    assert "Term" not in text_of(out / "counterparty/zeta/letter.docx")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "out"]


def test_a_gap_in_a_draft_is_shown_and_its_finding_names_the_input(tmp_path: Path, pack: Path) -> None:
    out = tmp_path / "out"
    result = build_pack(pack, out)
    assert "[● what the agreement is for]" in text_of(out / "counterparty/acme/letter.docx")
    gaps = [finding for finding in result.findings if finding.severity is Severity.WARNING]
    assert [str(gap) for gap in gaps] == [
        f"{pack / 'pack.yaml'}:{line}:5: contract.purpose has no value: [● what the agreement is for] in "
        f"counterparty/{partner}/letter.docx, body, “{{{{ contract.purpose }}}}” (give contract.purpose here)"
        for line, partner in ((10, "acme"), (11, "zeta"))
    ]


def test_a_value_that_many_places_want_is_one_gap(tmp_path: Path, pack: Path) -> None:
    (pack / "kit" / "letter.docx").write_bytes(docx_of("{{ contract.purpose }}", "For {{ contract.purpose }}"))
    gaps = [f for f in build_pack(pack, tmp_path / "out").findings if f.severity is Severity.WARNING]
    assert len(gaps) == 2
    assert "counterparty/acme/letter.docx, body, “{{ contract.purpose }}” and 1 more place (" in str(gaps[0])


def test_an_issued_pack_may_have_no_gap_and_every_one_is_named(tmp_path: Path, pack: Path) -> None:
    edit(pack / "pack.yaml", ("kit: small", "kit: small, status: issued"))
    with pytest.raises(BuildError) as caught:
        build_pack(pack, tmp_path / "out")
    assert [str(f).split(",")[0] for f in caught.value.findings] == [
        "counterparty/acme/letter.docx",
        "counterparty/zeta/letter.docx",
    ]
    assert not (tmp_path / "out").exists()


def test_problems_of_all_templates_come_at_once_and_each_once(tmp_path: Path, pack: Path) -> None:
    (pack / "kit" / "letter.docx").write_bytes(docx_of("{{ contract.term | mony }}"))
    (pack / "kit" / "note.docx").write_bytes(b"not a zip")
    with pytest.raises(BuildError) as caught:
        build_pack(pack, tmp_path / "out")
    said = [str(finding) for finding in caught.value.findings]
    assert len(said) == 2, said
    assert "did you mean 'money'?" in said[0]
    assert "note.docx" in said[1]
    assert not (tmp_path / "out").exists()


def test_building_again_changes_nothing(tmp_path: Path, pack: Path) -> None:
    out = tmp_path / "out"
    first = build_pack(pack, out)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    assert first.unchanged == 0
    assert build_pack(pack, out).unchanged == 3
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


def test_the_record_holds_no_path_of_this_machine_and_no_date(tmp_path: Path, pack: Path) -> None:
    build_pack(pack, tmp_path / "one")
    moved = shutil.copytree(pack, tmp_path / "other" / "place")
    build_pack(moved, tmp_path / "two")
    assert tree(tmp_path / "one") == tree(tmp_path / "two")
    assert str(tmp_path) not in (tmp_path / "one" / "pack.json").read_text()


def test_an_edited_document_stops_the_build_and_nothing_else_changes(tmp_path: Path, pack: Path) -> None:
    out = tmp_path / "out"
    build_pack(pack, out)
    (out / "internal/note.docx").write_bytes(b"signed")
    before = tree(out)
    edit(pack / "pack.yaml", ("term: 36", "term: 24"), ("Small programme", "Programme"))
    with pytest.raises(BuildError) as caught:
        build_pack(pack, out)
    assert "internal/note.docx: is in the way and was edited since govpack wrote it" in str(caught.value.findings[0])
    assert tree(out) == before


def test_replace_moves_an_edited_document_aside_and_says_so(tmp_path: Path, pack: Path) -> None:
    out = tmp_path / "out"
    build_pack(pack, out)
    (out / "internal/note.docx").write_bytes(b"signed")
    edit(pack / "pack.yaml", ("Small programme", "Programme"))
    result = build_pack(pack, out, replace=True)
    assert (out / "internal/note.edited-1.docx").read_bytes() == b"signed"
    assert text_of(out / "internal/note.docx") == "Programme has 2 contracts"
    assert "is now internal/note.edited-1.docx" in str(result.findings[-1])


def test_a_pack_json_of_another_program_is_not_overwritten(tmp_path: Path, pack: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "pack.json").write_text('{"name": "my-app"}')
    with pytest.raises(BuildError) as caught:
        build_pack(pack, out)
    assert "pack.json: is in the way and was not written by govpack" in str(caught.value.findings[0])
    build_pack(pack, out, replace=True)
    assert (out / "pack.edited-1.json").read_text() == '{"name": "my-app"}'


def test_only_builds_what_is_named_and_keeps_the_rest_as_recorded(tmp_path: Path, pack: Path) -> None:
    out = tmp_path / "out"
    build_pack(pack, out)
    before = record(out)["files"]
    edit(pack / "pack.yaml", ("Small programme", "Programme"), ("term: 36", "term: 24"))
    result = build_pack(pack, out, only=["note"])
    after = record(out)["files"]
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert result.files == ("internal/note.docx",)
    assert after["counterparty/acme/letter.docx"] == before["counterparty/acme/letter.docx"]
    assert after["internal/note.docx"] != before["internal/note.docx"]
    assert "36 months" in text_of(out / "counterparty/acme/letter.docx")


def test_only_leaves_an_edited_document_of_another_name_alone(tmp_path: Path, pack: Path) -> None:
    out = tmp_path / "out"
    build_pack(pack, out)
    (out / "counterparty/acme/letter.docx").write_bytes(docx_of("signed"))
    build_pack(pack, out, only=["note"])
    assert text_of(out / "counterparty/acme/letter.docx") == "signed"
    with pytest.raises(BuildError, match="must not overwrite"):
        build_pack(pack, out)


def test_a_document_that_is_no_longer_made_goes_unless_edited(tmp_path: Path, pack: Path) -> None:
    out = tmp_path / "out"
    build_pack(pack, out)
    (out / "counterparty/zeta/letter.docx").write_bytes(b"signed")
    text = (pack / "pack.yaml").read_text()
    (pack / "pack.yaml").write_text(text[: text.index("contracts:")])
    result = build_pack(pack, out)
    assert set(tree(out)) == {"internal/note.docx", "counterparty/zeta/letter.docx", "index.html", "pack.json"}
    assert not (out / "counterparty" / "acme").exists()
    assert any("counterparty/zeta/letter.docx" in str(finding) for finding in result.findings)


def test_the_inputs_and_the_kit_are_no_place_to_build_into(tmp_path: Path, pack: Path) -> None:
    for out in (pack, pack / "kit", pack / "kit" / "out"):
        before = tree(pack)
        with pytest.raises(BuildError, match="choose another"):
            build_pack(pack, out)
        assert tree(pack) == before


def test_a_pack_may_be_built_inside_its_own_folder_again_and_again(pack: Path) -> None:
    build_pack(pack, pack / "out")
    assert build_pack(pack, pack / "out").unchanged == 3


def test_a_disk_that_fails_while_files_are_put_in_place_leaves_the_last_pack(
    tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    build_pack(pack, out)
    before = tree(out)
    edit(pack / "pack.yaml", ("Small programme", "Programme"), ("term: 36", "term: 24"))
    real, calls = Path.rename, 0

    def rename(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == 4:
            raise OSError(28, "No space left on device", str(self), None, str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(BuildError, match="No space left on device"):
        build_pack(pack, out)
    assert calls > 4
    assert tree(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "out"]


def test_progress_is_told_what_is_made(tmp_path: Path, pack: Path) -> None:
    said: list[tuple[str, int, int]] = []
    build_pack(pack, tmp_path / "out", progress=lambda *step: said.append(step))
    assert said[0] == ("counterparty/acme/letter.docx", 0, 3)
    assert all(done <= total for _, done, total in said)


def test_a_letter_never_sees_what_is_internal(tmp_path: Path, pack: Path) -> None:
    (pack / "kit" / "letter.docx").write_bytes(docx_of(*LETTER, "{{ partner.owner.name }}"))
    edit(pack / "pack.yaml", ("kit: small", "kit: small, status: issued"), ("term: 36", "purpose: P, term: 36"))
    with pytest.raises(GovpackError) as caught:
        build_pack(pack, tmp_path / "out")
    assert any("owner" in finding.message for finding in caught.value.findings)


def test_many_documents_of_one_template_are_made_by_several_processes_as_by_one(
    tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_pack(pack, tmp_path / "one", jobs=1)
    monkeypatch.setattr("govpack.build.render.TOGETHER", 1)
    build_pack(pack, tmp_path / "several", jobs=2)
    assert tree(tmp_path / "several") == tree(tmp_path / "one")


def test_a_template_that_several_processes_refuse_is_told_once(
    tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("govpack.build.render.TOGETHER", 1)
    (pack / "kit" / "letter.docx").write_bytes(docx_of("{{ contract.purpose"))
    with pytest.raises(GovpackError) as refused:
        build_pack(pack, tmp_path / "out", jobs=2)
    assert len([finding for finding in refused.value.findings if "{{ contract.purpose" in finding.message]) == 1
    assert not (tmp_path / "out").exists()
