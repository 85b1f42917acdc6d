"""What the tables of persons tell the attacker of `disclosure_solver.py`: month by month.

Persons come in together with their first contact, and have an event or leave in single months; a
row tells the mean number at risk over its months, in whole persons, and their events. Both outcomes
are about the same persons. A share over withheld events stands for a range.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Row = Mapping[str, Any]


@dataclass(kw_only=True)
class PersonTable:
    """The relations of one outcome of one report.

    Attributes:
        report: that it is part of; with its relations, truth and targets.
        outcome: its name.
        rows: as published, none of them kept.
    """

    report: Any
    outcome: str
    rows: Sequence[Row]

    def relate(self) -> None:
        self._everybody()
        self._months()
        for row in self.rows:
            self._row(row)
        if self.rows[0]["events"] is None:
            self._withheld()

    def _name(self, what: str, month: int) -> str:
        return f"{self.report.number}:{what} {self.outcome} {month}"

    def _everybody(self) -> None:
        """Relate everybody who was followed to the contacts, and to the other outcome."""
        report = self.report
        people = {report.new("people", report.history.people): 1.0}
        contacts = {**report.sum_of("N", report.atoms), **report.sum_of("Y", report.everywhere)}
        again = {**contacts, **dict.fromkeys(people, -1.0)}
        report.relations.hold(again, 0)
        report.aim("people", people)
        report.aim("called again", again)

    def _months(self) -> None:
        truth, hold = self.report.history, self.report.relations
        risk = truth.risk(self.outcome)
        for month in range(self.rows[-1]["month_to"] + 1):
            values = {
                "risk": risk[month],
                "event": truth.leaving[self.outcome][month],
                "exit": truth.exits[self.outcome][month],
            }
            for what, value in values.items():
                hold.unknown(self._name(what, month), value)
            there = {self._name("risk", month): 1.0}
            free = {self._name("event", month): -1.0, self._name("exit", month): -1.0}
            hold.hold({**there, **free}, 0)
            before = {self._name("risk", month - 1): -1.0}
            gone = {self._name(what, month - 1): 1.0 for what in ("event", "exit")}
            everybody = {f"{self.report.number}:people": -1.0}
            hold.equal({**there, **({**before, **gone} if month else everybody)}, 0)

    def _sum(self, what: str, row: Row) -> dict[str, float]:
        months = range(row["month_from"], row["month_to"] + 1)
        return {self._name(what, month): 1.0 for month in months}

    def _row(self, row: Row) -> None:
        report, months = self.report, row["month_to"] - row["month_from"] + 1
        mean, half = row["mean_at_risk"], months / 2
        report.relations.hold(self._sum("risk", row), months * mean - half, months * mean + half)
        events, exits = self._sum("event", row), self._sum("exit", row)
        hidden = row.get("hidden", {}).get("events")
        if row["events"] is not None:
            report.relations.equal(events, row["events"])
        followed = {self._name("risk", row["month_from"]): 1.0}
        tag = f"{self.outcome} {row['month_from']}-{row['month_to']}"
        report.aim(f"persons with {tag}", events, declared=hidden == "few")
        rest = {**followed, **dict.fromkeys(events, -1.0)}
        report.aim(f"persons without {tag}", rest, declared=hidden == "few_others")
        report.aim(f"left {tag}", exits)
        report.aim(f"followed {tag}", followed)

    def _withheld(self) -> None:
        """Relate coarse shares: the survival up to a row, and so that of the row, lies in a range.

        The sum of the hazards is at least the share, and at most minus the logarithm of what
        remains. Where only a limit is told, the share that it stands for is granted.
        """
        hazards: dict[str, float] = {}
        before, left = (1.0, 1.0), 1.0
        for row in self.rows:
            n = row["mean_at_risk"]
            step = 10.0 ** -max(0, int(np.log10(n / self.report.history.minimum)))
            if row["incidence"] is None and row["incidence_upper"] is None:
                return
            if row.get("hidden", {}).get("events") != "tells_another":
                return
            events = self._sum("event", row)
            left *= 1 - min(self.report.relations.value(events), n) / n
            share = round((1 - left) / step) * step
            low, high = max(0.0, 1 - share - step / 2), min(1.0, 1 - share + step / 2)
            hazards |= dict.fromkeys(events, 1 / n)
            most = -math.log(low) if low > 0 else np.inf
            self.report.relations.hold({**hazards}, 1 - high - 1e-9, most + 1e-9)
            if before[0] > 0:
                least = n * (1 - high / before[0])
                self.report.relations.hold(events, least - 1e-6, n * (1 - low / before[1]) + 1e-6)
            before = (low, high)
