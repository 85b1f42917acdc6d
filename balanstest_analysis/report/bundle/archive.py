"""The zip itself: the same files give the same bytes, and it is there whole or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from balanstest_analysis.document.files import write_atomically
from balanstest_analysis.document.opening import parsed_json
from balanstest_analysis.document.series_name import slug
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import DataError, RunError, UsageError
from balanstest_analysis.published.json_form import RESULT_NAME, from_json
from balanstest_analysis.published.result import PublishedResult
from balanstest_analysis.report.bundle.advice import ADVICE, advice_sheet
from balanstest_analysis.report.bundle.attachments import Wanted, read_attachments
from balanstest_analysis.report.bundle.directory import verified_files
from balanstest_analysis.report.bundle.dossier_of_run import dossiers_of
from balanstest_analysis.report.bundle.inventory import (
    MANIFEST,
    READ_ME,
    Entry,
    bundle_manifest,
    entries,
    read_me,
    status_of,
)
from balanstest_analysis.report.bundle.letter import LETTER, request_letter
from balanstest_analysis.report.run.manifest import Manifest

_NO_DATE = dt.date(1980, 1, 1)
_USUAL_MINIMUM = 10
_READABLE = 0o100644 << 16
_UNIX = 3


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A bundle that was made.

    Attributes:
        path: of the zip.
        status: of the report in it, `concept` or `definitief`.
        searched: whether the attachments were searched for customers of the dossier.
        letter: beside the zip, to be completed; None where there is nothing to ask.
    """

    path: Path
    status: str
    searched: bool = True
    letter: Path | None = None


def bundle_report(
    directory: str | Path,
    *,
    attach: Sequence[str | Path] = (),
    dossier: str | Path | None = None,
    force: bool = False,
) -> Bundle:
    """Return the zip that was made of a report and its annexes, beside the run directory.

    The letter that goes with it stands beside the zip and not in it, for it is to be completed. One
    that is there already stays. The sheet for the committee's advice is in the zip.

    Args:
        directory: the run directory.
        attach: files to add, such as the DPIA.
        dossier: of the report, whose secret and customers are looked for in what is attached;
            None to look for the dossier near the report and where one works.
        force: replace a zip that is there.

    Raises:
        UsageError: there is no report or no such attachment, or the zip is there already.
        DataError: the report was changed, or an attachment may not leave the organisation.
        DossierError: the dossier that is stated cannot be accepted.
        RunError: the zip cannot be written.
    """
    place = Path(directory).resolve()
    run, files = verified_files(place)
    stated = None if dossier is None else load_dossier(dossier)
    near = dossiers_of(run, place) if stated is None else ()
    wanted = Wanted(stated=stated, near=near, minimum=_minimum(files))
    annexes = read_attachments([Path(path) for path in attach], wanted)
    target = place.parent / f"onderbouwing_{_stem(run)}.zip"
    if target.exists() and not force:
        raise UsageError(f"`{target}` is there already. Move it, or replace it with `--force`.")
    inside = entries(files, annexes.files)
    result = _advised_on(files)
    letter = None
    if result is not None:
        letter = place.parent / f"{LETTER}_{_stem(run)}.docx"
        known = stated or next(iter(near), None)
        _write_letter(letter, request_letter(result, known, inside))
        inside = (_sheet(files, result), *inside)
    page = Entry(path=READ_ME, role="part", content=read_me(run, inside).encode())
    manifest = bundle_manifest(run, (page, *inside)).encode()
    own = Entry(path=MANIFEST, role="part", content=manifest)
    write_atomically(target, zipped((page, own, *inside), day=_day(files)))
    return Bundle(
        path=target,
        status=status_of(run),
        searched=annexes.searched,
        letter=letter,
    )


def _advised_on(files: Mapping[str, bytes]) -> PublishedResult | None:
    """Return the result of a report, or None where there is nothing to advise on."""
    try:
        result = from_json(_result(files))
    except RunError:  # of an older version, which published less
        return None
    refused = result.proposal.route == "not_allowed" or result.regime.needs_no_test
    return None if refused else result


def _sheet(files: Mapping[str, bytes], result: PublishedResult) -> Entry:
    digest = hashlib.sha256(files["onderbouwing.pdf"]).hexdigest()
    return Entry(path=ADVICE, role="advice", content=advice_sheet(result, digest))


def _write_letter(path: Path, content: bytes) -> None:
    """Write the letter; one that is there may have been edited, and stays."""
    if not path.exists():
        write_atomically(path, content)


def _stem(run: Manifest) -> str:
    names = (slug(run["organisation"]), slug(run["category"]), run["period"])
    return "_".join(names)


def _result(files: Mapping[str, bytes]) -> dict[str, Any]:
    try:
        result = parsed_json(files[RESULT_NAME])
    except ValueError:
        result = None
    if not isinstance(result, dict):
        raise _unreadable()
    return result


def _unreadable() -> DataError:
    return DataError(f"`{RESULT_NAME}` cannot be read. Make the report again.")


def _minimum(files: Mapping[str, bytes]) -> int:
    try:
        settings = _result(files).get("settings") or {}
        return int(settings.get("disclosure_minimum", _USUAL_MINIMUM))
    except (AttributeError, ValueError, TypeError):
        raise _unreadable() from None


def _day(files: Mapping[str, bytes]) -> dt.date:
    stated = _result(files).get("report_date")
    try:
        return dt.date.fromisoformat(stated) if stated else _NO_DATE
    except (ValueError, TypeError):
        raise _unreadable() from None


def zipped(inside: Sequence[Entry], *, day: dt.date) -> bytes:
    """Return files as a zip in which each has the same day and mode.

    Args:
        inside: in this order.
        day: no earlier than 1980.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in inside:
            about = zipfile.ZipInfo(entry.path, (day.year, day.month, day.day, 0, 0, 0))
            about.external_attr, about.create_system = _READABLE, _UNIX
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, entry.content)
    return content.getvalue()
