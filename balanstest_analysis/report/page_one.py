"""What page one of a report that is there says, in a line for a terminal."""

from __future__ import annotations

from pathlib import Path

from balanstest_analysis.document.blocks.plain import words_of
from balanstest_analysis.document.opening import read_json
from balanstest_analysis.presentation.conclusions import headline
from balanstest_analysis.published.json_form import RESULT_NAME, from_json
from balanstest_analysis.published.result import PublishedResult


def page_one(directory: Path) -> str:
    """Return the title of page one, and how much is still to be filled in.

    Args:
        directory: of a report.

    Raises:
        RunError: it has no result that can be read.
    """
    content = read_json(directory / RESULT_NAME)
    result = from_json(content if isinstance(content, dict) else {})
    line = f"Page one says: {words_of(headline(result))}."
    if not result.gaps:
        return line
    places = "1 place is" if len(result.gaps) == 1 else f"{len(result.gaps)} places are"
    return f"{line} A draft: {places} still to be filled in, and page one lists them.{_sum(result)}"


def _sum(result: PublishedResult) -> str:
    """Return of what the places are the sum, where `check` alone does not count them all."""
    counts = {
        part: sum(gap.startswith(f"{part}.") for gap in result.gaps)
        for part in ("measures", "replies")
    }
    if not any(counts.values()):
        return ""
    rest = len(result.gaps) - sum(counts.values())
    return (
        f" That is {rest} that `check` counts, {counts['measures']} for measures against a breach "
        f"and {counts['replies']} for replies to what speaks against the term."
    )
