"""The question sets of both versions of the template, as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of the template.

    Attributes:
        number: as printed in the template, for example ``"1a"``.
        title: short title, in Dutch.
        help: what a good answer says, in Dutch.
        computed: the outcome that answers the question from the history, or None.
        evidence: what the history tells beside the answer, or None: ``"months"``, ``"start"`` or
            ``"frequency"``.
    """

    number: str
    title: str
    help: str
    computed: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, kw_only=True)
class Questionnaire:
    """One version of the template.

    Attributes:
        name: in Dutch, as printed in the appendix.
        chapters: title per chapter number.
        questions: in the order of the template.
    """

    name: str
    chapters: dict[str, str]
    questions: tuple[Question, ...]

    def numbers(self) -> tuple[str, ...]:
        """Return the numbers of all questions in order."""
        return tuple(question.number for question in self.questions)

    def question(self, number: str) -> Question:
        """Return the question with this number.

        Raises:
            KeyError: the template has no such question.
        """
        return {question.number: question for question in self.questions}[number]


@cache
def questionnaire(template: str) -> Questionnaire:
    """Return the question set of a template version.

    Args:
        template: ``"opt-in"`` (the newer version) or ``"bel-me-niet"`` (the older one).

    Raises:
        KeyError: there is no such version.

    Examples:
        >>> questionnaire("opt-in").question("1d").title
        'Vervangingstermijn'
        >>> len(questionnaire("bel-me-niet").questions)
        12
    """
    rules = resources.files("balanstest_analysis.dossier") / "rules" / "questions.toml"
    text = rules.read_text("utf-8")
    entry = tomllib.loads(text)[template]
    questions = tuple(Question(**item) for item in entry["questions"])
    return Questionnaire(name=entry["name"], chapters=entry["chapters"], questions=questions)


@dataclass(frozen=True, kw_only=True)
class LookedFor:
    """What is asked of an answer by those who judge it, as questions in Dutch.

    Attributes:
        committee: of the branch organisation.
        fg: the data protection officer.
    """

    committee: tuple[str, ...]
    fg: tuple[str, ...]


@cache
def _all_looked_for() -> dict[str, LookedFor]:
    rules = resources.files("balanstest_analysis.dossier") / "rules" / "looked_for.toml"
    found = tomllib.loads(rules.read_text("utf-8"))
    return {
        title: LookedFor(committee=tuple(asked["committee"]), fg=tuple(asked["fg"]))
        for title, asked in found.items()
    }


def looked_for(question: Question) -> LookedFor:
    """Return what a committee and a data protection officer look for in an answer.

    Args:
        question: of either version of the template.

    Examples:
        >>> looked_for(questionnaire("opt-in").question("1d")).fg
        ('Mag iemand na die tijd nog verwachten van u te horen?',)
    """
    return _all_looked_for()[question.title]


@dataclass(frozen=True, kw_only=True)
class Printed:
    """How a version of the template is recognised on paper.

    Attributes:
        only: words that the other version does not have.
        questions: first and last words of each question, by its number.
    """

    only: tuple[str, ...]
    questions: dict[str, tuple[str, str]]


@cache
def printed(template: str) -> Printed:
    """Return how the questions of a template version are printed.

    Args:
        template: ``"opt-in"`` or ``"bel-me-niet"``.

    Examples:
        >>> printed("bel-me-niet").questions["1c"][1]
        'afgenomen?'
    """
    rules = resources.files("balanstest_analysis.dossier") / "rules" / "printed.toml"
    entry = tomllib.loads(rules.read_text("utf-8"))[template]
    questions = {number: (first, last) for number, (first, last) in entry["questions"].items()}
    return Printed(only=tuple(entry["only"]), questions=questions)
