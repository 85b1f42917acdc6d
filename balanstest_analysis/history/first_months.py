"""Whether months that somebody else counted begin at none.

Months since the last purchase are completed months, and the first is month 0. Who rounds them up,
or counts the first one as the first, has every contact in a month too high, and a term that is a
month too long.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from balanstest_analysis.history.findings import Finding

CODE: Final = "months_begin_at_one"
_FEWEST: Final = 50
_SHARE: Final = 0.5


def begin_at_one(months: pd.DataFrame) -> Finding | None:
    """Return the contacts of month 1, where there are many and none of month 0.

    Many are `_FEWEST`, and half of the average of the next two months. Where calling begins a
    month after the end, by a rule of the house, that looks the same; so it is a question.

    Args:
        months: ``month`` and ``net_contacts``, in any order; as stated, not as computed.

    Examples:
        >>> begin_at_one(pd.DataFrame({"month": [1, 2, 3], "net_contacts": [90, 80, 70]})).count
        90
        >>> begin_at_one(pd.DataFrame({"month": [0, 1, 2], "net_contacts": [1, 90, 80]})) is None
        True
    """
    contacts = months.groupby("month")["net_contacts"].sum().reindex(range(4), fill_value=0)
    none, first, *next_ones = (int(count) for count in contacts)
    if none or first < max(_FEWEST, _SHARE * sum(next_ones) / len(next_ones)):
        return None
    return Finding(code=CODE, count=first)
