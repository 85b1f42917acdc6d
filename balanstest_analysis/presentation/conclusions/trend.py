"""Whether the printed rows of an outcome rise or fall together, by a test to be done again."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.kept_rows import are_mixed
from balanstest_analysis.published.counts import number
from balanstest_analysis.published.outcomes import RateRow

SIGNIFICANT = 0.05


@dataclass(frozen=True, kw_only=True)
class Trend:
    """What the rows of an outcome show together.

    Attributes:
        z: of the test; above zero where the rate rises with time.
        p_value: two-sided.
    """

    z: float
    p_value: float

    @property
    def is_shown(self) -> bool:
        """Whether a rise or a fall is shown at the usual 5 %."""
        return self.p_value < SIGNIFICANT


@dataclass(frozen=True, kw_only=True)
class _Counted:
    """A row for the test: its middle month, and its counts divided by its design effect."""

    month: float
    contacts: float
    events: float


def trend_of(rows: Sequence[RateRow]) -> Trend | None:
    r"""Return the test of Cochran and Armitage for a trend over printed rows.

    With events :math:`k_i` among contacts :math:`n_i` in row :math:`i`, whose middle month is
    :math:`m_i`, and :math:`p = \sum k_i / \sum n_i`,

    .. math:: z = \frac{\sum m_i (k_i - n_i p)}
                       {\sqrt{p (1 - p) \left(\sum n_i m_i^2 - (\sum n_i m_i)^2 / \sum n_i\right)}}

    is about standard normal without a trend (Armitage 1955, Biometrics 11, 375-386). Contacts and
    events of a row are first divided by its printed design effect (Rao and Scott 1992, Biometrics
    48, 577-585), so that people who were called more than once are not counted as strangers.

    Args:
        rows: of one outcome; events per contact, months since the last purchase.

    Returns:
        None where a count is hidden, where rows come from several reports, where there are fewer
        than two rows, or where nobody or everybody had the event: a test over what is left would
        mislead.

    Examples:
        >>> from balanstest_analysis.published.counts import Exact
        >>> from balanstest_analysis.published.outcomes import AtMost
        >>> rows = [
        ...     RateRow(
        ...         month_from=m,
        ...         month_to=m + 2,
        ...         contacts=Exact(1000),
        ...         events=Exact(k),
        ...         rate=AtMost(upper=1.0),
        ...     )
        ...     for m, k in ((0, 40), (3, 52), (6, 66))
        ... ]
        >>> trend = trend_of(rows)
        >>> round(trend.z, 2), round(trend.p_value, 3), trend_of(rows[:1])
        (2.6, 0.009, None)
    """
    if are_mixed(rows):
        return None
    counted = [_counted(row) for row in rows]
    told = [row for row in counted if row is not None]
    if len(told) < 2 or len(told) < len(counted):
        return None
    contacts = sum(row.contacts for row in told)
    rate = sum(row.events for row in told) / contacts
    middle = sum(row.contacts * row.month for row in told) / contacts
    spread = sum(row.contacts * (row.month - middle) ** 2 for row in told)
    variance = rate * (1 - rate) * spread
    if variance <= 0:
        return None
    excess = sum((row.month - middle) * (row.events - row.contacts * rate) for row in told)
    z = excess / math.sqrt(variance)
    return Trend(z=z, p_value=math.erfc(abs(z) / math.sqrt(2)))


def _counted(row: RateRow) -> _Counted | None:
    contacts, events = number(row.contacts), number(row.events)
    if not contacts or events is None:
        return None
    effect = row.design_effect or 1.0
    return _Counted(
        month=(row.month_from + row.month_to) / 2,
        contacts=contacts / effect,
        events=events / effect,
    )


def trend_words(trend: Trend) -> str:
    """Return the outcome of the test as a clause, as sure as it is and no surer.

    Examples:
        >>> trend_words(Trend(z=2.98, p_value=0.0029))
        'over alle tijdvakken samen stijgt het percentage (trendtoets van Cochran en Armitage, \
p = 0,003)'
    """
    if not trend.is_shown:
        return f"over alle tijdvakken samen is geen daling of stijging aangetoond ({_test(trend)})"
    verb = "stijgt" if trend.z > 0 else "daalt"
    return f"over alle tijdvakken samen {verb} het percentage ({_test(trend)})"


def _test(trend: Trend) -> str:
    least = 0.001
    if trend.p_value < least:
        return f"trendtoets van Cochran en Armitage, p < {wording.number(least, 3)}"
    digits = 3 if trend.p_value < SIGNIFICANT else 2
    return f"trendtoets van Cochran en Armitage, p = {wording.number(trend.p_value, digits)}"
