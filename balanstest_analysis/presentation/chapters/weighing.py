"""Curves, criteria, benefit and burden, and what speaks against the proposal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import (
    Block,
    BulletList,
    Heading,
    Paragraph,
    Table,
    literal,
)
from balanstest_analysis.presentation.conclusions import (
    changed_afterwards,
    confidence_sentences,
    counterpoints,
    draws_curve,
    finding_of,
    fit_sentence,
    last_part,
    set_aside,
)
from balanstest_analysis.presentation.conclusions.fits import all_fitted
from balanstest_analysis.presentation.figures import weighing_picture
from balanstest_analysis.presentation.tables import criteria_table, frontier_table, yearly_table
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.names import OUTCOMES, UNTESTED
from balanstest_analysis.published.result import PublishedResult


def curves(result: PublishedResult) -> tuple[Block, ...]:
    """Return which curves were fitted and how well they describe the data."""
    if not _is_judged(result):
        return ()
    sentences = [fit_sentence(result, outcome) for outcome in OUTCOMES]
    return (
        Heading(level=2, text="De krommen en hoe goed zij bij de gegevens passen"),
        Paragraph(
            text=f"Voor de percentages per maand zijn acht soorten krommen "
            f"{'geschat' if all_fitted(result) else 'beproefd'}, van een vlakke lijn (‘de tijd "
            "maakt geen verschil’) tot een soepele kromme die elke kant op kan. Een dalend of "
            "stijgend verloop is nergens opgelegd. Hoe beter een kromme bij de gegevens past, hoe "
            "zwaarder zij meetelt in het gemiddelde dat in de figuren is getekend. Alle krommen "
            "staan in bijlage B."
        ),
        *_listed(sentences),
    )


def _listed(sentences: Sequence[str]) -> Iterator[Block]:
    written = tuple(sentence for sentence in sentences if sentence)
    if written:
        yield BulletList(items=written)


def _present(table: Table | None) -> Iterator[Block]:
    if table is not None:
        yield table


def weighing(result: PublishedResult) -> tuple[Block, ...]:
    """Return the criteria with their reasons, and benefit and burden beside each other."""
    return (
        Heading(level=2, text="Weging van opbrengst en hinder"),
        *(_criteria(result) if _is_judged(result) else _not_judged()),
        Heading(level=3, text="Opbrengst en hinder in de loop van de tijd"),
        *_balance(result),
        *_frontier(result),
    )


def _is_judged(result: PublishedResult) -> bool:
    return result.proposal.status != "not_allowed"


def _not_judged() -> Iterator[Block]:
    yield Paragraph(
        text="Omdat de organisatie zich niet op de klantrelatie kan beroepen, is uit de criteria "
        "geen termijn afgeleid."
    )


def _criteria(result: PublishedResult) -> Iterator[Block]:
    yield Paragraph(
        text="De organisatie heeft zelf criteria gesteld voor de maanden waarin bellen nog "
        "verantwoord is, en die gemotiveerd. Aan alle criteria moet zijn voldaan; daarom telt de "
        "kortste termijn."
    )
    yield criteria_table(result)
    yield BulletList(items=tuple(_reasons(result)))
    left_out = set_aside(result)
    if left_out:
        yield Paragraph(text=left_out)
    yield Heading(level=3, text="Waarom niet de schatting telt")
    yield Paragraph(text=" ".join(confidence_sentences(result)))


def _reasons(result: PublishedResult) -> Iterator[str]:
    level = result.settings.confidence_level
    for criterion in result.criteria:
        found = (finding_of(criterion, level), last_part(criterion, result))
        yield (
            f"**{literal(criterion.name)}.** {' '.join(filter(None, found))} *Reden van de "
            f"organisatie:* {literal(wording.one_line(criterion.reason))}"
        )


def _balance(result: PublishedResult) -> Iterator[Block]:
    shown = result.shown_outcomes
    absent = [wording.OUTCOME_WORDS[name].subject for name in OUTCOMES if name not in shown]
    if "conversion" not in shown or len(shown) < 2:
        yield Paragraph(
            text="Opbrengst en hinder kunnen niet naast elkaar worden gezet: over "
            f"{wording.enumerated(absent)} zijn geen cijfers te geven."
        )
        return
    drawn = [name for name in shown if draws_curve(result, name)]
    if "conversion" in drawn and len(drawn) > 1:
        yield weighing_picture(result)
    yield from _present(yearly_table(result))


def _frontier(result: PublishedResult) -> Iterator[Block]:
    table = frontier_table(result)
    if table is None or not _is_judged(result):
        return
    yield Heading(level=3, text="Hoe zwaar weegt verzet?")
    if all(point.status in UNTESTED for point in result.frontier):
        yield Paragraph(
            text="Met deze gegevens is bij geen enkel gewicht van verzet en klachten een termijn "
            "aan te tonen."
        )
        return
    yield Paragraph(
        text="Hoe zwaar verzet en klachten wegen ten opzichte van een conversie, is de kern van de "
        "afweging. Dit rapport kiest geen gewicht; de tabel laat zien welke termijn bij welk "
        "gewicht hoort."
    )
    yield table


def against(result: PublishedResult, earlier: Sequence[EarlierReport] = ()) -> tuple[Block, ...]:
    """Return what speaks against the proposal; without one only that criteria were changed.

    Args:
        result: published.
        earlier: reports of earlier quarters, the oldest first.
    """
    if result.has_term:
        return (
            Heading(level=2, text="Wat tegen het voorstel pleit"),
            Paragraph(text="In onderdeel 4 hoort de organisatie op deze punten in te gaan."),
            BulletList(items=counterpoints(result, earlier)),
        )
    changes = tuple(changed_afterwards(result))
    if not changes:
        return ()
    return (Heading(level=2, text="Wijzigingen van de criteria"), BulletList(items=changes))
