from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pydantic import TypeAdapter

from balanstest_analysis.dossier.criteria import Criterion
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import UsageError
from balanstest_analysis.validation.simulate import (
    SimulatedHistory,
    Truth,
    scenario_named,
    scenario_names,
    simulate_history,
    write_history,
)
from balanstest_analysis.validation.simulate.calling_days import completed_months
from balanstest_analysis.validation.simulate.shapes import SHAPES

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
SMALL = 1000
CRITERION: TypeAdapter[Criterion] = TypeAdapter(Criterion)


@pytest.fixture(scope="module")
def sample() -> SimulatedHistory:
    return simulate_history("sample")


@pytest.fixture(scope="module")
def judged(sample: SimulatedHistory) -> pd.DataFrame:
    return judge(sample)


def judge(history: SimulatedHistory) -> pd.DataFrame:
    """Reread every call another way, from the four tables alone: its month, or why it has none."""
    calls = history.calls.drop_duplicates(ignore_index=True).rename_axis("row").reset_index()
    calls["date"] = calls["called_at"].dt.normalize()
    objected = history.objections.groupby("customer_id")["objected_on"].min()
    past = relations_before(calls, history.events)
    reference = past["ended"].max().reindex(calls["row"]).reset_index(drop=True)
    running = past["runs"].any().reindex(calls["row"], fill_value=False).reset_index(drop=True)
    calls["month"] = months_between(reference, calls["date"])
    codes = {
        "other_basis": calls["basis"].isin(["consent", "requested"]),
        "after_objection": calls["customer_id"].map(objected) < calls["date"],
        "running": running,
        "no_relation": reference.isna(),
        "beyond": calls["month"] >= 36,
    }
    calls["code"] = np.select(list(codes.values()), list(codes), "exposure")
    return calls


def relations_before(calls: pd.DataFrame, events: pd.DataFrame):
    """Return per call the qualifying events on an earlier day: when each ended, or that it runs."""
    helped = events["kind"].isin(["volunteer", "public_event"])
    pairs = calls[["row", "customer_id", "date"]].merge(events[helped | (events["amount"] != 0)])
    pairs = pairs[pairs["occurred_on"] < pairs["date"]]
    end = pairs["ends_on"].where(pairs["kind"] == "donation", pairs["occurred_on"])
    return pairs.assign(ended=end.where(end < pairs["date"]), runs=~(end < pairs["date"])).groupby(
        "row"
    )


def months_between(start: pd.Series, end: pd.Series) -> pd.Series:
    """Return completed months, or -1 without a start."""
    months = 12 * (end.dt.year - start.dt.year) + end.dt.month - start.dt.month
    return (months - (end.dt.day < start.dt.day)).fillna(-1).astype(int)


def attributed(judged: pd.DataFrame, table: pd.DataFrame, date: str, days: int) -> pd.DataFrame:
    """Return the net contacts followed for so many days, with whether the event came after."""
    contacts = judged[(judged["code"] == "exposure") & judged["net_contact"]]
    contacts = contacts[contacts["date"] + pd.Timedelta(days=days) <= pd.Timestamp("2026-09-30")]
    pairs = contacts.reset_index().merge(table, on="customer_id")
    wait = (pairs[date] - pairs["date"]).dt.days
    found = pairs[(wait >= 0) & (wait <= days)]
    return contacts.assign(event=contacts.index.isin(found["index"]))


def surprise(contacts: pd.DataFrame, event: str, truth: Truth, outcome: str) -> float:
    """Return by how many standard errors the events differ from what the truth expects."""
    expected = truth.rate(outcome)[contacts["month"].to_numpy()]
    spread = np.sqrt((expected * (1 - expected)).sum())
    return float((contacts[event].sum() - expected.sum()) / spread)


def test_the_same_seed_gives_the_same_history_and_another_seed_another():
    first, again, other = (simulate_history(contacts=SMALL, seed=seed) for seed in (5, 5, 6))
    for name, table in first.tables().items():
        pd.testing.assert_frame_equal(table, again.tables()[name])
    assert not first.calls.equals(other.calls)


def test_the_columns_are_those_of_the_interface(sample):
    assert list(sample.calls) == [
        "customer_id",
        "called_at",
        "net_contact",
        "converted",
        "campaign",
        "basis",
    ]
    assert list(sample.events) == ["customer_id", "kind", "occurred_on", "ends_on", "amount"]
    assert list(sample.objections) == ["customer_id", "objected_on"]
    assert list(sample.complaints) == ["customer_id", "complained_on", "channel"]


def test_the_sample_has_the_size_and_shape_of_a_plausible_history(sample):
    calls = sample.calls
    by_relation = calls[calls["basis"].isin(["relation", "callback"])]
    per_record = by_relation.groupby(["customer_id", "campaign"])
    assert 58_000 < len(calls) < 62_000
    assert calls["campaign"].nunique() >= 12
    assert 0.45 < per_record["net_contact"].any().mean() < 0.70
    assert per_record.size().quantile(0.99) <= 5
    assert (calls["called_at"].max() - calls["called_at"].min()).days > 4.8 * 365
    assert per_record.ngroups > 2.5 * calls["customer_id"].nunique()


def test_every_month_below_the_term_holds_at_least_300_net_contacts(judged):
    contacts = judged[(judged["code"] == "exposure") & judged["net_contact"]]
    per_month = contacts.groupby("month").size()
    assert per_month.index.tolist() == list(range(36))
    assert per_month.between(300, 1200).all()


def test_the_rates_that_an_analysis_finds_are_the_true_ones(sample, judged):
    sold = judged[(judged["code"] == "exposure") & judged["net_contact"]]
    objected = attributed(judged, sample.objections, "objected_on", 30)
    complained = attributed(judged, sample.complaints, "complained_on", 60)
    assert abs(surprise(sold, "converted", sample.truth, "conversion")) < 3.5
    assert abs(surprise(objected, "event", sample.truth, "objection")) < 3.5
    assert abs(surprise(complained, "event", sample.truth, "complaint")) < 3.5


@pytest.mark.parametrize("outcome", ["converted", "event"])
def test_the_rates_follow_the_true_curve_over_the_months(sample, judged, outcome):
    contacts = attributed(judged, sample.objections, "objected_on", 30)
    name = {"converted": "conversion", "event": "objection"}[outcome]
    for first in range(0, 36, 6):
        part = contacts[contacts["month"].between(first, first + 5)]
        assert abs(surprise(part, outcome, sample.truth, name)) < 3.5


def test_the_defects_are_few_and_each_is_there(sample, judged):
    counts = judged["code"].value_counts().to_dict()
    assert counts.pop("exposure") > 0.98 * len(judged)
    assert counts == {
        "other_basis": 85,
        "beyond": counts["beyond"],
        "running": 60,
        "no_relation": 50,
        "after_objection": 30,
    }
    assert 50 < counts["beyond"] < 200
    assert len(sample.calls) - len(judged) == 40
    assert (sample.events["amount"] == 0).sum() > 50
    assert (sample.calls["basis"] == "callback").sum() >= 75


def test_a_sale_is_a_net_contact_and_opens_a_donation_on_its_day(sample):
    sales = sample.calls[sample.calls["converted"]].drop_duplicates()
    sales = sales.assign(occurred_on=sales["called_at"].dt.normalize())
    gifts = sample.events[sample.events["kind"] == "donation"]
    assert sales["net_contact"].all()
    assert len(sales.merge(gifts, on=["customer_id", "occurred_on"])) == len(sales)


def test_nothing_is_dated_after_the_last_day_of_the_data(sample):
    last = pd.Timestamp("2026-09-30 23:59")
    assert sample.calls["called_at"].max() <= last
    assert sample.events[["occurred_on", "ends_on"]].max().max() <= last
    assert sample.objections["objected_on"].max() <= last
    assert sample.complaints["complained_on"].max() <= last


def test_nobody_is_called_on_a_sunday_or_a_public_holiday(sample):
    days = sample.calls["called_at"]
    assert (days.dt.day_of_week != 6).all()
    closed = ["2022-04-18", "2023-04-27", "2024-05-09", "2025-05-05", "2025-06-09", "2024-12-26"]
    assert not days.dt.strftime("%Y-%m-%d").isin(closed).any()


def test_months_are_completed_months_also_at_the_ends_of_short_months():
    start = np.array(["2024-02-29", "2024-01-31", "2024-01-15", "2023-12-31"], dtype="M8[D]")
    end = np.array(["2025-02-28", "2024-03-01", "2024-02-14", "2024-01-01"], dtype="M8[D]")
    assert completed_months(start, end).tolist() == [11, 1, 0, 0]


def test_the_true_terms_of_the_sample_are_known(sample):
    assert sample.true_terms() == {
        "Kostendekkende conversie": 27,
        "Verzet": 23,
        "Klachten": 60,
        "Duur van het donateurschap": 60,
    }


@pytest.mark.parametrize(
    ("stated", "term"),
    [
        ({"kind": "minimum_rate", "outcome": "conversion", "threshold": 0.08}, 3),
        ({"kind": "maximum_rate", "outcome": "objection", "threshold": 0.05}, 2),
        ({"kind": "maximum_rate", "outcome": "objection", "threshold": 0.01}, 0),
        (
            {
                "kind": "maximum_ratio",
                "outcome": "objection",
                "factor": 1.6,
                "reference_months": [0, 1],
            },
            2,
        ),
        ({"kind": "burden_per_conversion", "threshold": 1.0, "complaint_weight": 10.0}, 3),
        (
            {
                "kind": "net_benefit",
                "value_per_conversion": 100.0,
                "cost_per_contact": 5.0,
                "objection_weight": 60.0,
                "complaint_weight": 500.0,
            },
            2,
        ),
        ({"kind": "horizon", "months": 1}, 1),
    ],
)
def test_the_true_term_is_the_first_month_that_fails(stated, term):
    truth = Truth.from_rates(
        {
            "conversion": np.array([0.16, 0.12, 0.09, 0.05]),
            "objection": np.array([0.03, 0.04, 0.06, 0.09]),
            "complaint": np.array([0.001, 0.001, 0.001, 0.001]),
        }
    )
    criterion = CRITERION.validate_python({**stated, "name": "proef", "reason": "proef"})
    assert truth.true_term_months(criterion) == term


@pytest.mark.parametrize("name", scenario_names())
def test_every_scenario_runs_small_and_its_dossier_is_complete(name, tmp_path):
    history = simulate_history(name, contacts=SMALL, seed=1)
    dossier = load_dossier(write_history(history, tmp_path / "new" / name))
    assert dossier.gaps() == ()
    assert dossier.organisation.fictitious
    assert tuple(dossier.criteria) == scenario_named(name).criteria


@pytest.mark.parametrize("name", scenario_names())
def test_true_rates_lie_between_zero_and_one(name):
    rates = scenario_named(name).truth().to_frame()
    assert ((rates > 0) & (rates < 0.5)).all().all()


def test_the_scenarios_use_every_shape():
    used = {entry["shape"] for name in scenario_names() for entry in curves(name)}
    assert used == set(SHAPES)


def curves(name: str) -> list[dict[str, object]]:
    return list(scenario_named(name).curves.values())


def test_a_thin_tail_is_thin():
    judged = judge(simulate_history("thin-tail", contacts=3000, seed=1))
    months = judged.loc[judged["code"] == "exposure", "month"]
    assert (months < 16).sum() > 8 * (months >= 16).sum() > 0


def test_the_number_of_contacts_scales_the_history():
    small, large = (simulate_history(contacts=size, seed=1) for size in (SMALL, 5 * SMALL))
    reached = [history.calls["net_contact"].sum() for history in (small, large)]
    assert reached == pytest.approx([SMALL, 5 * SMALL], rel=0.1)


def test_an_unknown_scenario_is_refused_with_the_known_ones():
    with pytest.raises(UsageError, match="known are sample, flat, rising"):
        simulate_history("samples")


@pytest.mark.parametrize("contacts", [0, 499, 5_000_001])
def test_a_size_out_of_range_is_refused(contacts):
    with pytest.raises(UsageError, match="choose from 500 to 5000000"):
        simulate_history(contacts=contacts)


def test_a_negative_seed_is_refused():
    with pytest.raises(UsageError, match="The seed is -1"):
        simulate_history(contacts=SMALL, seed=-1)


def test_the_same_seed_writes_the_same_bytes(tmp_path):
    for folder in ("one", "two"):
        write_history(simulate_history(contacts=SMALL, seed=3), tmp_path / folder)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_simulation_replaces_a_simulation(tmp_path):
    for seed in (1, 2):
        write_history(simulate_history(contacts=SMALL, seed=seed), tmp_path)
    assert "seed 2" in (tmp_path / "balanstest.toml").read_text("utf-8")


@pytest.mark.parametrize("name", ["balanstest.toml", "calls.csv", ".balanstest-key"])
def test_a_simulation_never_replaces_real_files(tmp_path, name):
    (tmp_path / name).write_text("eigen gegevens", "utf-8")
    with pytest.raises(UsageError, match="not from a simulation"):
        write_history(simulate_history(contacts=SMALL), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_where_the_folder_should_be_is_refused(tmp_path):
    (tmp_path / "folder").write_text("", "utf-8")
    with pytest.raises(UsageError, match="Choose another folder"):
        write_history(simulate_history(contacts=SMALL), tmp_path / "folder")


def test_the_secret_of_a_simulation_is_for_its_owner_only(tmp_path):
    write_history(simulate_history(contacts=SMALL), tmp_path)
    assert (tmp_path / ".balanstest-key").stat().st_mode & 0o077 == 0


def test_the_written_tables_read_back_as_they_were(tmp_path):
    history = simulate_history(contacts=SMALL, seed=1)
    write_history(history, tmp_path)
    calls = pd.read_csv(tmp_path / "calls.csv", parse_dates=["called_at"])
    assert calls["basis"].fillna("relation").tolist() == history.calls["basis"].tolist()
    assert calls["called_at"].tolist() == history.calls["called_at"].tolist()
    assert calls["net_contact"].tolist() == history.calls["net_contact"].tolist()
    events = pd.read_csv(tmp_path / "events.csv", parse_dates=["occurred_on", "ends_on"])
    assert events["ends_on"].isna().tolist() == history.events["ends_on"].isna().tolist()


def test_the_committed_sample_is_what_the_command_makes(sample, tmp_path):
    write_history(sample, tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert {name: (SAMPLE / name).read_bytes() for name in made} == made
    assert [path.name for path in SAMPLE.glob("*.toml")] == ["balanstest.toml"]


def test_the_committed_sample_is_small_and_says_that_it_is_fictitious():
    dossier = load_dossier(SAMPLE / "balanstest.toml")
    assert dossier.gaps() == ()
    assert dossier.organisation.fictitious
    assert "fictie" in dossier.organisation.name.lower()
    assert "fictie" in dossier.scope.category.lower()
    assert sum(path.stat().st_size for path in SAMPLE.glob("*.csv")) < 4_300_000
    for path in SAMPLE.glob("*.csv"):
        keys = pd.read_csv(path).iloc[:, 0]
        assert keys.name == "customer_id"
        assert keys.str.fullmatch(r"FICTIEF-\d{7}").all()


def test_a_history_shows_itself_in_a_notebook(sample):
    assert "Belpogingen" in sample._repr_html_()
    assert json.loads(sample.to_frame().to_json())["rows"]["calls"] == len(sample.calls)
