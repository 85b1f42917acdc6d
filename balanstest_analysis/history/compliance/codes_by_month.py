"""Calls per calendar month and result code, of the codes that the dossier lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from balanstest_analysis.history.columns.day_numbers import month_number
from balanstest_analysis.history.sources import RESULT_CODE, Deferred, ListedCode, Queries

MEANINGS: Final = ("net contacts", "conversions", "objections")


@dataclass(frozen=True, kw_only=True)
class CodesByMonth:
    """Calls per calendar month and result code.

    Attributes:
        months: those with calls, counted from the year 0.
        calls: of shape (months, codes).
        codes: None for all that the dossier does not list.
    """

    months: NDArray[np.int64]
    calls: NDArray[np.float64]
    codes: tuple[ListedCode | None, ...]

    @property
    def counts_as(self) -> dict[str, NDArray[np.bool_]]:
        """Which of the codes count as a net contact, a conversion or an objection."""
        marks = [[c.net_contact, c.converted, c.objection] for c in self.codes if c is not None]
        rows = np.array([[False] * len(MEANINGS), *marks], dtype=bool)
        return dict(zip(MEANINGS, rows.T, strict=True))


def ask_codes(queries: Queries) -> Deferred[CodesByMonth | None]:
    """Ask for the calls per calendar month and code; None where no codes tell net contacts.

    Args:
        queries: put to the history.
    """
    if not queries.history.has_mark(RESULT_CODE):
        return Deferred(lambda: None)
    calls = queries.history.tables["calls"]
    rows = calls.rows.filter(calls.rows[RESULT_CODE].notnull())
    month = month_number(rows.called_at.date())
    counted = rows.group_by(month=month, code=rows[RESULT_CODE]).agg(calls=rows.count())
    asked = queries.ask(counted, ["month", "code"])
    return asked.then(lambda counts: codes_by_month(counts, calls.codes))


def codes_by_month(counts: pd.DataFrame, codes: Sequence[ListedCode]) -> CodesByMonth:
    """Return counts as an array.

    Args:
        counts: ``calls`` by ``month`` and ``code``, the place of a code from 1 on, or 0.
        codes: that the dossier lists.
    """
    months, at = np.unique(counts["month"].to_numpy(dtype=np.int64), return_inverse=True)
    calls = np.zeros((len(months), len(codes) + 1))
    np.add.at(calls, (at, counts["code"].to_numpy(dtype=np.int64)), counts["calls"].to_numpy())
    return CodesByMonth(months=months, calls=calls, codes=(None, *codes))
