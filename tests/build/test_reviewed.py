"""A review says which file it was held on; a build knows that file of today, and says when it is another one."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from tests.support.kit import docx_of, edit, lay_pack, text_of

from govpack.build import build_pack
from govpack.errors import InputError
from govpack.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path

REGISTER = """\
  - name: register
    title: Register
    template: register.docx
    output: internal/register.docx
    audience: internal
    keep_edited: true
    purpose: Who reviewed what.
  - name: note
"""
LINES = (
    "{% for review in reviews %}",
    "{% for entry in review.of %}",
    "{% for file in entry.files %}",
    "{{ review.id }}: {{ file.path }} {{ file.hash or 'unknown' }} "
    "{% if file.same is none %}open{% elif file.same %}same{% else %}changed{% endif %}",
    "{% endfor %}",
    "{% endfor %}",
    "{% endfor %}",
)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The small pack, whose register stands before the note that it names."""
    folder = lay_pack(tmp_path / "mine")
    edit(folder / "kit" / "kit.yaml", ("  - name: note\n", REGISTER))
    (folder / "kit" / "register.docx").write_bytes(docx_of(*LINES))
    return folder


def review(pack: Path, text: str) -> None:
    (pack / "reviews.yaml").write_text(f"reviews:\n  - {{id: V1, type: legal, {text}}}\n", encoding="utf-8")


def hash_of(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def test_a_review_to_come_is_given_the_hash_of_each_file_that_this_build_makes(tmp_path: Path, pack: Path) -> None:
    review(pack, "of: [{document: letter}, {document: note}]")
    out = tmp_path / "out"
    build_pack(pack, out)
    paths = ("counterparty/acme/letter.docx", "counterparty/zeta/letter.docx", "internal/note.docx")
    assert text_of(out / "internal" / "register.docx").splitlines() == [
        f"V1: {path} {hash_of(out / path)[:12]} open" for path in paths
    ]


def test_the_review_of_one_contract_names_its_file_only(tmp_path: Path, pack: Path) -> None:
    review(pack, "covers: contract, of: [{document: letter, contract: C-2}]")
    build_pack(pack, tmp_path / "out")
    assert text_of(tmp_path / "out" / "internal" / "register.docx").startswith("V1: counterparty/zeta/letter.docx ")


def test_the_review_of_a_template_is_held_against_the_kit_and_not_against_what_is_made_of_it(
    tmp_path: Path, pack: Path
) -> None:
    digest = hash_of(pack / "kit" / "letter.docx")
    review(pack, f"covers: template, of: [{{document: letter, hash: {digest[:12]}}}]")
    build_pack(pack, tmp_path / "out")
    assert text_of(tmp_path / "out" / "internal" / "register.docx") == f"V1: kit/letter.docx {digest[:12]} same"


def test_a_file_that_changed_after_its_review_is_told_with_the_line_that_states_the_hash(
    tmp_path: Path, pack: Path
) -> None:
    out = tmp_path / "out"
    build_pack(pack, out)
    reviewed = hash_of(out / "internal" / "note.docx")
    review(pack, f"outcome: approved, date: 2026-09-30, of: [{{document: note, hash: {reviewed.upper()}}}]")
    result = build_pack(pack, out)
    assert not [finding for finding in result.findings if "V1" in finding.message]
    assert text_of(out / "internal" / "register.docx").endswith("same")

    (pack / "kit" / "note.docx").write_bytes(docx_of("{{ pack.title }}, other words"))
    (found,) = (finding for finding in build_pack(pack, out).findings if "V1" in finding.message)
    now = hash_of(out / "internal" / "note.docx")[:12]
    assert found.message == f"V1 was held on another file: internal/note.docx is {now} now"
    assert found.severity is Severity.WARNING
    assert found.location is not None
    assert (found.location.file.rpartition("/")[2], found.location.line) == ("reviews.yaml", 2)
    assert text_of(out / "internal" / "register.docx").endswith("changed")


def test_a_register_built_alone_knows_the_other_files_of_the_last_build(tmp_path: Path, pack: Path) -> None:
    review(pack, "of: [{document: note}]")
    fresh, out = tmp_path / "fresh", tmp_path / "out"
    build_pack(pack, fresh, only=["register"])
    assert text_of(fresh / "internal" / "register.docx") == "V1: internal/note.docx unknown open"
    build_pack(pack, out)
    whole = (out / "internal" / "register.docx").read_bytes()
    build_pack(pack, out, only=["register"])
    assert (out / "internal" / "register.docx").read_bytes() == whole


def test_a_document_that_the_kit_does_not_have_is_an_error_with_its_nearest_name(tmp_path: Path, pack: Path) -> None:
    review(pack, "of: [{document: leter}]")
    with pytest.raises(InputError) as caught:
        build_pack(pack, tmp_path / "out")
    (found,) = caught.value.findings
    assert "the kit 'small' has no document 'leter' (did you mean 'letter'?)" in found.message
