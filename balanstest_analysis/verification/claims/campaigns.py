"""Sentences about campaigns, and whether their differences are part of the margins."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.page import Passage


def takes_campaigns(facts: Facts) -> bool:
    """Return whether the differences between campaigns are part of the uncertainty."""
    found = facts.content["clustering"]
    return bool(found["campaigns_resampled"] and not found["campaigns_share_few_months"])


@claim(
    "rule",
    "In de gegevens zijn geen verschillende campagnes te onderscheiden.",
    "Er zijn maar {campaigns:word} campagnes; in hoeverre campagnes van elkaar verschillen, is "
    "daaruit niet af te leiden.",
    "De {campaigns:count} campagnes hebben weinig maanden {few=gemeen}.",
    "In hoeverre de {campaigns:count} campagnes van elkaar verschillen, is niet meegerekend.",
)
def these_campaigns(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the number of campaigns, and that their differences are not taken in."""
    clustering = facts.content["clustering"]
    yield from demand(not takes_campaigns(facts), "the campaigns are taken in")
    if "campaigns" in said:
        yield from said.is_whole("campaigns", clustering["campaigns"])
    else:
        yield from demand(clustering["campaigns"] < 2, f"{clustering['campaigns']} campaigns")
    few = clustering["campaigns_share_few_months"] and clustering["campaigns"] > 2
    yield from demand(few == ("few" in said), f"they share few months: {few}")


@claim(
    "rule",
    "Verschillen tussen campagnes zitten daarom {how=niet|maar ten dele} in de marges.",
    "Contacten uit dezelfde campagne lijken vaak op elkaar; telt dat volledig mee, dan worden de "
    "marges ruimer en kan de termijn korter uitvallen.",
)
def margins_without_campaigns(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that the differences between campaigns are not, or not all, taken in."""
    yield from demand(not takes_campaigns(facts), "the campaigns are taken in")
    if "how" in said:
        part = facts.content["clustering"]["campaigns_resampled"]
        yield from demand(part == (said["how"] != "niet"), f"in part: {part}")


@claim(
    "rule",
    "{what=De termijn geldt|De uitkomsten gelden} daarom alleen voor soortgelijke campagnes.",
)
def like_these(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check that other campaigns are not taken in, and whether there is a term."""
    yield from demand(not takes_campaigns(facts), "the campaigns are taken in")
    has_term = facts.term is not None
    yield from demand(has_term == (said["what"] == "De termijn geldt"), f"term: {facts.term}")
