"""How the documents say the pack's figures in sentences and in rows of a label and a figure.

Each pattern has a group v1, v2, … for each figure; a name in braces comes from the pattern's group of that name. The
cells of a row are joined by a bar.
"""

from __future__ import annotations

import re

_MONEY = r"EUR [\d.,]*\d(?: million)?"
_PATTERNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"^Partners \| (?P<v1>\d+)$", ("partners",)),
    (r"^Largest partner \| (?P<v1>[\d.]+%) \w+$", ("largest share",)),
    (r"^Contracts \| (?P<v1>\d+) (?P<v2>MONEY) committed$", ("contracts", "commitment")),
    (r"^Mean score \| (?P<v1>[\d.]+) of 100", ("mean score",)),
    (r"^The mean of \d+ weighted scores is (?P<v1>[\d.]+)\. Green", ("mean score",)),
    (r"^Risks \| (?P<v1>\d+) (?P<v2>\d+) high", ("risks", "high risks")),
    (
        r"^(?P<v1>\d+) risks: (?P<v2>\d+) high, (?P<v3>\d+) medium and (?P<v4>\d+) low before treatment",
        ("risks", "high risks", "medium risks", "low risks"),
    ),
    (r"works with (?P<v1>\d+) partners and pays them (?P<v2>MONEY) this year", ("partners", "spend")),
    (r"how we work with (?P<v1>\d+) partners", ("partners",)),
    (r"^Spend \| (?P<v1>MONEY)$", ("spend",)),
    (r"Spend of this year: (?P<v1>MONEY) in all", ("spend",)),
    (r"We spend (?P<v1>MONEY) a year with (?P<v2>\d+) partners", ("spend", "partners")),
    (r"The plan ends at (?P<v1>MONEY)\.", ("plan",)),
    (r"(?P<v1>[\d.]+%) of that; counting", ("largest share",)),
    (r"^Largest partner \| \w+, (?P<v1>[\d.]+%)", ("largest share",)),
    (
        r"^Largest partner \| [^|]+ \| (?P<v1>[\d.]+%) \| (?P<v2>[\d.]+%)",
        ("largest share", "largest share in the plan"),
    ),
    (r"Why now: (?P<v1>[\d.]+%) of spend .* and (?P<v2>[\d.]+%) depends", ("largest share", "look-through share")),
    (
        r"largest partner’s share of spend from (?P<v1>[\d.]+%) to (?P<v2>[\d.]+%)",
        ("largest share", "largest share in the plan"),
    ),
    (r"^(?P<v1>[\d.]+%) of spend goes to the two largest", ("share of the two largest",)),
    (r"^Two largest partners \| (?:[^|]+ \| )?(?P<v1>[\d.]+%)", ("share of the two largest",)),
    (r"\(HHI\) stands at (?P<v1>[\d,]+) points and goes to (?P<v2>[\d,]+)", ("HHI", "HHI in the plan")),
    (r"^Concentration \(HHI\) \| (?P<v1>[\d,]+) points", ("HHI",)),
    (r"^Concentration index \(HHI\) \| [^|]+ \| (?P<v1>[\d,]+) \| (?P<v2>[\d,]+)", ("HHI", "HHI in the plan")),
    (r"HHI of (?P<v1>[\d,]+) now, (?P<v2>[\d,]+) in the plan", ("HHI", "HHI in the plan")),
    (r"index stands at (?P<v1>[\d,]+) points and goes to (?P<v2>[\d,]+)", ("HHI", "HHI in the plan")),
    (r"counting partners hosted on it, (?P<v1>[\d.]+%)", ("look-through share",)),
    (r"^Reliance with shared hosting \| (?:[^|]+ \| |\w+, )?(?P<v1>[\d.]+%)", ("look-through share",)),
    (
        r"^(?P<v1>[\d.]+%) rests on \w+, looked through: (?P<v2>MONEY)",
        ("look-through share", "look-through spend"),
    ),
    (r"one failure there reaches (?P<v1>MONEY) of our spend", ("look-through spend",)),
    (r"commitments of (?P<v1>MONEY) over", ("commitment",)),
    (r"(?P<v1>\d+) agreements commit (?P<v2>MONEY)", ("contracts", "commitment")),
    (r"to partners with (?P<v1>[\d.]+%) of today’s spend", ("contracted share",)),
    (r"net benefit of (?P<v1>MONEY) and a net present value of (?P<v2>MONEY)", ("net benefit", "NPV")),
    (r"brings a net benefit of (?P<v1>MONEY) over", ("net benefit",)),
    (r"^(?P<v1>MONEY) net present value", ("NPV",)),
    (r"The net present value is (?P<v1>MONEY),", ("NPV",)),
    (r"falls from (?P<v1>MONEY) to (?P<v2>MONEY) and", ("net benefit", "downside net benefit")),
    (r"the net benefit is (?P<v1>MONEY) and the present value (?P<v2>MONEY)", ("downside net benefit", "downside NPV")),
    (r"(?P<v1>MONEY) net, (?P<v2>MONEY) present value", ("downside net benefit", "downside NPV")),
    (r"the net present value to (?P<v1>MONEY)\.", ("downside NPV",)),
    (r"of cost brings (?P<v1>EUR [\d.]*\d) of benefit", ("benefit-cost ratio",)),
    (r"^(?P<v1>[\d.]+) benefit-cost ratio", ("benefit-cost ratio",)),
    (r"(?:pays back|pays for itself) in month (?P<v1>\d+)", ("payback month",)),
    (r"saving of (?P<v1>MONEY)\.", ("saving",)),
    (r"^(?P<v1>MONEY) saving, (?P<v2>MONEY) innovation benefit", ("saving", "innovation benefit")),
    (r"^(?P<v1>MONEY) cost, one-off and running", ("programme cost",)),
    (
        r"(?P<v1>\d+) open risks: (?P<v2>\d+) high, (?P<v3>\d+) medium and (?P<v4>\d+) low",
        ("risks", "high risks", "medium risks", "low risks"),
    ),
    (r"(?P<v1>\d+) of (?P<v2>\d+) risks are high", ("high risks", "risks")),
    (r"exposure (?P<v1>\d+) before and (?P<v2>\d+) after treatment", ("exposure", "residual exposure")),
    (r"^Exit plans tested in 12 months \| (?P<v1>\d+) of (?P<v2>\d+)", ("exits tested", "critical partners")),
    (r"(?P<v1>\d+) of (?P<v2>\d+) critical partners had", ("exits tested", "critical partners")),
    (r"functions rest on (?P<v1>\d+) partners; only (?P<v2>\d+) had", ("critical partners", "exits tested")),
    (r"exit plans of (?P<v1>\d+) of these (?P<v2>\d+) partners were tested", ("exits tested", "critical partners")),
    (r"To leave every partner below would cost us (?P<v1>MONEY)\.", ("exit cost",)),
    (r"^(?P<v1>MONEY) is our own cost of leaving all", ("exit cost",)),
    (r"^Mean score of scored partners \| (?P<v1>[\d.]+) of 100", ("mean score",)),
    (r"The mean score is (?P<v1>[\d.]*\d)\.", ("mean score",)),
    (r"^Scored partners average (?P<v1>[\d.]+) points", ("mean score",)),
    (r"^(?P<name>\w+) scores (?P<v1>\d+) of 100", ("partner {name}, score",)),
    (
        r"^(?P<name>\w+): (?P<v1>[\d.]+%) of spend, rated \w+ at (?P<v2>\d+) points",
        ("partner {name}, share", "partner {name}, score"),
    ),
    (
        r"^(?P<name>\w+): [\w -]+Agreement \| (?P<v1>\d+) months \| (?P<v2>\d+ \w+ \d+) \| (?P<v3>[\d.]+) / "
        r"(?P<v4>[\d.]+) \| [^|]+ \| (?P<v5>[\d.]+) / (?P<v6>[\d.]+) \| "
        r"(?P<v7>\d+) / (?P<v8>\d+) \| (?P<v9>\d+) months",
        tuple(
            f"contract {{name}}, {what}"
            for what in (
                "term",
                "effective",
                "annual commitment",
                "commitment",
                "cap",
                "super cap",
                "notice of the bank",
                "notice of the partner",
                "transition",
            )
        ),
    ),
    (
        r"^(?P<name>\w+): [\w -]+Agreement(?: \| [^|]+){3} \| (?P<v1>[\d.]+%) \|",
        ("contract {name}, uptime",),
    ),
    *(
        (
            rf"^{label} \| (?P<v1>FIGURE) \| (?P<v2>FIGURE) \| (?P<v3>FIGURE) \| (?P<v4>FIGURE)$",
            (*(f"{what} in {year}" for year in (2027, 2028, 2029)), what),
        )
        for label, what in (
            ("Spend without the programme", "spend without the programme"),
            ("Spend with the programme", "spend with the programme"),
            ("Saving", "saving"),
            ("Innovation benefit", "innovation benefit"),
            ("Net benefit", "net benefit"),
            ("Net benefit in the downside case", "downside net benefit"),
        )
    ),
)
SENTENCES = tuple(
    (re.compile(pattern.replace("MONEY", _MONEY).replace("FIGURE", r"-?[\d.]+")), whats) for pattern, whats in _PATTERNS
)
