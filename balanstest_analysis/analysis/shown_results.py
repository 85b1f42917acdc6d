"""Fits and proposals that show themselves in a notebook, in Dutch; statistics and term do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from numpy.typing import ArrayLike

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.document.blocks.html import html_of
from balanstest_analysis.statistics import fitting
from balanstest_analysis.statistics.fitting import CurveFit
from balanstest_analysis.term import proposal
from balanstest_analysis.term.judging import CriterionResult
from balanstest_analysis.term.proposal import TermProposal


@dataclass(frozen=True, kw_only=True)
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


@dataclass(frozen=True, kw_only=True)
class ShownProposal(TermProposal):
    """A proposed term that shows its criteria in a notebook."""

    def _repr_html_(self) -> str:
        term = "geen" if self.term_months is None else wording.months(self.term_months)
        status = wording.capital(wording.PROPOSAL_STATUSES[self.status])
        binding = wording.BINDINGS.get(self.binding or "", self.binding or "niets")
        table = Table(
            columns=("Criterium", "Uitkomst", "Schatting", "Ondergrens", "Termijn"),
            rows=tuple(_row(result) for result in self.per_criterion),
            caption=f"{status}: termijn {term}, begrensd door {binding}",
            align="llrrr",
            note="Schatting en ondergrens: waar de kromme de grens kruist, in maanden.",
        )
        return html_of((table,))


def _row(result: CriterionResult) -> tuple[str, ...]:
    limits = (result.crossing, result.lower)
    term = result.term_months
    return (
        result.criterion.name,
        wording.CRITERION_STATUSES[result.status],
        *(wording.MISSING if value is None else wording.number(value, 1) for value in limits),
        wording.MISSING if term is None else wording.months(term),
    )


def propose_term(
    results: Sequence[CriterionResult],
    *,
    cap_months: int | None,
    confidence_level: float,
    allowed: bool = True,
    requested_term_months: int | None = None,
) -> ShownProposal:
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
    return ShownProposal(**{field.name: getattr(found, field.name) for field in fields(found)})
