"""The figures behind the scorecards: metrics of each strategic partner, and what is done about amber and red."""

# ruff: noqa: E501  # a row of a table is one line
from __future__ import annotations

from dataclasses import dataclass

QUARTERS = ("Q4 2025", "Q1 2026", "Q2 2026", "Q3 2026")


@dataclass(frozen=True)
class Metric:
    category: str
    name: str
    unit: str
    weight: int
    target: float
    threshold: float
    actuals: tuple[float, ...]
    source: str

    def score(self) -> float:
        """0 at the threshold, 100 at the target, whichever of them is higher."""
        share = (self.actuals[-1] - self.threshold) / (self.target - self.threshold)
        return round(100 * min(1.0, max(0.0, share)), 1)

    def rating(self) -> str:
        return "Green" if self.score() >= 75 else "Amber" if self.score() >= 50 else "Red"

    def trend(self) -> str:
        better = (self.actuals[-1] - self.actuals[-2]) * (1 if self.target > self.threshold else -1)
        return "Improving" if better > 0 else "Falling" if better < 0 else "Steady"


@dataclass(frozen=True)
class Action:
    partner: str
    metric: str
    action: str
    owner: str
    due: str
    effect: str
    done: str


def _metrics(rows: str) -> tuple[Metric, ...]:
    found = []
    for row in rows.strip().splitlines():
        category, name, unit, weight, target, threshold, actuals, source = (cell.strip() for cell in row.split("|"))
        values = tuple(float(value) for value in actuals.split())
        found.append(Metric(category, name, unit, int(weight), float(target), float(threshold), values, source))
    return tuple(found)


def _actions(rows: str) -> tuple[Action, ...]:
    return tuple(Action(*(cell.strip() for cell in row.split("|"))) for row in rows.strip().splitlines())


KESTREL = {
    "Altostrat Cloud": _metrics("""
Technical  | Availability         | %       | 20 | 99.9 | 99.0 | 99.7 99.8 99.8 99.85 | Our own probe
Technical  | Time to restore      | hours   | 15 | 4    | 10   | 7 6 5 5             | Ticket system
Technical  | Changes without fault| %       | 10 | 98   | 90   | 95 96 97 97         | Change log
Financial  | Price against index  | %       | 15 | 0    | 8    | 4 4 2 2             | Procurement
Financial  | Invoices correct     | %       | 10 | 100  | 90   | 97 97 98 99         | Ledger
Financial  | Unit cost            | EUR     | 10 | 2.1  | 4    | 3.4 3.1 2.9 2.5     | Ledger
Innovation | Joint ideas in use   | a year  | 10 | 3    | 0    | 1 1 1 2             | Partner workspace
Innovation | New services tried   | a year  | 5  | 4    | 0    | 2 3 3 4             | Partner workspace
Innovation | Staff trained        | people  | 5  | 40   | 0    | 20 25 30 34         | Partner's report
"""),
    "Brindle Compute": _metrics("""
Technical  | Availability         | %       | 20 | 99.9 | 99.0 | 99.1 99.2 99.3 99.3 | Our own probe
Technical  | Time to restore      | hours   | 15 | 4    | 10   | 9 9 8 7             | Ticket system
Technical  | Throughput           | m token | 10 | 1.2  | 0.8  | 1.0 1.1 1.1 1.15    | Reference run
Financial  | Price against index  | %       | 15 | 0    | 8    | 1 1 1 1             | Procurement
Financial  | Invoices correct     | %       | 10 | 100  | 90   | 99 99 99 99         | Ledger
Financial  | Unit cost            | EUR     | 10 | 2.1  | 4    | 3.0 2.8 2.6 2.4     | Ledger
Innovation | Joint ideas in use   | a year  | 10 | 3    | 0    | 1 2 3 3             | Partner workspace
Innovation | Kernels tuned        | a year  | 5  | 6    | 0    | 3 4 5 5             | Partner's report
Innovation | Staff trained        | people  | 5  | 20   | 0    | 10 12 15 18         | Partner's report
"""),
    "Cairn Models": _metrics("""
Technical  | Availability         | %       | 20 | 99.9 | 99.0 | 99.8 99.8 99.8 99.9 | Our own probe
Technical  | Answers judged right | %       | 15 | 92   | 80   | 86 88 90 91         | Weekly sample
Technical  | Notice of changes    | days    | 10 | 180  | 30   | 90 90 160 160       | Release notes
Financial  | Price against index  | %       | 15 | 0    | 8    | 2 2 1 1             | Procurement
Financial  | Invoices correct     | %       | 10 | 100  | 90   | 98 98 98 98         | Ledger
Financial  | Unit cost            | EUR     | 10 | 1.0  | 2.0  | 1.4 1.3 1.2 1.2     | Ledger
Innovation | Joint ideas in use   | a year  | 10 | 3    | 0    | 0 1 1 1             | Partner workspace
Innovation | Evaluations shared   | a year  | 5  | 4    | 0    | 3 3 4 4             | Partner's report
Innovation | Staff trained        | people  | 5  | 10   | 0    | 8 8 9 9             | Partner's report
"""),
}
KESTREL_ACTIONS = _actions("""
Altostrat Cloud | Joint ideas in use | Hold an idea day with members each quarter | Maeve Corrigan | 30 June 2027 | 3 ideas in use | 3 ideas in use by Q2 2027
Brindle Compute | Availability | Replace the old switches, add a second feed | Niall Tuohy | 31 March 2027 | 99.8 % | Two months above 99.8 %
Brindle Compute | Time to restore | Engineers on call in Cork | Niall Tuohy | 28 February 2027 | 5 hours | Three cases in a row below 5 hours
Cairn Models | Joint ideas in use | Joint backlog with named product owners | Maeve Corrigan | 31 May 2027 | 2 more ideas | 3 ideas in use
""")

LUMEN = {
    "Polder Cloud": _metrics("""
Technical  | Uptime              | %     | 20 | 99.9 | 99.0 | 99.8 99.8 99.9 99.9 | Probe
Technical  | Latency             | ms    | 15 | 50   | 120  | 80 70 62 58         | Probe
Technical  | Patches in time     | %     | 10 | 100  | 80   | 95 97 98 98         | Supplier report
Financial  | Spend against plan  | %     | 15 | 100  | 120  | 104 103 102 102     | Ledger
Financial  | Credits paid        | %     | 10 | 100  | 0    | 100 100 100 100     | Ledger
Financial  | Discount reached    | %     | 10 | 12   | 4    | 8 9 10 11           | Procurement
Innovation | Pilots started      | count | 10 | 4    | 0    | 1 2 3 4             | Innovation forum
Innovation | Roadmap items met   | %     | 5  | 90   | 50   | 80 82 84 85         | Innovation forum
Innovation | Workshops           | count | 5  | 4    | 0    | 2 3 4 4             | Innovation forum
"""),
    "Zilver AI": _metrics("""
Technical  | Uptime              | %     | 15 | 99.7 | 98.5 | 99.0 99.1 99.2 99.2 | Probe
Technical  | Right answers       | %     | 20 | 92   | 80   | 84 84 85 85         | Sample
Technical  | Bias ratio          | ratio | 10 | 0.9  | 0.7  | 0.85 0.86 0.88 0.88 | Own test
Financial  | Spend against plan  | %     | 15 | 100  | 120  | 101 101 102 103     | Ledger
Financial  | Invoices right      | %     | 10 | 100  | 90   | 98 98 99 99         | Ledger
Financial  | Cash ratio          | ratio | 10 | 1.5  | 0.8  | 1.6 1.5 1.5 1.4     | Annual accounts
Innovation | Features from us    | count | 10 | 6    | 0    | 3 4 5 5             | Backlog
Innovation | Pilots started      | count | 5  | 2    | 0    | 1 1 2 2             | Innovation forum
Innovation | Papers together     | count | 5  | 1    | 0    | 0 1 1 1             | Innovation forum
"""),
    "Waterman Data": _metrics("""
Technical  | Fresh data          | %     | 20 | 99   | 90   | 97 97 98 98         | Own check
Technical  | Errors in records   | ppm   | 15 | 50   | 400  | 160 150 130 120     | Own check
Technical  | Uptime              | %     | 10 | 99.5 | 98   | 99.3 99.4 99.4 99.5 | Probe
Financial  | Spend against plan  | %     | 15 | 100  | 120  | 100 100 101 101     | Ledger
Financial  | Invoices right      | %     | 10 | 100  | 90   | 99 99 99 100        | Ledger
Financial  | Price per record    | EUR   | 10 | 0.02 | 0.05 | 0.03 0.03 0.025 0.025 | Procurement
Innovation | New sources         | count | 10 | 5    | 0    | 1 1 2 2             | Supplier report
Innovation | Pilots started      | count | 5  | 2    | 0    | 1 2 2 2             | Innovation forum
Innovation | Workshops           | count | 5  | 4    | 0    | 2 3 3 3             | Innovation forum
"""),
}
LUMEN_ACTIONS = _actions("""
Zilver AI | Uptime | Second instance in Groningen | Mark Smit | 30-04-2027 | 99.6 % | three months at 99.6 %
Zilver AI | Right answers | New training set, weekly sample of 500 | Fatima el Idrissi | 30-06-2027 | 90 % | 90 % in two samples
Waterman Data | New sources | Joint list of sources with a date each | Bram Postma | 31-05-2027 | 4 sources | 4 sources delivered
""")

TARN = {
    "Basalt Cloud": _metrics("""
Technical  | Availability        | %    | 20 | 99.95 | 99.0 | 99.8 99.9 99.9 99.9 | Tarn probe
Technical  | Recovery test       | hours| 10 | 2     | 8    | 4 3 3 3             | Test record
Technical  | Open weaknesses     | count| 10 | 0     | 20   | 8 6 4 4             | Scan
Financial  | Price variance      | %    | 20 | 0     | 10   | 3 2 2 2             | Finance
Financial  | Unused capacity     | %    | 10 | 10    | 40   | 30 25 20 16         | Finance
Financial  | Invoice errors      | count| 5  | 0     | 10   | 2 1 1 1             | Finance
Innovation | Joint experiments   | count| 10 | 4     | 0    | 2 2 3 3             | Lab
Innovation | Services adopted    | count| 10 | 3     | 0    | 1 2 3 3             | Lab
Innovation | Engineers certified | count| 5  | 15    | 0    | 6 8 10 12           | Vendor
"""),
    "Quarry Models": _metrics("""
Technical  | Availability        | %    | 15 | 99.8 | 99.0 | 99.6 99.6 99.7 99.7 | Tarn probe
Technical  | Error of assessment | %    | 20 | 5    | 12   | 9 9 8 8             | Weekly sample
Technical  | Drift alarms        | count| 10 | 0    | 8    | 3 2 2 2             | Monitor
Financial  | Price variance      | %    | 15 | 0    | 10   | 1 1 1 1             | Finance
Financial  | Liquidity           | ratio| 10 | 1.5  | 0.5  | 1.2 1.0 0.9 0.8     | Accounts
Financial  | Invoice errors      | count| 5  | 0    | 10   | 1 1 0 0             | Finance
Innovation | Features co-designed| count| 10 | 5    | 0    | 2 3 4 4             | Lab
Innovation | Joint experiments   | count| 10 | 4    | 0    | 2 3 3 4             | Lab
Innovation | Papers              | count| 5  | 2    | 0    | 1 2 2 2             | Lab
"""),
}
TARN_ACTIONS = _actions("""
Quarry Models | Error of assessment | Relabel 5,000 images, retrain monthly | Conor Blake | 31 May 2027 | Error 6 % | Error below 6 % in four samples
Quarry Models | Liquidity | Quarterly accounts, escrow filled monthly | Omar Finch | 30 April 2027 | Ratio 1.2 | Ratio above 1.2 in two quarters
""")

SALTMARSH = {
    "Gannet Cloud": _metrics("""
Technical  | Availability        | %    | 20 | 99.99 | 99.9 | 99.97 99.97 99.98 99.98 | Probe
Technical  | Failover time       | s    | 15 | 30    | 120  | 60 50 45 40             | Drill
Technical  | Patches in time     | %    | 10 | 100   | 90   | 98 98 99 99             | Scan
Financial  | Cost per payment    | cent | 15 | 0.10  | 0.20 | 0.15 0.14 0.13 0.12     | Ledger
Financial  | Commitment used     | %    | 10 | 100   | 70   | 90 92 95 96             | Ledger
Financial  | Credits collected   | %    | 10 | 100   | 0    | 100 100 100 100         | Ledger
Innovation | New regions tested  | n    | 10 | 2     | 0    | 0 1 1 1                 | Lab
Innovation | Joint sprints       | n    | 5  | 4     | 0    | 2 3 3 4                 | Lab
Innovation | Talks to staff      | n    | 5  | 6     | 0    | 4 5 5 5                 | Lab
"""),
    "Curlew Graph": _metrics("""
Technical  | Availability        | %    | 20 | 99.95 | 99.5 | 99.6 99.7 99.7 99.75 | Probe
Technical  | Response time       | ms   | 15 | 80    | 200  | 150 140 130 130      | Probe
Technical  | Frauds found        | %    | 10 | 85    | 50   | 60 66 72 78          | Case file
Financial  | Cost per payment    | cent | 15 | 0.05  | 0.10 | 0.07 0.06 0.06 0.06  | Ledger
Financial  | Invoices right      | %    | 10 | 100   | 90   | 99 99 99 99          | Ledger
Financial  | Cash in months      | n    | 10 | 18    | 6    | 16 16 16 16          | Accounts
Innovation | New patterns        | n    | 10 | 10    | 0    | 4 6 8 9              | Lab
Innovation | Joint sprints       | n    | 5  | 4     | 0    | 2 3 4 4              | Lab
Innovation | Papers              | n    | 5  | 2     | 0    | 1 1 2 2              | Lab
"""),
}
SALTMARSH_ACTIONS = _actions("""
Gannet Cloud | New regions tested | Test of the region in Lisbon | Ada Lunde | 30 June 2027 | 2 regions | Test report signed
Curlew Graph | Availability | Cluster of five nodes | Ada Lunde | 31 March 2027 | 99.9 % | Two months at 99.9 %
Curlew Graph | Response time | Cache of hot accounts, larger nodes | Leo Strand | 30 April 2027 | 90 ms | 95th percentile below 95 ms for a month
""")
