"""A simulated history as files: four tables, a dossier with every answer, and a secret."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from string import Template
from typing import Final

import numpy as np
import pandas as pd

from balanstest_analysis.document.files import protected_cell
from balanstest_analysis.document.wording import number
from balanstest_analysis.dossier.criteria import Criterion
from balanstest_analysis.dossier.loading import read_toml
from balanstest_analysis.errors import DossierError, UsageError
from balanstest_analysis.history.key_file import KEY_FILE
from balanstest_analysis.history.secret_strength import PUBLISHED
from balanstest_analysis.validation.simulate.history import SimulatedHistory

DOSSIER_FILE: Final = "balanstest.toml"


def write_history(history: SimulatedHistory, directory: str | Path) -> Path:
    """Return the path of the dossier, after writing it, its four tables and its secret.

    A fictitious dossier that stands there already is replaced.

    Args:
        history: from `simulate_history`.
        directory: where to write; made if need be.

    Raises:
        UsageError: the directory holds files that are not from a simulation, or is no directory.
    """
    folder = Path(directory)
    _refuse_real_files(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in history.tables().items():
            (folder / f"{name}.csv").write_bytes(_csv(table).encode())
        (folder / DOSSIER_FILE).write_bytes(dossier_text(history).encode())
        _write_key(folder / KEY_FILE, history.seed)
    except OSError as error:
        message = f"`{folder}` cannot be written: {error.strerror}. Choose another folder."
        raise UsageError(message) from None
    return folder / DOSSIER_FILE


def _refuse_real_files(folder: Path) -> None:
    dossier = folder / DOSSIER_FILE
    names = (DOSSIER_FILE, KEY_FILE, "calls.csv", "events.csv", "objections.csv", "complaints.csv")
    found = [name for name in names if (folder / name).exists()]
    if found and not _is_fictitious(dossier):
        raise UsageError(
            f"`{folder}` already holds {', '.join(found)}, not from a simulation. "
            "Choose an empty folder."
        )


def _is_fictitious(dossier: Path) -> bool:
    try:
        raw = read_toml(dossier)
    except DossierError:
        return False
    organisation = raw.get("organisation")
    return isinstance(organisation, dict) and organisation.get("fictitious") is True


def _csv(table: pd.DataFrame) -> str:
    """Write a table; an empty basis means the customer relation, an empty end a running one."""
    columns = {name: _cells(table, name) for name in table.columns}
    return pd.DataFrame(columns).to_csv(index=False, lineterminator="\n")


def _cells(table: pd.DataFrame, name: str) -> pd.Series[str]:
    column = table[name]
    if name == "called_at":
        return pd.Series(column.dt.strftime("%Y-%m-%d %H:%M"))
    if pd.api.types.is_bool_dtype(column):
        return column.map({True: "true", False: "false"})
    if pd.api.types.is_datetime64_dtype(column):
        return pd.Series(column.dt.strftime("%Y-%m-%d"))
    if pd.api.types.is_float_dtype(column):
        return column.map("{:.2f}".format, na_action="ignore")
    return column.where(column != "relation", "").map(protected_cell, na_action="ignore")


def _write_key(path: Path, seed: int) -> None:
    """Write a secret that follows from the seed: it says itself that everybody can know it."""
    made = PUBLISHED + np.random.default_rng([seed, 1]).bytes(32).hex()
    path.write_bytes(made.encode() + b"\n")
    path.chmod(0o600)


def dossier_text(history: SimulatedHistory) -> str:
    """Return the dossier of a simulated history: every question answered, in Dutch."""
    text = resources.files(__package__).joinpath("dossier.toml").read_text("utf-8")
    calls = history.calls[history.calls["basis"].isin(["relation", "callback"])]
    approaches = calls.groupby(["customer_id", "campaign"]).ngroups
    people = calls["customer_id"].nunique()
    return Template(text).substitute(
        scenario=history.scenario.name,
        seed=history.seed,
        category=history.scenario.category,
        criteria="\n".join(_criterion_text(item) for item in history.scenario.criteria),
        decision=_decision_text(history.scenario.decided_term_months),
        approaches=number(approaches / people, 1),
        attempts=number(len(calls) / approaches, 1),
    )


def _decision_text(term_months: int) -> str:
    return _DECISION.format(term=term_months, last=term_months - 1)


_DECISION = """[decision]
term_months = {term}
decided_on = 2026-10-20
decided_by = "Directeur-bestuurder"
reason = "Tot en met maand {last} vinden wij bellen te verantwoorden. Over latere maanden \
twijfelen wij, en twijfel werkt in het voordeel van de gebelde."
"""


def _criterion_text(criterion: Criterion) -> str:
    stated = criterion.model_dump(mode="json")
    order = ["name", *(key for key in stated if key not in ("name", "reason")), "reason"]
    lines = [f"{key} = {json.dumps(stated[key], ensure_ascii=False)}" for key in order]
    return "\n".join(["[[criteria]]", *lines, ""])
