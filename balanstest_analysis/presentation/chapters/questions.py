"""The template's questions in order: the organisation's words, and the overviews of 3b to 3d."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import (
    Block,
    Definitions,
    Heading,
    Notice,
    Paragraph,
    Prose,
    literal,
)
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.questionnaire import Question, questionnaire
from balanstest_analysis.presentation.chapters.scope import gap_notice
from balanstest_analysis.presentation.conclusions import (
    draws_curve,
    has_course,
    outcome_sentences,
    question_evidence,
    tells_nothing,
)
from balanstest_analysis.presentation.figures import rate_picture
from balanstest_analysis.presentation.kept_rows import are_kept
from balanstest_analysis.presentation.places import ARGUMENT, WEIGHING
from balanstest_analysis.presentation.places import question as place_of
from balanstest_analysis.presentation.tables import rates_table
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.published.result import PublishedResult


def answers(number: str, result: PublishedResult, dossier: Dossier) -> tuple[Block, ...]:
    """Return a chapter of the template: heading, and every question that the data do not answer.

    What the data do tell stands above the words of the organisation.

    Args:
        number: ``"1"``, ``"2"`` or ``"3"``.
        result: the published result.
        dossier: the answers.
    """
    asked = questionnaire(dossier.template)
    inside = [q for q in asked.questions if q.number.startswith(number) and not q.computed]
    return (
        Heading(level=2, text=f"{number}. {asked.chapters[number]}"),
        *(block for question in inside for block in _answered(question, result, dossier)),
    )


def _answered(question: Question, result: PublishedResult, dossier: Dossier) -> Iterator[Block]:
    yield Heading(
        level=3,
        text=f"{question.number}. {question.title}",
        anchor=place_of(question.number).anchor,
    )
    evidence = question_evidence(question.evidence, result)
    if evidence:
        counted = dossier.data.counts is not None
        source = "de aangeleverde tellingen" if counted else "de belhistorie"
        lead = "" if tells_nothing(question.evidence, result) else f"**Bron: {source}.** "
        yield Paragraph(text=f"{lead}{evidence}", voice="computed")
    answer = dossier.answers.get(question.number)
    yield Prose(markdown=answer) if answer else gap_notice(literal(question.help))


def reading_guide(result: PublishedResult, dossier: Dossier) -> tuple[Block, ...]:
    """Return how the overviews of 3b, 3c and 3d are to be read.

    Args:
        result: published.
        dossier: of which only matters whether a history or ready-made counts were delivered.
    """
    return (
        Heading(level=3, text="Leeswijzer bij de overzichten"),
        Definitions(items=tuple(_guide(result, counted=dossier.data.counts is not None))),
    )


def _guide(result: PublishedResult, *, counted: bool) -> Iterator[tuple[str, str]]:
    event = wording.reference_event(result.relations.counted)
    level = wording.level(result.settings.confidence_level)
    yield (
        "Maand",
        f"Voltooide kalendermaanden sinds {event} (de peildatum)"
        f"{', zoals de organisatie ze heeft geteld' if counted else ''}.",
    )
    if result.settings.denominator == "net_contact":
        yield "Netto contact", "Een gesprek waarin de juiste persoon is bereikt."
    else:
        yield "Belpoging", "Elke poging om iemand te bereiken, ook als die niet slaagt."
    follow_up = _AS_COUNTED if counted else _follow_up(result)
    if follow_up:
        yield "Opvolging", follow_up
    yield (
        f"{level}-interval",
        "De grenzen waartussen het werkelijke percentage waarschijnlijk ligt. Hoe minder "
        "contacten, hoe breder het interval.",
    )
    if result.shown_outcomes:
        yield "Ontwerpeffect", _effect(result)
    yield "Figuur", _figure(result, level)
    yield (
        "Wie het betreft",
        "De cijfers gelden bij het huidige belbeleid en voor mensen die nog in het belbestand "
        f"staan. {_again(result)} begint weer bij maand 0. Wie verzet aantekent, "
        f"{'hoort daarna niet meer mee te tellen' if counted else 'telt daarna niet meer mee'}.",
    )


def _effect(result: PublishedResult) -> str:
    unit = "gesprekken" if result.settings.denominator == "net_contact" else "belpogingen"
    return f"Hoeveel sterker de aantallen schommelen dan bij onafhankelijke {unit}."


def _again(result: PublishedResult) -> str:
    """Return who starts anew, by the kinds of event that count."""
    event = wording.reference_event(result.relations.counted)
    if event.endswith("of deelname"):
        return "Wie opnieuw geeft of deelneemt,"
    if event.endswith("laatste gift"):
        return "Wie opnieuw geeft,"
    if event.endswith("afgenomen dienst"):
        return "Wie opnieuw iets koopt of een dienst afneemt,"
    return "Wie opnieuw koopt of geeft,"


def _figure(result: PublishedResult, level: str) -> str:
    """Return what is drawn; a curve is only spoken of where one is."""
    dots = (
        "Stip: waargenomen percentage; hoe meer contacten, hoe groter de stip. Verticale streep "
        f"door de stip: {level}-interval."
    )
    others = (
        "Streeplijn: drempelwaarde uit een criterium van de organisatie. Balken: contacten per "
        "maand."
    )
    if not any(draws_curve(result, name) for name in OUTCOMES):
        return f"{dots} {others}"
    band = wording.band_level(result.settings.confidence_level)
    return (
        f"{dots} Lijn: geschatte kromme met een band van {band} (onder- en bovengrens elk "
        f"eenzijdig {level}). {others}"
    )


_AS_COUNTED = (
    "De organisatie heeft zelf geteld welke contacten tot een conversie, tot verzet of tot een "
    "klacht leidden. Of alle contacten daarvoor lang genoeg zijn gevolgd, is niet nagegaan."
)


def _follow_up(result: PublishedResult) -> str:
    """Return which contacts the overviews count; empty where no outcome comes later."""
    settings = result.settings
    days: dict[Outcome, int] = {
        "objection": settings.objection_window_days,
        "complaint": settings.complaint_window_days,
    }
    windows = [
        f"{wording.counted(number, 'dag', 'dagen')} voor {_LATER[name]}"
        for name, number in days.items()
        if result.outcomes[name].available
    ]
    if not windows:
        return ""
    over = f"({wording.enumerated(windows)}) op {wording.date(result.data_through)} voorbij waren"
    if any(are_kept(entry.rows) for entry in result.outcomes.values()):
        return (
            f"De overzichten tellen contacten waarvan de opvolgtermijnen {over}. Rijen die uit een "
            "eerder rapport zijn overgenomen, tellen de contacten van toen; de overzichten tellen "
            "dan niet alle dezelfde contacten."
        )
    shown = len(result.shown_outcomes)
    if shown not in _NUMBERS:
        return f"Geteld zijn contacten waarvan de opvolgtermijnen {over}."
    several = f"De {_NUMBERS[shown]} overzichten tellen dezelfde contacten"
    return f"{several}: die waarvan de opvolgtermijnen {over}."


_LATER: Mapping[Outcome, str] = {"objection": "verzet", "complaint": "klachten"}
_NUMBERS = {2: "twee", 3: "drie"}


def overview(outcome: Outcome, result: PublishedResult, dossier: Dossier) -> tuple[Block, ...]:
    """Return the answer to 3b, 3c or 3d: definition, sentences, figure and table.

    Args:
        outcome: ``"conversion"``, ``"objection"`` or ``"complaint"``.
        result: the published result.
        dossier: for words the organisation adds.
    """
    question = next(q for q in questionnaire(dossier.template).questions if q.computed == outcome)
    sentences = " ".join(outcome_sentences(result, outcome))
    counted = dossier.data.counts is not None
    return (
        Heading(
            level=3,
            text=f"{question.number}. {question.title}",
            anchor=place_of(question.number).anchor,
        ),
        *_shown(outcome, result, sentences, counted=counted),
        *_own_words(dossier.answers.get(question.number)),
    )


def _shown(
    outcome: Outcome, result: PublishedResult, sentences: str, *, counted: bool
) -> Iterator[Block]:
    if not result.outcomes[outcome].is_shown:
        yield Paragraph(text=f"**{sentences}**")
        return
    yield Paragraph(text=_definition(outcome, result, counted=counted))
    yield Paragraph(text=sentences, voice="computed")
    yield from _misfit(outcome, result)
    if has_course(result, outcome):
        yield rate_picture(result, outcome)
    yield rates_table(result, outcome)


def _misfit(outcome: Outcome, result: PublishedResult) -> Iterator[Block]:
    warning = result.outcomes[outcome].fit_warning
    if warning:
        yield Notice(
            kind="warning",
            title="De getekende lijn is hier alleen een hulpmiddel",
            blocks=(Paragraph(text=literal(warning)),),
        )


def _own_words(answer: str | None) -> Iterator[Block]:
    if answer:
        yield Heading(level=4, text="Toelichting van de organisatie")
        yield Prose(markdown=answer)


def _definition(outcome: Outcome, result: PublishedResult, *, counted: bool) -> str:
    settings = result.settings
    plural = wording.DENOMINATORS[settings.denominator][1]
    if outcome == "conversion":
        return (
            f"**Conversiepercentage**: het deel van de {plural} dat tot een verkoop, gift of "
            "toezegging leidde "
            f"({wording.CONVERSION_DEFINITIONS[settings.conversion_definition]})."
        )
    if outcome == "objection":
        days = _within(settings.objection_window_days, counted=counted)
        return (
            f"**Verzetpercentage**: het deel van de {plural} waarop {days} verzet volgde. "
            "Wie verzet aantekent, mag niet meer worden gebeld, tenzij die persoon daar zelf om "
            "vraagt; de percentages in latere maanden gaan dus over mensen die niet eerder verzet "
            "aantekenden."
        )
    days = _within(settings.complaint_window_days, counted=counted)
    told = f"**Klachtpercentage**: het deel van de {plural} waarop {days} een klacht volgde."
    return told if counted else f"{told} {_UNANSWERED}"


_UNANSWERED = (
    "Klachten waaraan alleen onbeantwoorde belpogingen voorafgingen, staan bij de bevindingen."
)


def _within(days: int, *, counted: bool) -> str:
    """Return within how many days; the organisation that counted itself is not said to have."""
    if counted:
        return "volgens de telling van de organisatie"
    return f"binnen {wording.counted(days, 'dag', 'dagen')}"


def argument(dossier: Dossier) -> tuple[Block, ...]:
    """Return section 4: the organisation's own argument."""
    question = questionnaire(dossier.template).question("4")
    answer = dossier.answers.get(question.number)
    return (
        Heading(level=2, text=f"4. {question.title}", anchor=ARGUMENT.anchor),
        Paragraph(
            text="Dit is het oordeel van de organisatie zelf. De gegevens staan bij "
            f"{place_of('3b')}, {place_of('3c')} en {place_of('3d')} en bij {WEIGHING}."
        ),
        Prose(markdown=answer) if answer else gap_notice(literal(question.help)),
    )
