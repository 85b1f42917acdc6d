"""What a notebook shows of an analysis: published numbers, in Dutch, with words for pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Block, Paragraph, Shown, Table, literal
from balanstest_analysis.errors import UsageError
from balanstest_analysis.presentation.conclusions import (
    OUTCOMES,
    Result,
    fit_sentence,
    headline,
    is_available,
    outcome_sentences,
    proposal_sentences,
)
from balanstest_analysis.presentation.figures import criteria_picture, rate_picture
from balanstest_analysis.presentation.tables import criteria_table, rates_table


def analysis_overview(result: Result) -> Shown:
    """Return the proposal with its criteria.

    Args:
        result: the published result.
    """
    sentences = [Paragraph(text=f"**{literal(headline(result))}**")]
    sentences += [Paragraph(text=text) for text in proposal_sentences(result)]
    frame = pd.DataFrame(result["criteria"]).drop(columns=["families", "parameters", "reason"])
    return Shown(blocks=(*sentences, criteria_table(result)), frame=frame)


def criteria_overview(result: Result) -> Shown:
    """Return what every criterion supports, with its picture."""
    shown = analysis_overview(result)
    return Shown(blocks=(criteria_picture(result), criteria_table(result)), frame=shown.frame)


def findings_overview(result: Result) -> Shown:
    """Return what was found in the history, and how often."""
    found = result["findings"]
    frame = pd.DataFrame(found, columns=["code", "count", "text"])
    if not found:
        return Shown(blocks=(Paragraph(text="Er zijn geen bijzonderheden gevonden."),), frame=frame)
    minimum = wording.fewer_than(result["settings"]["disclosure_minimum"])
    rows = tuple((finding["text"], _count(finding["count"], minimum)) for finding in found)
    table = Table(columns=("Bevinding", "Aantal"), rows=rows, caption="Bevindingen")
    return Shown(blocks=(table,), frame=frame)


def _count(value: int | None, minimum: str) -> str:
    return minimum if value is None else wording.count(value)


def rates_overview(result: Result, outcome: str) -> Shown:
    """Return an outcome per group of months: picture, table and what they say.

    Raises:
        UsageError: there is no such outcome.
    """
    frame = pd.DataFrame(_entry(result, outcome)["rates"])
    if not is_available(result, outcome):
        return Shown(blocks=_nothing(outcome, result), frame=frame)
    picture = rate_picture(result, outcome)
    sentences = (Paragraph(text=text) for text in outcome_sentences(result, outcome))
    return Shown(blocks=(picture, rates_table(result, outcome), *sentences), frame=frame)


def _entry(result: Result, outcome: str) -> dict[str, Any]:
    if outcome not in OUTCOMES:
        raise UsageError(f"There is no outcome {outcome!r}. Known are {', '.join(OUTCOMES)}.")
    return dict(result["outcomes"][outcome])


def _nothing(outcome: str, result: Result) -> tuple[Block, ...]:
    words = wording.OUTCOME_WORDS[outcome]
    given = result["outcomes"][outcome]["available"]
    return (Paragraph(text=words.too_small if given else words.no_data),)


def campaigns_overview(result: Result, outcome: str, rows: Sequence[dict[str, Any]]) -> Shown:
    """Return an outcome per campaign, or per group of campaigns that are too small apart.

    Args:
        result: the published result.
        outcome: its name.
        rows: of `campaign_rates`.
    """
    words = wording.OUTCOME_WORDS[outcome]
    frame = pd.DataFrame([{**row, "campaigns": ", ".join(row["campaigns"])} for row in rows])
    if not rows:
        text = (
            "Per campagne is hier niets te geven: er is er maar één, of de aantallen zijn te klein."
        )
        return Shown(blocks=(Paragraph(text=text),), frame=frame)
    digits = wording.percentage_digits([row["rate"] for row in rows])
    plural = wording.DENOMINATORS[result["settings"]["denominator"]][1]
    level = wording.level(result["settings"]["confidence_level"])
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


def _campaign(row: dict[str, Any], digits: int) -> tuple[str, ...]:
    first, *others = row["campaigns"]
    name = f"{first} tot en met {others[-1]}" if others else first
    return (
        name or "zonder naam",
        wording.count(row["n"]),
        wording.count(row["k"]),
        wording.percentage(row["rate"], digits),
        wording.interval(row["rate_lower"], row["rate_upper"], digits),
    )


def fits_overview(result: Result, outcome: str) -> Shown:
    """Return the curves of an outcome and their weights, and how well they fit.

    Raises:
        UsageError: there is no such outcome.
    """
    fits = _entry(result, outcome)["fits"]
    frame = pd.DataFrame(fits)
    if not fits:
        return Shown(blocks=_nothing(outcome, result), frame=frame)
    table = Table(
        columns=("Kromme", "Vorm", "Gewicht"),
        rows=tuple(_fit(fit) for fit in fits),
        caption=f"{wording.OUTCOME_WORDS[outcome].label}: gewicht van elke kromme",
        align="llr",
        note="In de formules is p het percentage per contact en m de maand.",
    )
    return Shown(blocks=(table, Paragraph(text=fit_sentence(result, outcome))), frame=frame)


def _fit(fit: dict[str, Any]) -> tuple[str, str, str]:
    failed = fit["status"] != "ok"
    weight = wording.FIT_STATUSES[fit["status"]] if failed else wording.percentage(fit["weight"], 0)
    family = fit["family"]
    return wording.capital(wording.FAMILIES[family]), wording.FORMULAS[family], weight
