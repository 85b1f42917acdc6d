"""The first page: proposal, what binds, how sure, one figure, and what is still missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import (
    Block,
    BulletList,
    Heading,
    Notice,
    PageBreak,
    Paragraph,
    literal,
)
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.presentation.conclusions import (
    cautions,
    decision_line,
    decision_sentence,
    headline,
    proposal_sentences,
    route_sentence,
)
from balanstest_analysis.presentation.conclusions.open_points import missing_points
from balanstest_analysis.presentation.figures import criteria_picture
from balanstest_analysis.presentation.places import OPEN
from balanstest_analysis.presentation.tables.page_one import balance_table, span_table
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.result import PublishedResult

TITLE = "Onderbouwing van de klanttermijn"


def front_page(
    result: PublishedResult, dossier: Dossier, earlier: Sequence[EarlierReport] = ()
) -> tuple[Block, ...]:
    """Return the summary that stands on the first page.

    Words come before the figure, so that on paper what is missing never moves to the next page.

    Args:
        result: published.
        dossier: the organisation's own words.
        earlier: reports of earlier quarters, the oldest first.
    """
    return (
        Heading(level=1, text=TITLE),
        Paragraph(text=_about(result)),
        *_fictitious(result),
        _proposal(result, dossier),
        *_tables(result),
        *_cautions(result, dossier, earlier),
        *_missing(result),
        *_figure(result),
    )


def unmet_conditions(dossier: Dossier) -> tuple[str, ...]:
    """Return the codes of the conditions that the dossier answers with no."""
    given = dossier.conditions
    unmet = (name for name, answer in given.items() if not (answer.met or answer.is_for_a_lawyer))
    return tuple(sorted(unmet, key=list(wording.CONDITION_NAMES).index))


def _about(result: PublishedResult) -> str:
    return (
        f"**{literal(result.organisation)}**, {literal(result.category)}. Gegevens tot en "
        f"met {wording.date(result.data_through)}; rapportdatum "
        f"{wording.date(result.report_date)}."
    )


def _fictitious(result: PublishedResult) -> Iterator[Block]:
    if result.fictitious:
        words = "Fictieve gegevens: de organisatie, de personen en alle cijfers zijn verzonnen"
        yield Notice(kind="fictitious", title=words, blocks=())


def _proposal(result: PublishedResult, dossier: Dossier) -> Notice:
    sentences = proposal_sentences(result, unmet_conditions(dossier), beside_table=True)
    closing = " ".join([route_sentence(result), *_decision(result)])
    decided = decision_line(result)
    return Notice(
        kind="proposal",
        title=headline(result),
        blocks=tuple(Paragraph(text=text) for text in (decided, *sentences, closing) if text),
    )


def _decision(result: PublishedResult) -> Iterator[str]:
    if result.has_term:
        yield decision_sentence(result)


def _figure(result: PublishedResult) -> Iterator[Block]:
    """Yield the figure and the turn of the page; without one, half of the page would be empty."""
    if result.proposal.status != "not_allowed":
        yield criteria_picture(result)
        yield PageBreak()


def _missing(result: PublishedResult) -> Iterator[Block]:
    points = missing_points(result)
    if not points:
        yield Paragraph(
            text="Alle vragen van het sjabloon hebben een antwoord. Of de antwoorden toereikend "
            f"zijn, is niet beoordeeld. Zie ook {OPEN}."
        )
        return
    # a title holds no reference, and one more line may turn the page
    title = "Wat nog ontbreekt (zie ook ‘Wat nog openstaat’)"
    yield Notice(kind="gap", title=title, blocks=(BulletList(items=points),))


def _tables(result: PublishedResult) -> Iterator[Block]:
    yield from filter(None, (span_table(result), balance_table(result)))


def _cautions(
    result: PublishedResult, dossier: Dossier, earlier: Sequence[EarlierReport]
) -> Iterator[Block]:
    lines = cautions(
        result,
        earlier,
        as_delivered=dossier.data.counts is not None,
        reason_for_longer=dossier.review.reason_for_longer_term,
    )
    if lines:
        yield Notice(kind="warning", title="Let op", blocks=(BulletList(items=lines),))
