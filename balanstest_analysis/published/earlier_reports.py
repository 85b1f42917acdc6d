"""The earlier reports of a series: of one organisation and category, below one folder.

Organisation and category are compared as `series_name` normalises them, so that a report whose
name was typed in another way, by an earlier version too, is found like any other.

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

from balanstest_analysis.document.opening import read_json
from balanstest_analysis.document.series_name import SeriesName, series_name
from balanstest_analysis.errors import RunError
from balanstest_analysis.published.count_form import HIDDEN
from balanstest_analysis.published.json_form import RESULT_NAME

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
    incidence_since_contact: dict[str, JsonValue]
    bridge: list[JsonValue]
    compliance: JsonValue
    outcomes: dict[str, dict[str, JsonValue]]
    findings: list[dict[str, JsonValue]]


class _File(TypedDict, total=False):
    """What is read of the two files of a report."""

    organisation: str
    category: str
    reports: list[CarriedReport]


def reports_directory(dossier: Path | None = None) -> Path | None:
    """Return the folder of all reports: the one of this run, else a folder `reports` nearby.

    A notebook that is run by hand is as strict as a run: it finds the reports where
    `balanstest report` puts them. It looks here, one level up, beside the dossier and one level
    above that, and takes the first folder that holds a report.
    ``BALANSTEST_REPORTS_DIRECTORY`` names another folder.

    Args:
        dossier: file of the dossier, or None.
    """
    stated = os.environ.get(REPORTS_DIRECTORY)
    if stated:
        return Path(stated)
    near = [Path.cwd()] if dossier is None else [Path.cwd(), dossier.resolve().parent]
    places = [up / DEFAULT_REPORTS for folder in near for up in (folder, folder.parent)]
    found = [place for place in places if place.is_dir()]
    return next((place for place in found if any(results_in(place))), next(iter(found), None))


def results_in(folder: Path) -> Iterator[Path]:
    """Yield the result of every report in a folder of reports, in any order.

    Args:
        folder: of all reports; it need not exist.
    """
    yield from folder.glob(f"*/*/*/{RESULT_NAME}")


def earlier_reports(
    folder: Path | None, series: SeriesName, *, data_through: str
) -> list[CarriedReport]:
    """Return what is known of the reports of a series, the one whose values are kept as the last.

    Args:
        folder: of all reports; None where there is none.
        series: its name.
        data_through: of the report that is being made; of the reports up to that day the latest
            comes last, those with later data come first.

    Raises:
        RunError: a report of the series cannot be read.
    """
    if folder is None:
        return []
    found: dict[str, CarriedReport] = {}
    for path, result in _of(series, folder):
        for report in (*_carried(path.with_name(EARLIER_NAME)), _counts(path, result)):
            found.pop(digest_of_counts(report), None)
            found[digest_of_counts(report)] = report
    return sorted(found.values(), key=lambda report: _nearness(report, data_through))


def _of(series: SeriesName, folder: Path) -> Iterator[tuple[Path, _File]]:
    """Yield the results of a series, wherever under the folder of all reports they lie.

    One that cannot be read stops its own series, and no other.
    """
    own = folder / series.folder
    for path in sorted(results_in(folder)):
        result = _content(path)
        about = result if result is not None else _content(path.with_name(_MANIFEST))
        is_ours = path.parent.parent == own if about is None else series_of(about) == series
        if is_ours:
            yield path, _readable(path, result)


def series_of(report: Mapping[str, Any]) -> SeriesName:
    """Return the series that a report is in.

    Args:
        report: as in `resultaat.json`, or what names organisation and category likewise.
    """
    return series_name(report.get("organisation"), report.get("category"))


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
        "incidence_since_contact": result.get("incidence_since_contact") or {},
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

    Why a count is hidden makes no other report of it: the first ones did not tell. Nor does the
    way in which its names were typed.
    """
    names = series_of(report)
    named = {**report, "organisation": names.organisation, "category": names.category}
    text = json.dumps(_without_reasons(named), sort_keys=True, ensure_ascii=False)
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


def knows_all(
    folder: Path, made: Path, series: SeriesName, *, replacing: Path | None = None
) -> bool:
    """Return whether a report was made with every other report of its series known.

    Those that were made later, and know it, need not be known to it.

    Args:
        folder: of all reports.
        made: folder with the `resultaat.json` of the report.
        series: of the report.
        replacing: folder that the report will take the place of, if it is not there yet.

    Raises:
        RunError: a report of the series cannot be read.
    """
    result = made / RESULT_NAME
    if not os.path.lexists(result):
        return True
    own = digest_of_counts(_counts(result, _readable(result, _content(result))))
    known = {digest_of_counts(report) for report in _carried(made / EARLIER_NAME)} | {own}
    for path, other in _of(series, folder):
        theirs = {digest_of_counts(report) for report in _carried(path.with_name(EARLIER_NAME))}
        later = own in theirs and path.parent != replacing
        if not later and not theirs | {digest_of_counts(_counts(path, other))} <= known:
            return False
    return True
