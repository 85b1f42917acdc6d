"""What may be published of the composition: the contacts of the rates, and coarse shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from balanstest_analysis.disclosure.binning import Bin
from balanstest_analysis.disclosure.earlier_counts import summed
from balanstest_analysis.disclosure.outcomes import Told

UNREACHED = "no_net_contact"
STEPS = (0.01, 0.05, 0.1)
Entry = dict[str, Any]


def published_composition(
    months: Sequence[Entry], told: Told, bridge: Sequence[Entry] = ()
) -> list[Entry]:
    """Return contacts, reach and campaigns per bin.

    The contacts are those of the rates: all contacts would differ from them by the few that are
    too young. Shares are of all calls and contacts, in steps so wide that each stands for a range
    of at least the minimum.

    Args:
        months: of the internal result.
        told: the counts that may be told, and their bins.
        bridge: the account as published; where it joins unanswered calls with few others, the
            reach must not tell how many of both there are.
    """
    rows = [_row(part, months, told) for part in told.base]
    several = [line for line in bridge if "+" in line["code"]]
    joined = [line for line in several if UNREACHED in line["code"].split("+")]
    if joined and _tells_rest(months, rows, joined[0]["count"], told.earlier.minimum):
        return [{**row, "reached_share": None} for row in rows]
    return rows


def _tells_rest(months: Sequence[Entry], rows: Sequence[Entry], joined: int, minimum: int) -> bool:
    """Return whether the shares bound the unanswered calls closely enough to tell the others."""
    least = most = 0.0
    for row in rows:
        inside = [m for m in months if row["month_from"] <= m["month_from"] <= row["month_to"]]
        calls, contacts = (sum(m[key] for m in inside) for key in ("calls", "net_contacts"))
        share = row["reached_share"]
        if share is None:
            return False
        half = _step(calls, minimum) / 2
        least += contacts / min(1.0, share + half) - contacts
        most += contacts / max(half, share - half) - contacts
    return joined - least < 2 * minimum or joined - most > 0


def _step(total: int, minimum: int) -> float:
    return next((step for step in STEPS if step * total >= minimum), 1.0)


def _row(part: Bin, months: Sequence[Entry], told: Told) -> Entry:
    found = told.earlier.latest("composition")
    if part in told.recent and found is not None:
        return _kept(part, *found)
    minimum = told.earlier.minimum
    inside = [row for row in months if part.first <= row["month_from"] <= part.last]
    calls, contacts = (sum(row[key] for row in inside) for key in ("calls", "net_contacts"))
    campaigns = _campaigns(inside)
    n = part.total(told.exposures[0])
    large = [count for count in campaigns.values() if count >= minimum]
    return {
        "month_from": part.first,
        "month_to": part.last,
        "net_contacts": n if n >= minimum else None,
        "reached_share": coarse_share(contacts, calls, minimum),
        "campaigns": min(len(large), n // minimum),
        "largest_campaign_share": coarse_share(max(large, default=0), contacts, minimum),
    }


def _campaigns(rows: Sequence[Entry]) -> Mapping[str, int]:
    total = Counter[str]()
    for row in rows:
        total.update(row["by_campaign"])
    return total


def _kept(part: Bin, report: Mapping[str, Any], rows: Sequence[Entry]) -> Entry:
    same = [row for row in rows if (row["month_from"], row["month_to"]) == part.ends]
    unknown = {"reached_share": None, "campaigns": 0, "largest_campaign_share": None}
    contacts = {"net_contacts": summed(rows, part, "net_contacts")}
    months = {"month_from": part.first, "month_to": part.last}
    row = same[0] if same else {**months, **contacts, **unknown}
    return {"kept_from": report["period"], **row}


def coarse_share(count: int, total: int, minimum: int) -> float | None:
    """Return a share in the finest step that stands for a range of at least the minimum.

    None where count or rest is small, or where no step is wide enough.

    Examples:
        >>> coarse_share(333, 1000, 10), coarse_share(333, 999, 10), coarse_share(95, 100, 10)
        (0.33, 0.35, None)
    """
    rest = total - count
    if not total or count < minimum or 0 < rest < minimum:
        return None
    steps = [step for step in STEPS if step * total >= minimum]
    return round(steps[0] * round(count / total / steps[0]), 2) if steps else None
