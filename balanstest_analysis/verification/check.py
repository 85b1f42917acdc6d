"""The check itself: a report is opened, and held against itself level by level."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Final

from balanstest_analysis.errors import UsageError
from balanstest_analysis.verification.arithmetic import arithmetic_faults, rows_checked
from balanstest_analysis.verification.claims.page import Page, page_of
from balanstest_analysis.verification.claims.phrase import both, value
from balanstest_analysis.verification.findings import About, Checked, Finding, Verification
from balanstest_analysis.verification.notebook import notebook_faults, script_faults
from balanstest_analysis.verification.one_story import (
    attached_faults,
    furniture_faults,
    page_faults,
    picture_faults,
    reference_faults,
)
from balanstest_analysis.verification.parcel import (
    HTML,
    MANIFEST,
    PDF,
    RESULT,
    Parcel,
    open_parcel,
)
from balanstest_analysis.verification.proposal import proposal_faults
from balanstest_analysis.verification.sentences import Held, held
from balanstest_analysis.verification.series import series_faults
from balanstest_analysis.verification.table_files import TableFiles, table_faults
from balanstest_analysis.verification.values import Value
from balanstest_analysis.verification.whole import whole_faults

TOOL: Final = "balanstest-analysis"
# what rests on counts per month or on texts that are not published
NOT_RECOMPUTED: Final = (
    "counts",
    "hidden",
    "curves",
    "limits",
    "effects",
    "choices",
    "people",
    "fingerprints",
    "law",
    "own_words",
)
_FROM_RESULT: Final = ("organisation", "category", "period", "fingerprints", "versions", "seed")


def verify(path: str | Path, *, earlier: Sequence[str | Path] = ()) -> Verification:
    """Return what the check of a report finds; nothing of the organisation is needed.

    Args:
        path: of a PDF, of a zip that `balanstest bundle` made, or of a run directory.
        earlier: earlier reports of the series, likewise.

    Raises:
        UsageError: there is nothing at a path, or it is no report.
        DataError: it is larger than any report, or broken.
    """
    parcel = open_parcel(Path(path))
    result = _result_of(parcel)
    pages = _pages(parcel)
    known = result.at("versions", TOOL).text == metadata.version(TOOL)
    readings = [_held(page, result, file, known=known) for file, page in pages.items()]
    page = next(iter(pages.values()), None)
    return Verification(
        about=_about(parcel, result),
        levels=(
            _whole(parcel, result),
            _one_story(parcel, result, pages, readings),
            _follows(result, readings),
            _series(result, page, parcel, [Path(one) for one in earlier]),
        ),
        not_read=tuple(dict.fromkeys(text for one in readings for text in one.unread)),
        own_words=max((one.own for one in readings), default=0),
        known_version=known,
        not_recomputed=(*NOT_RECOMPUTED, *(("figures",) if parcel.kind == "pdf" else ())),
    )


def _result_of(parcel: Parcel) -> Value:
    return Value(content=parcel.json(RESULT))


def _about(parcel: Parcel, result: Value) -> About:
    return About(
        name=parcel.name,
        kind=parcel.kind,
        digest=parcel.digest,
        organisation=result.at("organisation").text,
        category=result.at("category").text,
        period=result.at("period").text,
        version=result.at("versions", TOOL).text,
    )


def _pages(parcel: Parcel) -> dict[str, Page]:
    """Return the text of the report by file: the web page where there is one, and the PDF."""
    pages = {}
    html = parcel.text(HTML)
    if html is not None and parcel.kind != "pdf":
        pages[HTML] = page_of(html)
    if parcel.document is not None:
        pages[parcel.name if parcel.kind == "pdf" else PDF] = parcel.document.page
    return pages


def _held(page: Page, result: Value, file: str, *, known: bool) -> Held:
    content = result.content if isinstance(result.content, dict) else {}
    return held(page, content, file, known=known)


def _whole(parcel: Parcel, result: Value) -> Checked:
    faults = [*whole_faults(parcel), *script_faults(parcel)]
    if RESULT in parcel.files and not result.at("outcomes").entries:
        faults.append(
            Finding(
                level="whole",
                code="unreadable",
                file=RESULT,
                found=both("no published result", "geen gepubliceerde uitkomsten"),
                expected=both("the result of a report", "de uitkomsten van een rapport"),
            )
        )
    number = len(parcel.files) + len(parcel.around)
    return Checked(level="whole", findings=_once(faults), counted=(("files", number),))


def _one_story(
    parcel: Parcel, result: Value, pages: dict[str, Page], readings: Sequence[Held]
) -> Checked:
    faults = [*attached_faults(parcel), *_manifest_faults(parcel, result)]
    faults += notebook_faults(parcel)
    if HTML in pages and PDF in pages:
        faults += page_faults(pages[PDF], pages[HTML], PDF, HTML)
        faults += picture_faults(parcel)
    names = (result.at("organisation").text, result.at("category").text)
    faults += furniture_faults(parcel, *names)
    faults += reference_faults(parcel)
    files = TableFiles(parcel)
    for file, page in pages.items():
        faults += table_faults(files, page, file)
    faults += [one for held_ in readings for one in held_.findings if one.level == "one_story"]
    passages = sum(len(page.passages) for page in pages.values())
    sheets = [sheet for page in pages.values() for sheet in page.sheets]
    cells = sum(len(row) for sheet in sheets for row in sheet.rows)
    counted = (("passages", passages), ("cells", cells + files.cells))
    return Checked(level="one_story", findings=_once(faults), counted=counted)


def _manifest_faults(parcel: Parcel, result: Value) -> Iterator[Finding]:
    manifest = Value(content=parcel.json(MANIFEST))
    for key in _FROM_RESULT if MANIFEST in parcel.files else ():
        found, due = manifest.at(key).content, result.at(key).content
        if found != due:
            yield Finding(
                level="one_story",
                code="differs",
                file=MANIFEST,
                place=key,
                found=value(found),
                expected=both("{}, as in {}", "{}, zoals in {}", due, RESULT),
            )


def _follows(result: Value, readings: Sequence[Held]) -> Checked:
    faults = [one for held_ in readings for one in held_.findings if one.level == "follows"]
    if result.at("outcomes").entries:
        faults += [*arithmetic_faults(result), *proposal_faults(result)]
    counted = (
        ("sentences", sum(one.sentences for one in readings)),
        ("rows", rows_checked(result)),
        ("criteria", len(result.at("criteria").items)),
    )
    return Checked(level="follows", findings=_once(faults), counted=counted)


def _series(result: Value, page: Page | None, parcel: Parcel, paths: Sequence[Path]) -> Checked:
    if not paths:
        return Checked(level="series", skipped="no_earlier")
    earlier = [(path.name, _earlier(path)) for path in paths]
    faults = series_faults(result, page, parcel, earlier)
    return Checked(level="series", findings=_once(faults), counted=(("reports", len(earlier)),))


def _earlier(path: Path) -> Value:
    found = _result_of(open_parcel(path))
    if not found.at("outcomes").entries:
        raise UsageError(f"`{path}` holds no readable `{RESULT}`. Give an earlier report.")
    return found


def _once(faults: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(faults))
