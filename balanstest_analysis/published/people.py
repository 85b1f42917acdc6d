"""Who was called, and how many people ever had an event, as it is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from balanstest_analysis.published.counts import Count
from balanstest_analysis.published.outcomes import AtMost, Observed


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositionRow:
    """Contacts, reach and campaigns behind consecutive months.

    Attributes:
        month_from: first month.
        month_to: last month, inclusive.
        contacts: those of the rates.
        reached_share: of all calls, in coarse steps; None where it would tell a small count.
        campaigns: with enough contacts to show.
        largest_campaign_share: of all contacts; None likewise.
        kept_from: period of the earlier report that the row was kept from, or None.
    """

    month_from: int
    month_to: int
    contacts: Count
    reached_share: float | None
    campaigns: int
    largest_campaign_share: float | None
    kept_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidenceRow:
    """Share of the people with an event by the end of these months since their first contact.

    Attributes:
        month_from: first completed month since the first contact.
        month_to: last month, inclusive.
        at_risk: people followed, on average over these months, in whole people.
        events: people with an event in these months.
        share: of the people, added up over the rows by the product limit, as it follows from
            these rows; None where not even an upper limit may be told.
        kept_from: period of the earlier report that the row was kept from, or None.
    """

    month_from: int
    month_to: int
    at_risk: Count
    events: Count
    share: Observed | AtMost | None
    kept_from: str | None = None

    @property
    def observed(self) -> Observed | None:
        """The share and its interval; None where it is hidden."""
        return self.share if isinstance(self.share, Observed) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustering:
    """Which clusters the uncertainty takes account of.

    Attributes:
        customers_known: whether repeated calls to the same people are accounted for.
        campaigns: that occur.
        campaigns_resampled: whether their differences are part of the draws.
        campaigns_share_few_months: three or more, of which a month holds fewer than two on average.
        dispersion: by outcome, in tenths; absent where it would tell of hidden events.
    """

    customers_known: bool
    campaigns: int
    campaigns_resampled: bool
    campaigns_share_few_months: bool
    dispersion: Mapping[str, float]

    @property
    def campaigns_generalise(self) -> bool:
        """Whether the term takes in how much campaigns differ.

        It does not where there are one or two, nor where what a campaign does cannot be told from
        what time does.
        """
        return self.campaigns_resampled and not self.campaigns_share_few_months
