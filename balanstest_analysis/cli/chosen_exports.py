"""Which tables of the exports a starter dossier takes, and why it leaves the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from balanstest_analysis.history.columns.columns import TABLES
from balanstest_analysis.history.recognition.recognition import STATED, Sketch

FLAGS: Final = ("net_contact", "converted")
HISTORY: Final = ("calls", "events", "objections", "complaints")
HOW_TO: Final = "see Two diallers in docs/how-to/own-export.md"

Left = tuple[Sketch, str]


def chosen(sketches: Sequence[Sketch]) -> tuple[list[Sketch], list[Left]]:
    """Return the tables that are taken, and the others with the reason in English.

    Files of one table are sources of their own where their columns or codes differ. Those that are
    alike belong in one folder: of these the first is taken, unless the others were stated too.

    Args:
        sketches: what every file and sheet probably is.
    """
    used: list[Sketch] = []
    left: list[Left] = []
    history = any(sketch.table in HISTORY for sketch in sketches)
    for sketch in sorted(sketches, key=_order):
        taken = [other for other in used if other.table == sketch.table]
        reason = _reason(sketch, taken, has_history=history)
        if reason is None:
            used.append(sketch)
        else:
            left.append((sketch, reason))
    return used, left


def alike(sketch: Sketch, others: Sequence[Sketch]) -> Sketch | None:
    """Return the file with the columns of this one that could lie in one folder with it.

    Args:
        sketch: a table of an export.
        others: those that were taken for the same table.
    """
    return next((other for other in others if _are_alike(sketch, other)), None)


def lacking(sketch: Sketch) -> tuple[str, ...]:
    """Return the columns that a table must have and of which none here is certain.

    The key is not among them: without one a table can still be told, and `check` asks for it.

    Args:
        sketch: a table of an export, of which it is known which it is.
    """
    certain = {match.ours for match in sketch.matches if match.certain}
    certain |= {*FLAGS} if sketch.dialler else set()
    needed = (column.name for column in TABLES[sketch.table] if column.required)
    return tuple(name for name in needed if name not in {*certain, "customer_id"})


def _order(sketch: Sketch) -> tuple[bool, bool]:
    """Return what is stated before what is guessed, and what is clear before what is not."""
    is_unclear = sketch.table in HISTORY and sketch.table != "events" and bool(lacking(sketch))
    return sketch.why != STATED, is_unclear


def _reason(sketch: Sketch, taken: Sequence[Sketch], *, has_history: bool) -> str | None:
    """Return why a table is left, or None where it is taken."""
    if not sketch.table:
        return sketch.why
    if sketch.table == "counts" and has_history:
        return "counts stand in for a history, and there is a history"
    if taken and sketch.table == "counts":
        return f"there is one table of counts, and {taken[0].place} was taken"
    if not sketch.rows:
        return f"it looks like {sketch.table}, and has no rows"
    if not taken or sketch.table == "events" or sketch.why == STATED:
        return None
    return _not_beside(sketch, taken)


def _not_beside(sketch: Sketch, taken: Sequence[Sketch]) -> str | None:
    """Return why a table is no source beside those that were taken."""
    same, unsure = alike(sketch, taken), lacking(sketch)
    looks = f"it looks like {sketch.table} as well, and "
    if same is not None:
        place = sketch.place.replace(", sheet ", "#")
        return (
            f"{looks}{same.place} with the same columns was taken; put such files in one folder, "
            f'and point `path` at that, or state each, as with --as "{sketch.table}={place}"'
        )
    if unsure:
        return (
            f"{looks}{taken[0].place} with other columns was taken; {', '.join(unsure)} cannot "
            f"be told for certain, so that its [[data.{sketch.table}]] is a comment in the "
            f"dossier: complete it, and remove the #; {HOW_TO}"
        )
    return None


def _are_alike(one: Sketch, other: Sketch) -> bool:
    if one.path == other.path or _names(one) != _names(other):
        return False
    ours, theirs = (set(s.dialler.numbers) if s.dialler else set() for s in (one, other))
    return not (ours and theirs) or bool(ours & theirs)


def _names(sketch: Sketch) -> set[str]:
    results = {sketch.dialler.column} if sketch.dialler else set()
    return {*sketch.every_name, *results, *(found.column for found in sketch.filters)}
