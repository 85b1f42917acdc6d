"""Sums over customers are those of their rows, and never leave memory."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest

from balanstest_analysis.statistics.count_covariance import count_covariance
from balanstest_analysis.statistics.customer_products import count_products, product_pairs
from balanstest_analysis.statistics.outcome_counts import OutcomeCounts

MONTHS, CUSTOMERS = 5, 12
EVENTS = ("bought", "objected")


def rows(seed: int) -> pd.DataFrame:
    """Return contacts and events of single calls."""
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "customer": rng.integers(CUSTOMERS, size=90),
            "month": rng.integers(MONTHS, size=90),
            "contacts": 1,
            "bought": rng.integers(2, size=90),
            "objected": rng.integers(2, size=90),
        }
    )


def of_customers(calls: pd.DataFrame, column: str) -> np.ndarray:
    """Return a column per customer and month, shape (customers, months)."""
    counted = np.zeros((CUSTOMERS, MONTHS))
    np.add.at(counted, (calls["customer"], calls["month"]), calls[column])
    return counted


@pytest.mark.parametrize("seed", range(3))
def test_the_residuals_are_those_of_every_customer_added_up(seed: int) -> None:
    calls = rows(seed)
    found = count_products(calls, ["customer"], product_pairs("contacts", EVENTS))
    n = of_customers(calls, "contacts")
    rates = [of_customers(calls, name).sum(axis=0) / n.sum(axis=0) for name in EVENTS]
    errors = [of_customers(calls, k) - n * r for k, r in zip(EVENTS, rates, strict=True)]
    both = np.hstack(errors)
    ours = found.of("contacts", EVENTS, MONTHS).residuals(np.concatenate(rates))
    assert ours == pytest.approx(both.T @ both, abs=1e-9)


def test_months_that_are_not_wanted_are_cut_and_new_ones_are_empty() -> None:
    found = count_products(rows(1), ["customer"], product_pairs("contacts", ["bought"]))
    whole = found.of("contacts", ["bought"], MONTHS)
    longer = found.of("contacts", ["bought"], MONTHS + 2)
    shorter = found.of("contacts", ["bought"], MONTHS - 2)
    assert (longer.contacts[:MONTHS, :MONTHS] == whole.contacts).all()
    assert not longer.contacts[MONTHS:].any()
    assert (shorter.events == whole.events[: MONTHS - 2, : MONTHS - 2]).all()


def test_what_was_not_asked_for_is_told_apart_from_nothing() -> None:
    found = count_products(rows(1), ["customer"], product_pairs("contacts", ["bought"]))
    assert found.hold("contacts", ["bought"])
    assert not found.hold("contacts", EVENTS)


def test_sums_over_customers_are_never_written_to_disk() -> None:
    found = count_products(rows(1), ["customer"], product_pairs("contacts", ["bought"]))
    products = found.of("contacts", ["bought"], MONTHS)
    counts = OutcomeCounts(
        exposure=np.full((1, MONTHS), 18), events=np.full((1, MONTHS), 9), customers=products
    )
    for kept_inside in (found, products, counts, count_covariance(counts)):
        with pytest.raises(TypeError, match="stay in memory"):
            pickle.dumps(kept_inside)
        assert "[" not in repr(kept_inside)
