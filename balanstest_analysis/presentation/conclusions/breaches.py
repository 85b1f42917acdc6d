"""What the calling history shows that went against a rule, as a test by machine finds it."""

from __future__ import annotations

from collections.abc import Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.document.wording.compliance import BROKEN
from balanstest_analysis.presentation.hidden_counts import NOT_PUBLISHED, count_words
from balanstest_analysis.presentation.late_events import doubted, late_events
from balanstest_analysis.published.account import PublishedFinding
from balanstest_analysis.published.compliance import LateEvents, PublishedRule
from balanstest_analysis.published.result import PublishedResult


def breaches(result: PublishedResult) -> str:
    """Return which calls and objections were found to go against a rule; empty without any.

    Args:
        result: published.
    """
    minimum = result.settings.disclosure_minimum
    doubt = doubted(result)
    broken = [x for x in result.findings if x.code in wording.BREACHES and x is not doubt]
    perhaps = _perhaps(doubt, late_events(result), minimum)
    if not broken:
        return perhaps
    made = [item for item in broken if item.code in BROKEN]
    calls = [_times(item, minimum, "gebeld " * (item is made[0])) for item in made]
    late = [_not_processed(item, minimum) for item in broken if item.code not in BROKEN]
    told = [f"{_WRONG} {wording.enumerated(calls)}."] if calls else []
    return " ".join(filter(None, [*told, *late, _UNDERMINES, _BY_A_TEST, perhaps]))


def _perhaps(doubt: PublishedFinding | None, late: LateEvents | None, minimum: int) -> str:
    """Return how many calls may be breaches, where the events begin too late to know."""
    if doubt is None or late is None:
        return ""
    return (
        f"Er is {_times(doubt, minimum, 'gebeld ')}; of dat een overtreding is, staat voor "
        f"belpogingen vóór {wording.date(late.reaches_from)} niet vast, omdat de aangeleverde "
        "aankopen en giften daarvoor niet ver genoeg teruggaan."
    )


_WRONG = (
    "In de belhistorie zijn belpogingen gevonden die volgens de toegepaste regels niet mochten: er "
    "is"
)
_BY_A_TEST = (
    "Dit is automatisch getoetst; of er voor afzonderlijke gevallen een verklaring is, is niet "
    "nagegaan."
)
_UNDERMINES = "Dat ondermijnt het vertrouwen dat de waarborgen in de praktijk werken."


def _times(finding: PublishedFinding, minimum: int, verb: str = "") -> str:
    done, words = f"{verb}{BROKEN[finding.code]}", count_words(finding.count, minimum)
    if words == NOT_PUBLISHED:
        return f"{done} (aantal {words})"
    return f"{words} keer {done}"


def _not_processed(finding: PublishedFinding, minimum: int) -> str:
    """Return how many objections were not processed in time: reports, and no calls."""
    words = count_words(finding.count, minimum)
    if words == NOT_PUBLISHED:
        return f"Niet elk verzet was na vier weken verwerkt (aantal {words})."
    cases = "geval" if words == "1" else "gevallen"
    return f"In {words} {cases} was verzet na vier weken nog niet verwerkt."


def days_and_hours(result: PublishedResult) -> str:
    """Return how often calls fell on forbidden days or hours; an unverified rule is called one.

    Args:
        result: published.
    """
    rules = result.compliance.rules if result.compliance is not None else ()
    found = {item.code for item in result.findings}
    broken = [rule for rule in rules if rule.code in _WHEN and rule.code in found]
    if not broken:
        return ""
    minimum = result.settings.disclosure_minimum
    where = wording.enumerated([_when(rule, minimum) for rule in broken])
    return (
        f"Er is gebeld {where} waarop dat volgens de toegepaste regels niet mag.{_not_read(broken)}"
    )


def _not_read(broken: Sequence[PublishedRule]) -> str:
    """Return how many of the broken rules were not read for every day; empty where all were."""
    unread = [rule for rule in broken if not rule.verified]
    if not unread:
        return ""
    if len(unread) < len(broken):
        return " Niet al die regels konden voor de hele periode in een bron worden nagegaan."
    those, could = ("Die regel", "kon") if len(broken) == 1 else ("Die regels", "konden")
    return f" {those} {could} niet voor de hele periode in een bron worden nagegaan."


def _when(rule: PublishedRule, minimum: int) -> str:
    words = count_words(rule.count, minimum)
    times = f"aantal {words}" if words == NOT_PUBLISHED else f"{words} keer"
    return f"{_WHEN[rule.code]} ({times})"


_WHEN = {"forbidden_day": "op dagen", "outside_hours": "op tijdstippen"}
