"""The command `balanstest init`: a starter dossier, and what was found in exports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from balanstest_analysis.errors import UsageError

_TABLES = ("calls", "events", "objections", "complaints", "counts")
_Template = Annotated[
    str, typer.Option(help="Question set: `opt-in` (newer) or `bel-me-niet` (older).")
]
_Exports = Annotated[
    list[Path] | None,
    typer.Option(
        "--from",
        help="An export (CSV, Excel, Parquet), or a folder of them, from which a mapping is "
        "proposed.",
    ),
]
_Stated = Annotated[
    list[str] | None,
    typer.Option(
        "--as",
        help="What an export is, as `calls=FILE` or `events=FILE#Sheet`; may be repeated.",
    ),
]
_More = Annotated[list[Path] | None, typer.Argument(help="More exports, after the first `--from`.")]
_Organisation = Annotated[str, typer.Option(help="Your name, written in the dossier.")]
_Sector = Annotated[
    list[str] | None,
    typer.Option(
        help="Your sector: charity, charity_lottery, publisher or commercial. May be repeated."
    ),
]
_Category = Annotated[
    str, typer.Option(help="The category of product or organisation, such as Donateurschap.")
]
_ReportDate = Annotated[
    str, typer.Option(help="The day of the report, such as 2026-03-31; it decides the rules.")
]


def init(  # noqa: PLR0913, PLR0917 - one parameter per option
    directory: Annotated[Path, typer.Argument(help="Folder to make, or an empty one.")],
    template: _Template = "opt-in",
    exports: _Exports = None,
    stated: _Stated = None,
    organisation: _Organisation = "",
    sector: _Sector = None,
    category: _Category = "",
    report_date: _ReportDate = "",
    more: _More = None,
) -> None:
    """Make a starter dossier with every question, and empty data templates."""
    from balanstest_analysis.cli.about_you import about_you, to_state
    from balanstest_analysis.cli.column_mapping import proposed_tables
    from balanstest_analysis.cli.init_listing import last_day_lines, listing
    from balanstest_analysis.cli.kept_from_git import told_of_git
    from balanstest_analysis.cli.own_command import own_command
    from balanstest_analysis.cli.proposal import Proposal
    from balanstest_analysis.cli.starter import write_proposed

    about = about_you(
        organisation=organisation,
        sectors=sector or (),
        category=category,
        report_date=report_date,
    )
    roles = _roles(stated or ())
    if more and not (exports or roles):
        raise UsageError(f"`{more[0]}` is a second folder. Write `--from` before an export.")
    given = [*(exports or ()), *(more or ()), *(path for path, _ in roles)]
    proposed = proposed_tables(given, directory, _resolved(roles)) if given else Proposal()
    made = write_proposed(directory, template=template, proposed=proposed, about=about)
    for line in listing(proposed) if given else ():
        typer.echo(line)
    known = proposed.last_day is not None
    typer.echo(f"Made {made}. {to_state(about, last_day_known=known)}")
    for line in last_day_lines(proposed):
        typer.echo(line)
    if git := told_of_git(directory):
        typer.echo(git)
    typer.echo(f"Then run:\n  {own_command()} check {made}")


def _roles(stated: Sequence[str]) -> dict[tuple[Path, str], str]:
    """Return what exports were stated to be.

    Raises:
        UsageError: one was stated to be two tables.
    """
    roles: dict[tuple[Path, str], str] = {}
    for table, place in map(_role, stated):
        if roles.setdefault(place, table) != table:
            raise UsageError(
                f"--as states that `{place[0].name}` is {roles[place]} and {table}. State one of "
                "them, and map the other in the dossier yourself."
            )
    return roles


def _role(text: str) -> tuple[str, tuple[Path, str]]:
    """Return a table, and the file and sheet that hold it, from `events=FILE#Sheet`.

    Raises:
        UsageError: it is not of that form, or the file is not there.
    """
    table, _, place = text.partition("=")
    if table not in _TABLES or not place:
        raise UsageError(
            f"--as is {text!r}; allowed is a table, = and a file, such as calls=FILE or "
            f"events=FILE#Sheet, where the table is {', '.join(_TABLES)}."
        )
    if Path(place).is_file():
        return table, (Path(place), "")
    file, _, sheet = place.rpartition("#")
    if not sheet or not Path(file).is_file():
        raise UsageError(f"--as is {text!r}, where there is no such file. Correct the path.")
    return table, (Path(file), sheet)


def _resolved(roles: dict[tuple[Path, str], str]) -> dict[tuple[Path, str], str]:
    return {(path.resolve(), sheet): table for (path, sheet), table in roles.items()}
