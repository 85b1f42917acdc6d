"""From exports to right counts: `init --from`, at most three edits, `check`; no code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from balanstest_analysis.cli import commands as cli
from balanstest_analysis.history.compliance import review as compliance
from balanstest_analysis.history.month_table import MonthTable
from tests.trial_exports import CONVERTED, OBJECTED, REACHED, write_trial

EDITS = {  # of lines that every new dossier asks for; none is about the data
    r'^sector = "NOG IN TE VULLEN"': 'sector = "charity"',
    r"^report_date = 2099-12-31": "report_date = 2026-02-15",
    r'^name = "NOG IN TE VULLEN"\nkind = "horizon"\nmonths = 1': (
        'name = "Contract"\nkind = "horizon"\nmonths = 24'
    ),
}


def run(*arguments: object) -> int:
    texts = [str(argument) for argument in arguments]
    return cli._run(lambda: cli.app(texts, standalone_mode=False))


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> list[MonthTable]:
    """Return the month tables that `check` made."""
    made: list[MonthTable] = []
    review = compliance.review_history

    def recorded(*arguments: Any, **options: Any) -> compliance.ReviewedHistory:
        reviewed = review(*arguments, **options)
        made.append(reviewed.exposure.month_table)
        return reviewed

    monkeypatch.setattr(compliance, "review_history", recorded)
    return made


def test_a_morning_of_exports_ends_in_the_counts_of_pandas(
    tmp_path: Path, tables: list[MonthTable], capsys: pytest.CaptureFixture[str]
) -> None:
    exports = write_trial(tmp_path / "exports", customers=600)
    assert run("init", tmp_path / "d", "--from", *exports) == 0
    told = capsys.readouterr().out
    assert "NOT USED" not in told
    assert "MISSING" not in told
    dossier = tmp_path / "d" / "balanstest.toml"
    text = dossier.read_text("utf-8")
    for old, new in EDITS.items():
        text, changed = re.subn(old, new, text, flags=re.MULTILINE)
        assert changed == 1
    dossier.write_text(text, "utf-8")
    assert not dossier.with_name("counts.csv").exists(), "it would be of no use beside the calls"
    assert run("check", dossier) == 0, capsys.readouterr().err
    told = " ".join(capsys.readouterr().out.split())
    for sheet, rows in pd.read_excel(
        exports[1], sheet_name=None, header=2, engine="calamine"
    ).items():
        assert re.search(rf"│ {len(rows):,} │ crm.xlsx, sheet {sheet}: xlsx, 2 rows", told)
    frame = tables[0].frame.groupby("month")
    columns = ["conversion_exposure", "conversion_events", "objection_events", "complaint_events"]
    counted = frame[columns].sum().astype(int)
    expected = counted_with_pandas(*exports)
    expected.index = expected.index.astype(int)
    pd.testing.assert_frame_equal(
        counted[counted["conversion_exposure"] > 0], expected, check_names=False, check_dtype=False
    )


def counted_with_pandas(dialler: Path, book: Path, klachten: Path) -> pd.DataFrame:
    """Return contacts and what came of them by month, counted in another way altogether."""
    calls = pd.read_csv(dialler, sep=";", encoding="cp1252", dtype=str)
    calls["at"] = pd.to_datetime(calls["Beldatum"], format="%d-%m-%Y %H:%M")
    calls["day"] = calls["at"].dt.normalize()
    calls = calls.sort_values("at", kind="stable")
    sheets = pd.read_excel(book, sheet_name=None, header=2, dtype=str, engine="calamine")
    told = calls[calls["Resultaat"].isin(OBJECTED)]
    objections = pd.concat(
        [
            pairs(sheets["Verzet"], "Relatienr", "Datum verzet"),
            pd.DataFrame({"key": told["Relatienummer"], "day": told["day"]}),
        ]
    ).drop_duplicates()
    gifts = days_by_key(sheets["Giften"], "Giftdatum")
    mandates = days_by_key(sheets["Machtigingen"], "Ingangsdatum", "Einddatum")
    calls["month"] = [
        month_of(day, gifts.get(key, []), mandates.get(key, []))
        for key, day in zip(calls["Relatienummer"], calls["day"], strict=True)
    ]
    first = objections.groupby("key")["day"].min()
    calls["objected"] = calls["Relatienummer"].map(first) < calls["day"]
    kept = calls[calls["month"].notna() & ~calls["objected"] & (calls["month"] < 36)]
    contacts = kept[kept["Resultaat"].isin(REACHED)]
    complaints = pairs(pd.read_csv(klachten, sep=";", dtype=str), "Relatienummer", "Klachtdatum")
    last = max(frame["day"].max() for frame in (calls, objections, complaints))
    months = contacts.groupby("month")
    return pd.DataFrame(
        {
            "conversion_exposure": months.size(),
            "conversion_events": months["Resultaat"].agg(lambda r: r.isin(CONVERTED).sum()),
            "objection_events": attributed(objections, contacts, calls, 30, last),
            "complaint_events": attributed(complaints, contacts, calls, 60, last),
        }
    ).fillna(0)


def pairs(rows: pd.DataFrame, key: str, day: str) -> pd.DataFrame:
    days = pd.to_datetime(rows[day], format="%d-%m-%Y")
    return pd.DataFrame({"key": rows[key], "day": days})


def days_by_key(rows: pd.DataFrame, *names: str) -> dict[str, list[list[Any]]]:
    """Return the days of every row, by person; an empty cell is None."""
    found: dict[str, list[list[Any]]] = {}
    days = [pd.to_datetime(rows[name], format="%d-%m-%Y") for name in names]
    for key, *theirs in zip(rows["Relatienr"], *days, strict=True):
        found.setdefault(key, []).append([None if pd.isna(day) else day for day in theirs])
    return found


def month_of(day: pd.Timestamp, gifts: list[list[Any]], mandates: list[list[Any]]) -> float | None:
    """Return completed months since the last gift or end of a mandate; None while one runs."""
    begun = [end for start, end in mandates if start < day]
    if any(end is None or end >= day for end in begun):
        return None
    past = [gift for (gift,) in gifts if gift < day] + begun
    if not past:
        return None
    last = max(past)
    return float((day.year - last.year) * 12 + day.month - last.month - (day.day < last.day))


def attributed(
    reports: pd.DataFrame,
    contacts: pd.DataFrame,
    calls: pd.DataFrame,
    window: int,
    last: pd.Timestamp,
) -> pd.Series:
    """Return reports by month of the last net contact before them, within the window of days."""
    reached = calls[calls["Resultaat"].isin(REACHED)]
    grown = contacts[contacts["day"] <= last - pd.Timedelta(days=window)]
    months: list[float] = []
    for report in reports.itertuples():
        theirs = reached[reached["Relatienummer"] == report.key]
        before = theirs[
            (theirs["day"] <= report.day)
            & (theirs["day"] >= report.day - pd.Timedelta(days=window))
        ]
        if len(before) and before.index[-1] in grown.index:
            months.append(float(grown.loc[before.index[-1], "month"]))
    return pd.Series(months, dtype=float).value_counts()
