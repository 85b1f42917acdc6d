"""What was given to be checked, opened within bounds: a PDF alone, a zip or a run directory."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from balanstest_analysis.document.opening import content_of, parsed_json
from balanstest_analysis.errors import DataError, UsageError
from balanstest_analysis.verification.claims.phrase import reason_of
from balanstest_analysis.verification.pdf_file import Document, open_pdf

MANIFEST: Final = "manifest.json"
RESULT: Final = "resultaat.json"
PDF: Final = "onderbouwing.pdf"
HTML: Final = "onderbouwing.html"
NOTEBOOK: Final = "onderbouwing.ipynb"
WORKBOOK: Final = "tabellen.xlsx"
GUIDE: Final = "leeswijzer.csv"
FOLDER: Final = "tabellen/"
RUN_FOLDER: Final = "onderbouwing/"

_MOST_FILES: Final = 2_000
_MOST_BYTES: Final = 500_000_000
_FREE_BYTES: Final = 20_000_000
_LIKELY_RATIO: Final = 100
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """What was given, opened.

    Attributes:
        name: of the file or folder.
        kind: ``pdf``, ``zip`` or ``directory``.
        digest: SHA-256 of the file; of a folder, of its manifest.
        files: of the run directory, by path; of a PDF alone, what is attached to it.
        around: other files of a zip, by path.
        document: the PDF; None where there is none that can be opened.
        trouble: why there is none.
        strange: entries that are no plain files.
    """

    name: str
    kind: str
    digest: str
    files: dict[str, bytes]
    around: dict[str, bytes] = field(default_factory=dict)
    document: Document | None = None
    trouble: str = ""
    strange: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        """What stands before the names of files of the run directory."""
        return RUN_FOLDER if self.kind == "zip" else ""

    def json(self, name: str) -> object:
        """Return what a file of the run directory says, or None where it says nothing readable."""
        try:
            return parsed_json(self.files[name])
        except (KeyError, ValueError):
            return None

    def text(self, name: str) -> str | None:
        """Return the text of a file, or None where there is none in UTF-8."""
        try:
            return self.files[name].decode("utf-8-sig")
        except (KeyError, UnicodeDecodeError):
            return None


def open_parcel(path: Path) -> Parcel:
    """Return what was given, opened.

    Args:
        path: of a PDF, a zip made by `balanstest bundle`, or a run directory.

    Raises:
        UsageError: there is nothing at that path, or it is none of these.
        DataError: it is larger than any report.
    """
    if path.is_dir():
        return _of_directory(path)
    if not path.exists():
        raise UsageError(f"`{path}` is not there. Give a PDF, a zip or a directory of a report.")
    try:
        content = content_of(path, _MOST_BYTES)
    except OSError as error:
        raise DataError(f"`{path.name}` cannot be read: {error.strerror}.") from None
    digest = hashlib.sha256(content).hexdigest()
    if content[:1024].lstrip()[:5] == b"%PDF-":
        document, trouble = _document(content)
        files = dict(document.attached) if document is not None else {}
        return Parcel(
            name=path.name,
            kind="pdf",
            digest=digest,
            files=files,
            document=document,
            trouble=trouble,
        )
    if content[:2] == b"PK":
        return _of_zip(path.name, content, digest)
    raise UsageError(
        f"`{path.name}` is neither a PDF nor a zip. Give the PDF of a report, the zip that "
        "`balanstest bundle` made, or the directory that `balanstest report` made."
    )


def _document(content: bytes | None) -> tuple[Document | None, str]:
    if content is None:
        return None, ""
    try:
        return open_pdf(content), ""
    except DataError as error:
        return None, reason_of(error)


def _of_directory(path: Path) -> Parcel:
    files: dict[str, bytes] = {}
    strange, left = [], _MOST_BYTES
    for number, file in enumerate(_entries(path)):
        if number >= _MOST_FILES:
            raise DataError(f"`{path.name}` holds more than {_MOST_FILES} files; no report does.")
        name = file.relative_to(path).as_posix()
        if file.is_symlink() or not file.is_file():
            strange.append(name)
            continue
        try:
            files[name] = content_of(file, left)
        except OSError as error:
            raise DataError(f"`{name}` cannot be read: {error.strerror}.") from None
        left -= len(files[name])
    document, trouble = _document(files.get(PDF))
    digest = hashlib.sha256(files.get(MANIFEST, b"")).hexdigest()
    return Parcel(
        name=path.resolve().name,
        kind="directory",
        digest=digest,
        files=files,
        document=document,
        trouble=trouble,
        strange=tuple(strange),
    )


def _entries(given: Path) -> Iterator[Path]:
    """Yield every entry that is no folder, however deep, without ever following a link.

    Raises:
        DataError: there are more folders than any report has, or one cannot be read.
    """
    waiting, seen = [given], 0
    while waiting:
        folder, seen = waiting.pop(), seen + 1
        if seen > _MOST_FILES:
            raise DataError(
                f"`{given.name}` holds more than {_MOST_FILES} folders; no report does."
            )
        try:
            entries = sorted(folder.iterdir())
        except OSError as error:
            name = folder.relative_to(given).as_posix()
            raise DataError(f"The folder `{name}` cannot be read: {error.strerror}.") from None
        for entry in entries:
            if entry.is_dir() and not entry.is_symlink():
                waiting.append(entry)
            else:
                yield entry


def _of_zip(name: str, content: bytes, digest: str) -> Parcel:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_archive(name, archive, len(content))
            files = {
                one.filename: _member(archive, one)
                for one in archive.infolist()
                if not one.is_dir()
            }
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise DataError(
            f"`{name}` is a zip that is broken or protected. Ask for it again."
        ) from None
    inside = {k.removeprefix(RUN_FOLDER): v for k, v in files.items() if k.startswith(RUN_FOLDER)}
    document, trouble = _document(inside.get(PDF))
    return Parcel(
        name=name,
        kind="zip",
        digest=digest,
        files=inside,
        around={k: v for k, v in files.items() if not k.startswith(RUN_FOLDER)},
        document=document,
        trouble=trouble,
    )


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as opened:
        content = opened.read(member.file_size + 1)
    if len(content) != member.file_size:
        raise zipfile.BadZipFile
    return content


def _refuse_archive(name: str, archive: zipfile.ZipFile, size: int) -> None:
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    if len(members) > _MOST_FILES:
        raise DataError(f"`{name}` holds more than {_MOST_FILES} files; no bundle does.")
    if total > min(_MOST_BYTES, max(_FREE_BYTES, size * _LIKELY_RATIO)):
        raise DataError(f"`{name}` unpacks to more than any bundle does; it is not unpacked.")
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        raise DataError(f"`{name}` holds two files of one name; which one counts, nobody can say.")
    for member in members:
        parts = PurePosixPath(member.filename).parts
        if member.filename.startswith("/") or ".." in parts or "\\" in member.filename:
            raise DataError(f"`{name}` holds a file that would be unpacked elsewhere.")
        if member.flag_bits & 1 or member.compress_type not in _METHODS:
            raise DataError(f"`{name}` is protected or packed in an unusual way. Ask for it again.")
