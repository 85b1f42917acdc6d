"""What the months that are asked for bring and cost, beside those before them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.conclusions.rows import (
    MonthBlock,
    block_between,
    common_ends,
    first_month,
)
from balanstest_analysis.presentation.conclusions.shorter_term import (
    objections_in_words,
    objections_per_100,
)
from balanstest_analysis.presentation.places import ARGUMENT
from balanstest_analysis.published.result import PublishedResult


@dataclass(frozen=True, kw_only=True)
class Requested:
    """The months beyond the cap, as far as there are data.

    Attributes:
        cap: in months; from that month on an advice is asked.
        asked: term in months.
        before: what was counted before those months; None where no row ends there.
        beyond: what was counted in them, in whole rows; None where there are no data.
        last: last month that is printed for conversions and objections alike.
    """

    cap: int
    asked: int
    before: MonthBlock | None
    beyond: MonthBlock | None
    last: int


Evaluated: TypeAlias = Literal["proposal", "request", "uncapped"]


def evaluated(result: PublishedResult) -> Evaluated:
    """Return at what term all is weighed: the proposal, the one asked for, or without the cap.

    Args:
        result: published.
    """
    proposal = result.proposal
    if proposal.route != "request":
        return "proposal"
    if proposal.evaluated_term_months == proposal.requested_term_months:
        return "request"
    return "uncapped" if proposal.cap_binds else "proposal"


def requested_months(result: PublishedResult) -> Requested | None:
    """Return the months that are asked for beyond the cap; None where nothing is asked.

    Args:
        result: published.
    """
    cap, asked = result.regime.cap_months, result.proposal.requested_term_months
    if result.proposal.route != "request" or cap is None or asked is None:
        return None
    first, ends = first_month(result), common_ends(result)
    last = ends[-1] if ends else first
    starts = [first, *(end + 1 for end in ends[:-1])]
    pairs = [(a, b) for a, b in zip(starts, ends, strict=True) if b >= cap and a < asked]
    inside = [pair for pair in pairs if pair[0] >= cap and pair[1] < asked] or pairs
    if not inside:
        before = block_between(result, first, last) if ends else None
        return Requested(cap=cap, asked=asked, before=before, beyond=None, last=last)
    begin, end = inside[0][0], inside[-1][1]
    return Requested(
        cap=cap,
        asked=asked,
        before=block_between(result, first, begin - 1) if begin > first else None,
        beyond=block_between(result, begin, end),
        last=last,
    )


def unseen_months(result: PublishedResult) -> str:
    """Return which of the months that are asked for have no numbers at all; else nothing.

    Args:
        result: published.
    """
    found = requested_months(result)
    if found is None or found.last >= found.asked - 1:
        return ""
    rest = wording.in_months(found.last + 1, found.asked - 1).removeprefix("in ")
    return (
        f"Cijfers over {rest} zijn er niet; daarom kan dit rapport niets zeggen over die maanden."
    )


def requested_sentences(result: PublishedResult) -> tuple[str, ...]:
    """Return what is known of the months that are asked for; nothing where nothing is asked.

    Args:
        result: published.
    """
    found = requested_months(result)
    if found is None:
        return ()
    months = wording.in_months(found.cap, found.asked - 1).removeprefix("in ")
    about = f"De aanvraag gaat over {months}."
    if found.beyond is None:
        return (
            f"{about} Daarover zijn er geen cijfers: de gegevens eindigen met maand {found.last}. "
            f"Voor die maanden berust de aanvraag alleen op een redenering{_where_argued(result)}. "
            f"{_REACH} {_ENCLOSED}",
        )
    parts = (about, _ratios(found), _straddles(found), _unseen(result, found), _REACH, _ENCLOSED)
    return tuple(filter(None, parts))


_REACH = "Hoeveel mensen in die maanden zullen worden gebeld, is uit deze cijfers niet op te maken."
_ENCLOSED = (
    "Bij een aanvraag hoort deze balanstest; de organisatie kan overwegen de "
    "gegevensbeschermingseffectbeoordeling (DPIA) mee te sturen."
)


def _ratios(found: Requested) -> str:
    assert found.beyond is not None
    late = objections_per_100(found.beyond)
    early = None if found.before is None else objections_per_100(found.before)
    if late is None:
        return ""
    where = wording.capital(wording.in_months(found.beyond.month_from, found.beyond.month_to))
    sentence = f"{where} stonden tegenover elke 100 conversies {objections_in_words(late)}"
    if found.before is None or early is None:
        return f"{sentence}."
    earlier = wording.in_months(found.before.month_from, found.before.month_to)
    return f"{sentence}; {earlier} waren dat er {wording.number(early)}."


def _straddles(found: Requested) -> str:
    """Return which of the months asked for are counted with those before them."""
    assert found.beyond is not None
    first = found.beyond.month_from
    if first <= found.cap:
        return ""
    if first - 1 == found.cap:
        return f"Maand {found.cap} valt in een tijdvak dat eerder begint."
    return f"De maanden {found.cap} tot en met {first - 1} vallen in een tijdvak dat eerder begint."


def _unseen(result: PublishedResult, found: Requested) -> str:
    if found.last >= found.asked - 1:
        return ""
    rest = wording.in_months(found.last + 1, found.asked - 1).removeprefix("in ")
    return (
        f"De cijfers eindigen met maand {found.last}: over {rest} zeggen zij niets, en voor die "
        f"maanden berust de aanvraag alleen op een redenering{_where_argued(result)}."
    )


def _where_argued(result: PublishedResult) -> str:
    """Return where the argument stands; nothing while that is still to be written."""
    return (
        ""
        if ARGUMENT.words.removeprefix("onderdeel ") in result.gaps
        else f"; die hoort in {ARGUMENT} te staan"
    )
