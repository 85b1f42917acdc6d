"""What was published before in a series of reports: the earlier quarters of one category."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from balanstest_analysis.document.opening import read_json
from balanstest_analysis.document.series_name import SeriesName, series_name
from balanstest_analysis.errors import RunError
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.earlier_reports import results_in, series_of
from balanstest_analysis.published.json_form import PUBLISHED, RESULT_NAME, from_json, to_json
from balanstest_analysis.published.result import SCHEMA, PublishedResult

_QUARTER = re.compile(r"\d{4}-Q[1-4]")


def quarters_before(reports: Path, series: SeriesName, period: str) -> tuple[EarlierReport, ...]:
    """Return the published reports of the quarters before a period, the oldest first.

    What cannot be read is left out: an overview of many dossiers does without.

    Args:
        reports: Folder of all reports. It need not exist.
        series: Its name.
        period: Such as `2026-Q3`; the report of that quarter itself does not count.

    Examples:
        >>> from balanstest_analysis.document.series_name import series_name
        >>> quarters_before(Path("there-is-no-such-folder"), series_name("A", "B"), "2026-Q3")
        ()
    """
    found = []
    for file in _of_quarters(reports):
        name = file.parent.name
        content = _published(file) if name < period else None
        if content is not None and series_of(content) == series:
            found.append((name, published_result(file.parent)))
    return tuple(EarlierReport(period=n, result=r) for n, r in found if r is not None)


def _of_quarters(reports: Path) -> list[Path]:
    """Return the results in the folders of quarters, the oldest first."""
    files = (file for file in results_in(reports) if _QUARTER.fullmatch(file.parent.name))
    return sorted(files, key=lambda file: (file.parent.name, file))


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

    A series is named as its latest report names it.

    Args:
        reports: Folder of all reports, as `balanstest report` fills it.
    """
    found: dict[SeriesName, list[EarlierReport]] = {}
    for file in _of_quarters(reports):
        result = published_result(file.parent)
        if result is not None:
            report = EarlierReport(period=file.parent.name, result=result)
            name = series_name(result.organisation, result.category)
            found.setdefault(name, []).append(report)
    latest = {name: series[-1].result for name, series in sorted(found.items())}
    return {(r.organisation, r.category): tuple(found[name]) for name, r in latest.items()}


def earlier_in_series(
    reports: Path | None, series: SeriesName, *, period: str
) -> tuple[EarlierReport, ...]:
    """Return the published reports of one category before a quarter, the oldest first.

    Args:
        reports: Folder of all reports; None where there is none.
        series: Its name.
        period: Such as `2026-Q3`; that quarter itself does not count.

    Raises:
        RunError: A published result of the category cannot be read. Left out, it would look as if
            there had been no such report.

    Examples:
        >>> from balanstest_analysis.document.series_name import series_name
        >>> earlier_in_series(None, series_name("A", "B"), period="2026-Q3")
        ()
    """
    if reports is None:
        return ()
    found = []
    for file in _of_quarters(reports):
        quarter = file.parent.name
        content = _published(file) if quarter < period else None
        if content is not None and series_of(content) == series:
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
