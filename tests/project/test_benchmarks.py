"""The benchmark compares like with like: the same resamples, the same rates."""

from __future__ import annotations

import re

import pytest

from benchmarks import (
    commands,
    explorer,
    fitting,
    products,
    quarterly,
    scale,
    spark_plans,
    stretching,
    texts,
)
from tests.counted_dossier import write_counts


def test_the_benchmark_prints_a_ratio_and_an_agreement(capsys):
    fitting.main(["--resamples", "200", "--repeats", "1", "--sample", "2"])
    printed = capsys.readouterr().out
    assert float(re.search(r"ratio: (\d+) times", printed)[1]) > 5
    differences = re.findall(r"largest difference in (.+): (\S+)", printed)
    assert {name for name, value in differences if float(value) < 1e-3} == {
        "averaged rates",
        "rates of a family",
        "parameters, in standard errors",
    }


def test_the_benchmark_is_of_the_size_that_is_asked_and_tests_every_kind_of_criterion():
    table = fitting.history()
    assert table.months == 121
    assert table.customers is not None
    kinds = {criterion.kind for criterion in fitting.stated(200).criteria}
    assert len(kinds) == 7


def test_our_counts_of_a_large_history_are_those_of_sql_polars_and_pandas(capsys):
    scale.main(["--calls", "20000", "--repeats", "1"])
    printed = capsys.readouterr().out
    assert "the same counts: yes" in printed
    assert len(re.findall(r"after imports \d", printed)) == len(scale.USUAL)


def task(stage: int, seconds: float, shuffled: int = 0) -> dict[str, object]:
    write = {"Shuffle Bytes Written": shuffled, "Shuffle Records Written": shuffled // 10}
    metrics = {"Executor CPU Time": seconds * 1e9, "Disk Bytes Spilled": 0}
    return {
        "Event": "SparkListenerTaskEnd",
        "Stage ID": stage,
        "Task Metrics": {**metrics, "Shuffle Write Metrics": write},
    }


def test_what_spark_writes_down_is_added_up_by_stage():
    log = [
        {"Event": "SparkListenerJobStart"},
        *(task(1, seconds, shuffled=2_000_000) for seconds in (1.0, 1.0, 3.0)),
        task(2, 0.5),
        {"Event": "SparkListenerTaskEnd", "Stage ID": 3},  # it failed
    ]
    found = spark_plans.summary(iter(log))
    assert (found["jobs"], found["stages"], found["tasks"], found["shuffles"]) == (1, 2, 4, 1)
    assert found["processor seconds of tasks"] == 5.5
    assert found["rows shuffled (millions)"] == 0.6
    assert found["slowest task / median, worst"] == 3.0


def test_the_same_calls_in_every_form_are_counted_alike(capsys):
    texts.main(["--rows", "3000", "--repeats", "1"])
    printed = capsys.readouterr().out
    assert "the same counts: yes" in printed
    assert [line.split()[0] for line in printed.splitlines()[1:-1]] == list(texts.FORMS)
    assert all(0.1 < float(gb) < 0.8 for gb in re.findall(r"peak memory (\S+) GB", printed))


def test_the_sums_over_customers_take_a_share_of_the_time_of_the_month_table(capsys):
    products.main(["--calls", "5000", "--repeats", "1"])
    assert 0 < float(re.search(r"\((\S+)x\)", capsys.readouterr().out)[1]) < 3


def test_a_guess_of_a_secret_costs_many_times_a_digest(capsys):
    stretching.main(["--repeats", "1"])
    printed = capsys.readouterr().out
    assert "once per run" in printed
    assert float(re.search(r"ratio: (\d+)", printed)[1]) > 1000


def test_the_benchmark_of_the_quarter_compares_equal_reports(tmp_path, capsys):
    write_counts(tmp_path / "counts")
    quarterly.main(["--dossiers", "1", "--jobs", "1", "--of", str(tmp_path / "counts")])
    printed = capsys.readouterr().out
    assert "1 of 1 reports made at once" in printed
    assert float(re.search(r"ratio: (\S+)", printed)[1]) > 0
    assert 0.2 < float(re.search(r"at most: (\S+) GB", printed)[1]) < 2.5


def test_what_a_command_takes_stands_beside_an_empty_notebook_that_imports_the_same(capsys):
    commands.main(["--repeats", "1", "--only", "version"])
    head, version, empty = capsys.readouterr().out.splitlines()
    assert head.split()[:3] == ["command", "clock", "processor"]
    assert float(version.split()[-2].rstrip("x")) < 1
    assert empty.split()[-2:] == ["1.00x", "1.00x"]


def test_every_control_of_the_explorer_is_moved_and_its_sentences_come_before_the_figure(
    tmp_path, capsys
):
    pytest.importorskip("anywidget")
    write_counts(tmp_path / "counts")
    explorer.main(["--moves", "1", "--of", str(tmp_path / "counts" / "balanstest.toml")])
    first, _, *moves = capsys.readouterr().out.splitlines()
    assert first.startswith("first show")
    names = [line[:44].strip() for line in moves]
    assert "maximum_rate: threshold" in names
    assert "list: family" in names
    assert "maximum_rate: threshold, other family" in names
    for line in moves:
        told, _, drawn, _ = map(float, line.split()[-4:])
        assert 0 < told < drawn


def test_a_command_that_fails_is_no_fast_one(tmp_path):
    with pytest.raises(RuntimeError, match="ended with 2"):
        commands.run([*commands.BALANSTEST, "report"], tmp_path)
