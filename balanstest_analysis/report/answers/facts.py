"""What the report of a dossier says beside the answers, where one was made already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from balanstest_analysis.document.blocks.plain import words_of
from balanstest_analysis.document.opening import read_json
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.questionnaire import Question, questionnaire
from balanstest_analysis.errors import DataError, RunError
from balanstest_analysis.presentation.conclusions import (
    counterpoints,
    headline,
    outcome_sentences,
    question_evidence,
)
from balanstest_analysis.presentation.hidden_counts import count_words
from balanstest_analysis.published.json_form import RESULT_NAME, from_json
from balanstest_analysis.published.names import OUTCOMES
from balanstest_analysis.published.result import PublishedResult

_REPLY: Final = "replies."


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Sentences of a report, without marks.

    Attributes:
        exist: whether there is a report.
        questions: by number of the question.
        counterpoints: by code; empty where only its name is known.
        breaches: how many were found, by code.
        proposal: the term that is proposed.
        untested: names of the criteria that could not be tested.
    """

    exist: bool = False
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    counterpoints: Mapping[str, str] = field(default_factory=dict)
    breaches: Mapping[str, str] = field(default_factory=dict)
    proposal: tuple[str, ...] = ()
    untested: tuple[str, ...] = ()


NO_FACTS: Final = Facts()


def facts_of(dossier: Dossier, reports: Path) -> Facts:
    """Return what the report of a dossier says, as it is published.

    Args:
        dossier: whose report is looked for.
        reports: folder under which reports are kept.

    Raises:
        DataError: there is a report, and it cannot be read.
    """
    file = reports / dossier.series.folder / dossier.period / RESULT_NAME
    if not file.is_file():
        return NO_FACTS
    try:
        content = read_json(file)
        result = from_json(content if isinstance(content, dict) else {})
    except (OSError, ValueError, RunError):
        raise DataError(
            f"`{RESULT_NAME}` of the report of this dossier cannot be read. Make the report again, "
            "or name another folder with `--reports`."
        ) from None
    return _facts(dossier, result)


def _facts(dossier: Dossier, result: PublishedResult) -> Facts:
    questions = questionnaire(dossier.template).questions
    told = {one.number: tuple(map(words_of, _told(one, result))) for one in questions}
    points: dict[str, str] = {
        p.code: words_of(p.text) for p in counterpoints(result, (), dossier.review)
    }
    asked = [gap.removeprefix(_REPLY) for gap in result.gaps if gap.startswith(_REPLY)]
    minimum = result.settings.disclosure_minimum
    return Facts(
        exist=True,
        questions=told,
        counterpoints=dict.fromkeys(asked, "") | points,
        breaches={one.code: count_words(one.count, minimum) for one in result.breaches},
        proposal=(words_of(headline(result)),),
        untested=result.proposal.untested,
    )


def _told(question: Question, result: PublishedResult) -> Iterator[str]:
    evidence = question_evidence(question.evidence, result)
    if evidence:
        yield evidence
    outcome = next((name for name in OUTCOMES if name == question.computed), None)
    if outcome is not None:
        yield from outcome_sentences(result, outcome)
