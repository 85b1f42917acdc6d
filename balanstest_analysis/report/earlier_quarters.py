"""What was published before in a series of reports: the earlier quarters of one category."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from balanstest_analysis.dossier.opening import read_json
from balanstest_analysis.errors import RunError
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.json_form import PUBLISHED, RESULT_NAME, from_json, to_json
from balanstest_analysis.published.result import SCHEMA, PublishedResult
from balanstest_analysis.report.series_folder import is_same_series, series_name

_QUARTER = re.compile(r"\d{4}-Q[1-4]")


def quarters_before(folder: Path, period: str) -> tuple[EarlierReport, ...]:
    """Return the published reports of the quarters before a period, the oldest first.

    Args:
        folder: Of one organisation and category; each report has a folder in it, such as
            `2026-Q2`. It need not exist.
        period: Such as `2026-Q3`; the report of that quarter itself does not count.

    Examples:
        >>> quarters_before(Path("there-is-no-such-folder"), "2026-Q3")
        ()
    """
    if not folder.is_dir():
        return ()
    periods = sorted(
        path.name
        for path in folder.iterdir()
        if _QUARTER.fullmatch(path.name) and path.name < period
    )
    results = ((name, published_result(folder / name)) for name in periods)
    return tuple(
        EarlierReport(period=name, result=result) for name, result in results if result is not None
    )


def published_result(report: Path) -> PublishedResult | None:
    """Return the result in the folder of a report; None when there is none to publish from.

    An internal result is never read, wherever it lies.
    """
    content = _published(report / RESULT_NAME)
    try:
        return None if content is None else from_json(content)
    except RunError:
        return None


def _published(file: Path) -> dict[str, Any] | None:
    """Return what a file holds that says it is a published result of this schema."""
    try:
        content = read_json(file)
    except (OSError, ValueError):
        return None
    if not isinstance(content, dict) or content.get("audience") != PUBLISHED:
        return None
    return content if content.get("schema") == SCHEMA else None


def all_series(reports: Path) -> dict[tuple[str, str], tuple[EarlierReport, ...]]:
    """Return every published report, the oldest first, by organisation and category.

    Args:
        reports: Folder of all reports, as `balanstest report` fills it.
    """
    found: dict[tuple[str, str], list[EarlierReport]] = {}
    for path in sorted(reports.glob(f"*/*/*/{RESULT_NAME}"), key=lambda path: path.parent.name):
        result = published_result(path.parent) if _QUARTER.fullmatch(path.parent.name) else None
        if result is not None:
            report = EarlierReport(period=path.parent.name, result=result)
            scope = series_name(result.organisation), series_name(result.category)
            found.setdefault(scope, []).append(report)
    named = {_last_names(series): tuple(series) for series in found.values()}
    return dict(sorted(named.items()))


def _last_names(series: list[EarlierReport]) -> tuple[str, str]:
    """Return organisation and category as the last report spells them."""
    return series[-1].result.organisation, series[-1].result.category


def earlier_in_series(
    reports: Path | None, *, organisation: str, category: str, period: str
) -> tuple[EarlierReport, ...]:
    """Return the published reports of one category before a quarter, the oldest first.

    Args:
        reports: Folder of all reports; None where there is none.
        organisation: As the dossier names it.
        category: As the dossier names it.
        period: Such as `2026-Q3`; that quarter itself does not count.

    Raises:
        RunError: A published result of the category cannot be read. Left out, it would look as if
            there had been no such report.

    Examples:
        >>> earlier_in_series(None, organisation="A", category="B", period="2026-Q3")
        ()
    """
    if reports is None:
        return ()
    found = []
    for file in sorted(reports.glob(f"*/*/*/{RESULT_NAME}"), key=lambda file: file.parent.name):
        quarter = file.parent.name
        content = _published(file) if _QUARTER.fullmatch(quarter) and quarter < period else None
        scope = content and (content.get("organisation"), content.get("category"))
        if content and scope and is_same_series(scope, (organisation, category)):
            found.append(EarlierReport(period=quarter, result=_read(file, content)))
    return tuple(found)


def _read(file: Path, content: dict[str, Any]) -> PublishedResult:
    try:
        return from_json(content)
    except RunError as error:
        raise RunError(f"`{file}`: {error} Restore it, or move it elsewhere.") from None


def digest_of_quarters(reports: tuple[EarlierReport, ...]) -> str:
    """Return a digest of reports, equal as long as none is added or changed.

    Examples:
        >>> digest_of_quarters(()) == digest_of_quarters(())
        True
    """
    told = [[report.period, to_json(report.result)] for report in reports]
    text = json.dumps(told, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
