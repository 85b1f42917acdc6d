"""Where the data end: whether there are any beyond a month, and which terms end only with them."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.page import Page, Passage, Sheet
from balanstest_analysis.verification.claims.vocabulary import UNITS, enumerated

NOT_REACHED = "not_reached_in_data"
UNSEEN = (
    "daarna zijn er te weinig gegevens; of de termijn langer had kunnen zijn, is niet op te maken."
)
WEIGHTS = "Hoe zwaar weegt verzet?"
# the captions of the tables of other choices, with which of the choices stand in each
TABLES = {
    "De termijn in maanden als een drempelwaarde": True,
    "De termijn bij andere keuzes": False,
}


def few_or_none(facts: Facts, term: int | None) -> str:
    """Return the word for the data beyond a term: none where every row ends within it.

    Args:
        facts: of a published result.
        term: in months; None where there is none.
    """
    return "geen" if (term or 0) > facts.ends else "te weinig"


def ends_with_data(facts: Facts) -> bool:
    """Return whether the term that follows from the criteria ends only because the data do.

    Args:
        facts: of a published result.
    """
    terms = [item.term for item in facts.criteria if item.term is not None]
    if not terms:
        return False
    binding = facts.proposal["binding"]
    least = {item.status for item in facts.criteria if item.term == min(terms)}
    if binding == "regime_cap":
        return facts.is_request and least == {NOT_REACHED}
    return bool(binding == "last_month_with_evidence")


@claim("tested", f"{{terms:text}} {{=maanden|maand}}: {UNSEEN}", where="note")
def unseen_beyond(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check at which terms the data end; below which table it stands, the page tells."""
    due = _weighed(facts) if at.section == WEIGHTS else {facts.uncapped}
    found = enumerated([str(term) for term in sorted(term or 0 for term in due)])
    yield from said.is_text("terms", found)
    ended = at.section == WEIGHTS or ends_with_data(facts)
    yield from demand(ended, "the term does not end with the data")


def _weighed(facts: Facts) -> set[int | None]:
    return {
        point["term_months"]
        for point in facts.content["frontier"]
        if point["status"] == NOT_REACHED
    }


@claim(
    "words",
    "Bij een andere noemer zijn dezelfde drempelwaarden gebruikt, hoewel zij per {unit:text} zijn "
    "gesteld.",
    where="note",
)
def stated_per(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that there is another denominator, and for which the thresholds were stated."""
    yield from said.is_text("unit", UNITS[facts.settings["denominator"]][0])
    others = [line for line in facts.content["sensitivity"] if line["choice"] == "denominator"]
    yield from demand(bool(others), "there is no other denominator")


def page_faults(page: Page, facts: Facts) -> Iterator[str]:
    """Yield which tables have terms at which the data end, and do not say so.

    Args:
        page: of the report.
        facts: of its result.
    """
    for sheet in page.sheets:
        told = UNSEEN in sheet.note
        due = _is_due(sheet, facts)
        if due is not None and due != told:
            how = "not " if due else ""
            yield f"that the data end at a term is {how}told below {sheet.caption}"


def _is_due(sheet: Sheet, facts: Facts) -> bool | None:
    """Return whether it is to be told below a table; None below one of another kind."""
    if sheet.section == WEIGHTS:
        return bool(_weighed(facts))
    scaled = next((scaled for words, scaled in TABLES.items() if words in sheet.caption), None)
    if scaled is None:
        return None
    lines = [x for x in facts.content["sensitivity"] if (x["choice"] == "threshold") == scaled]
    alike = any(line["term_months"] == facts.uncapped for line in lines)
    return ends_with_data(facts) and alike
