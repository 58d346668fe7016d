"""References that stand in a row, and the rows of the regulatory map, ascend: what a lawyer looks up is in order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.support.agreement import Agreement

PARTNERS = ("nimbus", "lumenar", "halden", "ostermark")
_PLACE = r"\d+(?:\.\d+)?(?:\([a-z]\))?"
_ROW = re.compile(rf"\b[Cc]lauses ({_PLACE}(?:(?:, | and | or | to ){_PLACE})+)")
_NUMERALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}


def read(folder: Path, partner: str) -> Agreement:
    return Agreement.read(folder / "counterparty" / partner / "partnership-agreement.docx")


def sorted_by(place: str) -> tuple[tuple[int, ...], str]:
    """What clause 8.10 comes by: after 8.9, and before 8.10(a)."""
    return tuple(map(int, re.findall(r"\d+", place))), "".join(re.findall(r"\(([a-z])\)", place))


def article_key(article: str) -> list[int]:
    """Art. 30(3)(e)(ii) as numbers, level by level; a letter counts from 1, and behind (e) a numeral does."""
    first = re.match(r"Art\. (\d+)((?:\(\w+\))*)", article)
    if first is None:
        return [999]  # Chapter V, which comes behind the articles
    inner = re.findall(r"\((\w+)\)", first[2])
    levels = [
        int(each) if each.isdecimal() else ord(each) - 96 if len(each) == 1 else _NUMERALS[each] for each in inner
    ]
    if len(inner) > 2:
        levels[2] = _NUMERALS[inner[2]]
    return [int(first[1]), *levels]


@pytest.mark.parametrize("partner", PARTNERS)
def test_references_in_a_row_ascend(nordhaven_pack: Path, partner: str) -> None:
    rows = [found[1] for found in _ROW.finditer(read(nordhaven_pack, partner).text)]
    assert len(rows) > (8 if partner == "ostermark" else 30)
    assert [row for row in rows if (places := re.findall(_PLACE, row)) != sorted(places, key=sorted_by)] == []


@pytest.mark.parametrize("partner", PARTNERS[:3])
def test_the_articles_of_each_law_ascend(nordhaven_pack: Path, partner: str) -> None:
    laws: dict[str, list[str]] = {}
    for row in read(nordhaven_pack, partner).rows:
        law, article = re.split(r" (?=Art\.|Chapter)", row, maxsplit=1)
        laws.setdefault(law, []).append(article)
    assert len(laws["DORA"]) > 20
    assert {law: articles for law, articles in laws.items() if articles != sorted(articles, key=article_key)} == {}
