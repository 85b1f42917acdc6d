"""What speaks against the proposal, shown as plainly as what speaks for it."""

from __future__ import annotations

from collections.abc import Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.wording.compliance import RULES
from balanstest_analysis.presentation.conclusions.changes import changed_afterwards
from balanstest_analysis.presentation.conclusions.quarters import longer_than_before
from balanstest_analysis.presentation.conclusions.refusals import for_a_lawyer
from balanstest_analysis.presentation.conclusions.rules import rule_points
from balanstest_analysis.presentation.conclusions.sensitivity import shorter_elsewhere
from balanstest_analysis.presentation.conclusions.set_aside import set_aside_points
from balanstest_analysis.presentation.conclusions.shorter_term import burden_at_end, shorter_term
from balanstest_analysis.presentation.conclusions.unbounded import (
    lenient_limits,
    without_criterion,
)
from balanstest_analysis.presentation.hidden_counts import NOT_PUBLISHED, count_words
from balanstest_analysis.published.account import PublishedFinding
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.names import OUTCOMES
from balanstest_analysis.published.result import PublishedResult


def counterpoints(
    result: PublishedResult, earlier: Sequence[EarlierReport] = ()
) -> tuple[str, ...]:
    """Return the points against the proposal: always some, and none where nothing is proposed.

    Args:
        result: published.
        earlier: reports of earlier quarters, the oldest first.
    """
    if not result.has_term:
        return ()
    found = (
        *rule_points(result),
        *set_aside_points(result),
        _lawyer(result),
        longer_than_before(result, earlier),
        *changed_afterwards(result),
        burden_at_end(result),
        shorter_term(result),
        _privacy_side(result),
        *without_criterion(result),
        *lenient_limits(result),
        *_missing(result),
        *_misfits(result),
        _breaches(result),
        _days_and_hours(result),
        _longer_than_current(result),
        shorter_elsewhere(result),
        _SURVIVORS,
        _ACCEPTANCE,
        _EFFECT,
    )
    return tuple(point for point in found if point)


_SURVIVORS = (
    "Mensen die al verzet aantekenden, zijn uit het bestand verdwenen. De percentages in late "
    "maanden gaan over de mensen die overbleven en kunnen daardoor te gunstig zijn."
)
_ACCEPTANCE = (
    "Geen verzet is geen instemming. Mensen die niet werden bereikt, konden geen verzet "
    "aantekenen, en wie zich ergert, hangt soms alleen op."
)
_EFFECT = (
    "De conversie is niet het effect van het gesprek en overschat de opbrengst: een deel van de "
    "mensen had ook zonder gesprek weer gekocht of gegeven."
)


def _privacy_side(result: PublishedResult) -> str:
    if not result.has_term or result.proposal.privacy_binds:
        return ""
    return (
        "De privacykant heeft deze termijn niet begrensd: de lengte volgt uit het belang van de "
        "organisatie, uit een vaste grens of uit het einde van de gegevens."
    )


def _lawyer(result: PublishedResult) -> str:
    names = for_a_lawyer(result)
    if not names:
        return ""
    return (
        f"Voor telefoonnummers van vóór 1 juli 2021 is niet voldaan aan {wording.enumerated(names)}"
        "; of die gebeld mogen worden, staat niet vast."
    )


def _missing(result: PublishedResult) -> list[str]:
    absent = [outcome for outcome in OUTCOMES if not result.outcomes[outcome].is_shown]
    return [wording.OUTCOME_WORDS[outcome].no_data for outcome in absent]


def _misfits(result: PublishedResult) -> list[str]:
    return [
        f"{wording.OUTCOME_WORDS[outcome].label}: geen enkele eenvoudige kromme beschrijft deze "
        "gegevens goed, zodat het verloop tussen de waarnemingen minder zeker is."
        for outcome in OUTCOMES
        if result.outcomes[outcome].fit_warning
    ]


def _breaches(result: PublishedResult) -> str:
    minimum = result.settings.disclosure_minimum
    found = [_times(item, minimum) for item in result.findings if item.code in wording.BREACHES]
    if not found:
        return ""
    return (
        "In de belhistorie is gevonden wat niet had mogen gebeuren: "
        f"{wording.enumerated(found)}. Dat ondermijnt het vertrouwen dat de waarborgen bij een "
        "langere termijn werken."
    )


def _times(finding: PublishedFinding, minimum: int) -> str:
    rule, words = RULES[finding.code].lower(), count_words(finding.count, minimum)
    if words == NOT_PUBLISHED:
        return f"{rule} (aantal {words})"
    return f"{words} keer {rule}"


def _days_and_hours(result: PublishedResult) -> str:
    """Return that calls fell on forbidden days or hours; an unverified rule is called one."""
    rules = result.compliance.rules if result.compliance is not None else ()
    found = {item.code for item in result.findings}
    broken = [rule for rule in rules if rule.code in _WHEN and rule.code in found]
    if not broken:
        return ""
    where = wording.enumerated([_WHEN[rule.code] for rule in broken])
    doubt = "" if all(rule.verified for rule in broken) else _NOT_READ
    return f"Er is gebeld {where} waarop dat volgens de toegepaste regels niet mag.{doubt}"


_WHEN = {"forbidden_day": "op dagen", "outside_hours": "op tijdstippen"}
_NOT_READ = " Niet al die regels konden in een bron worden nagegaan."


def _longer_than_current(result: PublishedResult) -> str:
    term, current = result.proposal.term_months, result.proposal.current_term_months
    if term is None or current is None or term <= current:
        return ""
    return (
        f"De voorgestelde termijn is langer dan de huidige van {wording.months(current)}. Mensen "
        "die nu niet meer worden gebeld, zouden dan weer gebeld kunnen worden."
    )
