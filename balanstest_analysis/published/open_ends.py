"""Why a proposal is provisional: what is open in the dossier, and may end the term."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from balanstest_analysis.published.names import ProposalStatus
from balanstest_analysis.published.relations import Relations

OpenEnd = Literal["set_aside", "conditions", "reading_of_law"]


def open_ends(
    status: ProposalStatus, gaps: Sequence[str], relations: Relations
) -> tuple[OpenEnd, ...]:
    """Return what makes a proposal provisional; nothing where no such thing is open.

    A criterion that was set aside without a test, a condition of the exception without an answer,
    and a reading of the law that is not settled. Other gaps end no term.

    Args:
        status: of the proposal.
        gaps: of the dossier.
        relations: which of them count.
    """
    found: dict[OpenEnd, bool] = {
        "set_aside": status == "proposed_incomplete",
        "conditions": open_conditions(gaps) > 0,
        "reading_of_law": relations.membership_reason is not None,
    }
    return tuple(end for end, is_open in found.items() if is_open)


def open_conditions(gaps: Sequence[str]) -> int:
    """Return how many conditions of the exception have no answer.

    Args:
        gaps: of the dossier.

    Examples:
        >>> open_conditions(["1a", "conditions.same_entity", "decision.term_months"])
        1
    """
    return sum(code.startswith("conditions.") for code in gaps)
