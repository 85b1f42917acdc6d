"""The command line: thin, in English, results on stdout and everything else on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console

from balanstest_analysis.cli.brought_along import notebooks, sample, schema
from balanstest_analysis.cli.console import counting, notes
from balanstest_analysis.cli.doctor import doctor
from balanstest_analysis.cli.documents import answers, document, renew
from balanstest_analysis.cli.init import init
from balanstest_analysis.cli.lab import PASSED_ON, lab
from balanstest_analysis.cli.meanwhile import begun
from balanstest_analysis.cli.options import (
    CellLimit,
    DossierPath,
    LogFile,
    Quarter,
    ReportsFolder,
    RunLimit,
    balanstest,
)
from balanstest_analysis.cli.verify import verify
from balanstest_analysis.document.personal import without_persons
from balanstest_analysis.errors import BalanstestError
from balanstest_analysis.report.event_log import Log, log_to, no_log
from balanstest_analysis.report.process_settings import settle

app = typer.Typer(
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
_WIDE = 200

app.callback()(balanstest)
app.command()(init)
app.command()(verify)
app.command()(answers)
app.command()(document)
app.command()(renew)
app.command()(doctor)
app.command(context_settings=PASSED_ON)(lab)
app.command()(sample)
app.command()(notebooks)
app.command()(schema)


@app.command()
def check(dossier: DossierPath, quarter: Quarter = "") -> None:
    """Read everything and report findings and gaps; writes nothing."""
    from balanstest_analysis.cli.check import loaded_or_every_problem, print_gaps
    from balanstest_analysis.history.secret import load_secret

    loaded = loaded_or_every_problem(dossier, quarter)
    fictitious = loaded.organisation.fictitious
    secret = begun(lambda: load_secret(loaded.path, fictitious=fictitious, create=False))
    from balanstest_analysis.history.compliance.review import refuse_blocking, review_history

    telling = begun(lambda: import_module("balanstest_analysis.cli.checked"))
    out = Console(highlight=False, soft_wrap=True)
    out.print(f"{loaded.organisation.name} - {loaded.scope.category} - {loaded.period}")
    print_gaps(out, loaded.gaps(), has_replies=bool(loaded.review.replies))
    with counting("reading") as on_progress:
        reviewed = review_history(loaded, secret(), examples=True, on_progress=on_progress)
    telling()
    from balanstest_analysis.cli.checked import print_checked
    from balanstest_analysis.cli.own_command import own_command

    print_checked(out, loaded, reviewed.exposure)
    refuse_blocking(reviewed.exposure.findings)
    out.print(f"Nothing blocks. Next: {own_command()} analyse {dossier}", markup=False)


@app.command()
def analyse(
    dossier: DossierPath,
    quarter: Quarter = "",
    json_file: Annotated[
        Path | None,
        typer.Option("--json", help="Write the exact INTERNAL result here; nothing is suppressed."),
    ] = None,
) -> None:
    """Run the analysis alone: proposal and criteria on the terminal."""
    from balanstest_analysis.analysis.method import analyse as run
    from balanstest_analysis.cli.outcome import print_outcome, write_internal
    from balanstest_analysis.dossier.loading import load_dossier

    with counting() as on_progress:
        analysis = run(load_dossier(dossier, quarter=quarter), on_progress=on_progress)
    print_outcome(Console(highlight=False, soft_wrap=True), analysis)
    if json_file is not None:
        write_internal(json_file, analysis)


@app.command()
def report(  # noqa: PLR0913, PLR0917 - one parameter per option
    context: typer.Context,
    dossier: DossierPath,
    output: ReportsFolder = Path("reports"),
    quarter: Quarter = "",
    final: Annotated[bool, typer.Option("--final", help="Refuse to report with gaps.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Make the report again though nothing changed.")
    ] = False,
    show: Annotated[
        bool, typer.Option("--open", help="Open the HTML of the report in the browser.")
    ] = False,
    log: LogFile = None,
) -> None:
    """Make a report under `reports` of this folder: HTML, PDF, notebook, tables and manifest."""
    from balanstest_analysis.cli.reported import Telling
    from balanstest_analysis.cli.terminal import logged_run, shown_progress
    from balanstest_analysis.report.run import run_report

    telling = Telling(output)
    with shown_progress(notes) as progress:
        run = logged_run(
            lambda on_step: run_report(
                dossier,
                output_dir=output,
                quarter=quarter,
                final=final,
                force=force,
                progress=on_step,
                spare=context.obj,
            ),
            log=_log(log),
            dossier=dossier,
            progress=telling.before(progress),
        )
    telling.after(run, show=show)


@app.command()
def bundle(
    directory: Annotated[
        Path, typer.Argument(metavar="RUN-DIR", help="A directory made by `balanstest report`.")
    ],
    attach: Annotated[
        list[Path] | None,
        typer.Option("--attach", help="A document to add, such as the DPIA; may be repeated."),
    ] = None,
    dossier: Annotated[
        Path | None,
        typer.Option(
            help="The report's dossier, whose secret and customers no attachment may hold; "
            "without it, one is looked for near the report and in this folder."
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a bundle that is there already.")
    ] = False,
) -> None:
    """Make one zip for the committee: the report, its annexes, and the hash of each file."""
    from balanstest_analysis.cli.receiver import doubts
    from balanstest_analysis.report.bundle import bundle_report

    made = bundle_report(directory, attach=attach or (), dossier=dossier, force=force)
    if not made.searched:
        notes.print(
            "No dossier of this report was found, or its tables could not be read: the attachments "
            "were not searched for its customers. Give it with `--dossier`."
        )
    for line in doubts(made.path):
        notes.print(line, markup=False)
    if made.letter is not None:
        notes.print(
            f"The letter to go with it is {made.letter}; what only you know stands in yellow.",
            markup=False,
        )
    if made.status == "concept":
        notes.print("The report in this bundle is a draft; `report --final` makes a final one.")
    typer.echo(made.path)


@app.command()
def quarterly(  # noqa: PLR0913, PLR0917 - one parameter per option
    dossiers: Annotated[
        list[Path], typer.Argument(help="Dossiers, and folders in which every dossier counts.")
    ],
    quarter: Quarter = "",
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Reports to make at a time; default by cores and memory."),
    ] = None,
    output: ReportsFolder = Path("reports"),
    final: Annotated[bool, typer.Option("--final", help="Refuse to report with gaps.")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Make reports again though nothing changed.")
    ] = False,
    cell_limit: CellLimit = 3600,
    run_limit: RunLimit = 7200,
    log: LogFile = None,
) -> None:
    """Make the reports of many dossiers, try all of them, and tell what came of each."""
    from balanstest_analysis.cli.receiver import doubt_in
    from balanstest_analysis.cli.terminal import overview_table, row_line
    from balanstest_analysis.report.batch import Choices, run_quarterly
    from balanstest_analysis.report.run import Limits

    batch = run_quarterly(
        dossiers,
        output_dir=output,
        choices=Choices(
            quarter=quarter,
            final=final,
            force=force,
            limits=Limits(cell=cell_limit, run=run_limit),
        ),
        jobs=jobs,
        log=_log(log),
        on_done=lambda row: notes.print(row_line(row), markup=False),
        check=doubt_in,
    )
    out = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDE)
    out.print(overview_table(batch.rows))
    typer.echo(batch.overview / "overzicht.html")
    typer.echo(batch.overview / "overzicht.json")
    raise typer.Exit(batch.exit_code)


def _log(file: Path | None) -> Log:
    return log_to(file) if file else no_log


@app.command()
def simulate(
    directory: Annotated[Path, typer.Argument(help="Folder to write the fictitious history in.")],
    scenario: Annotated[str, typer.Option(help="Name of the scenario.")] = "sample",
    contacts: Annotated[
        int | None,
        typer.Option(min=500, help="Number of net contacts, about; default as the scenario."),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the random numbers.")] = 2026,
) -> None:
    """Make a fictitious history with a known term, and its dossier."""
    from balanstest_analysis.validation.simulate import simulate_history, write_history

    history = simulate_history(scenario, contacts=contacts, seed=seed)
    write_history(history, directory)
    typer.echo(f"Made {directory / 'balanstest.toml'} (fictitious).")


def _run(command: Callable[[], Any]) -> int:
    try:
        with without_persons():
            command()
    except BalanstestError as error:
        return _refused(error)
    return 0


def _refused(error: BalanstestError) -> int:
    typer.echo(f"balanstest: {error}", err=True)
    return error.exit_code


def main(spare: object = None) -> NoReturn:
    """Run the command line and exit with its code.

    Args:
        spare: a kernel that waits for a command that makes a report.
    """
    settle()
    sys.exit(_run(lambda: app(standalone_mode=True, obj=spare)))
