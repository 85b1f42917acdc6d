"""One campaign that two diallers call otherwise counts as one, where the dossier says so."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.errors import BalanstestError
from balanstest_analysis.history.exposure import load_exposure
from tests.histories import write_csv, write_dossier

SECRET = b"a secret for tests"
NAMES = 'campaign = { "Voorjaar" = ["VJ-24 ", "vj24"], "Najaar" = ["NJ-24"] }'


def two_diallers(folder: Path, named: str, other: tuple[str, str] = ("VJ-24", "NJ-24")) -> Dossier:
    header = ["customer_id", "called_at", "net_contact", "converted", "campaign"]
    for name, campaigns in (("a", ("Voorjaar", "Najaar")), ("b", other)):
        rows = [
            [
                f"{name}{n}",
                f"2024-03-{1 + n % 27:02d} 10:00",
                "true",
                str(n % 5 == 0),
                campaigns[n % 2],
            ]
            for n in range(60)
        ]
        write_csv(folder / f"{name}.csv", header, rows)
    events = [[f"{name}{n}", "2023-06-01"] for name in "ab" for n in range(60)]
    write_csv(folder / "events.csv", ["customer_id", "occurred_on"], events)
    data = f"""
[[data.calls]]
path = "a.csv"
[[data.calls]]
path = "b.csv"
[data.calls.values]
converted = ["True"]
{named}
[data.events]
path = "events.csv"
"""
    return write_dossier(folder, data)


def campaigns_of(dossier: Dossier) -> pd.Series:
    frame = load_exposure(dossier, SECRET).month_table.frame
    return frame.groupby("campaign")["net_contacts" if "net_contacts" in frame else "calls"].sum()


def test_names_of_one_campaign_are_joined_whatever_their_capitals(tmp_path: Path) -> None:
    (tmp_path / "same").mkdir()
    same = campaigns_of(two_diallers(tmp_path / "same", "", ("Voorjaar", "Najaar")))
    joined = campaigns_of(two_diallers(tmp_path, NAMES))
    pd.testing.assert_series_equal(joined, same)
    assert set(joined.index) == {"Voorjaar", "Najaar"}


def test_a_name_that_is_not_stated_stays_as_it_is(tmp_path: Path) -> None:
    found = campaigns_of(two_diallers(tmp_path, NAMES, ("VJ24", "Zomer")))
    assert set(found.index) == {"Voorjaar", "Najaar", "Zomer"}


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ('campaign = { A = ["x"], B = ["X "] }', "lists 'X' under `A` and under `B`"),
        ('kampanje = { A = ["x"] }', "names `A`; allowed are"),
    ],
)
def test_a_name_of_two_campaigns_or_of_no_column_is_refused(
    tmp_path: Path, named: str, sentence: str
) -> None:
    with pytest.raises(BalanstestError) as refused:
        load_exposure(two_diallers(tmp_path, named), SECRET)
    assert sentence in str(refused.value)


def test_a_column_of_result_codes_may_be_called_campaign(tmp_path: Path) -> None:
    write_csv(
        tmp_path / "calls.csv",
        ["customer_id", "called_at", "campaign"],
        [[f"a{n}", "2024-03-04 10:00", "ja" if n % 2 else "nee"] for n in range(10)],
    )
    write_csv(tmp_path / "events.csv", ["customer_id", "occurred_on"], [["a1", "2023-06-01"]])
    data = """
[data.calls]
path = "calls.csv"
[data.calls.values.campaign]
converted = ["ja"]
net_contact = ["ja", "nee"]
[data.events]
path = "events.csv"
"""
    frame = load_exposure(write_dossier(tmp_path, data), SECRET).month_table.frame
    assert frame["conversion_events"].sum() == 1
