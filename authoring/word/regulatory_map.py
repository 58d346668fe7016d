"""The table that shows a supervisor, requirement by requirement, which clauses do what the law asks."""

from __future__ import annotations

from authoring.word.tables import Column, DataTable

# “Clauses 4.1, 11.1 and 11.2; Schedule 1”, each number a live reference; a number never parts from its word.
_LISTED = (
    "{{% for id in row.{kind} %}}{{{{ ref(id) }}}}{{% if loop.revindex == 2 %}} and {{% elif not loop.last %}}, "
    "{{% endif %}}{{% endfor %}}"
)
_ANSWERED_IN = (
    "{% if row.clauses %}Clause{% if row.clauses | length > 1 %}s{% endif %}\u00a0"
    + _LISTED.format(kind="clauses")
    + "{% endif %}{% if row.clauses and row.schedules %}; {% endif %}"
    + _LISTED.format(kind="schedules")
)
REGULATORY_MAP = DataTable(
    heading="Regulatory map",
    intro="Each requirement, and the clauses and Schedules whose words do what it asks.",
    when="regulatory_map",
    loop="row in regulatory_map",
    columns=(
        Column("Law", 16, "{{ row.law }}", "TableLabel"),
        Column("Article", 15, "{{ row.article }}"),
        Column("What it requires", 47, "{{ row.requires }}"),
        Column("Answered in", 22, _ANSWERED_IN),
    ),
)
