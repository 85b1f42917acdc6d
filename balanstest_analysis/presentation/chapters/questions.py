"""The template's questions in order: the organisation's words, and the overviews of 3b to 3d."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import (
    Block,
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
    has_course,
    outcome_sentences,
    question_evidence,
    tells_nothing,
)
from balanstest_analysis.presentation.figures import rate_picture
from balanstest_analysis.presentation.places import ARGUMENT, WEIGHING
from balanstest_analysis.presentation.places import question as place_of
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
            f"**Conversiepercentage**: het deel van de {plural} waarop een "
            f"{wording.conversion_event(result.relations.counted)} volgde "
            f"({wording.CONVERSION_DEFINITIONS[settings.conversion_definition]})."
        )
    if outcome == "objection":
        days = _within(settings.objection_window_days, counted=counted)
        return (
            f"**Verzetpercentage**: het deel van de {plural} waarop {days} verzet volgde. "
            "Wie verzet aantekent, mag niet meer worden gebeld, tenzij die persoon daar zelf om "
            f"vraagt; de percentages in latere maanden {_LATER_PEOPLE[counted]}"
        )
    days = _within(settings.complaint_window_days, counted=counted)
    told = f"**Klachtpercentage**: het deel van de {plural} waarop {days} een klacht volgde."
    return told if counted else f"{told} {_UNANSWERED}"


_LATER_PEOPLE = {
    False: "gaan dus over mensen die niet eerder verzet aantekenden.",
    True: (
        "horen dus te gaan over mensen die niet eerder verzet aantekenden. Of dat zo is, is niet "
        "nagegaan."
    ),
}
_UNANSWERED = (
    "Klachten die wel op een belpoging volgden, maar aan geen netto contact zijn toe te schrijven, "
    "staan bij de bevindingen."
)


def _within(days: int, *, counted: bool) -> str:
    """Return within how many days; the organisation that counted itself is not said to have."""
    if counted:
        return "volgens de telling van de organisatie"
    return f"binnen {wording.counted(days, 'dag', 'dagen')}"


def argument(result: PublishedResult, dossier: Dossier) -> tuple[Block, ...]:
    """Return section 4: the organisation's own argument."""
    question = questionnaire(dossier.template).question("4")
    answer = dossier.answers.get(question.number)
    return (
        Heading(level=2, text=f"4. {question.title}", anchor=ARGUMENT.anchor),
        Paragraph(text=f"Dit is het oordeel van de organisatie zelf.{_numbers_stand(result)}"),
        Prose(markdown=answer) if answer else gap_notice(literal(question.help)),
    )


def _numbers_stand(result: PublishedResult) -> str:
    """Return where the numbers stand: at the questions that have any."""
    asked = [str(place_of(wording.OUTCOME_WORDS[name].question)) for name in result.shown_outcomes]
    if not asked:
        return ""
    return f" De gegevens staan bij {wording.enumerated(asked)} en bij {WEIGHING}."
