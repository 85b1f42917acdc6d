"""Fits and proposals that show themselves in a notebook, in Dutch; statistics and term do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import pandas as pd
from numpy.typing import ArrayLike

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.document.blocks.html import html_of
from balanstest_analysis.published.criteria import Crossing, PublishedCriterion, PublishedProposal
from balanstest_analysis.published.names import CriterionStatus, ProposalStatus
from balanstest_analysis.published.open_ends import open_ends
from balanstest_analysis.published.result import PublishedResult
from balanstest_analysis.statistics import fitting
from balanstest_analysis.statistics.fitting import CurveFit
from balanstest_analysis.term import proposal
from balanstest_analysis.term.criterion_result import CriterionResult
from balanstest_analysis.term.proposal import TermProposal


@dataclass(frozen=True, kw_only=True, repr=False)
class ShownFit(CurveFit):
    """A fitted curve that shows its parameters in a notebook."""

    def _repr_html_(self) -> str:
        status = wording.FIT_STATUSES[self.status]
        rows = (
            (wording.PARAMETERS.get(name, name), *(wording.significant(v, 3) for v in values))
            for name, *values in self.to_frame().itertuples()
        )
        table = Table(
            columns=("Parameter", "Schatting", "Standaardfout", "Standaardfout van het model"),
            rows=tuple(rows),
            caption=f"{wording.capital(wording.FAMILIES[self.family])}: {status}",
            note=f"{wording.FORMULAS[self.family]}, met p het percentage en m de maand.",
        )
        return html_of((table,))


def fit_curve(
    months: ArrayLike,
    exposure: ArrayLike,
    events: ArrayLike,
    *,
    family: str = "logistic",
    design_effect: float = 1.0,
) -> ShownFit:
    """Return the maximum likelihood fit of one family to counts, as a notebook shows it.

    Args:
        months: time since the last purchase, in any unit, shape (rows,).
        exposure: contacts n, same shape.
        events: events k <= n, same shape.
        family: a name in `CURVES`.
        design_effect: divides the goodness-of-fit statistic.

    Raises:
        FitError: unknown family, or counts that are no counts.

    Examples:
        >>> fit = fit_curve([0, 1, 2, 3, 4], [30] * 5, [2, 8, 15, 23, 27])
        >>> "Logistisch" in fit._repr_html_()
        True
    """
    fit = fitting.fit_curve(months, exposure, events, family=family, design_effect=design_effect)
    return ShownFit(**{field.name: getattr(fit, field.name) for field in fields(fit)})


_COLUMNS = ("Criterium", "Uitkomst", "Kruising, schatting", "Kruising, aangetoond", "Termijn")
_NOTE = "Kruising: in welke maand de kromme de drempelwaarde bereikt."


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ShownProposal(PublishedProposal):
    """A published proposal that shows its criteria in a notebook.

    Attributes:
        criteria: as published.
        is_provisional: whether page one says so, for what is open may end the term.
    """

    criteria: tuple[PublishedCriterion, ...]
    is_provisional: bool

    def __repr__(self) -> str:
        return _short(type(self).__name__, self.status, self.term_months, self.binding)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per criterion."""
        rows = [
            {
                "name": criterion.name,
                "status": criterion.status,
                "crossing": criterion.crossing.estimate,
                "lower": criterion.crossing.lower,
                "upper": criterion.crossing.upper,
                "term_months": criterion.term_months,
            }
            for criterion in self.criteria
        ]
        return pd.DataFrame(rows)

    def _repr_html_(self) -> str:
        rows = [
            _cells(found.name, found.status, found.crossing, found.term_months)
            for found in self.criteria
        ]
        is_open = self.is_provisional and self.status == "proposed"
        status: ProposalStatus = "proposed_incomplete" if is_open else self.status
        return _html(rows, status, self.term_months, self.binding)


def shown_proposal(result: PublishedResult) -> ShownProposal:
    """Return the proposal of a published result, as a notebook shows it."""
    stated = {field.name: getattr(result.proposal, field.name) for field in fields(result.proposal)}
    is_open = open_ends(result.proposal.status, result.gaps, result.relations)
    return ShownProposal(**stated, criteria=result.criteria, is_provisional=bool(is_open))


@dataclass(frozen=True, kw_only=True, repr=False)
class ShownTerm(TermProposal):
    """A proposed term that shows its criteria in a notebook."""

    def __repr__(self) -> str:
        return _short(type(self).__name__, self.status, self.term_months, self.binding)

    def _repr_html_(self) -> str:
        rows = [
            _cells(
                found.criterion.name,
                found.status,
                Crossing(estimate=found.crossing, lower=found.lower, upper=found.upper),
                found.term_months,
            )
            for found in self.per_criterion
        ]
        return _html(rows, self.status, self.term_months, self.binding)


def _short(kind: str, status: str, term_months: int | None, binding: str | None) -> str:
    bound = f", bound by {binding!r}" if binding else ""
    return f"{kind}({status}, term_months={term_months}{bound})"


def _html(
    rows: Sequence[tuple[str, ...]],
    status: ProposalStatus,
    term_months: int | None,
    binding: str | None,
) -> str:
    term = "geen" if term_months is None else wording.months(term_months)
    bound = wording.BINDINGS.get(binding or "", binding or "niets")
    answer = wording.capital(wording.PROPOSAL_STATUSES[status])
    caption = f"{answer}: termijn {term}; doorslaggevend: {bound}"
    table = Table(columns=_COLUMNS, rows=tuple(rows), caption=caption, align="llrrr", note=_NOTE)
    return html_of((table,))


def _cells(
    name: str, status: CriterionStatus, crossing: Crossing, term_months: int | None
) -> tuple[str, ...]:
    limits = (crossing.estimate, crossing.lower)
    return (
        name,
        wording.CRITERION_STATUSES[status],
        *(wording.MISSING if value is None else wording.number(value, 1) for value in limits),
        wording.MISSING if term_months is None else wording.months(term_months),
    )


def propose_term(
    results: Sequence[CriterionResult],
    *,
    cap_months: int | None,
    confidence_level: float,
    allowed: bool = True,
    requested_term_months: int | None = None,
) -> ShownTerm:
    """Return the smallest term over the criteria and the cap, as a notebook shows it.

    Args:
        results: of `judge`, in the order of the dossier.
        cap_months: cap of the regime on the report date, or None.
        confidence_level: one-sided, as the results were judged with.
        allowed: whether there is a ground to call at all.
        requested_term_months: asked for in the dossier, or None.
    """
    found = proposal.propose_term(
        results,
        cap_months=cap_months,
        confidence_level=confidence_level,
        allowed=allowed,
        requested_term_months=requested_term_months,
    )
    return ShownTerm(**{field.name: getattr(found, field.name) for field in fields(found)})
