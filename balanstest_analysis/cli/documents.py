"""The commands around Word: the working copy of a report, the answers, and next year's dossier."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from balanstest_analysis.cli.console import notes
from balanstest_analysis.errors import UsageError

if TYPE_CHECKING:
    from balanstest_analysis.report.answers.exchange import Imported


def document(
    directory: Annotated[
        Path, typer.Argument(metavar="RUN-DIR", help="A directory made by `balanstest report`.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            help="The file to write; default `onderbouwing-werkversie_PERIOD.docx` beside."
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a file that is there, with its edits.")
    ] = False,
) -> None:
    """Make the report as a Word file: a working copy, without lines to sign on."""
    from balanstest_analysis.report.working_copy import document_report

    typer.echo(document_report(directory, output=output, force=force))


def answers(
    dossier: Annotated[Path, typer.Argument(help="The dossier, usually `balanstest.toml`.")],
    export: Annotated[
        Path | None, typer.Option("--export", help="Write its texts into this Word file.")
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--import",
            help="Take the texts of this Word file: one of --export, or your own filled-in copy of "
            "the template.",
        ),
    ] = None,
    reports: Annotated[
        Path, typer.Option(help="Folder of reports, whose facts go with an export.")
    ] = Path("reports"),
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what an import changes, and change nothing.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a Word file that is there.")
    ] = False,
) -> None:
    """Write what a lawyer writes into a Word file, or take it over from one."""
    from balanstest_analysis.report.answers.exchange import export_answers, import_answers

    if export is not None and source is None:
        if not export_answers(dossier, export, reports=reports, force=force):
            notes.print(
                "No report of this dossier was found, so the facts it will give are not in the "
                "file. Make a draft with `balanstest report`, and export again with `--force`."
            )
        typer.echo(export)
    elif source is not None and export is None:
        _print_import(import_answers(dossier, source, dry=dry_run), dossier, dry=dry_run)
    else:
        raise UsageError("Give either `--export FILE` or `--import FILE`.")


def _print_import(imported: Imported, dossier: Path, *, dry: bool) -> None:
    """Print what changed, what to know of it, and what is still open."""
    from balanstest_analysis.cli.check import print_gaps

    out = Console(highlight=False, soft_wrap=True)
    for change in imported.changes:
        for line in change.lines():
            out.print(line, markup=False)
    for note in imported.notes:
        notes.print(note, markup=False)
    done = "would change" if dry else "changed"
    number = len(imported.changes)
    print_gaps(out, imported.gaps)
    out.print(
        f"{dossier}: {number} {'text' if number == 1 else 'texts'} {done}."
        if number
        else f"{dossier}: nothing differs.",
        markup=False,
    )


def renew(
    old: Annotated[Path, typer.Argument(help="The dossier of before; it is only read.")],
    new: Annotated[Path, typer.Argument(help="The dossier to write, or a folder for it.")],
) -> None:
    """Make next year's dossier from this one: texts to confirm, no opinions, dates or decision."""
    from balanstest_analysis.report.renewal import renew_dossier

    renewed = renew_dossier(old, new)
    out = Console(highlight=False, soft_wrap=True)
    for note in renewed.notes:
        out.print(f"- {note}", markup=False)
    number = len(renewed.marked)
    out.print(f"To confirm ({number}, a gap each until its mark is taken away):", markup=False)
    out.print(f"  {', '.join(renewed.marked)}", markup=False)
    typer.echo(f"Made {renewed.path}.")
