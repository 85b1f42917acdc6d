"""What a notebook shows of an analysis: published numbers, in Dutch, with words for pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from balanstest_analysis.disclosure.campaigns import CampaignRate
from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Block, Paragraph, Shown, Table, literal
from balanstest_analysis.errors import UsageError
from balanstest_analysis.presentation.conclusions import (
    fit_sentence,
    headline,
    outcome_sentences,
    proposal_sentences,
)
from balanstest_analysis.presentation.figures import criteria_picture, rate_picture
from balanstest_analysis.presentation.hidden_counts import count_words
from balanstest_analysis.presentation.tables import criteria_table, rates_table
from balanstest_analysis.published.count_form import HIDDEN
from balanstest_analysis.published.json_form import Json, json_of
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.published.outcomes import FittedCurve
from balanstest_analysis.published.result import PublishedResult

FINDING_COLUMNS = ("code", "count", "text")
WORDY_COLUMNS = ("families", "parameters", "reason")


def analysis_overview(result: PublishedResult) -> Shown:
    """Return the proposal with its criteria.

    Args:
        result: the published result.
    """
    sentences = [Paragraph(text=f"**{literal(headline(result))}**")]
    sentences += [Paragraph(text=text) for text in proposal_sentences(result)]
    frame = _frame(result.criteria).drop(columns=[*WORDY_COLUMNS])
    return Shown(blocks=(*sentences, criteria_table(result)), frame=frame)


def criteria_overview(result: PublishedResult) -> Shown:
    """Return what every criterion supports, with its picture."""
    shown = analysis_overview(result)
    return Shown(blocks=(criteria_picture(result), criteria_table(result)), frame=shown.frame)


def findings_overview(result: PublishedResult) -> Shown:
    """Return what was found in the history, and how often."""
    found = result.findings
    frame = pd.DataFrame([json_of(finding) for finding in found], columns=[*FINDING_COLUMNS])
    if not found:
        return Shown(blocks=(Paragraph(text="Er zijn geen bijzonderheden gevonden."),), frame=frame)
    minimum = result.settings.disclosure_minimum
    rows = tuple((finding.text, count_words(finding.count, minimum)) for finding in found)
    table = Table(columns=("Bevinding", "Aantal"), rows=rows, caption="Bevindingen")
    return Shown(blocks=(table,), frame=frame)


def rates_overview(result: PublishedResult, outcome: str) -> Shown:
    """Return an outcome per group of months: picture, table and what they say.

    Raises:
        UsageError: there is no such outcome.
    """
    name = _named(outcome)
    frame = _frame(result.outcomes[name].rows)
    if not result.outcomes[name].is_shown:
        return Shown(blocks=_nothing(name, result), frame=frame)
    picture = rate_picture(result, name)
    sentences = (Paragraph(text=text) for text in outcome_sentences(result, name))
    return Shown(blocks=(picture, rates_table(result, name), *sentences), frame=frame)


def _named(outcome: str) -> Outcome:
    for name in OUTCOMES:
        if name == outcome:
            return name
    raise UsageError(f"There is no outcome {outcome!r}. Known are {', '.join(OUTCOMES)}.")


def _nothing(outcome: Outcome, result: PublishedResult) -> tuple[Block, ...]:
    words = wording.OUTCOME_WORDS[outcome]
    given = result.outcomes[outcome].available
    return (Paragraph(text=words.too_small if given else words.no_data),)


def _frame(parts: Iterable[object]) -> pd.DataFrame:
    """Return parts of a result as `resultaat.json` has them, without why a number is hidden."""
    return pd.DataFrame([_numbers(part) for part in parts])


def _numbers(part: object) -> Json:
    return {key: value for key, value in json_of(part).items() if key != HIDDEN}


def campaigns_overview(
    result: PublishedResult, outcome: str, rows: Sequence[CampaignRate]
) -> Shown:
    """Return an outcome per campaign, or per group of campaigns that are too small apart.

    Args:
        result: the published result.
        outcome: its name.
        rows: of `campaign_rates`.

    Raises:
        UsageError: there is no such outcome.
    """
    words = wording.OUTCOME_WORDS[_named(outcome)]
    frame = pd.DataFrame([_campaign_numbers(row) for row in rows])
    if not rows:
        text = (
            "Per campagne is hier niets te geven: er is er maar één, of de aantallen zijn te klein."
        )
        return Shown(blocks=(Paragraph(text=text),), frame=frame)
    digits = wording.percentage_digits([row.rate.rate for row in rows])
    plural = wording.DENOMINATORS[result.settings.denominator][1]
    level = wording.level(result.settings.confidence_level)
    table = Table(
        columns=(
            "Campagne",
            wording.capital(plural),
            words.events,
            "Percentage",
            f"{level}-interval",
        ),
        rows=tuple(_campaign(row, digits) for row in rows),
        caption=f"{words.label} per campagne",
    )
    return Shown(blocks=(table,), frame=frame)


def _campaign_numbers(row: CampaignRate) -> dict[str, str | float]:
    return {
        "campaigns": ", ".join(row.campaigns),
        "n": row.contacts,
        "k": row.events,
        "rate": row.rate.rate,
        "rate_lower": row.rate.lower,
        "rate_upper": row.rate.upper,
    }


def _campaign(row: CampaignRate, digits: int) -> tuple[str, ...]:
    first, *others = row.campaigns
    name = f"{first} tot en met {others[-1]}" if others else first
    return (
        name or "zonder naam",
        wording.count(row.contacts),
        wording.count(row.events),
        wording.percentage(row.rate.rate, digits),
        wording.interval(row.rate.lower, row.rate.upper, digits),
    )


def fits_overview(result: PublishedResult, outcome: str) -> Shown:
    """Return the curves of an outcome and their weights, and how well they fit.

    Raises:
        UsageError: there is no such outcome.
    """
    name = _named(outcome)
    fits = result.outcomes[name].fits
    frame = _frame(fits)
    if not fits:
        return Shown(blocks=_nothing(name, result), frame=frame)
    table = Table(
        columns=("Kromme", "Vorm", "Gewicht"),
        rows=tuple(_fit(fit) for fit in fits),
        caption=f"{wording.OUTCOME_WORDS[name].label}: gewicht van elke kromme",
        align="llr",
        note="In de formules is p het percentage per contact en m de maand.",
    )
    return Shown(blocks=(table, Paragraph(text=fit_sentence(result, name))), frame=frame)


def _fit(fit: FittedCurve) -> tuple[str, str, str]:
    failed = fit.status != "ok"
    weight = wording.FIT_STATUSES[fit.status] if failed else wording.percentage(fit.weight, 0)
    return wording.capital(wording.FAMILIES[fit.family]), wording.FORMULAS[fit.family], weight
