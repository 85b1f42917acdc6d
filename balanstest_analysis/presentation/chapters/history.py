"""The earlier quarters: what was proposed before, what changed, and what asks for attention."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import (
    Block,
    BulletList,
    Heading,
    Notice,
    Paragraph,
    literal,
)
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.presentation.conclusions.quarters import history_warnings
from balanstest_analysis.presentation.places import APPENDIX_F
from balanstest_analysis.presentation.tables.history import (
    proposals_table,
    rates_over_quarters_table,
)
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.result import PublishedResult


def earlier_quarters(
    result: PublishedResult, earlier: Sequence[EarlierReport]
) -> tuple[Block, ...]:
    """Return appendix F, the comparison with the published reports of earlier quarters.

    Args:
        result: the published result of this quarter.
        earlier: the oldest first.
    """
    blocks = series(_with(earlier, result)) if earlier else (Paragraph(text=_FIRST),)
    return (
        Heading(level=2, text="Bijlage F. Eerdere kwartalen", anchor=APPENDIX_F.anchor),
        *blocks,
    )


def warned(
    result: PublishedResult, dossier: Dossier, earlier: Sequence[EarlierReport]
) -> tuple[Block, ...]:
    """Return what over the quarters asks for attention; nothing when nothing does.

    Args:
        result: the published result of this quarter.
        dossier: which names the review date.
        earlier: the oldest first.
    """
    return (*_review(dossier), *_warnings(_with(earlier, result), with_longer=False))


def _with(earlier: Sequence[EarlierReport], result: PublishedResult) -> tuple[EarlierReport, ...]:
    return (*earlier, EarlierReport(period=result.period, result=result))


_FIRST = (
    "Over deze categorie is geen rapport van een eerder kwartaal gevonden. Een vergelijking is er "
    "dus nog niet."
)


def series(reports: Sequence[EarlierReport]) -> tuple[Block, ...]:
    """Return one category over the quarters.

    Args:
        reports: of one category, the oldest first.
    """
    return (
        Paragraph(
            text="Voor elk rapport wordt de hele historie opnieuw doorgerekend; de rapporten "
            "overlappen elkaar dus grotendeels."
        ),
        proposals_table(reports),
        rates_over_quarters_table(reports),
        *_warnings(reports),
    )


def _warnings(reports: Sequence[EarlierReport], *, with_longer: bool = True) -> Iterator[Block]:
    warnings = history_warnings(reports, with_longer=with_longer)
    found = tuple(literal(sentence) for sentence in warnings)
    if found:
        points = (BulletList(items=found),)
        yield Notice(
            kind="warning", title="Let op bij de vergelijking met eerdere kwartalen", blocks=points
        )


def _review(dossier: Dossier) -> Iterator[Block]:
    """The report date decides, so that the same dossier gives the same report on every day."""
    planned = dossier.review.review_date
    if planned is not None and planned < dossier.report_date:
        yield Notice(
            kind="warning",
            title="De herzieningsdatum is verstreken",
            blocks=(Paragraph(text=_overdue(planned, dossier.report_date)),),
        )


def _overdue(planned: dt.date, reported: dt.date) -> str:
    return (
        f"De termijn zou uiterlijk op {wording.date(planned)} opnieuw worden bekeken; dit rapport "
        f"is van {wording.date(reported)}. Bekijk de termijn opnieuw en leg een nieuwe datum vast."
    )
