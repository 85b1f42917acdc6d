"""The command line, from its own definition."""

from __future__ import annotations

import inspect
from typing import Any

import typer

from balanstest_analysis import errors
from balanstest_analysis.cli.commands import app
from tools.reference.markdown import code, page, table

INTRODUCTION = """Every command explains itself with `-h` or `--help`. Results go to standard
output, all else to standard error. After `make report` the command is `.venv/bin/balanstest`."""


def command_page() -> str:
    """Return the page with every command, its options and the exit codes."""
    group: Any = typer.main.get_command(app)
    commands: dict[str, Any] = group.commands
    parts = [part for name, command in commands.items() for part in _command(name, command)]
    own = ["## balanstest itself", _parameters(group)]
    return page("Command line", INTRODUCTION, *own, *parts, "## Exit codes", _exit_codes())


def _command(name: str, command: Any) -> list[str]:
    return [f"## {name}", inspect.cleandoc(command.help), _parameters(command)]


def _parameters(command: Any) -> str:
    shown = [parameter for parameter in command.params if parameter.name != "help"]
    rows = [[_names(p), _default(p), p.help or ""] for p in shown]
    return table(["argument or option", "default", "meaning"], rows)


def _names(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return code((parameter.metavar or parameter.name).upper())
    value = "" if parameter.is_flag else f" {parameter.name.upper()}"
    return code(f"{parameter.opts[0]}{value}")


def _default(parameter: Any) -> str:
    if parameter.required:
        return "required"
    if parameter.default in (None, "", False):
        return "-"
    return code(parameter.default)


def _exit_codes() -> str:
    refusals = [
        (kind.exit_code, kind.__doc__ or "")
        for kind in vars(errors).values()
        if isinstance(kind, type)
        and issubclass(kind, errors.BalanstestError)
        and kind is not errors.BalanstestError
    ]
    rows = [(0, "Done."), *sorted(refusals, key=lambda row: row[0])]
    return table(["code", "meaning"], [[str(number), text] for number, text in rows])
