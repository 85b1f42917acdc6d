"""What changed from one quarter to the next, and what of it asks for attention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.kept_rows import report_about
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.result import PublishedResult

_DOSSIER = "dossier"
_TABLES = ("calls", "events", "objections", "complaints", "counts")


def changes(before: PublishedResult, now: PublishedResult) -> tuple[str, ...]:
    """Return what differs between two reports: data, dossier, criteria, rules or method.

    Fingerprints that were made in another way tell nothing of each other.

    Args:
        before: of the earlier quarter.
        now: of the later one.
    """
    old, new = before.fingerprints, now.fingerprints
    alike = before.fingerprint_form == now.fingerprint_form
    differs = {
        "gegevens": before.data_through != now.data_through
        or (alike and any(old.get(name) != new.get(name) for name in _TABLES)),
        "dossier": alike and old.get(_DOSSIER) != new.get(_DOSSIER),
        "wijze van vingerafdrukken": not alike,
        "criteria": before.criteria_hash != now.criteria_hash,
        "instellingen": before.settings != now.settings,
        "regels": before.regime.id != now.regime.id,
        "relaties die meetellen": bool(before.relations.grounds)
        and before.relations.counted != now.relations.counted,
        "versie van de methode": before.method_version != now.method_version,
    }
    return tuple(name for name, differ in differs.items() if differ)


def longer_than_before(result: PublishedResult, earlier: Sequence[EarlierReport]) -> str:
    """Return that the term is longer than the last one of the series, and what changed since.

    Args:
        result: published.
        earlier: reports of earlier quarters, the oldest first.

    Returns:
        Nothing where there is no term, no earlier one, or none that was shorter.
    """
    before = next((report for report in reversed(earlier) if report.result.has_term), None)
    now = result.proposal.term_months
    if before is None or now is None:
        return ""
    old = before.result.proposal.term_months
    if old is None or now <= old:
        return ""
    since = wording.enumerated(changes(before.result, result))
    changed = f" Sindsdien gewijzigd: {since}." if since else ""
    return (
        f"Het voorstel is langer dan in {report_about(before.period)}: toen {wording.months(old)}, "
        f"nu {wording.months(now)}.{changed} Voor een langere termijn is een nieuwe reden nodig."
    )


def history_warnings(
    reports: Sequence[EarlierReport], *, with_longer: bool = True
) -> tuple[str, ...]:
    """Return what asks for attention in a series, from its oldest to its latest report.

    Args:
        reports: the oldest first.
        with_longer: whether the last report is compared with the one before where its term is
            longer; not where that already stands among the points against the proposal.
    """
    pairs = list(pairwise(reports))
    return tuple(
        sentence
        for place, (before, now) in enumerate(pairs, start=1)
        for sentence in _between(before, now, with_longer=with_longer or place < len(pairs))
    )


def _between(before: EarlierReport, now: EarlierReport, *, with_longer: bool) -> Iterator[str]:
    since = f"tussen het {wording.quarter(before.period)} en het {wording.quarter(now.period)}"
    old, new = (report.result.proposal.term_months for report in (before, now))
    if old is not None and new is not None and abs(new - old) > _margin(before, now):
        yield (
            f"De voorgestelde termijn ging {since} van {wording.months(old)} naar "
            f"{wording.months(new)}. Dat verschil is groter dan de onzekerheid van de schatting. "
            "Ga na wat er is veranderd."
        )
    elif with_longer:
        yield from filter(None, (longer_than_before(now.result, (before,)),))
    if (old is None) != (new is None):
        yield f"Het voorstel veranderde {since} van {_outcome(before)} in {_outcome(now)}."
    if "criteria" in changes(before.result, now.result):
        yield (
            f"De criteria zijn gewijzigd {since}, dus nadat de gegevens over het "
            f"{wording.quarter(before.period)} bekend waren. Licht toe waarom."
        )


def _margin(*reports: EarlierReport) -> float:
    """How far the lower limit, from which the term follows, lies below the estimate."""
    crossings = [report.result.proposal.crossing for report in reports]
    margins = [
        crossing.estimate - crossing.lower
        for crossing in crossings
        if crossing.estimate is not None and crossing.lower is not None
    ]
    return max(margins, default=0.0)


def _outcome(report: EarlierReport) -> str:
    proposal = report.result.proposal
    if proposal.term_months is None:
        return f"‘{wording.PROPOSAL_STATUSES[proposal.status]}’"
    return wording.months(proposal.term_months)
