"""The earlier reports of a series: of the same organisation and category, in the same folder.

A report that is replaced was published all the same, and so was one whose folder was thrown away.
Every report therefore carries `eerder.json`: the published counts of all reports of the series
that were known when it was made, its own former versions among them. It becomes public in the
same step as the report itself, and holds nothing that was not published before.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypedDict, cast

from pydantic import JsonValue

from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.opening import read_json
from balanstest_analysis.errors import RunError
from balanstest_analysis.published.count_form import HIDDEN
from balanstest_analysis.published.json_form import RESULT_NAME
from balanstest_analysis.report.series_folder import is_same_series, series_folder

EARLIER_NAME = "eerder.json"
REPORTS_DIRECTORY = "BALANSTEST_REPORTS_DIRECTORY"
DEFAULT_REPORTS = "reports"
SCHEMA = 1
_MANIFEST = "manifest.json"
_OF_FINDING = ("code", "count", "kept_from", HIDDEN)
_OF_OUTCOME = (
    "exposure",
    "rates",
    "curve",
    "standardised",
    "fits",
    "design_effect",
    "fit_warning",
    HIDDEN,
)


class CarriedReport(TypedDict):
    """What `eerder.json` keeps of a report, under the keys of `resultaat.json`."""

    organisation: str | None
    category: str | None
    period: str | None
    data_through: str | None
    composition: list[JsonValue]
    cumulative_incidence: dict[str, JsonValue]
    bridge: list[JsonValue]
    compliance: JsonValue
    outcomes: dict[str, dict[str, JsonValue]]
    findings: list[dict[str, JsonValue]]


class _File(TypedDict, total=False):
    """What is read of the two files of a report."""

    organisation: str
    category: str
    reports: list[CarriedReport]


def reports_directory() -> Path | None:
    """Return the folder of all reports: the one of this run, else `reports` here or one level up.

    A notebook that is run by hand is as strict as a run: it finds the reports where
    `balanstest report` puts them. ``BALANSTEST_REPORTS_DIRECTORY`` names another folder.
    """
    stated = os.environ.get(REPORTS_DIRECTORY)
    if stated:
        return Path(stated)
    places = (Path.cwd() / DEFAULT_REPORTS, Path.cwd().parent / DEFAULT_REPORTS)
    return next((place for place in places if place.is_dir()), None)


def earlier_reports(
    folder: Path | None, *, organisation: str, category: str, data_through: str
) -> list[CarriedReport]:
    """Return what is known of the reports of a series, the one whose values are kept as the last.

    Args:
        folder: of all reports; None where there is none.
        organisation: as the dossier names it.
        category: as the dossier names it.
        data_through: of the report that is being made; of the reports up to that day the latest
            comes last, those with later data come first.

    Raises:
        RunError: a report of the series cannot be read.
    """
    if folder is None:
        return []
    found: dict[str, CarriedReport] = {}
    for path, result in _series(folder, organisation, category):
        for report in (*_carried(path.with_name(EARLIER_NAME)), _counts(path, result)):
            found.pop(digest_of_counts(report), None)
            found[digest_of_counts(report)] = report
    return sorted(found.values(), key=lambda report: _nearness(report, data_through))


def _series(folder: Path, organisation: str, category: str) -> Iterator[tuple[Path, _File]]:
    """Yield the results of a series, wherever under the folder of all reports they lie.

    One that cannot be read stops its own series, and no other.
    """
    own = folder / series_folder(organisation, category)
    for path in sorted(folder.glob(f"*/*/*/{RESULT_NAME}")):
        result = _content(path)
        about = result if result is not None else _content(path.with_name(_MANIFEST))
        in_own_folder = path.parent.parent == own
        if _is_of(about, organisation, category) if about is not None else in_own_folder:
            yield path, _readable(path, result)


def _is_of(content: _File, organisation: str, category: str) -> bool:
    about = content.get("organisation"), content.get("category")
    return is_same_series(about, (organisation, category))


def _nearness(report: CarriedReport, data_through: str) -> tuple[bool, str]:
    day = str(report["data_through"])
    return day <= data_through, day


def _carried(path: Path) -> Iterator[CarriedReport]:
    if os.path.lexists(path):
        yield from _checked(path, _readable(path, _content(path)).get("reports", []))


def _checked(path: Path, reports: object) -> Iterator[CarriedReport]:
    for report in reports if isinstance(reports, list) else [None]:
        if not isinstance(report, dict) or "data_through" not in report:
            raise _unreadable(path)
        yield cast("CarriedReport", report)


def _counts(path: Path, result: _File) -> CarriedReport:
    """Return the counts of a result, of which somebody may have changed the form."""
    try:
        return counts_of(result)
    except (AttributeError, KeyError, TypeError):
        raise _unreadable(path) from None


def _content(path: Path) -> _File | None:
    """Return what a file of a report holds, or None where it cannot be read."""
    try:
        content = read_json(path)
    except (OSError, ValueError):
        return None
    return cast("_File", content) if isinstance(content, dict) else None


def _readable(path: Path, content: _File | None) -> _File:
    if content is None:
        raise _unreadable(path)
    return content


def _unreadable(path: Path) -> RunError:
    return RunError(
        f"`{'/'.join(path.parts[-4:])}` cannot be read, and a new report must not give away what "
        "it published. Restore the file, or move its folder away if it was never published."
    )


def counts_of(result: Mapping[str, Any]) -> CarriedReport:
    """Return the part of a published result that a later report is compared with.

    Args:
        result: as in `resultaat.json`, or made of it before.
    """
    return {
        "organisation": result.get("organisation"),
        "category": result.get("category"),
        "period": result.get("period"),
        "data_through": result.get("data_through"),
        "composition": result.get("composition") or [],
        "cumulative_incidence": result.get("cumulative_incidence") or {},
        "bridge": result.get("bridge") or [],
        "compliance": result.get("compliance"),
        "outcomes": {
            name: {key: outcome[key] for key in _OF_OUTCOME if key in outcome}
            for name, outcome in (result.get("outcomes") or {}).items()
        },
        "findings": [
            {key: finding[key] for key in _OF_FINDING if key in finding}
            for finding in result.get("findings") or []
        ],
    }


def digest_of_counts(report: CarriedReport) -> str:
    """Return a digest of what a report published; equal counts of one period are one report.

    Why a count is hidden makes no other report of it: the first ones did not tell.
    """
    text = json.dumps(_without_reasons(report), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _without_reasons(content: object) -> object:
    if isinstance(content, Mapping):
        return {key: _without_reasons(part) for key, part in content.items() if key != HIDDEN}
    if isinstance(content, list | tuple):
        return [_without_reasons(part) for part in content]
    return content


def others(
    earlier: Sequence[CarriedReport], result: Mapping[str, object]
) -> tuple[CarriedReport, ...]:
    """Return the earlier reports without one that published the same: this one, made before.

    Args:
        earlier: from `earlier_reports`.
        result: as it will be published.
    """
    own = digest_of_counts(counts_of(result))
    return tuple(report for report in earlier if digest_of_counts(report) != own)


def carried_text(earlier: Sequence[CarriedReport]) -> str:
    """Return the content of `eerder.json`.

    Args:
        earlier: the other reports of the series.
    """
    content = {"schema": SCHEMA, "reports": list(earlier)}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def knows_all(folder: Path, made: Path, dossier: Dossier, *, replacing: Path | None = None) -> bool:
    """Return whether a report was made with every other report of its series known.

    Those that were made later, and know it, need not be known to it.

    Args:
        folder: of all reports.
        made: folder with the `resultaat.json` of the report.
        dossier: of the report.
        replacing: folder that the report will take the place of, if it is not there yet.

    Raises:
        RunError: a report of the series cannot be read.
    """
    result = made / RESULT_NAME
    if not os.path.lexists(result):
        return True
    own = digest_of_counts(_counts(result, _readable(result, _content(result))))
    known = {digest_of_counts(report) for report in _carried(made / EARLIER_NAME)} | {own}
    for path, other in _series(folder, dossier.organisation.name, dossier.scope.category):
        theirs = {digest_of_counts(report) for report in _carried(path.with_name(EARLIER_NAME))}
        later = own in theirs and path.parent != replacing
        if not later and not theirs | {digest_of_counts(_counts(path, other))} <= known:
            return False
    return True
