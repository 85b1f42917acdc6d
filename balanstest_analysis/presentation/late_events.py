"""What is not known where the events begin too late for the first calls; see `LateEvents`."""

from __future__ import annotations

from balanstest_analysis.document import wording
from balanstest_analysis.published.account import PublishedFinding
from balanstest_analysis.published.compliance import LateEvents
from balanstest_analysis.published.result import PublishedResult

NO_EVENT = "no_earlier_event"
# The rules whose counts rest on the last event before a call.
DATED = ("beyond_cap", "beyond_own_term", NO_EVENT)


def late_events(result: PublishedResult) -> LateEvents | None:
    """Return from when on is known what came before a call; None where it is known of all."""
    return None if result.compliance is None else result.compliance.late_events


def doubted(result: PublishedResult) -> PublishedFinding | None:
    """Return the calls without a known relation, where not all of them need be breaches."""
    if late_events(result) is None:
        return None
    return next((found for found in result.findings if found.code == NO_EVENT), None)


def is_certain(result: PublishedResult) -> bool:
    """Return whether a year tells of such calls from when on what came before is known."""
    late = late_events(result)
    rules = () if result.compliance is None else result.compliance.rules
    years = [year for rule in rules if rule.code == NO_EVENT for year in rule.by_year if year.count]
    return late is not None and any(f"{year.year}-01-01" >= late.reaches_from for year in years)


def told_late(result: PublishedResult) -> str:
    """Return what is not known of the calls before a day, for the note of a table; else nothing."""
    late = late_events(result)
    if late is None:
        return ""
    event = wording.reference_event(result.relations.counted).removeprefix("de laatste ")
    return (
        f" De aangeleverde aankopen en giften gaan vrijwel niet verder terug dan "
        f"{wording.date(late.begins_on)}. Bij belpogingen vóór {wording.date(late.reaches_from)} "
        f"kan daardoor een eerdere {event} ontbreken: of een belpoging zonder bekende "
        "klantrelatie een overtreding is, staat tot die dag niet vast, en na afloop van de termijn "
        "kan vaker zijn gebeld dan is geteld."
    )
