"""From which month on, and for which campaigns, a term holds."""

from __future__ import annotations

from balanstest_analysis.presentation.conclusions.set_aside import reason_of
from balanstest_analysis.presentation.conclusions.untested_months import (
    first_judged_month,
    months_before,
    starts_without_data,
)
from balanstest_analysis.published.criteria import Tested
from balanstest_analysis.published.result import PublishedResult


def begin(result: PublishedResult) -> str:
    """Return from which month is called, or from which there are data; empty where both are 0."""
    parts = []
    if result.not_before is not None:
        parts.append(
            f"**Begin van het bellen.** Vóór maand {result.not_before.month} wordt niemand gebeld; "
            "alle criteria zijn vanaf die maand getoetst. De reden van de organisatie: "
            f"{reason_of(result.not_before.reason)}"
        )
    if starts_without_data(result):
        month = first_judged_month(result)
        firsts = {item.first_month_with_evidence for item in result.criteria} - {None}
        which = "aan elk criterium " if len(firsts) > 1 else ""
        parts.append(
            f"**Begin van de gegevens.** De gegevens beginnen in maand {month}: hooguit 1% van de "
            f"contacten viel eerder. {months_before(month, result)} daarom niet {which}getoetst."
        )
    return " ".join(parts)


def like_these(result: PublishedResult) -> str:
    """Return that the term holds for campaigns like these, for the first page, or nothing."""
    limit = campaigns_limit(result)
    return f"**Campagnes.** {limit}" if limit and _is_tested(result) else ""


def _is_tested(result: PublishedResult) -> bool:
    return any(isinstance(item.support, Tested) for item in result.criteria)


def campaigns_not_counted(result: PublishedResult) -> str:
    """Return that margins are too narrow where campaigns differ; empty where that is counted.

    Leaving out the column with campaigns makes a term no safer: with less data it can be longer.

    Args:
        result: published.
    """
    clustering = result.clustering
    if clustering.campaigns_generalise or not _is_tested(result):
        return ""
    how = "maar ten dele" if clustering.campaigns_resampled else "niet"
    return (
        f"{_why_these(result)} Verschillen tussen campagnes zitten daarom {how} in de marges. "
        "Contacten uit dezelfde campagne lijken vaak op elkaar; telt dat volledig mee, dan worden "
        "de marges ruimer en kan de termijn korter uitvallen."
    )


def campaigns_limit(result: PublishedResult) -> str:
    """Return why the term holds for campaigns like these only; empty where it takes others in."""
    clustering = result.clustering
    if clustering.campaigns_generalise:
        return ""
    subject = "De termijn geldt" if result.has_term else "De uitkomsten gelden"
    return f"{_why_these(result)} {subject} daarom alleen voor soortgelijke campagnes."


def _why_these(result: PublishedResult) -> str:
    campaigns = result.clustering.campaigns
    if campaigns < 2:
        return "In de gegevens zijn geen verschillende campagnes te onderscheiden."
    if campaigns == 2:
        return (
            "Er zijn maar twee campagnes; in hoeverre campagnes van elkaar verschillen, is daaruit "
            "niet af te leiden."
        )
    if result.clustering.campaigns_share_few_months:
        return (
            f"De {campaigns} campagnes hebben weinig maanden gemeen. Wat aan een campagne ligt, is "
            "dan niet te scheiden van wat de tijd doet."
        )
    return f"In hoeverre de {campaigns} campagnes van elkaar verschillen, is niet meegerekend."
