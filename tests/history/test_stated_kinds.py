"""A source of events without a column of kinds, of which the dossier says what every row is."""

from __future__ import annotations

from pathlib import Path

import pytest

from balanstest_analysis.errors import DataError, DossierError
from tests.history.test_unlike_sources import GIFTS, KEYS, MANDATES, exposed, result

DAYS = ["customer_id", "occurred_on"]
GIFT_FILE = [DAYS, *GIFTS]
MANDATE_FILE = [[*DAYS, "ends_on"], *MANDATES]
SERVICES = [[key, "2021-06-01"] for key in KEYS[::3]]


def source(path: str, kind: str) -> str:
    return f'[[data.events]]\npath = "{path}"\nkinds = ["{kind}"]\n'


def test_stated_kinds_count_as_those_of_a_column_do(tmp_path: Path) -> None:
    apart = exposed(
        tmp_path,
        source("gifts.csv", "donation")
        + source("mandates.csv", "contract")
        + source("services.csv", "service"),
        {
            "gifts.csv": GIFT_FILE,
            "mandates.csv": MANDATE_FILE,
            "services.csv": [DAYS, *SERVICES],
        },
    )
    rows = [[*row, row[1], "donation"] for row in GIFTS]
    rows += [[*row, "contract"] for row in MANDATES]
    rows += [[*row, "", "service"] for row in SERVICES]
    header = [*DAYS, "ends_on", "kind"]
    together = exposed(tmp_path, '[data.events]\npath = "all.csv"\n', {"all.csv": [header, *rows]})
    assert result(apart) == result(together)
    assert "kind_assumed" not in {found.code for found in apart.findings}


def test_a_column_of_kinds_beside_a_stated_kind_is_refused(tmp_path: Path) -> None:
    files = {"gifts.csv": [[*DAYS, "Soort"], *([*row, "donation"] for row in GIFTS)]}
    mapped = f'{source("gifts.csv", "donation")}columns = {{ kind = "Soort" }}\n'
    with pytest.raises(DataError, match=r"column `Soort` \(kind\).* `kinds` as well"):
        exposed(tmp_path, mapped, files)


def test_several_stated_kinds_tell_of_no_row_what_it_is(tmp_path: Path) -> None:
    events = source("gifts.csv", "donation").replace('"]', '", "contract"]')
    with pytest.raises(DossierError, match="name the one that every row is"):
        exposed(tmp_path, events, {"gifts.csv": GIFT_FILE})


def test_rows_that_are_none_of_the_table_stay_none_of_it(tmp_path: Path) -> None:
    below = [["", ""], ["Totaal", ""], [f"{len(GIFTS)} regels geëxporteerd", ""]]
    events = source("gifts.csv", "donation")
    clean = exposed(tmp_path, events, {"gifts.csv": GIFT_FILE})
    ended = exposed(tmp_path, events, {"gifts.csv": [*GIFT_FILE, *below]})
    assert result(ended)[:2] == result(clean)[:2]


def test_a_row_that_cannot_be_taken_is_named_as_ever(tmp_path: Path) -> None:
    files = {"gifts.csv": [*GIFT_FILE, ["k01", "31-31-2023"]]}
    with pytest.raises(DataError, match=f"row {len(GIFT_FILE) + 1}: `occurred_on` is '31-31-2023'"):
        exposed(tmp_path, source("gifts.csv", "donation"), files)
