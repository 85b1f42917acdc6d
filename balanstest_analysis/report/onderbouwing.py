"""What the report notebook calls: a dossier becomes chapters that each cell can show."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from balanstest_analysis.analysis.method import analyse
from balanstest_analysis.document.blocks import Definitions, Fragment
from balanstest_analysis.document.personal import without_persons
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.dossier.review import Review
from balanstest_analysis.errors import GapsError
from balanstest_analysis.presentation import chapters
from balanstest_analysis.presentation.conclusions import counterpoints, reply_to
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.earlier_reports import CarriedReport, others
from balanstest_analysis.published.json_form import to_json
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.published.result import PublishedResult
from balanstest_analysis.report.completion import (
    Completion,
    DocumentFacts,
    result_text,
    style_facts,
    write_result,
)
from balanstest_analysis.report.counted_parts import parts_to_run
from balanstest_analysis.report.earlier_quarters import earlier_in_series
from balanstest_analysis.report.notebook_parameters import check_parameters

RUN_DIRECTORY = "BALANSTEST_RUN_DIRECTORY"


@dataclass(frozen=True, kw_only=True)
class Onderbouwing:
    """The substantiation of one term, chapter by chapter.

    Attributes:
        dossier: the organisation's own words.
        result: published, so that no cell holds a count that may not be shown.
        final: whether the report is final or a draft.
        earlier: what the earlier reports of the series published.
        history: the published reports of earlier quarters, the oldest first.
    """

    dossier: Dossier
    result: PublishedResult
    final: bool = False
    earlier: tuple[CarriedReport, ...] = ()
    history: tuple[EarlierReport, ...] = ()

    def summary(self) -> Fragment:
        """Return the first page, and the contents behind it."""
        first = chapters.front_page(self.result, self.dossier, self.history)
        return Fragment(blocks=(*first, *chapters.contents()))

    def organisation(self) -> Fragment:
        """Return organisation, scope, period, rules and the five conditions."""
        return Fragment(blocks=chapters.organisation(self.result, self.dossier))

    def answers(self, number: str) -> Fragment:
        """Return the answered questions of chapter ``"1"``, ``"2"`` or ``"3"``."""
        return Fragment(blocks=chapters.answers(number, self.result, self.dossier))

    def reading_guide(self) -> Fragment:
        """Return how the overviews are to be read."""
        return Fragment(blocks=chapters.reading_guide(self.result, self.dossier))

    def overview(self, outcome: Outcome) -> Fragment:
        """Return 3b (``"conversion"``), 3c (``"objection"``) or 3d (``"complaint"``)."""
        return Fragment(blocks=chapters.overview(outcome, self.result, self.dossier))

    def curves(self) -> Fragment:
        """Return the curves and how well they fit."""
        return Fragment(blocks=chapters.curves(self.result))

    def weighing(self) -> Fragment:
        """Return criteria, benefit and burden."""
        return Fragment(blocks=chapters.weighing(self.result, self.dossier, self.history))

    def against(self) -> Fragment:
        """Return what speaks against the proposal, and what changed in a way that asks why."""
        warned = chapters.warned(self.result, self.dossier, self.history)
        against = chapters.against(self.result, self.dossier.review, self.history)
        return Fragment(blocks=(*against, *warned))

    def findings(self) -> Fragment:
        """Return what was found in the history, and the account of its rows."""
        return Fragment(blocks=chapters.findings(self.result, self.dossier))

    def limitations(self) -> Fragment:
        """Return what this report cannot show."""
        return Fragment(blocks=chapters.limits(self.result, self.dossier))

    def argument(self) -> Fragment:
        """Return section 4, the organisation's own argument."""
        return Fragment(blocks=chapters.argument(self.result, self.dossier))

    def review(self) -> Fragment:
        """Return opinions, the decision, review date and signature lines."""
        return Fragment(blocks=chapters.review(self.result, self.dossier, self.history))

    def processing(self) -> Fragment:
        """Return the account of the processing that the analysis itself is."""
        return Fragment(blocks=chapters.processing(self.dossier))

    def method(self) -> Fragment:
        """Return appendix A."""
        return Fragment(blocks=chapters.method(self.result, self.dossier))

    def all_fits(self) -> Fragment:
        """Return appendix B."""
        return Fragment(blocks=chapters.all_fits(self.result))

    def sensitivity(self) -> Fragment:
        """Return appendix C."""
        return Fragment(blocks=chapters.sensitivity(self.result))

    def composition(self) -> Fragment:
        """Return appendix D."""
        return Fragment(blocks=chapters.composition(self.result, self.dossier))

    def provenance(self) -> Fragment:
        """Return appendix E."""
        return Fragment(blocks=chapters.provenance(self.result, self.dossier))

    def earlier_quarters(self) -> Fragment:
        """Return appendix F."""
        return Fragment(blocks=chapters.earlier_quarters(self.result, self.history))

    def recalculation(self) -> Fragment:
        """Return appendix H."""
        return Fragment(blocks=chapters.recalculation(self.result))

    def complete(self) -> Completion:
        """Return the sign of completion, after writing the result where a run asks for it.

        Raises:
            RunError: the result cannot be written.
        """
        content = to_json(self.result)
        directory = os.environ.get(RUN_DIRECTORY)
        if directory:
            write_result(content, Path(directory), earlier=self.earlier)
        document = self._document()
        if not directory:  # a run adds the style that it was asked for itself
            document = {**document, **style_facts(self.dossier)}
        return Completion(
            document=document, result=result_text(content), terms=tuple(self._terms())
        )

    def _terms(self) -> Iterator[tuple[str, str]]:
        for block in chapters.reading_guide(self.result, self.dossier):
            if isinstance(block, Definitions):
                yield from (item for item in block.items if item[0] != "Figuur")

    def _document(self) -> DocumentFacts:
        result = self.result
        return {
            "title": chapters.TITLE,
            "organisation": result.organisation,
            "category": result.category,
            "period": result.period,
            "status": "definitief" if self.final else "concept",
            "report_date": result.report_date,
            "fictitious": result.fictitious,
        }


@without_persons()
def open_onderbouwing(dossier: str, quarter: str = "", final: bool = False) -> Onderbouwing:
    """Return the substantiation of a dossier, analysed and made publishable.

    Args:
        dossier: path of the dossier, relative to the notebook's folder or absolute.
        quarter: such as ``"2026-Q3"``; empty for everything up to ``data.data_through``.
        final: whether gaps are refused.

    Raises:
        UsageError: a parameter is of another type or unknown, or the quarter is not one.
        DossierError: the dossier cannot be accepted.
        DataError: the history cannot be accepted.
        GapsError: the report is to be final and something is still to be filled in.
        RunError: an earlier report of the series cannot be read.
    """
    check_parameters(dossier=(dossier, str), quarter=(quarter, str), final=(final, bool))
    asked = load_dossier(dossier, quarter=quarter)
    if final:
        refuse_gaps(asked.gaps(), later=_AFTER_THE_DATA)
    analysis = analyse(asked, on_progress=parts_to_run())
    result = analysis.published
    known = others(analysis.earlier, to_json(result))
    history = earlier_in_series(analysis.reports, asked.series, period=result.period)
    result = with_reply_gaps(result, asked.review, history)
    if final:
        refuse_gaps(result.gaps)
    return Onderbouwing(dossier=asked, result=result, final=final, earlier=known, history=history)


def with_reply_gaps(
    result: PublishedResult, review: Review, history: Sequence[EarlierReport]
) -> PublishedResult:
    """Return a result whose gaps name every counterpoint that nobody replied to.

    Args:
        result: published.
        review: of the dossier.
        history: the published reports of earlier quarters, the oldest first.
    """
    points = counterpoints(result, history, review)
    gaps = (f"replies.{point.code}" for point in points if not reply_to(point.code, review))
    return replace(result, gaps=(*result.gaps, *gaps))


_AFTER_THE_DATA: Final = (
    " Breaches without a measure and points without a reply are looked for once these are filled "
    "in; `balanstest check` names the breaches now."
)


def refuse_gaps(gaps: Sequence[str], *, later: str = "") -> None:
    """Refuse a final report that still has gaps.

    Args:
        gaps: what is still to be filled in.
        later: a sentence about what has not been looked for yet.

    Raises:
        GapsError: there is at least one gap; the message names them all.
    """
    if gaps:
        raise GapsError(
            f"The dossier still has gaps: {', '.join(gaps)}. Fill them in, or make a draft "
            f"without `--final`.{later}"
        )
