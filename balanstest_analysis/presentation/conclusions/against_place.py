"""What the part is called that says what speaks against, and where it stands."""

from __future__ import annotations

from balanstest_analysis.presentation.conclusions.decision import decision_points
from balanstest_analysis.presentation.places import AGAINST, Place
from balanstest_analysis.published.result import PublishedResult


def against_title(result: PublishedResult) -> str:
    """Return the heading: what the points speak against, or only that criteria were changed.

    Args:
        result: published.
    """
    if result.has_term:
        about = "de aanvraag" if result.proposal.route == "request" else "het voorstel"
        return f"Wat tegen {about} pleit"
    decided = result.proposal.status != "not_allowed" and any(decision_points(result))
    return "Wat tegen het besluit pleit" if decided else "Wijzigingen van de criteria"


def against_place(result: PublishedResult) -> Place:
    """Return that part as a sentence refers to it, by its title.

    Args:
        result: published.
    """
    return Place(anchor=AGAINST.anchor, words=f"‘{against_title(result)}’")
