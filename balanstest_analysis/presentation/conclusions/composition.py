"""Who was called in which month, and what that means for the curves."""

from __future__ import annotations

from collections.abc import Sequence

from balanstest_analysis.document import wording
from balanstest_analysis.presentation.conclusions.rows import OUTCOMES, Result, Row

SHARES = {
    "reached_share": "het bereik",
    "largest_campaign_share": "het aandeel van de grootste campagne",
}


def composition_sentences(result: Result) -> tuple[str, ...]:
    """Return what selective calling would look like, and between which shares the months lie.

    Args:
        result: the published result.
    """
    ranges = [_range(_known(result, key), key) for key in shown_shares(result)]
    found = f"In deze historie {wording.enumerated(ranges)}." if ranges else ""
    return tuple(filter(None, (_SELECTIVE, found)))


_SELECTIVE = (
    "Zijn in late maanden andere mensen gebeld dan in vroege, dan tonen de krommen niet alleen de "
    "invloed van de tijd. Selectief bellen is hieraan te herkennen: het aantal contacten zakt "
    "plotseling, het bereik verandert, of de contacten komen nog uit één of enkele campagnes."
)


def shown_shares(result: Result) -> list[str]:
    """Return the shares that say something: known, and of more than one campaign.

    Args:
        result: the published result.
    """
    told = [key for key in SHARES if _known(result, key)]
    return [key for key in told if key == "reached_share" or not has_one_campaign(result)]


def has_one_campaign(result: Result) -> bool:
    """Return whether no campaigns are told apart."""
    return max((row["campaigns"] for row in result.get("composition") or ()), default=0) < 2


def _known(result: Result, key: str) -> list[Row]:
    return [row for row in result.get("composition") or () if row[key] is not None]


def _range(rows: Sequence[Row], key: str) -> str:
    low, high = (pick(rows, key=lambda row: float(row[key])) for pick in (min, max))
    if low[key] == high[key]:
        return f"is {SHARES[key]} steeds {wording.percentage(low[key], 0)}"
    return f"ligt {SHARES[key]} tussen {_share_in(low, key)} en {_share_in(high, key)}"


def _share_in(row: Row, key: str) -> str:
    where = wording.in_months(row["month_from"], row["month_to"])
    return f"{wording.percentage(row[key], 0)} ({where})"


def rare_limit(result: Result, outcome: str) -> str:
    """Return the share of people at most, where no row can be published; empty otherwise."""
    rows = (result.get("cumulative_incidence") or {}).get(outcome) or []
    known = [row["incidence_upper"] for row in rows if row["incidence_upper"] is not None]
    if not known or any(row["incidence"] is not None for row in rows):
        return ""
    words = wording.OUTCOME_WORDS[outcome]
    return (
        f"{words.label}: de aantallen zijn te klein om per groep maanden te publiceren. Tot en met "
        f"maand {rows[-1]['month_to']} ging het om ten hoogste {wording.percentage(known[-1])} van "
        "de mensen."
    )


def standardised_outcomes(result: Result) -> list[str]:
    """Return the outcomes whose rates could be standardised over campaigns."""
    return [name for name in OUTCOMES if result["outcomes"][name].get("standardised")]


def standardised_sentence(result: Result) -> str:
    """Return how much the mix of campaigns matters, or why that is not known.

    Args:
        result: the published result.
    """
    shown = standardised_outcomes(result)
    if not shown:
        return _NO_CAMPAIGNS if has_one_campaign(result) else _TOO_FEW_EVENTS
    largest = [f"{_largest(result, name)} bij {_of(name)}" for name in shown]
    return (
        "Zou elke maand dezelfde mix van campagnes hebben gehad, dan waren de geschatte "
        "percentages die onder ‘gelijke mix’. Grote verschillen betekenen dat de mix van "
        "campagnes een deel van de kromme verklaart. Het grootste verschil is "
        f"{wording.enumerated(largest)}."
    )


_NO_CAMPAIGNS = (
    "In de gegevens zijn geen campagnes te onderscheiden; of de mix van campagnes een deel van de "
    "krommen verklaart, is daarom niet na te gaan."
)
_TOO_FEW_EVENTS = (
    "Er zijn te weinig gebeurtenissen per campagne om na te gaan of de mix van campagnes een deel "
    "van de krommen verklaart."
)


def _largest(result: Result, outcome: str) -> str:
    rows = result["outcomes"][outcome]["standardised"]
    most = max(abs(row["rate"] - row["standardised_rate"]) for row in rows)
    return wording.percentage_points(most, wording.percentage_digits(row["rate"] for row in rows))


def _of(outcome: str) -> str:
    return wording.OUTCOME_WORDS[outcome].events.lower()
