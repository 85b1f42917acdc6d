"""How wide the answer is: the term as shown, as estimated, row by row, and under other choices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.conclusions.criteria import estimated_last_month, quoted
from balanstest_analysis.published.counts import number
from balanstest_analysis.published.criteria import Argued, OtherChoice, PublishedCriterion, Tested
from balanstest_analysis.published.names import OVERALL_RATE
from balanstest_analysis.published.result import PublishedResult

# other norms than the organisation's own, or the same norm where it was not stated for
NOT_ALIKE = ("threshold", "denominator")


@dataclass(frozen=True)
class Months:
    """A term in months."""

    value: int


@dataclass(frozen=True)
class AtLeast:
    """A term of this many months or more: the data end before the curve crosses."""

    value: int


@dataclass(frozen=True)
class NoTerm:
    """No month at all is supported."""


@dataclass(frozen=True)
class NotKnown:
    """The published numbers do not tell."""


Reach: TypeAlias = Months | AtLeast | NoTerm | NotKnown


@dataclass(frozen=True, kw_only=True)
class Span:
    """The four numbers between which a reader places the proposal.

    Attributes:
        shown: what the criteria support at the confidence level.
        estimated: what they would support by the estimate.
        row_by_row: what the printed rows support, each by itself.
        shortest: under another choice of counting or of curve.
        shortest_choices: those that give it.
        undetermined: number of other choices under which there is no proposal yet.
        is_shorter: whether another choice gives a shorter term than is shown.
        without_cap: whether the cap is left out: a longer term is asked for.
    """

    shown: Reach
    estimated: Reach
    row_by_row: Reach
    shortest: Reach
    shortest_choices: tuple[OtherChoice, ...]
    undetermined: int
    is_shorter: bool
    without_cap: bool


def span_of(result: PublishedResult) -> Span | None:
    """Return how wide the answer is; None where no term follows.

    Args:
        result: published.
    """
    term = result.proposal.evaluated_term_months
    if term is None:
        return None
    without_cap = result.proposal.route == "request"
    cap = None if without_cap else result.regime.cap_months
    supported = [item for item in result.criteria if item.term_months is not None]
    shortest, choices = _shortest(result.sensitivity)
    shown = Months((result.proposal.uncapped_term_months or term) if without_cap else term)
    return Span(
        shown=shown,
        estimated=_capped(_least(_estimated(item) for item in supported), cap),
        row_by_row=_capped(_row_by_row(result, supported), cap),
        shortest=shortest,
        shortest_choices=choices,
        undetermined=sum(line.status == "undetermined" for line in _alike(result.sensitivity)),
        is_shorter=not isinstance(shortest, Months) or shortest.value < shown.value,
        without_cap=without_cap,
    )


def rests_on_a_test(result: PublishedResult) -> bool:
    """Return whether the shortest term follows from data, and not from an argument alone."""
    known = [item for item in result.criteria if item.term_months is not None]
    least = min((item.term_months or 0 for item in known), default=0)
    return any(isinstance(item.support, Tested) for item in known if item.term_months == least)


def shorter_by_rows(result: PublishedResult) -> str:
    """Return that the printed rows by themselves bear out less than is weighed; else nothing.

    That is the proposal, and under a request what is asked for, as far as the data go.

    Args:
        result: published.
    """
    span = span_of(result)
    if span is None or isinstance(span.row_by_row, NotKnown | AtLeast):
        return ""
    if isinstance(span.row_by_row, Months) and span.row_by_row.value >= (
        result.proposal.evaluated_term_months or 0
    ):
        return ""
    shown = (
        "geen termijn"
        if isinstance(span.row_by_row, NoTerm)
        else (f"een termijn van {reach_words(span.row_by_row)}")
    )
    return (
        "Als elk tijdvak in de tabellen afzonderlijk aan de criteria wordt getoetst, volgt daaruit "
        f"{shown}.{_first_row_against(result)}"
    )


def _first_row_against(result: PublishedResult) -> str:
    """Return at which printed row, and which criterion, the check row by row ends."""
    told = [item for item in result.criteria if _is_told_by_rows(item, result)]
    if not told or any(item.witness_month is None for item in told):
        return ""
    least = min(told, key=_last_by_rows)
    if least.outcome is None:
        return ""
    row = result.outcomes[least.outcome].row_of_month(_last_by_rows(least) + 1)
    if row is None:
        return ""
    where = wording.in_months(row.month_from, row.month_to).removeprefix("in ")
    return (
        f" De rij voor {where} voldoet op zichzelf niet aantoonbaar aan het criterium "
        f"{quoted(least.name)}."
    )


def _estimated(criterion: PublishedCriterion) -> Reach:
    term = criterion.term_months or 0
    if isinstance(criterion.support, Argued):
        return Months(term)
    last = estimated_last_month(criterion)
    if last is not None:
        return Months(last + 1)
    return AtLeast(max(term, (criterion.last_month_with_evidence or 0) + 1))


def _row_by_row(result: PublishedResult, supported: Sequence[PublishedCriterion]) -> Reach:
    checked = [item for item in supported if _is_told_by_rows(item, result)]
    if not checked:
        return NotKnown()
    if any(item.witness_month is None for item in checked):
        return NoTerm()
    argued = [item.term_months or 0 for item in supported if isinstance(item.support, Argued)]
    return Months(min([*((item.witness_month or 0) + 1 for item in checked), *argued]))


def _last_by_rows(criterion: PublishedCriterion) -> int:
    return criterion.witness_month or 0


def _is_told_by_rows(criterion: PublishedCriterion, result: PublishedResult) -> bool:
    """Return whether the printed rows of one outcome can be held against the threshold."""
    outcome = criterion.outcome
    if outcome is None or criterion.threshold is None or criterion.kind == OVERALL_RATE:
        return False
    rows = result.outcomes[outcome].rows
    known = all(number(row.contacts) is not None for row in rows)
    return isinstance(criterion.support, Tested) and bool(rows) and known


def _alike(lines: Iterable[OtherChoice]) -> list[OtherChoice]:
    return [line for line in lines if line.choice not in NOT_ALIKE]


def _shortest(lines: Iterable[OtherChoice]) -> tuple[Reach, tuple[OtherChoice, ...]]:
    told = [line for line in _alike(lines) if line.status != "undetermined"]
    none = tuple(line for line in told if line.term_months is None)
    if none:
        return NoTerm(), none
    if not told:
        return NotKnown(), ()
    least = min(line.term_months or 0 for line in told)
    return Months(least), tuple(line for line in told if line.term_months == least)


def _least(reaches: Iterable[Reach]) -> Reach:
    """Return the shortest; one that ends there is shorter than one that reaches at least as far."""
    known = [reach for reach in reaches if isinstance(reach, Months | AtLeast)]
    if not known:
        return NotKnown()
    return min(known, key=lambda reach: (reach.value, isinstance(reach, AtLeast)))


def _capped(reach: Reach, cap: int | None) -> Reach:
    if cap is None or not isinstance(reach, Months | AtLeast) or reach.value < cap:
        return reach
    return Months(cap)


def reach_words(reach: Reach) -> str:
    """Return a term as it stands in a cell.

    Examples:
        >>> [reach_words(reach) for reach in (Months(21), AtLeast(36), NoTerm(), NotKnown())]
        ['21 maanden', '36 maanden of meer', 'geen termijn', 'niet na te gaan']
    """
    match reach:
        case Months(value):
            return wording.months(value)
        case AtLeast(value):
            return f"{wording.months(value)} of meer"
        case NoTerm():
            return "geen termijn"
        case NotKnown():
            return "niet na te gaan"
