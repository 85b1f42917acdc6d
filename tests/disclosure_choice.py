"""What the choice of rows tells the attacker of `disclosure_solver.py`.

The rows of an outcome are joined from those of the contacts, in a fixed way for each number of
rows. That one number was chosen says that with each larger one some row would have been small.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from balanstest_analysis.disclosure.binning import Bin

NUMBERS = (12, 10, 8, 6, 4, 3, 2, 1)
FEW = 9
ENOUGH_FOR_ZERO = 100
SHORT, MONTHS = 12, 3
Row = Mapping[str, Any]
Group = list[Row]


def relate_choice(report: Any, outcome: str) -> None:
    """Add what the number of rows of an outcome says, where it is the first of its series.

    Args:
        report: with its relations and truth.
        outcome: its name.
    """
    base = report.report["composition"]
    chosen = len(report.report["outcomes"][outcome]["rates"])
    if any(row["net_contacts"] is None for row in base):
        return
    edges = asked_edges(report.report)
    for number in (len(base), *(n for n in NUMBERS if n < len(base))):
        if number > chosen:
            _some_row_is_small(report, outcome, joined(base, number, edges))


def asked_edges(report: Any) -> tuple[int, ...]:
    """Return the months at which a request for more than the cap makes a row begin."""
    cap, asked = report["regime"]["cap_months"], report["proposal"]["requested_term_months"]
    return (cap, asked) if cap and asked and asked > cap else ()


def joined(base: Sequence[Row], number: int, edges: Sequence[int] = ()) -> list[Group]:
    """Return the rows of about equal contacts that this number gives."""
    so_far = np.cumsum([row["net_contacts"] for row in base])
    ends = [0]
    for row in range(1, number):
        possible = so_far[ends[-1] : len(base) - (number - row)]
        ends.append(ends[-1] + int(np.abs(possible - so_far[-1] * row / number).argmin()) + 1)
    ends.append(len(base))
    pinned: list[int] = []
    for edge in edges:
        pinned += _moved(base, [0, *so_far], ends, edge, pinned)
    return [list(base[a:b]) for a, b in pairwise(ends)]


def _moved(
    base: Sequence[Row], before: Sequence[int], ends: list[int], edge: int, pinned: Sequence[int]
) -> Iterator[int]:
    """Move the nearest beginning of a row to an edge, as is known to be done; yield where it is."""
    places = [at for at, row in enumerate(base) if at and row["month_from"] == edge]
    free = [end for end in ends[1:-1] if end not in pinned]
    if not places:
        return
    if places[0] in ends:
        yield places[0]
        return
    half = before[-1] / (2 * (len(ends) - 1))
    for end in sorted(free, key=lambda end: abs(before[end] - before[places[0]]))[:1]:
        at = ends.index(end)
        left = before[places[0]] - before[ends[at - 1]]
        right = before[ends[at + 1]] - before[places[0]]
        if ends[at - 1] < places[0] < ends[at + 1] and min(left, right) >= half:
            ends[at] = places[0]
            yield places[0]


def from_the_left(report: Any, outcome: str) -> None:
    """Add what rows tell that were joined from the left until they could be published.

    Each is small without its last part: that was the rule before.
    """
    base = report.report["composition"]
    for row in report.report["outcomes"][outcome]["rates"][:-1]:  # the last took in what was left
        parts = [
            part
            for part in base
            if row["month_from"] <= part["month_from"] and part["month_to"] <= row["month_to"]
        ]
        for end in range(1, len(parts)):
            _some_row_is_small(report, outcome, [parts[:end]])


def _some_row_is_small(report: Any, outcome: str, groups: Sequence[Group]) -> None:
    chosen: dict[str, float] = {}
    for group in groups:
        chosen |= dict.fromkeys(_small(report, outcome, group), 1.0)
    report.relations.hold(chosen, 1)


def _small(report: Any, outcome: str, group: Group) -> Iterator[str]:
    """Yield the names of what makes a row small: few events, or few contacts without one."""
    inside = [atom for row in group for atom in report.inside(row)]
    n = sum(row["net_contacts"] for row in group)
    events = report.sum_of(f"K {outcome}", inside)
    k = int(report.relations.value(events))
    tag = f"{outcome} {group[0]['month_from']}-{group[-1]['month_to']}"
    few = report.new(f"choice few {tag}", _is_few(k, n))
    rest = report.new(f"choice rest {tag}", 0 < n - k <= FEW)
    hold = report.relations.hold
    for name in (few, rest):
        hold({name: 1.0}, 0, 1)
    hold({**events, few: float(n)}, -np.inf, FEW + n)
    if n >= ENOUGH_FOR_ZERO:
        hold({**events, few: -1.0}, 0)
    without = {**dict.fromkeys(events, -1.0)}
    hold({**without, rest: float(n)}, -np.inf, FEW)
    hold({**without, rest: -1.0}, -n)
    yield from (few, rest)


def _is_few(k: int, n: int) -> bool:
    return k <= FEW and (k > 0 or n < ENOUGH_FOR_ZERO)


def merged_from_the_left(
    blocks: Sequence[Bin],
    _contacts: Any,
    publishable: Callable[[Bin], bool],
    *,
    fixed: bool = False,
    edges: Sequence[int] = (),
) -> tuple[Bin, ...]:
    """Return blocks as they were joined before: from the left, until each could be published.

    Those of a long history were of at least three months, and no edges were minded.
    """
    least = 1 if fixed or len(blocks) <= SHORT else MONTHS

    bins: list[Bin] = []
    open_bin: Bin | None = None
    for block in blocks:
        open_bin = Bin(first=open_bin.first if open_bin else block.first, last=block.last)
        if open_bin.months >= least and publishable(open_bin):
            bins.append(open_bin)
            open_bin = None
    while open_bin is not None and bins and not publishable(open_bin):
        open_bin = Bin(first=bins.pop().first, last=open_bin.last)
    return (*bins, open_bin) if open_bin else tuple(bins)
