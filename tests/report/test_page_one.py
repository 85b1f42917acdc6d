"""The title of page one, as the terminal tells it of a report that is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from balanstest_analysis.errors import RunError
from balanstest_analysis.published.json_form import RESULT_NAME
from balanstest_analysis.report.page_one import page_one
from tests.example_results import proposed


def written(folder: Path, **changes: Any) -> Path:
    """Return a folder with the result of a proposed term, with changes."""
    content = {**proposed(), **changes}
    (folder / RESULT_NAME).write_text(json.dumps(content), "utf-8")
    return folder


def test_a_report_with_gaps_is_called_a_draft_with_their_number(tmp_path: Path) -> None:
    assert "draft" not in page_one(written(tmp_path, gaps=[]))
    assert page_one(written(tmp_path, gaps=["1a"])).endswith(
        " A draft: 1 place is still to be filled in, and page one lists them."
    )
    assert " A draft: 2 places are still" in page_one(written(tmp_path, gaps=["1a", "1b"]))


def test_the_places_are_the_sum_of_what_check_counts_and_what_the_report_asks(
    tmp_path: Path,
) -> None:
    gaps = ["1a", "conditions.same_entity", "measures.beyond_cap", "replies.silence", "replies.no"]
    assert page_one(written(tmp_path, gaps=gaps)).endswith(
        " A draft: 5 places are still to be filled in, and page one lists them. That is 2 that "
        "`check` counts, 1 for measures against a breach and 2 for replies to what speaks against "
        "the term."
    )


def test_a_term_is_provisional_here_where_it_is_on_page_one(tmp_path: Path) -> None:
    sure, not_yet = (
        page_one(written(tmp_path, gaps=gaps)) for gaps in ([], ["conditions.same_entity"])
    )
    assert sure.startswith("Page one says: Voorstel: een klanttermijn van ten hoogste ")
    assert not_yet.startswith("Page one says: Voorlopig voorstel: een klanttermijn van ten hoogste")


def test_a_result_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / RESULT_NAME).write_text("[]", "utf-8")
    with pytest.raises(RunError):
        page_one(tmp_path)
