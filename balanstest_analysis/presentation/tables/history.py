"""The proposal and the rates over the quarters, and what changed from each to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.presentation.conclusions import (
    estimated_last_month,
    holds_throughout,
)
from balanstest_analysis.presentation.conclusions.quarters import changes
from balanstest_analysis.presentation.kept_rows import are_mixed
from balanstest_analysis.published.criteria import Tested
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.published.result import PublishedResult


def proposals_table(reports: Sequence[EarlierReport]) -> Table:
    """Return the proposal of each quarter, with what differs from the quarter before.

    Args:
        reports: of one category, the oldest first.
    """
    before: list[PublishedResult | None] = [None, *(report.result for report in reports)]
    return Table(
        columns=("Kwartaal", "Voorstel", "Aangetoond", "Schatting", "Doorslaggevend", "Gewijzigd"),
        rows=tuple(
            (
                wording.capital(wording.quarter(report.period)),
                *_proposal(report.result),
                _changed(earlier, report.result),
            )
            for earlier, report in zip(before, reports, strict=False)
        ),
        caption="Het voorstel per kwartaal",
        align="lrrrll",
        note=(
            "Aangetoond en schatting: de laatste maand die voldoet aan het criterium met de "
            "kortste termijn, zoals in de tabel van de criteria. Onder ‘Gewijzigd’ staat wat "
            "verschilt van het rapport in de rij erboven."
        ),
    )


def _proposal(result: PublishedResult) -> Iterator[str]:
    proposal = result.proposal
    term, binding = proposal.term_months, proposal.binding
    status = wording.PROPOSAL_STATUSES[proposal.status]
    yield wording.months(term) if term is not None else status
    yield from _last_months(result)
    yield wording.BINDINGS.get(binding, binding) if binding else wording.MISSING


def _last_months(result: PublishedResult) -> tuple[str, str]:
    """Return the last month that is shown and estimated, under the names of the criteria."""
    tested = [item for item in result.criteria if isinstance(item.support, Tested)]
    shortest = min(tested, key=lambda item: item.term_months or 0, default=None)
    if shortest is None or shortest.term_months is None or not result.has_term:
        return wording.MISSING, wording.MISSING
    estimate = estimated_last_month(shortest)
    fitted = "alle" if holds_throughout(shortest) else _month(estimate)
    return _month(shortest.term_months - 1), fitted


def _month(month: int | None) -> str:
    return wording.MISSING if month is None else f"maand {month}"


def _changed(before: PublishedResult | None, now: PublishedResult) -> str:
    if before is None:
        return "eerste rapport"
    return wording.enumerated(changes(before, now)) or "niets"


def rates_over_quarters_table(reports: Sequence[EarlierReport]) -> Table:
    """Return the overall rate of each outcome per quarter.

    Args:
        reports: of one category, the oldest first.
    """
    names = [wording.capital(wording.OUTCOME_WORDS[outcome].label) for outcome in OUTCOMES]
    totals = [[_total(report.result, outcome) for outcome in OUTCOMES] for report in reports]
    digits = [wording.percentage_digits(column) for column in zip(*totals, strict=True)]
    return Table(
        columns=("Kwartaal", *names),
        rows=tuple(
            (wording.capital(wording.quarter(report.period)), *_rates(row, digits))
            for report, row in zip(reports, totals, strict=True)
        ),
        caption="Percentages over de hele historie, per rapport",
        note=(
            "Een punt staat voor een percentage dat niet te geven is: het aantal is te klein om te "
            "publiceren of ontbreekt, of de rijen komen uit verschillende rapporten en zijn niet "
            "opgeteld."
        ),
    )


def _total(result: PublishedResult, outcome: Outcome) -> float | None:
    entry = result.outcomes[outcome]
    if entry.total is None or entry.total.observed is None or are_mixed(entry.rows):
        return None
    return entry.total.observed.rate


def _rates(row: Sequence[float | None], digits: Sequence[int]) -> Iterator[str]:
    for rate, decimals in zip(row, digits, strict=True):
        yield wording.MISSING if rate is None else wording.percentage(rate, decimals)
