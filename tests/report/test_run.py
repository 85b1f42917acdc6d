"""The run: a complete report or none at all, whatever happens to the kernel or the folder."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from filelock import FileLock

from balanstest_analysis.document.operating_system import exchanged
from balanstest_analysis.document.series_name import slug
from balanstest_analysis.document.style.logo import logo_of
from balanstest_analysis.document.visible import visible_text
from balanstest_analysis.errors import (
    DataError,
    DossierError,
    GapsError,
    RunError,
    TargetBusyError,
    UsageError,
)
from balanstest_analysis.report.run import Limits, ReportRun, Step, run_report
from balanstest_analysis.report.run import run as making
from balanstest_analysis.report.run import run_directory as places
from balanstest_analysis.report.run.manifest import foreign_files
from balanstest_analysis.report.run.run_directory import places_for, recover
from tests.counted_dossier import SMALLEST, write_smallest
from tests.logos import SVG_LOGO, png_logo

SMALL = Path(__file__).parents[1] / "fixtures" / "klein.ipynb"
FILES = {
    "manifest.json",
    "onderbouwing.html",
    "onderbouwing.ipynb",
    "onderbouwing.pdf",
    "resultaat.json",
    "tabellen.xlsx",
    "tabellen/leeswijzer.csv",
    "tabellen/tabel-01-contacten-per-maand.csv",
}
# Cells of the small notebook that a test replaces.
SETUP, LAST = 2, 5


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    folder = tmp_path / "mijn dossier"
    folder.mkdir()
    return write_smallest(folder)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return tmp_path / "reports"


@pytest.fixture
def run(dossier: Path, reports: Path) -> Callable[..., ReportRun]:
    def go(**options: Any) -> ReportRun:
        return run_report(dossier, output_dir=reports, **({"notebook": SMALL} | options))

    return go


def changed(folder: Path, source: str, *, cell: int = SETUP) -> Path:
    """Return the small notebook with one cell replaced."""
    notebook = nbformat.read(SMALL, as_version=4)
    notebook.cells[cell].source = source
    nbformat.write(notebook, folder / "veranderd.ipynb")
    return folder / "veranderd.ipynb"


def setup_source() -> str:
    return str(nbformat.read(SMALL, as_version=4).cells[SETUP].source)


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in files(folder)}


def test_a_run_publishes_every_file_and_nothing_else(run, reports: Path) -> None:
    steps: list[Step] = []
    made = run(progress=steps.append)

    assert made.status == "made"
    assert made.directory == reports / "stichting-een-twee" / "periodieke-donaties" / "2026-Q3"
    assert files(made.directory) == FILES
    assert len(files(reports)) == len(FILES)
    assert steps[0] == "starting"
    assert not any("cell" in step for step in steps)
    assert steps[-1] == "publishing the report"
    assert [step.done for step in steps] == list(range(len(steps)))
    assert steps[-1].total == len(steps)


def test_what_is_delivered_names_no_folder_user_or_clock(run, dossier: Path) -> None:
    made = run()
    notebook = (made.directory / "onderbouwing.ipynb").read_text("utf-8")

    assert "dossier = 'balanstest.toml'" in notebook
    assert "papermill" not in notebook
    for name, content in contents(made.directory).items():
        assert str(dossier.parent).encode() not in content, name
        assert b"_time" not in content or name.endswith(".pdf")
    manifest = json.loads((made.directory / "manifest.json").read_text("utf-8"))
    assert set(manifest["files"]) == FILES - {"manifest.json"}
    assert manifest["parameters"] == {"quarter": "", "final": False}
    assert manifest["durations"]["notebook"] > 0


def test_an_equal_run_is_skipped_and_another_one_is_not(run, dossier: Path) -> None:
    first = run()
    before = contents(first.directory)

    assert run().status == "skipped"
    assert run(force=True).status == "made"
    after = contents(first.directory)
    assert {name for name in FILES if before[name] != after[name]} <= {"manifest.json"}
    (dossier.parent / "counts.csv").write_text("months_since_purchase,contacts\n0,121\n")
    assert run().status == "made"


def test_a_damaged_report_is_made_again(run) -> None:
    made = run()
    (made.directory / "onderbouwing.pdf").write_bytes(b"half")

    assert run().status == "made"
    assert (made.directory / "onderbouwing.pdf").read_bytes().startswith(b"%PDF")


def test_two_names_that_become_one_folder_do_not_overwrite_each_other(run, dossier: Path) -> None:
    run()
    dossier.write_text(SMALLEST.replace("Één & Twee", "Een Twee"), "utf-8")

    with pytest.raises(UsageError, match="another name"):
        run(force=True)
    later = SMALLEST.replace("Één & Twee", "Een Twee").replace("2026-09-30", "2026-06-30")
    dossier.write_text(later, "utf-8")
    with pytest.raises(UsageError, match="another name"):
        run()


@pytest.mark.parametrize("typed", ["stichting één & twee", "Stichting\u00a0Één  &\u200b Twee"])
def test_a_report_of_one_series_under_a_name_typed_otherwise_is_named(
    run, dossier: Path, typed: str
) -> None:
    made = run()
    dossier.write_text(SMALLEST.replace("Stichting Één & Twee", typed), "utf-8")
    with pytest.raises(UsageError, match="they are one series") as caught:
        run()
    assert repr(visible_text(typed)) in str(caught.value)
    again = run(force=True)
    assert (again.status, again.directory) == ("made", made.directory)


def test_names_of_one_series_become_one_folder(dossier: Path, tmp_path: Path) -> None:
    from balanstest_analysis.dossier.loading import load_dossier

    targets = set()
    for typed in (
        "Straße Één",
        "STRASSE ÉÉN",
        "strasse\u00ad e\u0301e\u0301n",
        "Straße  Één\u200b",
    ):
        dossier.write_text(SMALLEST.replace("Stichting Één & Twee", typed), "utf-8")
        targets.add(places.places_for(load_dossier(dossier), tmp_path).target)
    assert len(targets) == 1


def test_an_end_that_became_another_error_on_its_way_is_told_as_an_end(
    run, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def execute(_order: object, _ahead: object) -> None:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(10)
        except SystemExit:
            raise asyncio.InvalidStateError from None

    monkeypatch.setattr(making, "_execute", execute)
    with pytest.raises(RunError, match="asked to end before the report was made"):
        run()
    assert not [*reports.rglob("mislukt")]


def test_files_that_no_run_made_are_not_thrown_away(run) -> None:
    made = run()
    (made.directory / "getekend.pdf").write_bytes(b"scan")

    assert foreign_files(made.directory) == ["getekend.pdf"]
    with pytest.raises(UsageError, match=r"getekend\.pdf"):
        run()
    assert (made.directory / "getekend.pdf").exists()


@pytest.mark.parametrize("error", [DataError, GapsError, DossierError])
def test_refused_input_is_the_same_error_outside_and_leaves_no_folder(
    run, reports: Path, tmp_path: Path, error: type[Exception]
) -> None:
    source = f"from balanstest_analysis.errors import *\nraise {error.__name__}('Zin met reden.')"

    with pytest.raises(error, match=r"^Zin met reden\.$"):
        run(notebook=changed(tmp_path, source))
    assert not reports.exists()


def test_a_dossier_that_is_not_acceptable_starts_nothing(run, reports: Path, dossier: Path) -> None:
    dossier.write_text(SMALLEST.replace("category", "categorie"), "utf-8")

    with pytest.raises(DossierError, match="categorie"):
        run()
    assert not reports.exists()


FAULTS = {
    "sys.exit(0)": ("import sys\nsys.exit(0)", "SystemExit"),
    "exception": ("raise ValueError('0612345678')", "ValueError"),
    "killed kernel": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "kernel died"),
    "hanging cell": ("import time\ntime.sleep(60)", "time limit"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failed_run_publishes_nothing_and_keeps_the_reason(
    run, reports: Path, tmp_path: Path, fault: str
) -> None:
    source, reason = FAULTS[fault]

    with pytest.raises(RunError, match=reason) as refused:
        run(notebook=changed(tmp_path, source), limits=Limits(cell=2))
    kept = reports / "mislukt" / "stichting-een-twee_periodieke-donaties_2026-Q3_1"
    assert files(reports) == {
        f"mislukt/{kept.name}/onderbouwing.ipynb",
        f"mislukt/{kept.name}/reason.txt",
    }
    assert reason in (kept / "reason.txt").read_text("utf-8")
    assert "0612345678" not in str(refused.value)


def test_a_kernel_that_does_not_come_up_is_replaced(run, monkeypatch) -> None:
    from balanstest_analysis.report.run import launch

    usual, made = launch.launched, []

    def launched(*arguments: Any, **options: Any) -> launch.OwnInterpreterManager:
        manager = usual(*arguments, **options)
        if not made:
            manager.provisioner.process.kill()
        made.append(manager)
        return manager

    monkeypatch.setattr(launch, "launched", launched)

    assert run().status == "made"
    assert len(made) == 2


def test_a_run_tells_how_many_parts_its_kernel_has_counted(run, tmp_path: Path) -> None:
    told: list[str | None] = []
    counted = "from balanstest_analysis.report.counted_parts import parts_to_run\n" + "\n".join(
        f"parts_to_run()({done}, {total}); __import__('time').sleep(1.2)"
        for done, total in ((3, 7), (0, 0))
    )
    source = f"{setup_source()}\n{counted}"
    run(notebook=changed(tmp_path, source), progress=lambda step: told.append(step.within))
    assert [words for words in told if words is not None] == [
        "counting customers: 3 of 7 parts",
        "",
    ]


def test_the_whole_run_has_a_limit_too(run, tmp_path: Path) -> None:
    slow = changed(tmp_path, "import time\ntime.sleep(60)")

    with pytest.raises(RunError, match="time limit"):
        run(notebook=slow, limits=Limits(run=2))


def test_a_notebook_without_its_sign_of_completion_is_no_report(run, tmp_path: Path) -> None:
    with pytest.raises(RunError, match="sign of completion"):
        run(notebook=changed(tmp_path, "1 + 1", cell=LAST))


def test_a_run_that_made_no_result_is_no_report(run, tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"resultaat\.json"):
        run(notebook=changed(tmp_path, "1 + 1", cell=4))


def test_a_run_that_made_no_tables_is_no_report(run, tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"tabellen\.xlsx"):
        run(notebook=changed(tmp_path, "1 + 1", cell=3))


def test_a_folder_of_this_machine_in_the_page_is_refused(run, tmp_path: Path) -> None:
    told = changed(tmp_path, f"{setup_source()}\nrun_directory.parent.parent")

    with pytest.raises(RunError, match="names a folder"):
        run(notebook=told)


def test_a_failed_run_leaves_the_old_report_as_it_was(run, tmp_path: Path) -> None:
    made = run()
    before = contents(made.directory)

    with pytest.raises(RunError):
        run(notebook=changed(tmp_path, "raise ValueError"), force=True)
    assert contents(made.directory) == before


def test_inputs_edited_during_the_run_are_noticed(run, dossier: Path, tmp_path: Path) -> None:
    counts = dossier.parent / "counts.csv"
    edit = f"from pathlib import Path\nPath({str(counts)!r}).write_text('a')"

    with pytest.raises(RunError, match="changed while"):
        run(notebook=changed(tmp_path, f"{edit}\n{setup_source()}"))


@pytest.fixture
def logo(dossier: Path) -> Path:
    """Give the dossier a colour and a logo."""
    file = dossier.parent / "huisstijl van anna.svg"
    file.write_bytes(SVG_LOGO)
    dossier.write_text(f'{SMALLEST}[style]\naccent = "#00695c"\nlogo = "{file.name}"\n', "utf-8")
    return file


def test_a_report_is_made_again_for_another_logo(run, logo: Path) -> None:
    first = run()
    page = (first.directory / "onderbouwing.html").read_text("utf-8")

    assert files(first.directory) == FILES
    assert logo_of(SVG_LOGO).uri in page
    assert "--accent: #00695c;" in page
    assert run().status == "skipped"
    logo.write_bytes(png_logo())
    assert run().status == "made"
    page = (first.directory / "onderbouwing.html").read_text("utf-8")
    assert logo_of(png_logo()).uri in page


def test_a_report_with_a_logo_names_neither_its_file_nor_what_stood_in_it(run, logo: Path) -> None:
    made = run()
    for name, content in contents(made.directory).items():
        for words in (b"huisstijl van", b"anna", str(logo.parent).encode()):
            assert words not in content, name
    notebook = nbformat.read(made.directory / "onderbouwing.ipynb", as_version=4)
    assert notebook.metadata["balanstest"]["logo"] == logo_of(SVG_LOGO).uri
    assert b"anna" not in logo_of(SVG_LOGO).content


@pytest.mark.parametrize("edit", ["write_bytes(b'')", "unlink()"])
def test_a_logo_that_changes_or_goes_during_the_run_gives_no_report(
    run, logo: Path, tmp_path: Path, reports: Path, edit: str
) -> None:
    source = f"from pathlib import Path\nPath({str(logo)!r}).{edit}\n{setup_source()}"

    with pytest.raises(RunError, match="changed while"):
        run(notebook=changed(tmp_path, source))
    assert not any(name.endswith(".pdf") for name in files(reports))


PARAMETERS = {
    "unknown": ("dossier: str = ''\nquarter: str = ''", "no parameter `final`"),
    "of another type": (
        "dossier: str = ''\nquarter: str = ''\nfinal: str = ''",
        "`final` is of type bool",
    ),
}


@pytest.mark.parametrize("case", PARAMETERS)
def test_a_parameter_that_does_not_fit_is_refused_before_anything_runs(
    run, reports: Path, tmp_path: Path, case: str
) -> None:
    source, message = PARAMETERS[case]

    with pytest.raises(UsageError, match=message):
        run(notebook=changed(tmp_path, source, cell=0))
    assert not reports.exists()


def test_two_runs_never_write_one_target(run, dossier: Path, reports: Path) -> None:
    lock = reports / "stichting-een-twee" / "periodieke-donaties" / ".2026-Q3.slot"
    lock.parent.mkdir(parents=True)

    with FileLock(lock), pytest.raises(TargetBusyError, match="Another run"):
        run()


def test_a_lock_file_left_by_a_killed_run_stops_nobody(run, reports: Path) -> None:
    lock = reports / "stichting-een-twee" / "periodieke-donaties" / ".2026-Q3.slot"
    lock.parent.mkdir(parents=True)
    lock.touch()

    assert files(run().directory) == FILES
    assert not lock.exists()


@pytest.fixture
def spots(dossier: Path, reports: Path) -> places.Places:
    from balanstest_analysis.dossier.loading import load_dossier

    made = places_for(load_dossier(dossier), reports)
    made.target.parent.mkdir(parents=True)
    return made


def filled(folder: Path, content: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "bestand").write_text(content)
    return folder


def test_a_run_killed_between_two_renames_gives_the_old_report_back(spots) -> None:
    filled(spots.aside, "oud")
    filled(spots.delivery, "nieuw")

    recover(spots)

    assert (spots.target / "bestand").read_text() == "oud"
    assert [path.name for path in spots.target.parent.iterdir()] == ["2026-Q3"]


@pytest.mark.parametrize("can_swap", [True, False], ids=["swap", "two renames"])
def test_publishing_replaces_the_old_report_whole(spots, monkeypatch, can_swap: bool) -> None:
    filled(spots.target, "oud")
    filled(spots.delivery, "nieuw")
    if not can_swap:
        monkeypatch.setattr(places, "exchanged", lambda *_: False)

    places.publish(spots)

    assert (spots.target / "bestand").read_text() == "nieuw"
    assert not spots.aside.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux swaps directories at once")
def test_linux_swaps_two_directories_at_once(tmp_path: Path) -> None:
    first, second = filled(tmp_path / "a", "een"), filled(tmp_path / "b", "twee")

    assert exchanged(first, second)
    assert (first / "bestand").read_text() == "twee"
    with pytest.raises(FileNotFoundError):
        exchanged(first, tmp_path / "c")


def test_names_become_folders_that_cannot_climb() -> None:
    assert slug("../../etc") == "etc"
    assert slug("你好") == "naamloos"
    assert len(slug("x" * 500)) == 80


def test_a_table_in_a_database_counts_as_changed_every_time(dossier: Path) -> None:
    from balanstest_analysis.dossier.loading import load_dossier
    from balanstest_analysis.report.run.inputs import has_tables_elsewhere

    in_files = load_dossier(dossier)
    dossier.write_text(SMALLEST.replace('path = "counts.csv"', 'table = "schema.counts"'), "utf-8")

    assert not has_tables_elsewhere(in_files)
    assert has_tables_elsewhere(load_dossier(dossier))


def test_kernels_of_the_user_and_of_the_path_are_never_run(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = {"argv": ["/bin/false"], "display_name": "val", "language": "python"}
    for data in (tmp_path / "vijand", tmp_path / "thuis" / "jupyter"):
        spec = data / "kernels" / "python3"
        spec.mkdir(parents=True)
        (spec / "kernel.json").write_text(json.dumps(trap))
    startup = tmp_path / "thuis" / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "val.py").write_text("raise SystemExit")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "vijand"))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "thuis" / "jupyter"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "thuis" / "ipython"))

    check = f"import sys\nassert sys.executable == {sys.executable!r}"
    made = run(notebook=changed(tmp_path, f"{setup_source()}\n{check}"))

    assert made.status == "made"


def test_a_killed_run_is_cleaned_up_by_the_next(
    run, dossier: Path, reports: Path, tmp_path
) -> None:
    hanging = changed(tmp_path, "import time\ntime.sleep(60)")
    script = (
        "from pathlib import Path\nfrom balanstest_analysis.report.run import run_report\n"
        f"run_report({str(dossier)!r}, output_dir={str(reports)!r}, "
        f"notebook=Path({str(hanging)!r}), "
        "progress=lambda step: print('cell', step.done, flush=True))"
    )
    child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    while "cell 3" not in child.stdout.readline():
        assert child.poll() is None
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()

    assert not list(reports.rglob("manifest.json"))
    made = run()
    assert files(made.directory) == FILES
    assert [path.name for path in made.directory.parent.iterdir()] == ["2026-Q3"]
    wait_for_no_process(str(reports))


def wait_for_no_process(words: str) -> None:
    """An orphaned kernel notices within seconds that its parent has gone."""
    deadline = time.monotonic() + 15
    while any(words in line for line in command_lines()):
        assert time.monotonic() < deadline
        time.sleep(0.2)


def command_lines() -> list[str]:
    listing = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    own = str(os.getpid())
    return [line for line in listing.stdout.splitlines() if own not in line and "ipykernel" in line]
