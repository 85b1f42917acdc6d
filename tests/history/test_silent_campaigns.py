"""Campaigns of which nothing came: found, and not made up where relations are older."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pytest

from balanstest_analysis.history.compliance.silent_campaigns import silent_campaigns
from balanstest_analysis.history.month_table import COUNT_COLUMNS, KEYS, MonthTable

Cells = Mapping[str, Sequence[tuple[int, int]]]  # contacts and objections per month, by campaign


def table_of(campaigns: Cells) -> MonthTable:
    rows = [
        dict.fromkeys(COUNT_COLUMNS, 0)
        | {"campaign": name, "month": month}
        | {"objection_exposure": contacts, "objection_events": events}
        for name, cells in campaigns.items()
        for month, (contacts, events) in enumerate(cells)
    ]
    frame = pd.DataFrame(rows, columns=[*KEYS, *COUNT_COLUMNS])
    frame = frame.astype(dict.fromkeys(["month", *COUNT_COLUMNS], "int64"))
    return MonthTable(frame=frame, available=frozenset({"objection"}))


def found_in(campaigns: Cells) -> str | None:
    found = silent_campaigns(table_of(campaigns))
    return None if found is None else found.detail


def test_a_campaign_is_told_with_what_the_others_make_one_expect() -> None:
    campaigns = {"voorjaar": [(500, 50), (500, 25)], "najaar": [(200, 1), (400, 1)]}
    assert found_in(campaigns) == "najaar: 2 objections, and about 40 by the other campaigns."


def test_a_campaign_among_older_relations_is_not_silent() -> None:
    campaigns = {"a": [(1000, 200), (1000, 2)], "b": [(0, 0), (1000, 1)]}
    assert found_in(campaigns) is None


@pytest.mark.parametrize("contacts", [190, 200, 210])
def test_fewer_than_twenty_expected_say_nothing(contacts: int) -> None:
    found = found_in({"a": [(1000, 100)], "b": [(contacts, 0)]})
    assert (found is None) == (contacts < 200)


def test_one_campaign_has_no_others() -> None:
    assert found_in({"a": [(1000, 0)]}) is None
    assert found_in({}) is None


def test_a_name_that_may_be_a_person_is_not_told() -> None:
    found = found_in({"a": [(1000, 100)], "j.jansen@voorbeeld.nl": [(900, 0)]})
    assert found is not None
    assert "jansen" not in found


def test_campaigns_of_which_one_has_a_third_of_the_others_are_hardly_ever_silent() -> None:
    source, silent = np.random.default_rng(2026), 0
    for _ in range(300):
        moods = np.append(source.gamma(6.0, 1 / 6.0, 7), 1 / 3)
        events = source.poisson(0.05 * moods[:, None] * 60, (8, 10))
        campaigns = {f"c{n}": [(60, int(k)) for k in row] for n, row in enumerate(events)}
        silent += found_in(campaigns) is not None
    assert silent <= 3
