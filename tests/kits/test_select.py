"""A contract takes the clauses of its type whose condition holds, in the wording that it chose."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.support.kit import edit, lay_kit

from govpack.findings import Severity
from govpack.kits import (
    ConditionError,
    Kit,
    clauses_for,
    find_choice_problems,
    find_condition_problems,
    find_idle_choices,
    find_issue_problems,
    read_kit,
)

SERVICES: dict[str, Any] = {"contract": {"id": "C-1", "type": "services agreement", "data_act": {"in_scope": True}}}
RESEARCH: dict[str, Any] = {
    "contract": {"id": "C-2", "type": "co-innovation agreement", "data_act": {"in_scope": False}}
}


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    return read_kit(lay_kit(tmp_path / "kit"))


def fragments(
    kit: Kit, context: dict[str, Any], chosen: dict[str, str] | None = None, omitted: tuple[str, ...] = ()
) -> list[str]:
    return [clause["fragment"] for clause in clauses_for(kit, context, chosen or {}, omitted)["clauses"]]


def test_clauses_come_in_order_in_the_preferred_wording(kit: Kit) -> None:
    assert fragments(kit, SERVICES) == ["switching.preferred", "term.preferred"]


def test_a_contract_gets_no_clause_of_another_type_or_whose_condition_does_not_hold(kit: Kit) -> None:
    assert fragments(kit, RESEARCH) == []


def test_a_contract_chooses_another_wording_or_none(kit: Kit) -> None:
    assert fragments(kit, SERVICES, {"term": "fallback_1"}, ("switching",)) == ["term.fallback_1"]


def test_schedules_are_kept_apart(tmp_path: Path) -> None:
    folder = lay_kit(tmp_path / "kit")
    edit(folder / "clauses" / "term.md", ("why: A", "schedule: true\nwhy: A"))
    found = clauses_for(read_kit(folder), SERVICES, {}, ())
    assert [clause["id"] for clause in found["clauses"]] == ["switching"]
    assert [clause["id"] for clause in found["schedules"]] == ["term"]


def test_a_condition_on_something_not_given_does_not_hold(kit: Kit) -> None:
    context = {"contract": {**SERVICES["contract"], "data_act": None}}
    assert fragments(kit, context) == ["term.preferred"]


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("contract.data_act.in_scop", "there is no 'in_scop' here (did you mean 'in_scope'?)"),
        ("contrat.type", "'contrat' is undefined"),
        ("contract.id + 1 > 2", "can only concatenate str"),
        ("contract.__class__", "there is no '__class__' here"),
        ("contract.items.__self__", "unsafe"),
        ("10 ** 10 ** 10 > 1", "does not compute with **"),
        ("cycler.__init__", "'cycler' is undefined"),
    ],
)
def test_a_condition_that_cannot_be_told_is_an_error_at_its_place(tmp_path: Path, condition: str, says: str) -> None:
    folder = lay_kit(tmp_path / "kit")
    edit(folder / "clauses" / "switching.md", ("contract.data_act.in_scope", f'"{condition}"'))
    kit = read_kit(folder)
    with pytest.raises(ConditionError):
        clauses_for(kit, SERVICES, {}, ())
    findings = list(find_condition_problems(kit, SERVICES))
    assert len(findings) == 1
    assert f"{folder / 'clauses' / 'switching.md'}:7:7: whether clause 'switching' belongs to contract 'C-1'" in str(
        findings[0]
    )
    assert says in str(findings[0])


def test_unknown_clauses_and_variants_are_named_with_the_nearest(kit: Kit) -> None:
    chosen = {"trem": "preferred", "term": "fallback1", "switching": "preferred"}
    problems = list(find_choice_problems(kit, chosen, ("swiching", "switching")))
    assert [(problem.path, problem.message) for problem in problems] == [
        (("clauses", "trem"), "the kit 'small' has no clause 'trem' (did you mean 'term'?)"),
        (
            ("clauses", "term"),
            "clause 'term' has no variant 'fallback1' (did you mean 'fallback_1'?); it has preferred, fallback_1",
        ),
        (("omit_clauses", 0), "the kit 'small' has no clause 'swiching' (did you mean 'switching'?)"),
        (
            ("omit_clauses", 1),
            "clause 'switching' is left out, and a variant of it is chosen too: it is left out",
        ),
    ]


MAP = """\
- {law: DORA, article: Art. 30(1), requires: One document, answered_by: [term], when: contract.data_act.in_scope}
- {law: GDPR, article: Art. 28, requires: Terms, answered_by: [term, switching]}
"""


def test_the_regulatory_map_has_the_rows_of_the_law_that_binds_the_contract(tmp_path: Path) -> None:
    folder = lay_kit(tmp_path / "kit")
    edit(folder / "kit.yaml", ("clauses: clauses", "clauses: clauses\nregulatory_map: map.yaml"))
    (folder / "map.yaml").write_text(MAP)
    kit = read_kit(folder)
    assert [row["law"] for row in clauses_for(kit, SERVICES, {}, ())["regulatory_map"]] == ["DORA", "GDPR"]
    assert clauses_for(kit, RESEARCH, {}, ())["regulatory_map"] == [
        {
            "law": "GDPR",
            "article": "Art. 28",
            "requires": "Terms",
            "answered_by": ["term", "switching"],
            "clauses": ["term", "switching"],
            "schedules": [],
        }
    ]


def test_a_counterparty_sees_of_a_clause_only_what_is_printed(kit: Kit) -> None:
    (entry, _) = clauses_for(kit, SERVICES, {}, ())["clauses"]
    assert entry == {
        "id": "switching",
        "number": 1,
        "title": "Switching",
        "group": "End",
        "fragment": "switching.preferred",
        "note": None,
    }


def test_an_internal_document_sees_the_wordings_and_which_was_chosen(kit: Kit) -> None:
    found = clauses_for(kit, SERVICES, {"term": "fallback_1"}, (), internal=True)
    term = found["clauses"][1]
    assert (term["why"], term["variant"], term["note"]) == ("A contract ends.", "fallback_1", None)
    assert term["wordings"] == [
        {"id": "preferred", "name": "preferred", "risk": "none", "owner": None, "chosen": False},
        {"id": "fallback_1", "name": "fallback 1", "risk": "some", "owner": "cpo", "chosen": True},
    ]
    assert not found["drafting_notes"]


def test_notes_are_for_internal_documents_only(kit: Kit) -> None:
    inside = clauses_for(kit, SERVICES, {}, (), internal=True, drafting_notes=True)
    assert inside["drafting_notes"]
    assert inside["clauses"][1]["note"].splitlines() == [
        "Why it is here: A contract ends.",
        "Wording in this agreement: preferred. Risk: none. Approval: none beyond the signature.",
        "Instead, fallback 1. Risk: some. Approval: cpo.",
    ]
    outside = clauses_for(kit, SERVICES, {}, (), drafting_notes=True)
    assert not outside["drafting_notes"]
    assert [clause["note"] for clause in outside["clauses"]] == [None, None]


def test_a_note_says_what_a_wording_changes_before_its_risk(tmp_path: Path) -> None:
    folder = lay_kit(tmp_path / "kit")
    edit(folder / "clauses" / "term.md", ("risk: some,", 'risk: "medium: The term has no end",'))
    edit(
        folder / "clauses" / "switching.md", ("why: The law asks for it.", "law: Data Act Art. 25\nwhy: The law asks.")
    )
    inside = clauses_for(read_kit(folder), SERVICES, {}, (), internal=True, drafting_notes=True)["clauses"]
    assert "Instead, fallback 1. The term has no end. Risk: medium. Approval: cpo." in inside[1]["note"].splitlines()
    assert "Law, so far as it binds this contract: Data Act Art. 25." in inside[0]["note"].splitlines()


def test_a_clause_has_the_title_of_the_type_of_agreement(tmp_path: Path) -> None:
    folder = lay_kit(tmp_path / "kit")
    edit(folder / "clauses" / "term.md", ("title: Term", "title: Term\ntitles: {services agreement: Duration}"))
    assert clauses_for(read_kit(folder), SERVICES, {}, ())["clauses"][1]["title"] == "Duration"


def test_an_issue_whose_clause_is_not_in_the_kit_is_named_with_the_nearest(kit: Kit) -> None:
    (found,) = find_issue_problems(kit, [("term", ()), (None, ()), ("swiching", ())])
    assert found.path == ("issues", 2, "clause")
    assert found.message == "the kit 'small' has no clause 'swiching' (did you mean 'switching'?)"


def test_what_an_issue_closes_is_a_wording_of_its_clause(kit: Kit) -> None:
    problems = find_issue_problems(kit, [("term", ("fallback_1", "fallback_2")), (None, ("fallback_1",))])
    assert [(found.path, found.message) for found in problems] == [
        (
            ("issues", 0, "closed", 1),
            "clause 'term' has no variant 'fallback_2' (did you mean 'fallback_1'?); it has preferred, fallback_1",
        ),
        (("issues", 1, "closed"), "wordings are closed, but no clause is named whose wordings they would be"),
    ]


IN_SCOPE = "{% if contract.data_act.in_scope %}"


def test_notes_say_what_is_true_of_the_contract(tmp_path: Path) -> None:
    folder = lay_kit(tmp_path / "kit")
    term = folder / "clauses" / "term.md"
    edit(term, ("types: [services agreement]", "types: [services agreement, co-innovation agreement]"))
    edit(term, ("why: A contract ends.", f'why: "A contract ends.{IN_SCOPE} One may switch.{{% endif %}}"'))
    edit(term, ("risk: some,", f'risk: "high: {IN_SCOPE}Nobody switches{{% else %}}It has no end{{% endif %}}",'))
    edit(term, ("group: Start", f'group: Start\nlaw: "{IN_SCOPE}Data Act Art. 25;{{% endif %}} Civil Code"'))
    kit = read_kit(folder)
    services, research = (
        clauses_for(kit, context, {}, (), internal=True, drafting_notes=True)["clauses"][-1]
        for context in (SERVICES, RESEARCH)
    )
    assert (services["why"], services["law"]) == ("A contract ends. One may switch.", "Data Act Art. 25; Civil Code")
    assert (research["why"], research["law"]) == ("A contract ends.", "Civil Code")
    assert services["wordings"][1]["risk"] == "high: Nobody switches"
    assert "Instead, fallback 1. It has no end. Risk: high. Approval: cpo." in research["note"]
    assert "Law, so far as it binds this contract: Civil Code." in research["note"]


def test_a_wording_that_differs_only_elsewhere_is_not_offered(tmp_path: Path) -> None:
    folder = lay_kit(tmp_path / "kit")
    term = folder / "clauses" / "term.md"
    edit(term, ("types: [services agreement]", "types: [services agreement, co-innovation agreement]"))
    edit(term, ("owner: cpo", "owner: cpo, changes: preferred, when: contract.data_act.in_scope"))
    edit(term, ("The term is {{ contract.term }} months.", '1. {{ bookmark("t") }}It is {{ contract.term }} months.'))
    edit(term, ("The term is open.", '1. {{ bookmark("t") }}It is open.'))
    kit = read_kit(folder)
    chosen = {"term": "fallback_1"}
    services, research = (
        clauses_for(kit, context, chosen, (), internal=True)["clauses"][-1] for context in (SERVICES, RESEARCH)
    )
    assert services["fragment"] == "term.fallback_1"
    assert [wording["id"] for wording in research["wordings"]] == ["preferred"]
    assert research["fragment"] == "term.preferred"
    assert list(find_idle_choices(kit, SERVICES, chosen)) == []
    (idle,) = find_idle_choices(kit, RESEARCH, chosen)
    assert idle.path == ("clauses", "term")
    assert idle.severity is Severity.WARNING
    assert "fallback_1 of clause 'term' is the same as preferred here" in idle.message


def test_a_note_that_cannot_be_told_of_a_contract_is_an_error_at_its_place(tmp_path: Path) -> None:
    folder = lay_kit(tmp_path / "kit")
    edit(
        folder / "clauses" / "term.md",
        ("why: A contract ends.", 'why: "{% if contract.data_act.in_scop %}B{% endif %} A contract ends."'),
    )
    (found,) = find_condition_problems(read_kit(folder), SERVICES)
    assert f"{folder / 'clauses' / 'term.md'}:8:6: what is true of clause 'term' in contract 'C-1'" in str(found)
    assert "there is no 'in_scop' here (did you mean 'in_scope'?)" in str(found)


def test_clauses_left_out_are_named_to_internal_documents_by_the_titles_that_they_would_have(kit: Kit) -> None:
    omitted = ("switching", "term")
    assert clauses_for(kit, SERVICES, {}, omitted, internal=True)["left_out"] == ["Switching", "Term"]
    assert clauses_for(kit, RESEARCH, {}, omitted, internal=True)["left_out"] == []
    assert clauses_for(kit, SERVICES, {}, omitted)["left_out"] == []
