"""The history without each of its campaigns, with the curves of all of them fitted in one batch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from balanstest_analysis.dossier.statements import Settings
from balanstest_analysis.history.month_table import MonthTable
from balanstest_analysis.statistics.floats import Floats
from balanstest_analysis.term.outcome_draws import Chance, drawn_counts
from balanstest_analysis.term.outcome_series import OutcomeSeries
from balanstest_analysis.term.outcomes import OutcomeAnalysis, carried
from balanstest_analysis.term.refitted_alike import averaged_rates


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
    chance = Chance(settings)
    rests = [_without(outcomes, p, chance) for p in places]
    rates = _rates_without(outcomes, rests)
    for place in sorted(places, key=lambda place: table.campaigns[place]):
        yield (
            table.campaigns[place],
            {
                name: rest.on_axis(table.months, rates[name][place, 1:], rates[name][place, 0])
                for name, rest in rests[place].items()
            },
        )


def series_without_campaign(
    outcomes: Mapping[str, OutcomeAnalysis], table: MonthTable, chance: Chance, campaign: str
) -> dict[str, OutcomeSeries]:
    """Return the outcomes without one campaign, as `series_without_campaigns` yields them.

    Args:
        outcomes: by name.
        table: for the place of the campaign among at least two.
        chance: of as many draws as are wanted; who asks for another campaign keeps it.
        campaign: its name.
    """
    place = table.campaigns.index(campaign)
    rest = _without(outcomes, place, chance)
    rates = _rates_without(outcomes, [rest])
    return {
        name: one.on_axis(table.months, rates[name][0, 1:], rates[name][0, 0])
        for name, one in rest.items()
    }


def _without(
    outcomes: Mapping[str, OutcomeAnalysis], place: int, chance: Chance
) -> dict[str, OutcomeAnalysis]:
    """Return outcomes whose counts and draws lack one campaign, with the fits of the whole."""
    left = {name: outcome.counts.without_campaign(place) for name, outcome in outcomes.items()}
    fits = {name: carried(outcome.fits, left[name]) for name, outcome in outcomes.items()}
    between = {name: outcome.correlations for name, outcome in outcomes.items()}
    drawn = drawn_counts(chance, left, fits, between)
    return {
        name: replace(outcome, counts=left[name], fits=fits[name], drawn=drawn[name])
        for name, outcome in outcomes.items()
    }


def _rates_without(
    outcomes: Mapping[str, OutcomeAnalysis], rests: Sequence[Mapping[str, OutcomeAnalysis]]
) -> dict[str, Floats]:
    return averaged_rates(outcomes, {name: [rest[name] for rest in rests] for name in outcomes})
