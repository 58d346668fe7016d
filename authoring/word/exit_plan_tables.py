"""The tables that are sections of an exit plan, as data: heading, intro, and what the cells say."""

from __future__ import annotations

from authoring.deck.say import given
from authoring.word.draft import capital, narrow, person
from authoring.word.tables import Column, DataTable

PLAN = "partner.exit_plan"
_MONTHS = "partner.exit_months"
_SHORT = '"d MMM y"'
# A number never parts from what it counts: 640 TB, 3,100 files.
_VOLUME = '{{ asset.volume | replace(" ", "\\u00a0") }}'

STEPS = DataTable(
    heading="Steps",
    intro="Weeks count from the decision to leave. A step is done when what its last column says is true, not when its "
    "weeks have passed.",
    when=f"{PLAN}.steps",
    loop=f"line in {PLAN}.timeline",
    columns=(
        Column("Step", 6, "{{ line.number }}", "TableLabel"),
        Column("What is done", 30, narrow("line.step.step")),
        Column("Owner", 17, person("line.step.owner", "not named yet")),
        Column(
            "Weeks",
            12,
            "{{ line.step.starts_week }}{% if line.step.last_week > line.step.starts_week %} to "
            "{{ line.step.last_week | number }}{% endif %}",
        ),
        Column("Takes", 12, "{{ line.step.weeks | duration('weeks') }}"),
        Column("Done when", 29, "{{ (line.step.done_when or 'Not stated yet') | unbroken }}"),
    ),
)

INVENTORY = DataTable(
    heading="Inventory",
    intro="Data, embeddings, model weights and configuration of ours that the partner holds or runs on, and how each "
    "comes back.",
    loop=f"asset in {PLAN}.inventory",
    columns=(
        Column("Asset", 22, narrow("asset.asset"), "TableLabel"),
        Column("Kind", 13, capital("asset.kind")),
        Column("Held where", 17, "{{ (asset.held_where or 'Not stated yet') | unbroken }}"),
        Column(
            "Format and volume",
            20,
            "{{ asset.format or 'Not stated yet' }}" + given("asset.volume", f", {_VOLUME}"),
        ),
        Column("How it comes back", 28, "{{ (asset.returned_by or 'Not stated yet') | unbroken }}"),
    ),
)

TESTS = DataTable(
    heading="Tests held",
    intro="",
    loop=f"test in {PLAN}.tests | reverse",
    columns=(
        Column("Date", 13, f"{{{{ test.date | date({_SHORT}) }}}}", "TableLabel"),
        Column("Scope", 29, narrow("test.scope")),
        Column("Result", 25, narrow("test.result")),
        Column("Findings, and what is done about them", 33, "{{ (test.findings or 'None') | unbroken }}"),
    ),
)

TRANSITION = DataTable(
    heading="Transition that our agreements give",
    intro="Leaving needs the partner’s help for as long as it takes. This is the transition that each agreement with "
    "it gives, held against that time.",
    loop="each in partner.contracts",
    columns=(
        Column("Agreement", 32, "{{ each.id }} {{ each.name }}", "TableLabel"),
        Column("Status", 17, capital("each.status")),
        Column(
            "Transition",
            17,
            "{% if each.transition_months is not none %}{{ each.transition_months | duration('months') }}"
            "{% else %}not agreed{% endif %}",
        ),
        Column(
            "Leaving takes",
            17,
            f"{{% if {_MONTHS} %}}{{{{ {_MONTHS} | duration('months') }}}}{{% else %}}Not known{{% endif %}}",
        ),
        Column(
            "It covers",
            17,
            f"{{% if {_MONTHS} is blank %}}[[write: It covers | Write: the whole exit, or all but how many months]]"
            f"{{% elif not each.transition_months %}}Nothing{{% elif not {_MONTHS} %}}Not known"
            f"{{% elif each.transition_months >= {_MONTHS} %}}The whole exit{{% else %}}All but "
            f"{{{{ ({_MONTHS} - each.transition_months) | duration('months') }}}}{{% endif %}}",
        ),
    ),
)
