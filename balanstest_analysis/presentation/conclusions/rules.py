"""What page one says first of the rules: an override, rules that end, relations not known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import literal
from balanstest_analysis.published.names import EventKind
from balanstest_analysis.published.relations import LaterRules
from balanstest_analysis.published.result import PublishedResult


def rule_warnings(result: PublishedResult) -> tuple[str, ...]:
    """Return what stands first on page one about the rules, the gravest first; often nothing."""
    return tuple(_warnings(result))


def _warnings(result: PublishedResult) -> Iterator[str]:
    if result.regime.override_reason is not None:
        yield _override(result)
    if result.proposal.status == "not_allowed":
        return
    if result.later_rules is not None:
        yield _later(result.later_rules, has_term=result.has_term)
    if result.relations.kinds_from == "unknown":
        yield (
            "**Welke relaties meetellen, is niet na te gaan:** uit de aangeleverde gegevens blijkt "
            "niet om welke soorten relaties het gaat, en niet elke soort is een grond om te bellen."
        )
    if result.relations.membership_reason is not None:
        yield _membership(result.relations.membership_reason)


def _later(later: LaterRules, *, has_term: bool) -> str:
    day = wording.date(dt.date.fromisoformat(later.starts_on))
    what = "Dit voorstel geldt" if has_term else "De toegepaste regels gelden"
    then = "gelden andere regels" if later.has_ground else "is voorafgaande toestemming nodig"
    return f"**{what} niet voor belpogingen vanaf {day}**: vanaf die dag {then}."


def _override(result: PublishedResult) -> str:
    reason = literal(wording.one_line(result.regime.override_reason or ""))
    return (
        f"**De organisatie gaat uit van andere regels dan die van de rapportdatum:** "
        f"{literal(result.regime.name)}. Reden van de organisatie: {reason}"
    )


def _membership(reason: str) -> str:
    return (
        "**De organisatie telt lidmaatschappen als giften.** De wet noemt de schenking en niet het "
        "lidmaatschap; daarom is het voorstel voorlopig. Reden van de organisatie: "
        f"{literal(wording.one_line(reason))}"
    )


def assumed_kinds(result: PublishedResult) -> str:
    """Return that the event from which months are counted is assumed; empty where it is told."""
    if result.relations.kinds_from != "unknown":
        return ""
    return " Dat is aangenomen; uit de gegevens blijkt niet welke relaties zijn geteld."


def ends_count(result: PublishedResult) -> str:
    """Return of which relations the end counts, to follow on the event; empty where of none.

    Without a table of events nothing is known of what the organisation did.
    """
    counted = result.relations.counted
    told = [word for kind, word in _WITH_END.items() if not counted or kind in counted]
    if not result.relations.come_from_events or not told:
        return ""
    return f"; van een {' of '.join(told)} telt het einde"


_WITH_END: Mapping[EventKind, str] = {"contract": "contract", "donation": "doorlopende gift"}


def overridden(result: PublishedResult) -> Iterator[str]:
    """Yield that the organisation goes by other rules than those of the report date."""
    if result.regime.override_reason is not None:
        yield (
            f"{_override(result)} De belpogingen zelf zijn getoetst aan de regels die golden op de "
            "dag van bellen."
        )


def memberships(result: PublishedResult) -> Iterator[str]:
    """Yield that the organisation takes a membership for a gift."""
    if result.relations.membership_reason is not None:
        yield _membership(result.relations.membership_reason)
