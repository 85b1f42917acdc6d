"""The rows that are printed, and their exact one-sided limits from the numbers as printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import betaincinv

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.kept_rows import are_mixed
from balanstest_analysis.published.counts import Few, number
from balanstest_analysis.published.outcomes import PublishedOutcome, RateRow


@dataclass(frozen=True, kw_only=True)
class OneSided:
    """The exact limits of a rate (Clopper and Pearson 1934), each by itself.

    Attributes:
        lower: None where the events are hidden: it would be that of none.
        upper: None where the contacts are hidden, or the design effect was not printed.
    """

    lower: float | None
    upper: float | None


@dataclass(frozen=True, kw_only=True)
class PrintedCounts:
    """What a row prints, all of it.

    Attributes:
        contacts: n.
        events: k.
        effect: the design effect, in tenths.
    """

    contacts: int
    events: int
    effect: float

    @property
    def n(self) -> float:
        """Contacts divided by the design effect."""
        return self.contacts / self.effect

    @property
    def k(self) -> float:
        """Events divided by the design effect."""
        return self.events / self.effect


def printed_counts(row: RateRow) -> PrintedCounts | None:
    """Return what a row prints, or None where it hides a number."""
    contacts, events = number(row.contacts), number(row.events)
    if not contacts or events is None or row.design_effect is None:
        return None
    return PrintedCounts(contacts=contacts, events=events, effect=row.design_effect)


def one_sided_limits(row: RateRow, *, level: float, minimum: int) -> OneSided:
    """Return the limits of a row; of hidden events the upper one of the most they can be.

    Args:
        row: as published.
        level: confidence level of each limit.
        minimum: least publishable count.

    Examples:
        >>> from balanstest_analysis.published.counts import Exact
        >>> from balanstest_analysis.published.outcomes import AtMost
        >>> row = RateRow(
        ...     month_from=0,
        ...     month_to=2,
        ...     contacts=Exact(2000),
        ...     events=Few(),
        ...     rate=AtMost(upper=0.0085),
        ... )
        >>> limits = one_sided_limits(row, level=0.95, minimum=10)
        >>> limits.lower, round(limits.upper, 5)
        (None, 0.00784)
    """
    printed = printed_counts(row)
    if printed is not None:
        return OneSided(lower=lower_limit(printed, level), upper=upper_limit(printed, level))
    contacts = number(row.contacts)
    if not contacts or number(row.events) is not None:
        return OneSided(lower=None, upper=None)
    if not isinstance(row.events, Few):
        return OneSided(lower=None, upper=1.0)
    most = PrintedCounts(contacts=contacts, events=min(minimum - 1, contacts), effect=1.0)
    return OneSided(lower=None, upper=upper_limit(most, level))


def lower_limit(printed: PrintedCounts, level: float) -> float:
    """Return the exact lower limit; that of no events is zero.

    Examples:
        >>> round(lower_limit(PrintedCounts(contacts=1000, events=60, effect=1.2), 0.95), 5)
        0.04704
    """
    if printed.events == 0:
        return 0.0
    return float(betaincinv(printed.k, printed.n - printed.k + 1, 1 - level))


def upper_limit(printed: PrintedCounts, level: float) -> float:
    """Return the exact upper limit; that of nothing but events is one.

    Examples:
        >>> round(upper_limit(PrintedCounts(contacts=1000, events=60, effect=1.2), 0.95), 5)
        0.07533
    """
    if printed.events == printed.contacts:
        return 1.0
    return float(betaincinv(printed.k + 1, printed.n - printed.k, level))


def printed_rows(outcome: PublishedOutcome) -> tuple[RateRow, ...]:
    """Return the rows of an overview, the last of which is that of all months together.

    That one is left out where there is a single row, or where rows come from several reports.

    Args:
        outcome: as published.
    """
    together = outcome.total
    if together is None or len(outcome.rows) < 2 or are_mixed(outcome.rows):
        return outcome.rows
    return (*outcome.rows, together)


def rate_digits(rows: Sequence[RateRow]) -> int:
    """Return the decimals of the rates of rows; without any event the limits decide."""
    rates = [row.observed.rate for row in rows if row.observed is not None]
    return wording.percentage_digits(rates if any(rates) else [row.upper for row in rows])
