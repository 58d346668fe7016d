"""The clause library as a reviewer reads it in the built agreements: terms, numbers, references and spelling.

All of it is held in the wordings that the example chose, and with every clause in its fallbacks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.agreement import Agreement

PARTNERS = ("nimbus", "lumenar", "halden", "oster")
_DEFINED = re.compile(r"“([A-Z][^”]*)”")
# Words that begin with a capital without being terms of the agreement: names of countries, bodies, laws and languages.
_NAMES = frozenset(
    "Article Articles Chapter VI Regulation Directive EU EC European Union Economic Area Member State United Nations "
    "Convention Contracts International Sale Goods Saturday Sunday English Ireland Germany Netherlands France Sweden "
    "Denmark ICT Parties January February March April May June July August September October November December ISO EUR "
    "Nordhaven Bank".split()
)


@pytest.fixture(scope="module", params=["as chosen", "fallback_1", "fallback_2"])
def pack(request: pytest.FixtureRequest, nordhaven_pack: Path, with_fallbacks: Callable[[str], Path]) -> Path:
    """The example as it is, and with a fallback in every clause that has it."""
    return nordhaven_pack if request.param == "as chosen" else with_fallbacks(request.param)


@pytest.fixture(scope="module", params=PARTNERS)
def agreement(request: pytest.FixtureRequest, pack: Path) -> Agreement:
    (file,) = (pack / "counterparty").glob(f"{request.param}*/partnership-agreement.docx")
    return Agreement.read(file)


def definitions(agreement: Agreement) -> dict[str, str]:
    """The list of definitions: each term, and the words that define it."""
    found = {}
    for provision in agreement.provisions:
        if provision.style == "Clause2Text" and (term := _DEFINED.match(provision.words)):
            assert term[1] not in found, f"{term[1]} is defined twice"
            found[term[1]] = provision.words
    return found


def prose(agreement: Agreement) -> list[str]:
    """The words of clauses and schedules, without headings and tables."""
    styles = re.compile(r"Clause\d(Text)?|ScheduleLevel\d(Text)?|Party|Recital")
    return [provision.words for provision in agreement.provisions if styles.fullmatch(provision.style)]


def occurs(term: str, text: str) -> int:
    """How often `term` stands in `text`, in the singular, plural or possessive."""
    stem = term.removesuffix("y") + ("(?:y|ies)" if term.endswith("y") else "(?:e?s)?")
    return len(re.findall(rf"(?<![\w“]){stem}(?![\w”])", text))


def test_a_services_agreement_has_the_clauses_that_a_firm_would_expect(agreement: Agreement) -> None:
    least = 40
    assert len([words for words in agreement.headings if words]) >= least


def test_terms_are_defined_once_in_bold_and_quotes_in_alphabetical_order(agreement: Agreement) -> None:
    terms = list(definitions(agreement))
    assert len(terms) > 40
    assert terms == sorted(terms, key=str.casefold)
    for provision in agreement.provisions:
        if provision.style == "Clause2Text":
            term = _DEFINED.match(provision.words)
            assert term is not None, f"no definition: {provision.words}"
            assert provision.strong == (f"“{term[1]}”",)


def test_every_defined_term_is_used(agreement: Agreement) -> None:
    terms = definitions(agreement)
    for term, words in terms.items():
        elsewhere = "\n".join(other for other in agreement.text.splitlines() if other != words)
        assert occurs(term, elsewhere), f"“{term}” is defined and not used"


def test_every_capitalised_term_is_defined(agreement: Agreement) -> None:
    terms = {*definitions(agreement), "Customer", "Partner"}
    plurals = {f"{term}s" for term in terms} | {f"{term.removesuffix('y')}ies" for term in terms if term.endswith("y")}
    singulars = {term.removesuffix("s") for term in terms}
    known = sorted(terms | plurals | singulars, key=len, reverse=True)
    undefined: dict[str, str] = {}
    for words in prose(agreement):
        text = words
        for term in known:
            text = re.sub(rf"(?<!\w){re.escape(term)}(?!\w)", "·", text)
        # A capital inside a sentence: what begins one, a quotation or an item is no sign of a term.
        for found in re.finditer(r"(?<=[\w,;·’)] )[A-Z]\w+", text):
            if found[0] not in _NAMES and not names_of_the_pack(found[0], agreement):
                undefined.setdefault(found[0], words)
    assert not undefined


def names_of_the_pack(word: str, agreement: Agreement) -> bool:
    """Whether `word` comes from the inputs: it stands in the parties, the background or a table."""
    return any(
        re.search(rf"\b{word}\b", provision.words)
        for provision in agreement.provisions
        if provision.style in ("Party", "Recital", "TableLabel", "TableText", "CoverParty")
    )


def test_no_number_of_a_clause_or_schedule_is_typed(agreement: Agreement) -> None:
    """Where words say “clause 4.1” or “Schedule 2”, a field stands behind them."""
    for provision in agreement.provisions:
        said = re.findall(r"[Cc]lauses? \d|Schedule \d", provision.words)
        assert len(said) <= len(provision.targets) or provision.style.startswith("TOC"), provision.words


def test_a_services_agreement_has_many_live_references_and_each_leads_somewhere(agreement: Agreement) -> None:
    targets = [target for provision in agreement.provisions for target in provision.targets]
    names = {name for provision in agreement.provisions for name in provision.names}
    assert len(targets) >= 30
    assert set(targets) <= names


@pytest.mark.parametrize(
    "wrong",
    [
        r"\b(he|she|his|her|him|chairman|manpower|himself)\b",
        r"\w+iz(e|es|ed|ing|ation|ations)\b(?<!size)(?<!sizes)(?<!sized)(?<!prize)(?<!seize)(?<!seized)",
        r"\b(a|an|the|no|any|this|of|free|exclusive) license\b",  # the verb only is written so
        r"\b(favor|color|honor|labor|center|program)\b",
        r"\b(herein|hereof|hereto|thereof|whereas|witnesseth|hereinafter)\b",
        r"\b(shall be deemed|notwithstanding anything)\b",
        r" {2,}|,,|\.\.|;\.| ,| ;",
    ],
)
def test_the_words_are_plain_neutral_and_british(agreement: Agreement, wrong: str) -> None:
    assert not [words for words in prose(agreement) if re.search(wrong, words, re.IGNORECASE)]


def test_each_provision_ends_as_a_sentence_or_an_item_does(agreement: Agreement) -> None:
    for provision in agreement.provisions:
        if re.fullmatch(r"Clause\d(Text)?|ScheduleLevel[2-9](Text)?", provision.style):
            assert re.search(r"[.;:]”?$|; (and|or)$", provision.words), provision.words


def test_lists_end_with_and_or_or_before_the_last_item(agreement: Agreement) -> None:
    """An item that ends with a semicolon is followed by another; the last but one says how they add up."""
    items = [(at, p) for at, p in enumerate(agreement.provisions) if p.style in ("Clause3", "ScheduleLevel3")]
    for at, provision in items:
        follows = agreement.provisions[at + 1]
        is_last = follows.style != provision.style
        if is_last:
            assert provision.words.endswith((".", ":")), provision.words
        else:
            assert re.search(r";( and| or)?$|:$", provision.words), provision.words
        after = agreement.provisions[at + 2] if at + 2 < len(agreement.provisions) else None
        if not is_last and after is not None and after.style != provision.style:
            assert re.search(r"; (and|or)$", provision.words), provision.words
