"""Who was called in which month, and what that means for the curves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from balanstest_analysis.document import wording
from balanstest_analysis.published.names import OUTCOMES, Outcome
from balanstest_analysis.published.people import CompositionRow
from balanstest_analysis.published.result import PublishedResult

ShareName = Literal["reached_share", "largest_campaign_share"]
_KnownShare: TypeAlias = tuple[float, CompositionRow]

REACH = "het bereik (het deel van de belpogingen waarin de juiste persoon is bereikt)"
SHARES: Mapping[ShareName, str] = {
    "reached_share": "het bereik",
    "largest_campaign_share": "het aandeel van de grootste campagne",
}


def from_counts(result: PublishedResult) -> bool:
    """Return whether the organisation delivered counts instead of a history of calls."""
    return "counts" in result.fingerprints or "calls" not in result.fingerprints


def share_of(row: CompositionRow, name: ShareName) -> float | None:
    """Return a share of a row by its name; None where it is hidden."""
    return row.reached_share if name == "reached_share" else row.largest_campaign_share


def composition_sentences(result: PublishedResult) -> tuple[str, ...]:
    """Return what selective calling would look like, and between which shares the months lie.

    Args:
        result: published.
    """
    ranges = [_range(_known(result, name), name) for name in shown_shares(result)]
    reach = f"{REACH} verandert, " if "reached_share" in shown_shares(result) else ""
    return tuple(filter(None, (_SELECTIVE.format(reach=reach), " ".join(ranges))))


_SELECTIVE = (
    "Zijn in latere maanden andere mensen gebeld dan in de eerste maanden, dan tonen de krommen "
    "niet alleen de invloed van de tijd. Selectief bellen is hieraan te herkennen: het aantal "
    "contacten zakt plotseling, {reach}of de contacten komen nog maar uit één of enkele campagnes."
)


def shown_shares(result: PublishedResult) -> tuple[ShareName, ...]:
    """Return the shares that say something: known, and of more than one campaign.

    Args:
        result: published.
    """
    told = [name for name in SHARES if _known(result, name)]
    several = not has_one_campaign(result)
    return tuple(name for name in told if name == "reached_share" or several)


def has_one_campaign(result: PublishedResult) -> bool:
    """Return whether no campaigns are told apart."""
    return max((row.campaigns for row in result.composition), default=0) < 2


def _known(result: PublishedResult, name: ShareName) -> list[_KnownShare]:
    shares = [(share_of(row, name), row) for row in result.composition]
    return [(share, row) for share, row in shares if share is not None]


def _range(known: Sequence[_KnownShare], name: ShareName) -> str:
    low, high = (pick(known, key=lambda pair: pair[0]) for pick in (min, max))
    least, most = (wording.percentage(share, 0) for share, _ in (low, high))
    share = wording.capital(SHARES[name])
    if least == most:
        return f"{share} is in deze historie in elk tijdvak {least}."
    ends = (("het laagst", low), ("het hoogst", high))
    told = [f"{word} {_months(row)}" for word, (at, row) in ends if _stands_out(at, known)]
    where = f" en is {wording.enumerated(told)}" if told else ""
    return f"{share} ligt in deze historie per tijdvak tussen {least} en {most}{where}."


def _months(row: CompositionRow) -> str:
    return wording.in_months(row.month_from, row.month_to)


def _stands_out(share: float, known: Sequence[_KnownShare]) -> bool:
    """Return whether no other row shows the same share."""
    words = wording.percentage(share, 0)
    return sum(wording.percentage(other, 0) == words for other, _ in known) == 1


def rare_limit(result: PublishedResult, outcome: Outcome) -> str:
    """Return the share of people at most, where no row can be published; empty otherwise."""
    rows = result.incidence_since_contact.get(outcome, ())
    limits = [row.share.upper for row in rows if row.share is not None]
    if not limits or any(row.observed is not None for row in rows):
        return ""
    words = wording.OUTCOME_WORDS[outcome]
    first = wording.FIRST_CONTACTS[result.settings.denominator]
    return (
        f"{words.label}: de aantallen mensen worden niet per tijdvak gepubliceerd. Binnen "
        f"{wording.months(rows[-1].month_to + 1)} na hun {first} ging het om ten hoogste "
        f"{wording.percentage(limits[-1])} van de mensen."
    )


def standardised_outcomes(result: PublishedResult) -> list[Outcome]:
    """Return the outcomes whose rates could be standardised over campaigns."""
    return [name for name in OUTCOMES if result.outcomes[name].standardised]


def standardised_sentence(result: PublishedResult) -> str:
    """Return how much the mix of campaigns matters, or why that is not known.

    Args:
        result: published.
    """
    shown = standardised_outcomes(result)
    if not shown:
        return _NO_CAMPAIGNS if result.clustering.campaigns < 2 else _TOO_FEW_EVENTS
    largest = [f"{_largest(result, name)} bij {_of(name)}" for name in shown]
    return (
        "Onder ‘gelijke verdeling’ staan de percentages die te verwachten waren geweest als elke "
        "maand dezelfde verdeling over campagnes had gehad. Grote verschillen betekenen dat die "
        "verdeling een deel van de kromme verklaart. Deze percentages bepalen de termijn niet. Het "
        f"grootste verschil is {wording.enumerated(largest)}."
    )


_NO_CAMPAIGNS = (
    "In de gegevens zijn geen campagnes te onderscheiden; of de verdeling over campagnes een deel "
    "van de krommen verklaart, is daarom niet na te gaan."
)
_TOO_FEW_EVENTS = (
    "Er zijn per campagne te weinig conversies, meldingen van verzet en klachten om na te gaan of "
    "de verdeling over campagnes een deel van de krommen verklaart."
)


def _largest(result: PublishedResult, outcome: Outcome) -> str:
    points = result.outcomes[outcome].standardised or ()
    most = max(abs(point.rate - point.standardised_rate) for point in points)
    return wording.percentage_points(most, wording.percentage_digits(p.rate for p in points))


def _of(outcome: Outcome) -> str:
    return wording.OUTCOME_WORDS[outcome].events.lower()
