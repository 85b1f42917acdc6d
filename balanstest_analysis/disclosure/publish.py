"""From the exact result to what may be published: the one place where counts are suppressed.

Rules: a count is published when it and its denominator are at least the minimum, or when it is
zero among at least 100; months are merged until that holds; nothing may follow from totals,
from differences between outcomes, from the coefficients of a fit, or from an earlier report of
the same series. `docs/disclosure.md` says against whom, and what is not protected.

What is published is built field by field: a new field of the exact result stays inside until a
rule here publishes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields

from balanstest_analysis.disclosure.account import Account, account_of
from balanstest_analysis.disclosure.compliance import publish_compliance
from balanstest_analysis.disclosure.composition import published_composition
from balanstest_analysis.disclosure.criteria import published_criterion, published_proposal
from balanstest_analysis.disclosure.earlier_counts import EarlierCounts, reveals_small_count
from balanstest_analysis.disclosure.exact_result import ExactResult
from balanstest_analysis.disclosure.incidence import published_incidence
from balanstest_analysis.disclosure.outcomes import (
    PublishableCounts,
    publishable_counts,
    published_outcomes,
)
from balanstest_analysis.published.account import AccountLine, PublishedFinding
from balanstest_analysis.published.digits import rounded
from balanstest_analysis.published.fingerprints import FINGERPRINT_FORM
from balanstest_analysis.published.measures import found_breaches, open_breaches
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.published.outcomes import PublishedOutcome
from balanstest_analysis.published.people import Clustering, CompositionRow, IncidenceRow
from balanstest_analysis.published.report_counts import ReportCounts
from balanstest_analysis.published.result import PublishedResult, ResultScope, Series


def publish(exact: ExactResult, earlier: Sequence[ReportCounts] = ()) -> PublishedResult:
    """Return the result with every small count suppressed, merged, rounded away or kept as it was.

    Args:
        exact: everything known.
        earlier: published reports of the same series, the one whose values are kept as the last.

    Returns:
        What a report may say; ``series`` tells in which tables counts of an earlier report
        were kept.
    """
    before = EarlierCounts(reports=earlier, minimum=exact.settings.disclosure_minimum)
    publishable = publishable_counts(exact, before)
    outcomes = published_outcomes(exact, publishable)
    account = account_of(exact.bridge, exact.findings, publishable)
    bridge, findings = account.published()
    incidence = published_incidence(exact, outcomes, publishable)
    composition = published_composition(exact.composition, publishable, bridge)
    criteria = tuple(published_criterion(c, outcomes, publishable) for c in exact.criteria)
    quiet = _is_quiet(exact, publishable)
    compliance = publish_compliance(exact.compliance, findings, before, is_quiet=quiet)
    gaps = open_breaches(found_breaches(findings, compliance, exact.measures), exact.report_date)
    result = PublishedResult(
        **{field.name: getattr(exact, field.name) for field in fields(ResultScope)},
        proposal=published_proposal(
            exact.proposal, exact.current_term_months, outcomes, criteria, exact.set_aside
        ),
        criteria=criteria,
        criteria_hash=exact.criteria_hash,
        criteria_changes=exact.criteria_changes,
        outcomes=outcomes,
        incidence_since_contact=incidence,
        composition=composition,
        clustering=_clustering(exact.clustering, outcomes),
        sensitivity=exact.sensitivity,
        frontier=exact.frontier,
        bridge=bridge,
        findings=findings,
        readings=exact.readings,
        compliance=compliance,
        gaps=(*exact.gaps, *gaps),
        fingerprints=exact.fingerprints,
        fingerprint_form=FINGERPRINT_FORM,
        versions=exact.versions,
        seed=exact.seed,
        series=Series(
            kept=(
                *_kept_outcomes(outcomes, incidence),
                *_kept_tables(composition, findings),
                *_kept_account(account, bridge),
            )
        ),
    )
    return rounded(result)


def _is_quiet(exact: ExactResult, publishable: PublishableCounts) -> bool:
    """Return whether few calls came in since an earlier report, in all or in some row."""
    calls = next((line.count for line in exact.bridge), None)
    before = [r.bridge[0].count for r in publishable.earlier.reports if r.bridge]
    small = (reveals_small_count(calls, count, publishable.minimum) for count in before)
    return bool(publishable.recent) or any(small)


def _clustering(clustering: Clustering, outcomes: Mapping[Outcome, PublishedOutcome]) -> Clustering:
    """Return the dispersions in tenths, without those that tell of hidden events."""
    shown = {name for name, outcome in outcomes.items() if outcome.design_effect is not None}
    return Clustering(
        customers_known=clustering.customers_known,
        campaigns=clustering.campaigns,
        campaigns_resampled=clustering.campaigns_resampled,
        campaigns_share_few_months=clustering.campaigns_share_few_months,
        dispersion={
            name: round(value, 1) for name, value in clustering.dispersion.items() if name in shown
        },
    )


def _kept_outcomes(
    outcomes: Mapping[Outcome, PublishedOutcome],
    incidence: Mapping[Outcome, Sequence[IncidenceRow]],
) -> Iterator[str]:
    """Yield the tables of outcomes and people in which counts of an earlier report stand."""
    for name, outcome in outcomes.items():
        if any(row.kept_from for row in outcome.rows):
            yield name
    for name, rows in incidence.items():
        if any(row.kept_from for row in rows):
            yield f"{name}_incidence"


def _kept_tables(
    composition: Sequence[CompositionRow], findings: Sequence[PublishedFinding]
) -> Iterator[str]:
    if any(row.kept_from for row in composition):
        yield "composition"
    if any(finding.kept_from for finding in findings):
        yield "findings"


def _kept_account(account: Account, bridge: Sequence[AccountLine]) -> Iterator[str]:
    now = account.lines
    if any(line.count != sum(now.get(code, 0) for code in line.codes) for line in bridge):
        yield "bridge"
