"""The zip itself: the same files give the same bytes, and it is there whole or not at all."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from balanstest_analysis.document.files import write_atomically
from balanstest_analysis.document.opening import parsed_json
from balanstest_analysis.document.series_name import slug
from balanstest_analysis.errors import DataError, UsageError
from balanstest_analysis.published.json_form import RESULT_NAME
from balanstest_analysis.report.bundle.attachments import read_attachments
from balanstest_analysis.report.bundle.directory import verified_files
from balanstest_analysis.report.bundle.inventory import (
    MANIFEST,
    READ_ME,
    Entry,
    bundle_manifest,
    entries,
    read_me,
    status_of,
)
from balanstest_analysis.report.run.manifest import Manifest

_NO_DATE = dt.date(1980, 1, 1)
_READABLE = 0o100644 << 16
_UNIX = 3


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A bundle that was made.

    Attributes:
        path: of the zip.
        status: of the report in it, `concept` or `definitief`.
    """

    path: Path
    status: str


def bundle_report(
    directory: str | Path, *, attach: Sequence[str | Path] = (), force: bool = False
) -> Bundle:
    """Return the zip that was made of a report and its annexes, beside the run directory.

    Args:
        directory: the run directory.
        attach: files to add, such as the DPIA.
        force: replace a zip that is there.

    Raises:
        UsageError: there is no report or no such attachment, or the zip is there already.
        DataError: the report was changed, or an attachment may not leave the organisation.
        RunError: the zip cannot be written.
    """
    place = Path(directory).resolve()
    run, files = verified_files(place)
    annexes = read_attachments([Path(path) for path in attach])
    target = place.parent / _name(run)
    if target.exists() and not force:
        raise UsageError(f"`{target}` is there already. Move it, or replace it with `--force`.")
    inside = entries(files, annexes)
    page = Entry(path=READ_ME, role="part", content=read_me(run, inside).encode())
    manifest = bundle_manifest(run, (page, *inside)).encode()
    own = Entry(path=MANIFEST, role="part", content=manifest)
    write_atomically(target, zipped((page, own, *inside), day=_day(files)))
    return Bundle(path=target, status=status_of(run))


def _name(run: Manifest) -> str:
    names = (slug(run["organisation"]), slug(run["category"]), run["period"])
    return f"onderbouwing_{'_'.join(names)}.zip"


def _day(files: Mapping[str, bytes]) -> dt.date:
    try:
        result = parsed_json(files[RESULT_NAME])
        stated = result.get("report_date") if isinstance(result, dict) else None
        return dt.date.fromisoformat(stated) if stated else _NO_DATE
    except (ValueError, TypeError):
        raise DataError(f"`{RESULT_NAME}` cannot be read. Make the report again.") from None


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
