"""What the first page says while a criterion is untested: why, what the others say, how on."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.conclusions.criteria import criterion_sentences, quoted
from balanstest_analysis.published.criteria import Tested
from balanstest_analysis.published.names import OVERALL_RATE, UNTESTED
from balanstest_analysis.published.result import PublishedResult


def undetermined_headline(result: PublishedResult) -> str:
    """Return that there is no proposal yet, and why, without a number of months."""
    names = result.proposal.untested
    if len(names) == 1:
        return f"Nog geen voorstel: het criterium {quoted(names[0])} kon niet worden getoetst"
    untested = sum(item.status in UNTESTED for item in result.criteria)
    if untested == len(result.criteria):
        return "Nog geen voorstel: geen enkel criterium kon worden getoetst"
    return "Nog geen voorstel: niet alle criteria konden worden getoetst"


def undetermined(result: PublishedResult) -> tuple[str, ...]:
    """Return every untested criterion with what its test takes, what the others say, and how on.

    Args:
        result: without a proposal, for want of a test.
    """
    names = result.proposal.untested
    return (
        *(
            f"**Criterium {quoted(item.name)}.** {criterion_sentences(item, result)}"
            for item in result.criteria
            if item.name in names
        ),
        " ".join(_tested(result)),
        _ways_on(result),
    )


def _tested(result: PublishedResult) -> Iterator[str]:
    months, cap = result.proposal.tested_term_months, result.regime.cap_months
    asked = result.proposal.requested_term_months
    if months is not None:
        which = "overige" if _is_argued(result, months) else "wel getoetste"
        yield (
            f"Uit de {which} criteria volgt niet meer dan {wording.months(months)}. Dat is geen "
            "voorstel: een criterium dat nog niet is getoetst, kan een kortere termijn vragen of "
            "elke termijn uitsluiten."
        )
        if cap is not None and cap < months:
            yield f"Daarnaast geldt de grens van {wording.months(cap)}."
    if asked is not None:
        yield (
            f"Over de gevraagde termijn van {wording.months(asked)} is daarom nog niets te zeggen."
        )


def _is_argued(result: PublishedResult, months: int) -> bool:
    """Return whether an argument gives the number, and no test."""
    supports = [item.support for item in result.criteria if item.term_months == months]
    return not any(isinstance(support, Tested) for support in supports)


def _ways_on(result: PublishedResult) -> str:
    """Return what the organisation can do; over the whole term nothing takes fewer contacts."""
    untested = [item for item in result.criteria if item.name in result.proposal.untested]
    other = "" if all(item.kind == OVERALL_RATE for item in untested) else _FEWER_CONTACTS
    return f"{_SET_ASIDE} {other}{_ARGUE}"


_SET_ASIDE = (
    "**Hoe verder.** De organisatie kan een criterium dat niet te toetsen is, terzijde leggen en "
    "opschrijven waarom, tenzij de waarnemingen zelf al aan de verkeerde kant van de grens "
    "liggen. Die reden staat dan op deze bladzijde, en er volgt een voorlopig voorstel."
)
_FEWER_CONTACTS = (
    "Zij kan ook een criterium stellen waarvoor minder gegevens nodig zijn: dezelfde of een "
    "strengere grens aan het percentage over alle maanden van de termijn samen. "
)
_ARGUE = "Of zij neemt een besluit dat op een redenering berust en niet op cijfers."
