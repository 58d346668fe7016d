"""index.html as a build treats it: written with the pack, recorded, and as safe from being overwritten as the rest."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from tests.support.html import Element, read_html
from tests.support.kit import docx_of, edit, lay_pack

from govpack.build import build_pack
from govpack.errors import BuildError


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return lay_pack(tmp_path / "mine")


def page(out: Path) -> Element:
    return read_html((out / "index.html").read_text(encoding="utf-8"))


def test_the_page_links_every_document_and_is_recorded_like_one(tmp_path: Path, pack: Path) -> None:
    out = tmp_path / "out"
    result = build_pack(pack, out)
    links = [one.attributes["href"] for one in page(out).one("section", id="documents").all("a")]
    assert sorted(links) == sorted(result.files)
    assert all((out / link).is_file() for link in links)
    recorded = json.loads((out / "pack.json").read_text())["files"]["index.html"]
    assert (recorded["document"], recorded["kind"]) == ("index", "html")
    assert recorded["sha256"] == sha256((out / "index.html").read_bytes()).hexdigest()


def test_a_kit_without_a_checklist_gets_its_page(tmp_path: Path, pack: Path) -> None:
    build_pack(pack, tmp_path / "out")
    assert "This kit has no quality checklist" in page(tmp_path / "out").text


def test_gaps_name_the_input_without_any_folder_of_this_machine(tmp_path: Path, pack: Path) -> None:
    out = tmp_path / "out"
    build_pack(pack, out)
    gaps = page(out).all("li", data_entry="gap")
    assert [gap.one("span", class_="place").text for gap in gaps] == ["pack.yaml:10:5", "pack.yaml:11:5"]
    assert all("To mend: give contract.purpose here" in gap.text for gap in gaps)
    assert str(tmp_path) not in (out / "index.html").read_text(encoding="utf-8")


def test_only_some_documents_make_a_page_of_all_that_says_what_is_not_there(tmp_path: Path, pack: Path) -> None:
    out = tmp_path / "out"
    build_pack(pack, out, only=["note"])
    listed = page(out).one("section", id="documents")
    assert [link.text for link in listed.all("a")] == ["Note"]
    assert listed.text.count("not built yet") == 2
    assert "This build made only some of the documents" in page(out).one("section", id="gaps").text
    build_pack(pack, out)
    build_pack(pack, out, only=["note"])
    assert "not built yet" not in page(out).text


def test_an_edited_page_is_not_overwritten(tmp_path: Path, pack: Path) -> None:
    out = tmp_path / "out"
    build_pack(pack, out)
    (out / "index.html").write_text("mine")
    with pytest.raises(BuildError) as caught:
        build_pack(pack, out)
    assert "index.html: is in the way and was edited since govpack wrote it" in str(caught.value.findings[0])
    build_pack(pack, out, replace=True)
    assert (out / "index.edited-1.html").read_text() == "mine"
    assert page(out).one("h1")


def test_a_page_that_someone_else_put_there_stops_the_build(tmp_path: Path, pack: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "index.html").write_text("another site")
    with pytest.raises(BuildError) as caught:
        build_pack(pack, out)
    assert "index.html: is in the way and was not written by govpack" in str(caught.value.findings[0])
    assert [path.name for path in out.iterdir()] == ["index.html"]


def test_the_page_tells_the_verdicts_on_the_files_as_they_are_put_in_place(tmp_path: Path, pack: Path) -> None:
    (pack / "kit" / "checklist.yaml").write_text(
        "title: A short list\n"
        "documents: {note: {title: Note, files: ['note.docx']}}\n"
        "items: [{id: counted, asks: It counts., of: note, requires: [{mentions: {any: [2 contracts]}}]}]\n"
    )
    edit(pack / "kit" / "kit.yaml", ("clauses: clauses", "clauses: clauses\nchecklist: checklist.yaml"))
    out = tmp_path / "out"
    build_pack(pack, out)
    (item,) = page(out).all("details", data_entry="item")
    assert item.attributes["data-verdict"] == "met"
    (pack / "kit" / "note.docx").write_bytes(docx_of("Nothing is counted"))
    build_pack(pack, out)
    (item,) = page(out).all("details", data_entry="item")
    assert item.attributes["data-verdict"] == "not met"
    assert page(out).one("p", class_="lead").text == "No item of the checklist is met."


def test_a_partner_with_several_contracts_has_each_document_under_its_contracts_name(
    tmp_path: Path, pack: Path
) -> None:
    edit(pack / "pack.yaml", ("id: C-2, partner: zeta,", "id: C-2, title: Second deal, partner: acme,"))
    build_pack(pack, tmp_path / "out")
    tables = page(tmp_path / "out").one("section", id="documents").tables()
    (row,) = [row for row in tables["The documents of each partner"] if row[0].startswith("Acme ")]
    assert "Second deal" in row[0]
    assert "Letter Second deal" in " ".join(row[1:])
