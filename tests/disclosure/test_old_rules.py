"""Each rule that was broken once, switched back: the attack that broke it succeeds again."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import beta

from balanstest_analysis.disclosure import binning, compliance
from balanstest_analysis.disclosure.publish import publish
from balanstest_analysis.published.compliance import CallsShare
from balanstest_analysis.published.counts import Few, FewOthers, number
from balanstest_analysis.statistics.cumulative_incidence import product_limit
from balanstest_analysis.statistics.rates import rate_interval
from tests.disclosure_choice import from_the_left, merged_from_the_left
from tests.disclosure_histories import draw, internal
from tests.disclosure_solver import attack_on, series_of

Found = list[tuple[str, int, int]]


def attacked(seed: int, *passings: str, **knowledge: Any) -> Found:
    """Return what is proven of a series that is published under the rules as they are patched."""
    return attack_on(series_of(seed, passings), **knowledge).run()


# ---- rows joined from the left


def test_joining_from_the_left_names_the_small_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binning, "evenly_joined", merged_from_the_left)
    won = [bool(attacked(seed, choice=from_the_left)) for seed in (0, 3, 6, 9, 11, 14)]
    assert sum(won) >= 2


# ---- limits of the thinnest month


@pytest.mark.parametrize("seed", range(40))
def test_shares_of_people_follow_from_the_printed_rows(seed: int) -> None:
    tables = publish(internal(draw(np.random.default_rng(seed)))).incidence_since_contact
    for rows in tables.values():
        events = [number(row.events) for row in rows]
        if not rows or None in events:
            continue
        n = np.array([number(row.at_risk) for row in rows], dtype=float)
        again = product_limit(n, np.array(events, dtype=float))
        told = [(row.share.rate, row.share.lower, row.share.upper) for row in rows]
        assert np.array(told) == pytest.approx(np.stack(again, axis=1), rel=6e-3, abs=1e-9)


def test_the_limit_of_the_thinnest_month_tells_how_many_were_at_risk_in_it() -> None:
    """Inverted, it gives the number that the rule kept silent about, in every trial."""
    returned = 0
    for fewest in range(10, 40):
        limit = float(f"{rate_interval([9], [fewest])[1][0]:.3g}")
        fitting = [
            n for n in range(10, 400) if float(f"{rate_interval([9], [n])[1][0]:.3g}") == limit
        ]
        returned += fitting == [fewest]
    assert returned == 30


@pytest.mark.parametrize("seed", range(40))
def test_limits_over_hidden_persons_are_those_of_the_most_that_the_rows_allow(seed: int) -> None:
    tables = publish(internal(draw(np.random.default_rng(seed)))).incidence_since_contact
    for rows in tables.values():
        if not any(isinstance(row.events, Few | FewOthers) for row in rows):
            continue
        n = np.array([number(row.at_risk) for row in rows], dtype=float)
        most = [
            9.0
            if isinstance(row.events, Few)
            else float(number(row.events) or number(row.at_risk) or 0)
            for row in rows
        ]
        _, _, upper = product_limit(n, np.array(most, dtype=float))
        limits = [row.share.upper for row in rows if row.share is not None]
        assert limits == pytest.approx(upper, rel=6e-3)


# ---- frequency in hundredths


def shares_in_hundredths(buckets: dict[int, int], minimum: int) -> tuple[CallsShare, ...]:
    people = sum(buckets.values())
    if people < 20 * minimum:
        return ()
    return tuple(CallsShare(calls_from=c, share=round(n / people, 2)) for c, n in buckets.items())


def test_shares_of_people_in_hundredths_tell_small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compliance, "_shares", shares_in_hundredths)
    found = [name for seed in (14, 18, 56) for name, _, _ in attacked(seed, step_of_people=0.01)]
    assert sum("people called" in name for name in found) >= 3


# ---- months of criteria


def test_a_month_that_contradicts_tells_that_a_complaint_lies_in_it() -> None:
    """Thirty contacts, a maximum of one in a thousand: one complaint is on the wrong side.

    Beside a row that tells less than ten for the whole year, the month named has 1 to 9 of them.
    """
    contradicting = [k for k in range(30) if k and beta.ppf(0.05, k, 30 - k + 1) > 0.001]
    assert min(contradicting) == 1
