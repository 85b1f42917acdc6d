"""One printed row worked out: which row, by which formulas, and what they give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import literal
from balanstest_analysis.presentation.conclusions.criteria import demand_of, quoted
from balanstest_analysis.presentation.conclusions.one_sided import (
    PrintedCounts,
    lower_limit,
    printed_counts,
    printed_rows,
    rate_digits,
    upper_limit,
)
from balanstest_analysis.published.criteria import PublishedCriterion
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.published.outcomes import RateRow
from balanstest_analysis.published.result import PublishedResult

FEW_EVENTS = 5
# Whether a kind of demand is a maximum; the others are not held against the rows one by one.
_BY_ROW = {"maximum_rate": True, "maximum_ratio": True, "minimum_rate": False}
_ORDER: tuple[Outcome, ...] = ("objection", "conversion", "complaint")


@dataclass(frozen=True, kw_only=True)
class WorkedRow:
    """A row of an overview that prints all its numbers.

    Attributes:
        outcome: of the overview.
        row: as published.
        printed: its numbers.
        level: confidence level of its limits.
    """

    outcome: Outcome
    row: RateRow
    printed: PrintedCounts
    level: float

    @property
    def months(self) -> str:
        """Its months, as the overview prints them."""
        return wording.month_range(self.row.month_from, self.row.month_to)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell of a spreadsheet in which a row is computed again.

    Attributes:
        place: of the cell, such as ``"A4"``.
        name: of what stands in it.
        value: the number.
        formula: that gives it, in an English spreadsheet; empty where the row prints the number.
        digits: decimals to print; of a percentage where it is a rate.
        is_rate: whether it is printed as a percentage.
    """

    place: str
    name: str
    value: float
    formula: str = ""
    digits: int = 0
    is_rate: bool = False

    @property
    def dutch(self) -> str:
        """The formula as a Dutch spreadsheet takes it.

        Examples:
            >>> Cell(place="A1", name="", value=0.0, formula="=SQRT(0.5,A1)").dutch
            '=WORTEL(0,5;A1)'
        """
        return self.formula.replace(",", ";").replace("SQRT", "WORTEL").replace("0.", "0,")

    @property
    def printed(self) -> str:
        """The number as the report prints it."""
        if self.is_rate:
            return wording.percentage(self.value, self.digits)
        return wording.number(self.value, self.digits)


def worked_row(result: PublishedResult) -> WorkedRow | None:
    """Return the row to work out: the last one within the term of what decides, if it is told.

    Args:
        result: published; None where every row hides a number.
    """
    deciding = result.criterion_named(result.proposal.binding)
    first = () if deciding is None or deciding.outcome is None else (deciding.outcome,)
    term = result.proposal.term_months
    for outcome in dict.fromkeys((*first, *_ORDER)):
        rows = [row for row in result.outcomes[outcome].rows if _can_be_worked(row)]
        within = [row for row in rows if term is not None and row.month_from < term]
        if rows:
            return _worked(outcome, (within or rows)[-1], result)
    return None


def _can_be_worked(row: RateRow) -> bool:
    """A spreadsheet knows no beta distribution for a row without events, or of nothing else."""
    printed = printed_counts(row)
    return printed is not None and 0 < printed.events < printed.contacts


def _worked(outcome: Outcome, row: RateRow, result: PublishedResult) -> WorkedRow | None:
    printed, level = printed_counts(row), result.settings.confidence_level
    if printed is None:
        return None
    return WorkedRow(outcome=outcome, row=row, printed=printed, level=level)


def cells_of(worked: WorkedRow, result: PublishedResult) -> tuple[Cell, ...]:
    """Return the cells that compute a row again, from the three numbers that it prints.

    Args:
        worked: a row of the result.
        result: published.
    """
    printed, level = worked.printed, worked.level
    contacts, events = _names(worked, result)
    digits = limit_digits(worked, result)
    low, high = _decimal(1 - level), _decimal(level)
    limits = (
        ("A7", "Ondergrens", lower_limit(printed, level), f"=BETA.INV({low},A5,A4-A5+1)"),
        ("A8", "Bovengrens", upper_limit(printed, level), f"=BETA.INV({high},A5+1,A4-A5)"),
    )
    return (
        Cell(place="A1", name=contacts, value=printed.contacts),
        Cell(place="A2", name=events, value=printed.events),
        Cell(place="A3", name="Ontwerpeffect", value=printed.effect, digits=1),
        Cell(
            place="A4",
            name="A1 gedeeld door het effect",
            value=printed.n,
            formula="=A1/A3",
            digits=2,
        ),
        Cell(
            place="A5",
            name="A2 gedeeld door het effect",
            value=printed.k,
            formula="=A2/A3",
            digits=2,
        ),
        _rate("A6", "Percentage", printed.events / printed.contacts, "=A2/A1", digits - 1),
        *(_rate(*limit, digits) for limit in limits),
        *_interval(worked, digits - 1),
    )


def _names(worked: WorkedRow, result: PublishedResult) -> tuple[str, str]:
    contacts = wording.DENOMINATORS[result.settings.denominator][1]
    return wording.capital(contacts), wording.OUTCOME_WORDS[worked.outcome].events


def _rate(place: str, name: str, value: float, formula: str, digits: int) -> Cell:
    return Cell(place=place, name=name, value=value, formula=formula, digits=digits, is_rate=True)


def _interval(worked: WorkedRow, digits: int) -> Iterator[Cell]:
    printed, level = worked.printed, worked.level
    few = min(printed.events, printed.contacts - printed.events) < FEW_EVENTS
    yield from _exact_interval(printed, level, digits) if few else _wilson(printed, level, digits)


def _ends(level: float) -> tuple[str, str]:
    printed = wording.level(level)
    return f"{printed}-interval, begin", f"{printed}-interval, eind"


def _exact_interval(printed: PrintedCounts, level: float, digits: int) -> Iterator[Cell]:
    tail = (1 - level) / 2
    (lower, upper), low, high = _ends(level), _decimal(tail), _decimal(1 - tail)
    lower_value, upper_value = lower_limit(printed, 1 - tail), upper_limit(printed, 1 - tail)
    yield _rate("A9", lower, lower_value, f"=BETA.INV({low},A5,A4-A5+1)", digits)
    yield _rate("A10", upper, upper_value, f"=BETA.INV({high},A5+1,A4-A5)", digits)


def _wilson(printed: PrintedCounts, level: float, digits: int) -> Iterator[Cell]:
    z, n, k = NormalDist().inv_cdf((1 + level) / 2), printed.n, printed.k
    part, whole = 4 * k * (1 - k / n), 2 * (n + z**2)
    root = z * (z**2 + part) ** 0.5
    (lower, upper), both = _ends(level), _decimal((1 + level) / 2)
    steps = (
        ("A9", z, f"=NORM.S.INV({both})"),
        ("A10", part, "=4*A5*(1-A5/A4)"),
        ("A11", root, "=A9*SQRT(A9^2+A10)"),
        ("A12", whole, "=2*(A4+A9^2)"),
    )
    for place, value, formula in steps:  # short: a long formula would be broken on paper
        yield Cell(place=place, name="Tussenstap", value=value, formula=formula, digits=4)
    middle = 2 * k + z**2
    yield _rate("A13", lower, (middle - root) / whole, "=(2*A5+A9^2-A11)/A12", digits)
    yield _rate("A14", upper, (middle + root) / whole, "=(2*A5+A9^2+A11)/A12", digits)


def _decimal(value: float) -> str:
    return f"{value:.6f}".rstrip("0")


def row_against_criteria(worked: WorkedRow, result: PublishedResult) -> Iterator[str]:
    """Yield what the row says of each criterion on its rate, by its own limit.

    Nothing where no criterion is judged.

    Args:
        worked: a row of the result.
        result: published.
    """
    if result.proposal.status == "not_allowed":
        return
    digits = limit_digits(worked, result)
    for criterion in result.criteria:
        if criterion.outcome == worked.outcome and criterion.kind in _BY_ROW:
            yield from _compared(criterion, worked, digits, result.settings.denominator)


def limit_digits(worked: WorkedRow, result: PublishedResult) -> int:
    """Return the decimals with which the overview prints the limits of its rows."""
    return rate_digits(printed_rows(result.outcomes[worked.outcome])) + 1


def _asked(criterion: PublishedCriterion, threshold: str, denominator: str) -> str:
    """Return a demand after "Volgens het criterium": its verb comes first."""
    subject, verb, rest = re.split(
        r" (mag|moet) ", wording.norm(demand_of(criterion), denominator), maxsplit=1
    )
    is_ratio = criterion.kind == "maximum_ratio"
    also = f", dat is ten hoogste {threshold}" if is_ratio else ""
    return f"{verb} {literal(subject)} {literal(rest)}{also}"


def _compared(
    criterion: PublishedCriterion, worked: WorkedRow, digits: int, denominator: str
) -> Iterator[str]:
    threshold = criterion.threshold
    if threshold is None:
        return
    is_maximum = _BY_ROW[criterion.kind]
    if is_maximum:
        name, limit = "bovengrens", upper_limit(worked.printed, worked.level)
    else:
        name, limit = "ondergrens", lower_limit(worked.printed, worked.level)
    shown = limit <= threshold if is_maximum else limit >= threshold
    side = "niet hoger dan" if is_maximum else "niet lager dan"
    other = "hoger dan" if is_maximum else "lager dan"
    asked = _asked(criterion, wording.percentage(threshold, digits), denominator)
    lead = (
        f"Volgens het criterium {quoted(criterion.name)} {asked}. De {name} van deze rij "
        f"({wording.percentage(limit, digits)}) is {side if shown else other} die "
        "drempelwaarde, dus deze rij laat op zichzelf "
    )
    yield f"{lead}{'zien' if shown else 'niet zien'} dat aan het criterium wordt voldaan."
