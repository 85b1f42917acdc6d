"""Sentences about calls of which is not known what came before, because the events begin late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.counted_from import EVENTS, event_of
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.page import Page, Passage

NO_EVENT = "no_earlier_event"
PERHAPS = (
    "Er is gebeld zonder bekende klantrelatie; of dat een overtreding is, staat niet voor elke "
    "belpoging vast."
)
BEGIN = "De aangeleverde aankopen en giften gaan vrijwel niet verder terug dan"
CHECKED = "De belhistorie getoetst aan de regels van de beldatum"


def late_events(facts: Facts) -> Mapping[str, Any] | None:
    """Return from when on is known what came before a call; None where it is known of all."""
    compliance = facts.content["compliance"]
    return None if compliance is None else compliance.get("late_events")


def doubted(facts: Facts) -> Mapping[str, Any] | None:
    """Return the finding of calls without a known relation, where not all need be breaches."""
    if late_events(facts) is None:
        return None
    found = (item for item in facts.content["findings"] if item["code"] == NO_EVENT)
    return next(found, None)


def wholly_doubted(facts: Facts) -> Mapping[str, Any] | None:
    """Return that finding, where no year tells of such calls that are breaches for certain."""
    late, found = late_events(facts), doubted(facts)
    rules = facts.content["compliance"]["rules"] if late else []
    years = [year for one in rules if one["code"] == NO_EVENT for year in one["by_year"]]
    known = [year["count"] for year in years if late and _starts(year) >= late["reaches_from"]]
    return None if any(known) else found


def _starts(year: Mapping[str, Any]) -> str:
    return f"{year['year']}-01-01"


@claim("observed", f"{BEGIN} {{begins:date}}.", where="note")
def begin(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check with which day the events begin."""
    late = late_events(facts)
    yield from demand(late is not None, "the events do not begin late")
    yield from said.is_day("begins", None if late is None else late["begins_on"])


@claim(
    "observed",
    f"Bij belpogingen vóór {{reaches:date}} kan daardoor een eerdere {{event={EVENTS}}} ontbreken: "
    "of een belpoging zonder bekende klantrelatie een overtreding is, staat tot die dag niet vast, "
    "en na afloop van de termijn kan vaker zijn gebeld dan is geteld.",
    where="note",
)
def reach(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check from which day on the events reach back far enough, and which events count."""
    yield from said.is_text("event", event_of(facts))
    late = late_events(facts)
    yield from demand(late is not None, "the events do not begin late")
    yield from said.is_day("reaches", None if late is None else late["reaches_from"])


@claim("observed", PERHAPS)
def perhaps(_said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that no call without a known relation need be a breach, as far as years tell."""
    yield from demand(wholly_doubted(facts) is not None, "the events do not begin late")


def page_faults(page: Page, facts: Facts) -> Iterator[str]:
    """Yield where the table of rules does not say that the events begin late, or says so in vain.

    Args:
        page: of the report.
        facts: of its result.
    """
    due = late_events(facts) is not None
    for sheet in page.sheets:
        if sheet.caption.endswith(CHECKED) and (BEGIN in sheet.note) != due:
            yield f"that the events begin late: {due}"
