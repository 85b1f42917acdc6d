"""What was counted in the months that are asked for, beside those before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.presentation.conclusions import MonthBlock, objections_per_100
from balanstest_analysis.presentation.conclusions.requested import requested_months
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.published.result import PublishedResult


def request_table(result: PublishedResult) -> Table | None:
    """Return the counts before and in the months that are asked for; None without such months.

    Args:
        result: published.
    """
    found = requested_months(result)
    if found is None or found.beyond is None or found.before is None:
        return None
    shown = [name for name in OUTCOMES if result.outcomes[name].is_shown]
    blocks = (found.before, found.beyond)
    ratios = [objections_per_100(block) for block in blocks]
    told = ratios if any(ratio is not None for ratio in ratios) else []
    plural = wording.DENOMINATORS[result.settings.denominator][1]
    return Table(
        columns=(
            "Maanden",
            wording.capital(plural),
            *(wording.OUTCOME_WORDS[name].events for name in shown),
            *(["Verzet per 100 conversies"] if told else []),
        ),
        rows=tuple(
            (*_row(block, shown), *map(_ratio, told[at : at + 1]))
            for at, block in enumerate(blocks)
        ),
        caption="Opbrengst en hinder in de gevraagde maanden, vergeleken met de maanden ervoor",
        note=" ".join(_notes(blocks, shown)),
    )


def _notes(blocks: Sequence[MonthBlock], shown: Sequence[Outcome]) -> Iterator[str]:
    yield (
        "Aantallen, met tussen haakjes het percentage van de contacten; alleen hele tijdvakken "
        "zijn geteld."
    )
    if any(block.rate(name) is None for block in blocks for name in shown):
        yield "Een punt: voor deze maanden niet gepubliceerd."


def _row(block: MonthBlock, shown: list[Outcome]) -> tuple[str, ...]:
    contacts = next((block.contacts[name] for name in shown if block.contacts.get(name)), None)
    return (
        wording.month_range(block.month_from, block.month_to),
        wording.count(contacts),
        *(_cell(block, name) for name in shown),
    )


def _ratio(ratio: float | None) -> str:
    return wording.MISSING if ratio is None else wording.number(ratio)


def _cell(block: MonthBlock, outcome: Outcome) -> str:
    rate = block.rate(outcome)
    if rate is None:
        return wording.MISSING
    return f"{wording.count(block.events[outcome])} ({wording.percentage(rate)})"
