"""Which tests are slow: they begin first, so that no core waits, and `make quick` leaves them out.

Slow is a file that starts kernels, servers, a browser or Spark, or that counts whole histories.
"""

from __future__ import annotations

import gc
import os
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from _pytest.doctest import DoctestItem

TESTS = Path(__file__).parent

# Two processes test at the same time, on two cores: more threads each would only wait for another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Seconds of each slow file alone on a quiet machine, coarsely. `make test` tells the slowest tests.
SLOW_FILES = {
    "analysis/test_explorer.py": 35,
    "analysis/test_panel.py": 90,
    "cli/test_column_mapping.py": 10,
    "cli/test_commands.py": 20,
    "cli/test_imports.py": 8,
    "cli/test_init_systems.py": 15,
    "cli/test_receiver.py": 12,
    "cli/test_trial.py": 7,
    "cli/test_verify.py": 6,
    "disclosure/test_disclosure_solver.py": 40,
    "disclosure/test_old_rules.py": 15,
    "dossier/test_json_schema.py": 25,
    "history/test_awkward_exports.py": 45,
    "history/test_buckets.py": 45,
    "history/test_clock_columns.py": 8,
    "history/test_columns.py": 15,
    "history/test_compliance.py": 40,
    "history/test_engines.py": 120,
    "history/test_exposure.py": 55,
    "history/test_findings.py": 50,
    "history/test_day_and_time.py": 45,
    "history/test_fuzz.py": 25,
    "history/test_junk.py": 15,
    "history/test_key_forms.py": 60,
    "history/test_kinds.py": 10,
    "history/test_no_rows.py": 10,
    "history/test_notations.py": 15,
    "history/test_placeholder_keys.py": 15,
    "history/test_privacy_at_the_door.py": 40,
    "history/test_sources.py": 15,
    "history/test_spark_connect.py": 70,
    "history/test_told_objections.py": 6,
    "history/test_unlike_sources.py": 6,
    "presentation/test_chapters.py": 10,
    "presentation/test_one_sided.py": 10,
    "project/test_benchmarks.py": 50,
    "project/test_documentation.py": 45,
    "project/test_gallery.py": 20,
    "project/test_other_systems.py": 20,
    "project/test_site.py": 35,
    "project/test_wheel.py": 40,
    "report/test_answers.py": 25,
    "report/test_attachments.py": 15,
    "report/test_batch.py": 70,
    "report/test_bundle.py": 40,
    "report/test_contents.py": 15,
    "report/test_counted_parts.py": 6,
    "report/test_delivered_attacker.py": 15,
    "report/test_delivered_files.py": 35,
    "report/test_doctor.py": 15,
    "report/test_faults.py": 60,
    "report/test_git_filter.py": 6,
    "report/test_jupyterlab.py": 60,
    "report/test_launch.py": 6,
    "report/test_own_process.py": 15,
    "report/test_papermill.py": 10,
    "report/test_pdf.py": 20,
    "report/test_own_template.py": 15,
    "report/test_planted_persons.py": 35,
    "report/test_report_matrix.py": 40,
    "report/test_reproducible.py": 20,
    "report/test_run.py": 30,
    "report/test_waiting_kernel.py": 10,
    "report/test_working_copy.py": 20,
    "term/test_properties.py": 10,
    "term/test_rebuilt_from_the_page.py": 15,
    "validation/test_calibration.py": 40,
    "verification/test_check.py": 25,
}


# Of a test with many cases in a file that takes as long as this, `make test` runs one in four.
LONG, MANY, ONE_IN, SEED = 15, 4, 4, 2026
# Long tests that `make study` runs, and of which shorter ones keep watch here.
IN_STUDY = frozenset(
    {
        "tests/history/test_engines.py::test_codes_are_counted_alike_in_spark",
        "tests/history/test_engines.py::test_cells_mean_the_same_in_spark_in_every_notation",
        "tests/history/test_engines.py::"
        "test_spark_gives_the_month_table_of_the_files_with_a_key_that_is_a_number",
        "tests/history/test_engines.py::test_sources_codes_legs_and_odd_keys_count_alike_in_spark",
        "tests/history/test_spark_connect.py::"
        "test_a_session_of_a_cluster_that_runs_already_is_used_and_left_as_it_was",
        "tests/project/test_benchmarks.py::"
        "test_our_counts_of_a_large_history_are_those_of_sql_polars_and_pandas",
        "tests/project/test_benchmarks.py::test_the_same_calls_in_every_form_are_counted_alike",
        "tests/project/test_benchmarks.py::"
        "test_the_benchmark_of_the_quarter_compares_equal_reports",
    }
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option of `make test`; without it, as in `make study`, every case runs."""
    told = f"of long tests with {MANY} cases or more, run one in {ONE_IN}, by seed {SEED}"
    parser.addoption("--slice", action="store_true", help=told)


def pytest_configure() -> None:
    """Look for cycles of garbage less often: a query is many objects that soon go."""
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what is slow, and order: the longest files first, the examples of docstrings last."""
    if config.getoption("--slice"):
        left_out = beyond_slice(items)
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid in left_out])
        items[:] = [item for item in items if item.nodeid not in left_out]
    for item in items:
        if seconds_of(item):
            item.add_marker("slow")
    items.sort(key=lambda item: (-seconds_of(item), isinstance(item, DoctestItem)))


@pytest.fixture(autouse=True, scope="session")
def no_reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the reports that lie in the working folder out of what the tests publish."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BALANSTEST_REPORTS_DIRECTORY", str(tmp_path_factory.mktemp("geen")))
        yield


def seconds_of(item: pytest.Item) -> int:
    """Return the seconds of the file that a test stands in, and zero for what is quick."""
    if not item.path.is_relative_to(TESTS):
        return 0
    return SLOW_FILES.get(item.path.relative_to(TESTS).as_posix(), 0)


def beyond_slice(items: Sequence[pytest.Item]) -> set[str]:
    """Return the cases of long tests that a slice leaves out, the same ones for the same tests."""
    cases = defaultdict[str, list[str]](list)
    for item in items:
        if seconds_of(item) >= LONG and "[" in item.name:
            cases[item.nodeid.partition("[")[0]].append(item.nodeid)
    left_out = {
        case
        for test, of_test in cases.items()
        if len(of_test) >= MANY
        for case in of_test
        if case not in _drawn(test, of_test)
    }
    return left_out | {item.nodeid for item in items if item.nodeid in IN_STUDY}


def _drawn(test: str, cases: Sequence[str]) -> set[str]:
    chosen = random.Random(f"{SEED} {test}")
    return set(chosen.sample(sorted(cases), -(-len(cases) // ONE_IN)))
