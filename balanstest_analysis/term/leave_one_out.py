"""The history without each of its campaigns, with the curves of all of them fitted in one batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from balanstest_analysis.dossier.statements import Settings
from balanstest_analysis.history.month_table import MonthTable
from balanstest_analysis.statistics.bootstrap import ResampledCounts, resample_counts
from balanstest_analysis.statistics.curves import Floats
from balanstest_analysis.statistics.model_averaging import resample_rates
from balanstest_analysis.term.outcome_series import OutcomeSeries
from balanstest_analysis.term.outcomes import OutcomeAnalysis


def series_without_campaigns(
    outcomes: Mapping[str, OutcomeAnalysis], table: MonthTable, settings: Settings
) -> Iterator[tuple[str, dict[str, OutcomeSeries]]]:
    """Yield the name of each campaign, and the outcomes without it on the common axis of months.

    Families, knots and dispersion are those of the whole history.

    Args:
        outcomes: by name.
        table: for the names of at least two campaigns.
        settings: for the number of resamples and the seed.
    """
    places = range(len(table.campaigns))
    rests = [_without(outcomes, p, settings, has_groups=table.has_groups) for p in places]
    rates = {name: _rates_without(rests, name) for name in outcomes}
    for place in sorted(places, key=lambda place: table.campaigns[place]):
        yield (
            table.campaigns[place],
            {
                name: rest.on_axis(table.months, rates[name][place, 1:], rates[name][place, 0])
                for name, rest in rests[place].items()
            },
        )


def series_without_campaign(
    outcomes: Mapping[str, OutcomeAnalysis], table: MonthTable, settings: Settings, campaign: str
) -> dict[str, OutcomeSeries]:
    """Return the outcomes without one campaign, as `series_without_campaigns` yields them.

    Args:
        outcomes: by name.
        table: for the place of the campaign among at least two.
        settings: for the number of resamples and the seed.
        campaign: its name.
    """
    place = table.campaigns.index(campaign)
    rest = _without(outcomes, place, settings, has_groups=table.has_groups)
    rates = {name: _rates_without([rest], name)[0] for name in outcomes}
    return {
        name: one.on_axis(table.months, rates[name][1:], rates[name][0])
        for name, one in rest.items()
    }


def _without(
    outcomes: Mapping[str, OutcomeAnalysis], place: int, settings: Settings, *, has_groups: bool
) -> dict[str, OutcomeAnalysis]:
    """Return outcomes whose counts and draws lack one campaign, with the fits of the whole."""
    left = {name: outcome.counts.without_campaign(place) for name, outcome in outcomes.items()}
    drawn = resample_counts(
        left,
        {name: outcome.fits.dispersion for name, outcome in outcomes.items()},
        resamples=settings.resamples,
        has_groups=has_groups,
        rng=np.random.default_rng(settings.seed),
    )
    return {
        name: replace(outcome, counts=left[name], drawn=drawn[name])
        for name, outcome in outcomes.items()
    }


def _rates_without(rests: Sequence[Mapping[str, OutcomeAnalysis]], name: str) -> Floats:
    """Return averaged rates, shape (campaigns, 1 + resamples, months); the counted ones first."""
    alone = [rest[name] for rest in rests]
    exposure = [np.vstack([o.counts.exposure_by_month, o.drawn.exposure]) for o in alone]
    events = [np.vstack([o.counts.events_by_month, o.drawn.events]) for o in alone]
    stacked = ResampledCounts(exposure=np.vstack(exposure), events=np.vstack(events))
    averaged = resample_rates(rests[0][name].fits, stacked).averaged
    return averaged.reshape(len(rests), 1 + len(alone[0].drawn.exposure), -1)
