"""The month table, and the other ones that the same ledger gives under other choices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from balanstest_analysis.history.exposure.clocks import EVERY
from balanstest_analysis.history.exposure.counting_rules import Counting
from balanstest_analysis.history.exposure.exclusions import BEYOND
from balanstest_analysis.history.exposure.ledger import Ledger
from balanstest_analysis.history.exposure.ledger_cells import REACHED
from balanstest_analysis.history.month_table import (
    COUNT_COLUMNS,
    JOINT_OUTCOMES,
    KEYS,
    MonthTable,
    Recount,
)

BOUGHT = ("purchase", "contract", "donation")


def month_table(ledger: Ledger) -> MonthTable:
    """Return the month table as the dossier counts; rows of one cell are not added up yet."""
    table = _table(ledger, ledger.own_calls, ledger.countings[0])
    return replace(table, customers=ledger.customers, cells=ledger.cells)


@dataclass(frozen=True, kw_only=True)
class Recounts:
    """The month tables under other choices, each made when it is asked for.

    Attributes:
        ledger: the counts that all of them come from.
    """

    ledger: Ledger

    def __iter__(self) -> Iterator[Recount]:
        """Yield other denominators and windows, excluded calls, reference date and years."""
        yield from self._countings()
        yield from self._with_excluded_calls()
        yield from self._other_reference()
        yield from self._every_kind()
        yield from self._years()

    def _countings(self) -> Iterator[Recount]:
        for other in self.ledger.countings[1:]:
            joint = [
                name for name in JOINT_OUTCOMES if name.removeprefix("joint_") in other.window_days
            ]
            changed = {*other.outcomes, "joint_conversion", *joint}
            yield Recount(
                choice=other.choice,
                value=other.value,
                table=_table(self.ledger, self.ledger.own_calls, other),
                changed=None if other.choice == "denominator" else frozenset(changed),
            )

    def _with_excluded_calls(self) -> Iterator[Recount]:
        cells = self.ledger.own_calls
        own = self.ledger.countings[0]
        if not cells["code"].isin(BEYOND).any():
            return
        yield Recount(
            choice="with_excluded_calls",
            value="+".join(BEYOND),
            table=_table(self.ledger, cells, own, codes=(*REACHED, *BEYOND)),
        )

    def _other_reference(self) -> Iterator[Recount]:
        cells = self.ledger.calls
        if "reference" not in cells or not (cells["reference"] == "other").any():
            return
        kept = cells[cells["reference"].isin(("any", "other"))]
        kinds = [kind for kind in BOUGHT if self.ledger.events[f"kind_{kind}"]]
        yield Recount(
            choice="reference_event",
            value="+".join(kinds or BOUGHT),
            table=_table(self.ledger, kept, self.ledger.countings[0]),
        )

    def _every_kind(self) -> Iterator[Recount]:
        cells = self.ledger.calls
        if "reference" not in cells or not (cells["reference"] == EVERY).any():
            return
        yield Recount(
            choice="kind_without_ground",
            value="+".join(self.ledger.refused_kinds),
            table=_table(
                self.ledger,
                cells[cells["reference"].isin(("any", EVERY))],
                self.ledger.countings[0],
            ),
        )

    def _years(self) -> Iterator[Recount]:
        cells = self.ledger.own_calls
        years = sorted(int(year) for year in cells["year"].unique() if year)
        for year in years if len(years) > 1 else ():
            kept = cells[cells["year"] == year]
            table = _table(self.ledger, kept, self.ledger.countings[0])
            yield Recount(choice="year", value=str(year), table=table)


def _table(
    ledger: Ledger, cells: pd.DataFrame, counting: Counting, codes: tuple[str, ...] = REACHED
) -> MonthTable:
    """Return cells as a month table; what does not count in a cell is zero."""
    sources = {name: _source(cells, name, counting) for name in COUNT_COLUMNS}
    read = {name: source for name, source in sources.items() if source is not None}
    needed = dict.fromkeys((*KEYS, "net_contact", *read.values()))
    kept = cells.loc[cells["code"].isin(codes), list(needed)]
    reached = kept["net_contact"].to_numpy()
    counts = reached | (counting.unit == "call")
    where = {"calls": np.ones_like(reached), "net_contacts": reached}
    columns = {n: np.where(where.get(n, counts), kept[key], 0) for n, key in read.items()}
    table = pd.DataFrame({**{key: kept[key] for key in KEYS}, **columns})
    return MonthTable(
        frame=table.reindex(columns=[*KEYS, *COUNT_COLUMNS], fill_value=0),
        available=frozenset({"conversion", *counting.window_days}),
    )


def _source(cells: pd.DataFrame, name: str, counting: Counting) -> str | None:
    """Return the column of the ledger that a column of the month table is counted from.

    What contacts have together changes with each of them: without an own column it is unknown.
    """
    if name in {"calls", "net_contacts", "conversion_exposure"}:
        return "calls"
    own = f"{name}{counting.suffix}"
    names = (own,) if name.startswith("joint_") else (own, name)
    return next((column for column in names if column in cells), None)
