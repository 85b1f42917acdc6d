"""The proposal and the rates over the quarters, and what changed from each to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.presentation.conclusions.quarters import changes
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
        columns=("Kwartaal", "Voorstel", "Ondergrens", "Schatting", "Bindend", "Gewijzigd"),
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
        note="Gewijzigd is wat verschilt van het rapport in de regel erboven.",
    )


def _proposal(result: PublishedResult) -> Iterator[str]:
    proposal = result.proposal
    term, binding = proposal.term_months, proposal.binding
    status = wording.PROPOSAL_STATUSES[proposal.status]
    yield wording.months(term) if term is not None else status
    yield _month(proposal.crossing.lower)
    yield _month(proposal.crossing.estimate)
    yield wording.BINDINGS.get(binding, binding) if binding else wording.MISSING


def _month(value: float | None) -> str:
    return wording.MISSING if value is None else f"maand {wording.number(value, 1)}"


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
        caption="Percentages over de hele historie, per kwartaal van rapporteren",
        note="Een punt staat voor een aantal dat te klein is om te publiceren of dat ontbreekt.",
    )


def _total(result: PublishedResult, outcome: Outcome) -> float | None:
    total = result.outcomes[outcome].total
    return None if total is None or total.observed is None else total.observed.rate


def _rates(row: Sequence[float | None], digits: Sequence[int]) -> Iterator[str]:
    for rate, decimals in zip(row, digits, strict=True):
        yield wording.MISSING if rate is None else wording.percentage(rate, decimals)
