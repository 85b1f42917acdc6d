"""Sources of calls that note other outcomes: found, and not made up where bureaus differ."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from balanstest_analysis.history.compliance.unlike_outcomes import unlike_outcomes

QUARTERS, MONTHS = 16, 36
Change = Callable[[pd.DataFrame], pd.DataFrame]


def simulated(
    source: np.random.Generator,
    change: Change = lambda counts: counts,
    *,
    bureaus: int = 2,
    contacts: int = 11_000,
    bureaus_differ: float = 0.0,
    campaigns_differ: float = 0.2,
) -> pd.DataFrame:
    """Return the counts of bureaus that call side by side, for four years."""
    cells = [(b, q, m) for b in range(bureaus) for q in range(QUARTERS) for m in range(MONTHS)]
    counts = pd.DataFrame(cells, columns=["source", "quarter", "month"])
    mood = {
        name: np.exp(
            source.normal(0, bureaus_differ, bureaus)[:, None, None]
            + source.normal(0, campaigns_differ, (bureaus, QUARTERS))[:, :, None]
            + np.zeros(MONTHS)
        ).ravel()
        for name in ("conversion", "objection")
    }
    counts["contacts"] = source.poisson(contacts / QUARTERS / MONTHS, len(counts))
    counts["calls"] = counts["contacts"] + source.poisson(2.3 * counts["contacts"])
    month = counts["month"]
    rates = {
        "conversion": 0.145 * np.exp(-0.033 * month),
        "objection": 0.034 * np.exp(0.0277 * month),
    }
    for name, rate in rates.items():
        counts[name] = source.binomial(counts["contacts"], np.minimum(rate * mood[name], 1))
    changed = change(counts)
    return changed.assign(counted=changed["contacts"], quarter=changed["quarter"] + 8091)


def noted(share: float, until: int = QUARTERS, name: str = "objection") -> Change:
    """Return what leaves of an outcome a share at the second bureau, until a quarter."""

    def change(counts: pd.DataFrame) -> pd.DataFrame:
        there = (counts["source"] == 1) & (counts["quarter"] < until)
        kept = np.random.default_rng(7).binomial(counts[name], share)
        return counts.assign(**{name: counts[name].where(~there, kept)})

    return change


def without_refusals(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the counts after the first bureau threw away most refusals of three years."""
    there = (counts["source"] == 0) & (counts["quarter"] < 12)
    refused = counts["contacts"] - counts["conversion"] - counts["objection"]
    gone = (0.9 * refused).round().clip(lower=0).astype(int).where(there, 0)
    return counts.assign(contacts=counts["contacts"] - gone, calls=counts["calls"] - gone)


def others_as_conversions(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the counts where the first bureau's code of a sale had other calls too, at first."""
    there = (counts["source"] == 0) & (counts["quarter"] < 7)
    more = np.random.default_rng(8).binomial(counts["contacts"] - counts["conversion"], 0.3)
    return counts.assign(conversion=counts["conversion"] + np.where(there, more, 0))


def with_codes(share: float, lost: float = 0.0) -> Change:
    """Return what tells objections by codes: a share of them at the second bureau, some lost."""

    def change(counts: pd.DataFrame) -> pd.DataFrame:
        source, there = np.random.default_rng(9), counts["source"] == 1
        told = source.binomial(counts["objection"], np.where(there, share, 0.7))
        gone = source.binomial(told, np.where(there, lost, 0.0))
        return counts.assign(told=told - gone, objection=counts["objection"] - gone)

    return change


def found_in(counts: pd.DataFrame, *names: str) -> str | None:
    bureaus = names or ("noord.csv", "zuid.csv", "oost.csv")[: counts["source"].nunique()]
    found = unlike_outcomes(counts, bureaus)
    return None if found is None else found.detail


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (noted(0.0), "through 2026-09: 0 objections, and about "),
        (noted(0.3, until=9), "through 2024-12: "),
        (noted(0.3), "2022-10 through 2026-09: "),
        (without_refusals, "through 2025-09: "),
        (others_as_conversions, "through 2024-06: "),
    ],
)
def test_a_source_is_told_with_the_quarters_and_what_the_others_make_one_expect(
    change: Change, told: str
) -> None:
    found = found_in(simulated(np.random.default_rng(1), change))
    assert found is not None
    assert found.startswith("zuid.csv, ")
    assert told in found


def test_where_refusals_are_missing_the_share_of_net_contacts_is_told() -> None:
    found = found_in(simulated(np.random.default_rng(1), without_refusals))
    assert "(30% of its calls are net contacts, 9% of the others)" in str(found)


def test_a_code_that_is_left_out_for_most_objections_is_told_by_those_that_came_later() -> None:
    found = found_in(simulated(np.random.default_rng(5), with_codes(0.7, lost=0.6)))
    assert str(found).startswith("zuid.csv: ")
    assert "objections told by codes, and about" in str(found)
    assert "that no code tells, and about" in str(found)


@pytest.mark.parametrize("share", [0.0, 0.35, 0.7])
def test_objections_that_are_told_later_in_place_of_by_a_code_are_not_lost(share: float) -> None:
    source = np.random.default_rng(6)
    found = [found_in(simulated(source, with_codes(share), bureaus_differ=0.1)) for _ in range(20)]
    assert found == [None] * 20


def test_of_three_sources_the_one_that_differs_is_told_and_not_the_others() -> None:
    few = simulated(np.random.default_rng(2), noted(0.2), bureaus=3)
    found = unlike_outcomes(few, ("a.csv", "b.csv", "c.csv"))
    assert found is not None
    assert found.count == 1
    assert str(found.detail).startswith("b.csv, ")
    assert "by the other sources" in str(found.detail)


def test_sources_of_one_name_are_told_by_their_number() -> None:
    found = found_in(simulated(np.random.default_rng(1), noted(0.2)), "*.csv", "*.csv")
    assert str(found).startswith("*.csv (source 2), ")


def test_a_source_that_came_after_the_others_is_compared_with_none() -> None:
    counts = simulated(np.random.default_rng(3), noted(0.0))
    after = counts[(counts["source"] == 1) == (counts["quarter"] >= 8099)]
    assert found_in(after) is None


def test_a_source_among_older_relations_does_not_differ() -> None:
    counts = simulated(np.random.default_rng(4))
    fewer = counts.assign(
        **{
            name: np.where((counts["source"] == 1) == (counts["month"] < 18), 0, counts[name] // 2)
            for name in ("contacts", "counted", "calls", "objection", "conversion")
        }
    )
    assert found_in(fewer) is None


def test_sources_of_one_call_or_none_differ_in_nothing() -> None:
    counts = simulated(np.random.default_rng(5))
    assert found_in(counts.iloc[:1]) is None
    assert found_in(counts.iloc[:0]) is None


@pytest.mark.parametrize(("differ", "most"), [(0.0, 0), (0.2, 4)])
def test_bureaus_that_differ_as_bureaus_do_are_hardly_ever_told(differ: float, most: int) -> None:
    source = np.random.default_rng(2026)
    found = [found_in(simulated(source, bureaus_differ=differ)) for _ in range(60)]
    assert len(found) - found.count(None) <= most


def test_campaigns_that_differ_by_a_third_are_hardly_ever_told() -> None:
    source = np.random.default_rng(2027)
    found = [found_in(simulated(source, campaigns_differ=0.35)) for _ in range(60)]
    assert len(found) - found.count(None) <= 3
