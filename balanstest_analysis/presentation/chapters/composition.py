"""Appendix: who was called in which month, and how many people then objected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Block, BulletList, Heading, Paragraph
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.presentation.conclusions import (
    composition_sentences,
    has_one_campaign,
    rare_limit,
    shown_shares,
    standardised_sentence,
)
from balanstest_analysis.presentation.figures import composition_picture
from balanstest_analysis.presentation.places import APPENDIX_D
from balanstest_analysis.presentation.tables import (
    composition_table,
    incidence_table,
    standardised_table,
)
from balanstest_analysis.published.names import Outcome
from balanstest_analysis.published.result import PublishedResult


def composition(result: PublishedResult, dossier: Dossier) -> tuple[Block, ...]:
    """Return who was called, whether the mix of campaigns matters, and how many people objected."""
    title = Heading(level=2, text="Bijlage D. Wie er zijn gebeld", anchor=APPENDIX_D.anchor)
    if dossier.data.counts is not None:
        if has_one_campaign(result):
            return (title, Paragraph(text=_COUNTS))
        result = _without_reach(result)
    return (
        title,
        *_composition(result),
        *_standardised(result),
        *_incidence(result),
    )


def _composition(result: PublishedResult) -> Iterator[Block]:
    table = composition_table(result)
    if table is None:
        return
    for sentence in composition_sentences(result):
        yield Paragraph(text=sentence)
    if len(table.rows) > 1 and shown_shares(result):
        yield composition_picture(result)
    yield table


def _without_reach(result: PublishedResult) -> PublishedResult:
    """Ready-made counts have no calls, so that every contact seems to have been reached."""
    rows = tuple(replace(row, reached_share=None) for row in result.composition)
    return replace(result, composition=rows)


_COUNTS = (
    "De gegevens zijn aangeleverd als aantallen per maand, zonder belpogingen en campagnes. Of in "
    "latere maanden andere mensen zijn gebeld dan in de eerste maanden, is daaruit niet op te "
    "maken."
)


def _standardised(result: PublishedResult) -> Iterator[Block]:
    if result.proposal.status == "not_allowed":
        return
    yield Heading(level=3, text="Dezelfde verdeling over campagnes in elke maand")
    yield Paragraph(text=standardised_sentence(result))
    table = standardised_table(result)
    if table is not None:
        yield table


_ON_BURDEN: tuple[Outcome, ...] = ("objection", "complaint")


def _incidence(result: PublishedResult) -> Iterator[Block]:
    made = (incidence_table(result, outcome) for outcome in _ON_BURDEN)
    tables = [table for table in made if table is not None]
    limit = rare_limit(result, "complaint")
    if not tables and not limit:
        return
    complaints: Outcome = "complaint"
    also = " of klaagde" if result.outcomes[complaints].available else ""
    first = wording.FIRST_CONTACTS[result.settings.denominator]
    yield Heading(level=3, text=f"Welk deel van de mensen tekende na hun {first} verzet aan{also}?")
    yield Paragraph(text=_EVER.format(first=first), introduces=True)
    yield BulletList(items=_HOW_COUNTED)
    yield from tables
    if limit:
        yield Paragraph(text=limit)


_EVER = (
    "Het percentage per contact kan dalen terwijl steeds meer mensen verzet hebben aangetekend of "
    "geklaagd, want mensen die verzet aantekenden, tellen daarna niet meer mee. Daarom staat "
    "hier ook welk deel van de mensen een melding deed, naar de tijd sinds hun {first}. Zo is "
    "geteld:"
)


_HOW_COUNTED = (
    "Het zijn voltooide maanden: maand 0 is de eerste maand, met de melding op de dag zelf.",
    "Van ieder telt de eerste melding, ook als die in de percentages niet meetelt; de aantallen "
    "kunnen daarom hoger zijn dan bij vraag 3c en 3d.",
    "Ieder is gevolgd tot de melding, een nieuwe relatie of het einde van de gegevens. Wie een "
    "nieuwe relatie aanging en daarna weer is gebeld, telt nog eens mee.",
    "Niet meegeteld is wie al eerder verzet had aangetekend of geklaagd. Belpogingen die in de "
    "analyse niet meetellen, tellen ook hier niet mee.",
    "Niet iedereen is even lang gevolgd. Het aandeel is daarom tijdvak voor tijdvak opgebouwd "
    "(sterftetafelmethode); het is niet het aantal gedeeld door ‘gemiddeld gevolgd’. De aandelen "
    "en hun marges volgen uit de rijen van de tabel.",
)
