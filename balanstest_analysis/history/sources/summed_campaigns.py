"""Campaigns of counts that are, in every month, the sum of some others."""

from __future__ import annotations

from itertools import combinations
from operator import mul
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

Numbers = npt.NDArray[np.int64]
Sums = dict[tuple[int, ...], int]
_CAMPAIGNS_AT_MOST: Final = 60
_FEWEST_MONTHS: Final = 3
_FEWEST_CONTACTS: Final = 100
_FILLED_PER_OTHER: Final = 5


def summed_campaign(table: pd.DataFrame, columns: list[str]) -> str | None:
    """Return a campaign of which every count is the sum of those of two to four others; or None.

    The more others there are to choose from, the sooner some add up by chance, so a sum of more
    has to hold for more counts.

    Args:
        table: from `count_checks.counts_with_places`.
        columns: of the counts, contacts first.

    Examples:
        >>> months = [month for _ in range(4) for month in range(9)]
        >>> names = [name for name in "abcd" for _ in range(9)]
        >>> contacts = [40 + 7 * m for m in range(9)], [90 - m for m in range(9)]
        >>> both = [a + b for a, b in zip(*contacts)]
        >>> counts = [*contacts[0], *contacts[1], *both, *[50] * 9]
        >>> rows = {"campaign": names, "months_since_purchase": months, "contacts": counts}
        >>> summed_campaign(
        ...     pd.DataFrame(rows).assign(conversions=lambda t: t.contacts),
        ...     ["contacts", "conversions"],
        ... )
        'c'
    """
    if table["campaign"].nunique() <= 2:
        return None
    summed = table.pivot_table(
        index="campaign",
        columns="months_since_purchase",
        values=columns,
        aggfunc="sum",
        fill_value=0,
    )
    contacts = summed["contacts"].to_numpy(np.int64)
    order = np.argsort(-contacts.sum(axis=1), kind="stable")
    names = [str(summed.index[place]) for place in order]
    counts = summed.to_numpy(np.int64)[order]
    months, sizes = (contacts[order] > 0).sum(axis=1), contacts[order].sum(axis=1)
    for place, name in enumerate(names):
        enough = months[place] >= _FEWEST_MONTHS and sizes[place] >= _FEWEST_CONTACTS
        has_outcome = int(counts[place].sum()) > sizes[place]
        if enough and has_outcome and _is_sum(counts[place], counts[place + 1 :]):
            return name
    return None


def _is_sum(whole: Numbers, others: Numbers) -> bool:
    """Return whether two to four of others add up to a whole, in every count.

    Each campaign is told by one number that adds up as its counts do, so that of four the two last
    are looked up and not tried.
    """
    inside = others[(others <= whole).all(axis=1)][:_CAMPAIGNS_AT_MOST]
    most = int((whole > 0).sum()) // _FILLED_PER_OTHER
    wanted, *digests = _digests(np.vstack([whole, inside]))
    singles: Sums = {(place,): digest for place, digest in enumerate(digests)}
    pairs: Sums = {(a, b): digests[a] + digests[b] for a, b in combinations(range(len(inside)), 2)}
    by_digest: dict[int, list[tuple[int, ...]]] = {}
    for pair, digest in pairs.items():
        by_digest.setdefault(digest, []).append(pair)
    nothing: Sums = {(): 0}
    return any(
        not set(some) & set(pair)
        for chosen in (nothing, singles, pairs)[: max(0, most - 1)]
        for some, digest in chosen.items()
        for pair in by_digest.get(wanted - digest, ())
    )


def _digests(counts: Numbers) -> list[int]:
    """Return a number of each row; that of a sum of rows is the sum of theirs, and of no other."""
    random = np.random.default_rng(0)
    weights = [int(weight) for weight in random.integers(1, 1 << 62, (counts.shape[1],))]
    rows = pd.DataFrame(counts).itertuples(index=False)
    return [sum(map(mul, map(int, row), weights)) for row in rows]
