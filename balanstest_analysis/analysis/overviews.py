"""What a notebook shows of an analysis: published numbers, in Dutch, with words for pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Block, Paragraph, Shown, Table, literal
from balanstest_analysis.errors import UsageError
from balanstest_analysis.presentation.conclusions import (
    fit_sentence,
    headline,
    nothing_shown,
    outcome_sentences,
    proposal_sentences,
)
from balanstest_analysis.presentation.hidden_counts import count_words
from balanstest_analysis.presentation.tables import (
    composition_table,
    criteria_table,
    rates_table,
)
from balanstest_analysis.published.count_form import HIDDEN
from balanstest_analysis.published.criteria import OtherChoice
from balanstest_analysis.published.json_form import Json, json_of
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.published.outcomes import FittedCurve
from balanstest_analysis.published.result import PublishedResult

FINDING_COLUMNS = ("code", "count", "text")
WITHOUT_CAMPAIGN = "without_campaign"
WITHOUT_COLUMNS = ("choice", "value", "status", "term_months")
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
    # Imported here, as below, for what draws nothing need not wait for matplotlib.
    from balanstest_analysis.presentation.figures import criteria_picture  # noqa: PLC0415

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
    from balanstest_analysis.presentation.figures import rate_picture  # noqa: PLC0415

    picture = rate_picture(result, name)
    sentences = (Paragraph(text=text) for text in outcome_sentences(result, name))
    return Shown(blocks=(picture, rates_table(result, name), *sentences), frame=frame)


def _named(outcome: str) -> Outcome:
    for name in OUTCOMES:
        if name == outcome:
            return name
    raise UsageError(f"There is no outcome {outcome!r}. Known are {', '.join(OUTCOMES)}.")


def _nothing(outcome: Outcome, result: PublishedResult) -> tuple[Block, ...]:
    return (Paragraph(text=nothing_shown(result, outcome)),)


def _frame(parts: Iterable[object]) -> pd.DataFrame:
    """Return parts of a result as `resultaat.json` has them, without why a number is hidden."""
    return pd.DataFrame([_numbers(part) for part in parts])


def _numbers(part: object) -> Json:
    return {key: value for key, value in json_of(part).items() if key != HIDDEN}


def campaigns_overview(result: PublishedResult) -> Shown:
    """Return how the campaigns share the contacts, and the proposal without each of them.

    What came of one campaign alone is in no report, so that no rule could mind what was told of it
    before; it is internal.

    Args:
        result: the published result.
    """
    without = [line for line in result.sensitivity if line.choice == WITHOUT_CAMPAIGN]
    frame = pd.DataFrame([_numbers(line) for line in without], columns=[*WITHOUT_COLUMNS])
    shares = composition_table(result)
    blocks: list[Block] = [] if shares is None else [shares]
    if without:
        blocks.append(_without_table(without))
    if not blocks:
        blocks.append(Paragraph(text="Over campagnes is hier niets te zeggen."))
    return Shown(blocks=tuple(blocks), frame=frame)


def _without_table(lines: Sequence[OtherChoice]) -> Table:
    return Table(
        columns=("Zonder campagne", "Voorstel"),
        rows=tuple(
            (wording.choice_value(line.choice, line.value) or "zonder naam", _proposed(line))
            for line in lines
        ),
        caption="Het voorstel zonder de contacten van één campagne",
        align="lr",
    )


def _proposed(line: OtherChoice) -> str:
    if line.term_months is None:
        return wording.PROPOSAL_STATUSES[line.status]
    return wording.months(line.term_months)


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
        note="In de formules is p de kans per contact en m de maand.",
    )
    return Shown(blocks=(table, Paragraph(text=fit_sentence(result, name))), frame=frame)


def _fit(fit: FittedCurve) -> tuple[str, str, str]:
    failed = fit.status != "ok"
    weight = wording.FIT_STATUSES[fit.status] if failed else wording.percentage(fit.weight, 0)
    return wording.capital(wording.FAMILIES[fit.family]), wording.FORMULAS[fit.family], weight
