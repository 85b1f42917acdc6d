"""From choices to the dossier: its TOML changed in place, with a note that outcomes were seen."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from typing import Any

import tomlkit
from pydantic import ValidationError
from tomlkit.items import AoT, InlineTable, String, Table

from balanstest_analysis.analysis.explorer import words
from balanstest_analysis.analysis.explorer.choices import (
    FIELDS,
    Choices,
    changes_of,
    criterion_named,
)
from balanstest_analysis.analysis.explorer.dossier_file import DossierFile
from balanstest_analysis.analysis.explorer.exploration import Explored
from balanstest_analysis.document.files import write_atomically
from balanstest_analysis.document.wording.changes import AFTER_SEEING
from balanstest_analysis.dossier.criteria import Criterion
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.loading import load_dossier, text_of
from balanstest_analysis.dossier.messages import dossier_error
from balanstest_analysis.errors import DossierError, RunError, UsageError
from balanstest_analysis.published.criteria import PublishedProposal

SETTING = "settings"


def needs_reasons(dossier: Dossier, choices: Choices) -> tuple[str, ...]:
    """Return what a new reason has to be given for: names of criteria, and ``"settings"``."""
    other = choices.other
    changed = [c.name for c in choices.criteria if _is_changed(dossier, c)]
    return (*changed, *([SETTING] if other is not None and other.is_setting else []))


def _is_changed(dossier: Dossier, criterion: Criterion) -> bool:
    own = criterion_named(dossier.criteria, criterion.name)
    return own is None or any(getattr(own, f) != getattr(criterion, f) for f in FIELDS[own.kind])


def adopt(
    explored: Explored,
    *,
    before: Dossier,
    proposal: PublishedProposal,
    reasons: Mapping[str, str],
    date: dt.date,
) -> Dossier:
    """Return the dossier after writing the choices and their reasons into its file.

    Comments and everything that is not changed stay as they are. The change itself is noted under
    ``[[criteria_changes]]``, which the report prints under what speaks against the proposal.

    Args:
        explored: the choices and what they lead to.
        before: the dossier as it was explored.
        proposal: what that dossier leads to, as published.
        reasons: by name of the changed criterion; a changed setting under ``"settings"``.
        date: of the change.

    Raises:
        UsageError: a what-if is chosen, nothing is changed, or a reason is missing or the old one.
        DossierError: the file changed meanwhile, or would not be acceptable.
        RunError: the file cannot be written. What is said is in Dutch, as all of the explorer.
    """
    _refuse(explored.choices, before, reasons)
    DossierFile(before).refuse_change()
    text = text_of(before.path)
    document = tomlkit.parse(text)
    _set_criteria(document, before, explored.choices, reasons)
    _set_setting(document, explored.choices)
    _note(document, _checked(document, before), explored, before, proposal, reasons, date)
    _checked(document, before)
    mode = before.path.stat().st_mode
    try:
        write_atomically(before.path, tomlkit.dumps(document))
    except RunError:
        raise RunError(words.not_written(before.path.name)) from None
    before.path.chmod(mode)
    return load_dossier(before.path, quarter=before.quarter)


def _refuse(choices: Choices, dossier: Dossier, reasons: Mapping[str, str]) -> None:
    other = choices.other
    if other is not None and not other.is_setting:
        raise UsageError(words.only_what_if(other))
    needed = needs_reasons(dossier, choices)
    if not needed:
        raise UsageError(words.NOTHING_DIFFERS)
    for name in needed:
        own = criterion_named(dossier.criteria, name)
        given = reasons.get(name, "").strip()
        if not given or (own is not None and given == own.reason.strip()):
            raise UsageError(words.missing_reasons((name,)))


def _set_criteria(
    document: tomlkit.TOMLDocument,
    before: Dossier,
    choices: Choices,
    reasons: Mapping[str, str],
) -> None:
    tables: Any = document["criteria"]
    for place, criterion in enumerate(choices.criteria):
        if not _is_changed(before, criterion):
            continue
        reason = reasons[criterion.name].strip()
        if place >= len(before.criteria):
            stated = {**criterion.model_dump(mode="json"), "reason": reason}
            tables.append(_new_table(stated, inline=not isinstance(tables, AoT)))
            continue
        table, own = tables[place], before.criteria[place]
        for field in FIELDS[criterion.kind]:
            if getattr(own, field) != getattr(criterion, field):
                table[field] = getattr(criterion, field)
        table["reason"] = _text(reason)


def _set_setting(document: tomlkit.TOMLDocument, choices: Choices) -> None:
    other = choices.other
    if other is None:
        return
    if "settings" not in document:
        document["settings"] = tomlkit.table()
    settings: Any = document["settings"]
    settings[other.choice] = other.value


def _note(
    document: tomlkit.TOMLDocument,
    after: Dossier,
    explored: Explored,
    before: Dossier,
    proposal: PublishedProposal,
    reasons: Mapping[str, str],
    date: dt.date,
) -> None:
    noted = {
        "date": date,
        "old_hash": before.criteria_hash(),
        "new_hash": after.criteria_hash(),
        "note": AFTER_SEEING,
        "changed": [*changes_of(before, explored.choices)],
        "reason": reasons[SETTING].strip() if explored.choices.other else None,
        "old_term_months": proposal.term_months,
        "new_term_months": explored.proposal.term_months,
    }
    if "criteria_changes" not in document:
        document["criteria_changes"] = tomlkit.aot()
    tables: Any = document["criteria_changes"]
    stated = {key: value for key, value in noted.items() if value is not None}
    tables.append(_new_table(stated, inline=not isinstance(tables, AoT)))


def _new_table(values: Mapping[str, object], *, inline: bool) -> Table | InlineTable:
    table = tomlkit.inline_table() if inline else tomlkit.table()
    for key, value in values.items():
        table.add(key, _text(value) if isinstance(value, str) else value)
    return table


def _text(text: str) -> String:
    return tomlkit.string(text, multiline="\n" in text)


def _checked(document: tomlkit.TOMLDocument, before: Dossier) -> Dossier:
    """Return the dossier that the document is, so that nothing unacceptable is ever written."""
    try:
        return Dossier.model_validate(tomllib.loads(tomlkit.dumps(document)))
    except ValidationError as error:
        told = dossier_error(before.path.name, error, Dossier)
        raise DossierError(words.not_acceptable(str(told))) from None
