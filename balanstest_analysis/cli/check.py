"""What `balanstest check` does before it counts: the dossier, its problems and its gaps."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.loading import dossier_of_tables, load_dossier
from balanstest_analysis.errors import DossierError, Problems


def loaded_or_every_problem(path: Path, quarter: str) -> Dossier:
    """Return the dossier; when it is refused, tell what is wrong with its tables as well."""
    from balanstest_analysis.history.sources import check_tables

    try:
        return load_dossier(path, quarter=quarter)
    except DossierError as error:
        problems = Problems(str(error))
    tables = dossier_of_tables(path)
    with problems.gathered():
        if tables is not None:
            check_tables(tables)
    raise DossierError(str(problems))


def print_gaps(out: Console, gaps: tuple[str, ...], *, has_replies: bool = True) -> None:
    """Print which parts of the dossier are still to be filled in.

    Args:
        out: where to.
        gaps: the open parts.
        has_replies: whether the dossier replies to what speaks against the term, which is known
            once there is a report; where it does not, that is said.
    """
    if gaps:
        out.print(f"Still to be filled in ({len(gaps)}; `report --final` refuses gaps):")
        out.print("  " + ", ".join(gaps))
    else:
        out.print("No gaps: every question is answered.")
    if not has_replies:
        out.print(
            "  The report counts more: measures for the breaches that are found below "
            "(`[[measures]]`), and replies to what speaks against the term (`[review.replies]`).",
            markup=False,
        )
