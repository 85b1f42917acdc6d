"""A curve of an earlier report is told again only while it goes through the printed rows."""

from __future__ import annotations

import pytest

from balanstest_analysis.disclosure.coarse_curves import describes
from balanstest_analysis.published.counts import Exact, Few
from balanstest_analysis.published.outcomes import AtMost, FittedPoint, Observed, RateRow


def row(first: int, rate: float) -> RateRow:
    return RateRow(
        month_from=first,
        month_to=first + 2,
        contacts=Exact(1000),
        events=Exact(round(1000 * rate)),
        rate=Observed(rate=rate, lower=rate - 0.015, upper=rate + 0.015),
    )


def curve(*rates: float) -> tuple[FittedPoint, ...]:
    return tuple(
        FittedPoint(month=3 * place, rate=rate, rate_lower=rate, rate_upper=rate)
        for place, rate in enumerate(rates)
    )


ROWS = [row(3 * place, 0.04 + 0.01 * place) for place in range(8)]


def test_a_curve_through_the_rows_describes_them() -> None:
    assert describes(curve(*(0.04 + 0.01 * place for place in range(9))), ROWS)


@pytest.mark.parametrize("steep", [0.03, -0.01])
def test_a_curve_that_misses_most_rows_does_not(steep: float) -> None:
    assert not describes(curve(*(0.04 + steep * place for place in range(9))), ROWS)


def test_no_curve_describes_nothing_and_hidden_rows_ask_nothing_of_one() -> None:
    hidden = RateRow(
        month_from=24, month_to=26, contacts=Exact(90), events=Few(), rate=AtMost(upper=0.2)
    )
    assert not describes((), ROWS)
    assert describes(curve(*(0.04 + 0.01 * place for place in range(9))), [*ROWS, hidden])
