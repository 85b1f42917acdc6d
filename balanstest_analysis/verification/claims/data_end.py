"""Whether there are data beyond a month, and too few, or none at all."""

from __future__ import annotations

from balanstest_analysis.verification.claims.facts import Facts


def few_or_none(facts: Facts, term: int | None) -> str:
    """Return the word for the data beyond a term: none where every row ends within it.

    Args:
        facts: of a published result.
        term: in months; None where there is none.
    """
    return "geen" if (term or 0) > facts.ends else "te weinig"
