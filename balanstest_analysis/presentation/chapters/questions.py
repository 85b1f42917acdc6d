"""The template's questions in order: the organisation's words, and the overviews of 3b to 3d."""

from __future__ import annotations

from collections.abc import Iterator

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
from balanstest_analysis.presentation.conclusions import outcome_sentences, question_evidence
from balanstest_analysis.presentation.figures import rate_picture
from balanstest_analysis.presentation.tables import rates_table
from balanstest_analysis.published.names import Outcome
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
    yield Heading(level=3, text=f"{question.number}. {question.title}")
    evidence = question_evidence(question.evidence, result)
    if evidence:
        yield Paragraph(text=f"**Uit de belhistorie.** {evidence}")
    answer = dossier.answers.get(question.number)
    yield Prose(markdown=answer) if answer else gap_notice(literal(question.help))


def reading_guide(result: PublishedResult) -> tuple[Block, ...]:
    """Return how the overviews of 3b, 3c and 3d are to be read."""
    return (
        Heading(level=3, text="Hoe de overzichten te lezen zijn"),
        Definitions(items=tuple(_guide(result))),
    )


def _guide(result: PublishedResult) -> Iterator[tuple[str, str]]:
    event = wording.reference_event(result.sector)
    level = wording.level(result.settings.confidence_level)
    yield (
        "Maand",
        f"Voltooide kalendermaanden sinds {event} (de peildatum).",
    )
    if result.settings.denominator == "net_contact":
        yield "Netto contact", "Een gesprek waarin de juiste persoon is bereikt."
    else:
        yield "Belpoging", "Elke poging om iemand te bereiken, ook als die niet slaagt."
    if result.clustering.customers_known:
        settings = result.settings
        yield (
            "Opvolging",
            "De drie overzichten tellen dezelfde contacten: die waarvan de opvolgtermijnen "
            f"({wording.counted(settings.objection_window_days, 'dag', 'dagen')} voor verzet, "
            f"{wording.counted(settings.complaint_window_days, 'dag', 'dagen')} voor klachten) "
            f"op {wording.date(result.data_through)} voorbij waren.",
        )
    yield (
        f"{level}-interval",
        "Welke percentages bij deze aantallen passen; met minder contacten is het breder.",
    )
    yield (
        "Figuur",
        f"Stip: waargenomen percentage met {level}-interval, groter bij meer contacten. Lijn met "
        f"band: geschatte kromme met onder- en bovengrens van elk {level}. Streeplijn: "
        "drempelwaarde. Balken: contacten per maand.",
    )
    yield (
        "Wie het betreft",
        "Contacten onder het huidige belbeleid, onder wie nog in het bestand staat. Wie kocht of "
        "gaf, begint opnieuw bij maand 0; wie verzet aantekende, is eruit.",
    )


def overview(outcome: Outcome, result: PublishedResult, dossier: Dossier) -> tuple[Block, ...]:
    """Return the answer to 3b, 3c or 3d: definition, sentences, figure and table.

    Args:
        outcome: ``"conversion"``, ``"objection"`` or ``"complaint"``.
        result: the published result.
        dossier: for words the organisation adds.
    """
    question = next(q for q in questionnaire(dossier.template).questions if q.computed == outcome)
    sentences = " ".join(outcome_sentences(result, outcome))
    return (
        Heading(level=3, text=f"{question.number}. {question.title}"),
        *_shown(outcome, result, sentences),
        *_own_words(dossier.answers.get(question.number)),
    )


def _shown(outcome: Outcome, result: PublishedResult, sentences: str) -> Iterator[Block]:
    if not result.outcomes[outcome].is_shown:
        yield Paragraph(text=f"**{sentences}**")
        return
    yield Paragraph(text=_definition(outcome, result))
    yield Paragraph(text=sentences)
    yield from _misfit(outcome, result)
    yield rate_picture(result, outcome)
    yield rates_table(result, outcome)


def _misfit(outcome: Outcome, result: PublishedResult) -> Iterator[Block]:
    warning = result.outcomes[outcome].fit_warning
    if warning:
        yield Notice(
            kind="warning",
            title="Geen enkele eenvoudige kromme past",
            blocks=(Paragraph(text=literal(warning)),),
        )


def _own_words(answer: str | None) -> Iterator[Block]:
    if answer:
        yield Heading(level=4, text="Toelichting van de organisatie")
        yield Prose(markdown=answer)


def _definition(outcome: Outcome, result: PublishedResult) -> str:
    settings = result.settings
    plural = wording.DENOMINATORS[settings.denominator][1]
    if outcome == "conversion":
        return (
            f"**Conversie** is het deel van de {plural} dat tot een verkoop, gift of toezegging "
            f"leidde ({wording.CONVERSION_DEFINITIONS[settings.conversion_definition]})."
        )
    if outcome == "objection":
        days = wording.counted(settings.objection_window_days, "dag", "dagen")
        return (
            f"**Recht van verzet**: het deel van de {plural} waarna binnen {days} verzet volgde. "
            "Wie verzet aantekent, mag niet meer worden gebeld; de percentages in latere maanden "
            "gaan dus over mensen die niet eerder verzet aantekenden."
        )
    days = wording.counted(settings.complaint_window_days, "dag", "dagen")
    return (
        f"**Klachten**: het deel van de {plural} waarna binnen {days} een klacht volgde. Klachten "
        "waaraan alleen onbeantwoorde belpogingen voorafgingen, staan bij de bevindingen."
    )


def argument(dossier: Dossier) -> tuple[Block, ...]:
    """Return section 4: the organisation's own argument."""
    question = questionnaire(dossier.template).question("4")
    answer = dossier.answers.get(question.number)
    return (
        Heading(level=2, text=f"4. {question.title}"),
        Paragraph(
            text="Dit is het oordeel van de organisatie zelf. Het bewijs staat bij 3b, 3c, 3d en "
            "de weging."
        ),
        Prose(markdown=answer) if answer else gap_notice(literal(question.help)),
    )
