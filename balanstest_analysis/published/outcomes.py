"""One outcome as it is published: rows that were counted, curves that were fitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from balanstest_analysis.published.counts import Count
from balanstest_analysis.published.names import FitStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """A rate that follows from the printed counts, with its two-sided interval."""

    rate: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMost:
    """The upper limit of a rate whose count is hidden: that of the largest it can be."""

    upper: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRow:
    """Consecutive months of one outcome.

    Attributes:
        month_from: first month.
        month_to: last month, inclusive.
        contacts: denominator.
        events: among them.
        rate: what is known of events per contact.
        kept_from: period of the earlier report that the row was kept from, or None.
        design_effect: of these months together, in tenths: the limits are those of contacts and
            events divided by it. None where the limit rests on no counted events.
    """

    month_from: int
    month_to: int
    contacts: Count
    events: Count
    rate: Observed | AtMost
    kept_from: str | None = None
    design_effect: float | None = None

    @property
    def upper(self) -> float:
        """Upper limit of the rate, which every row has."""
        return self.rate.upper

    @property
    def observed(self) -> Observed | None:
        """The rate and its interval; None where the events are hidden."""
        return self.rate if isinstance(self.rate, Observed) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedPoint:
    """The averaged curve in one month, with a one-sided limit on either side."""

    month: int
    rate: float
    rate_lower: float
    rate_upper: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MixPoint:
    """A fitted rate at the month's own mix of campaigns, and at the common one."""

    month: int
    rate: float
    standardised_rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedCurve:
    """One curve family; its parameters only where every month may be published.

    Attributes:
        family: name of the family.
        status: whether it could be fitted, or why not.
        converged: whether the status is ok.
        parameters: estimates by name; empty where hidden.
        standard_errors: robust, by name.
        model_standard_errors: from the Fisher information, by name.
        deviance: None where hidden or not fitted; so are the next three.
        df: residual degrees of freedom.
        aic: Akaike's criterion.
        p_value: of the goodness of fit.
        weight: in the average.
    """

    family: str
    status: FitStatus
    converged: bool
    parameters: Mapping[str, float]
    standard_errors: Mapping[str, float]
    model_standard_errors: Mapping[str, float]
    deviance: float | None
    df: int | None
    aic: float | None
    p_value: float | None
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedOutcome:
    """What is published about one outcome.

    Attributes:
        available: whether data were delivered.
        contacts: over all rows.
        events: over all rows.
        design_effect: as printed, or None where events are hidden.
        rows: per group of months, in order; none where nothing may be published.
        fits: one per curve family.
        curve: the average; empty where it would tell a hidden count.
        standardised: at a common mix of campaigns, or None where it was not computed.
        fit_warning: in Dutch, or None where a simple curve fits.
        total: all rows together, or None without rows.
    """

    available: bool
    contacts: Count
    events: Count
    design_effect: float | None
    rows: tuple[RateRow, ...]
    fits: tuple[FittedCurve, ...]
    curve: tuple[FittedPoint, ...]
    standardised: tuple[MixPoint, ...] | None = None
    fit_warning: str | None = None
    total: RateRow | None = None

    @property
    def is_shown(self) -> bool:
        """Whether data were delivered and rows may be shown."""
        return self.available and bool(self.rows)

    def row_of_month(self, month: int) -> RateRow | None:
        """Return the row that holds a month, or None."""
        inside = (row for row in self.rows if row.month_from <= month <= row.month_to)
        return next(inside, None)
