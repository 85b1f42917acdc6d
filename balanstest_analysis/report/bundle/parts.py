"""An attachment, taken apart into what can be read: whatever cannot be opened is refused."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final, Literal

from balanstest_analysis.errors import DataError
from balanstest_analysis.report.bundle.budget import Budget
from balanstest_analysis.report.bundle.pdf_parts import pdf_texts
from balanstest_analysis.report.bundle.text_forms import decoded_runs, printable, text_of
from balanstest_analysis.report.bundle.words import Words

Kind = Literal["text", "pdf", "zip", "picture", "data", "packed", "other"]
_PICTURE: Final = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|RIFF....WEBP|BM....\0\0\0\0"
    rb"|....ftyp(?:heic|heix|mif1|avif)|\xd7\xcd\xc6\x9a|\x01\0\0\0.{36} EMF|\x00\x00\x01\x00",
    re.DOTALL,
)
_FONT: Final = re.compile(rb"\x00\x01\x00\x00\x00|OTTO|true|ttcf|wOF[F2]")
_DATA: Final = re.compile(rb"PAR1|SQLite format 3\0|ARROW1|Obj\x01|ORC|.{8}DUCK", re.DOTALL)
_PACKED: Final = re.compile(
    rb"\x1f\x8b|7z\xbc\xaf\x27\x1c|Rar!|\xfd7zXZ\0|BZh\d1AY|\x28\xb5\x2f\xfd|MSCF"
)
# Parts of documents of an office that hold neither words nor numbers of theirs.
_WITHOUT_WORDS: Final = re.compile(
    r"(?i)(?:^|/)(?:printersettings/[^/]+\.bin|[^/]+\.(?:odttf|fntdata|ttf|otf|woff2?))$"
)
_OFFICE: Final = frozenset({"[Content_Types].xml", "mimetype"})
_PDF_END: Final = b"%%EOF"
_LIKELY_RATIO: Final = 250
_FREE_BYTES: Final = 20 << 20
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,
    NotImplementedError,
    OSError,
    ValueError,
)


def kind_of_content(content: bytes) -> Kind:
    """Return what a file is, by its bytes."""
    start = content[:64].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if start.startswith(b"%PDF"):
        return "pdf"
    if content.startswith(b"PK"):
        return "zip"
    if _DATA.match(content):
        return "data"
    if _PACKED.match(content):
        return "packed"
    if _PICTURE.match(content):
        return "picture"
    return "other" if text_of(content) is None else "text"


def words_of(content: bytes, budget: Budget, depth: int = 0) -> Iterator[Words]:
    """Yield all that can be read in a file, and in what lies in it, however deep.

    Args:
        content: of the file.
        budget: what may come out of it.
        depth: files that it lies in.

    Raises:
        DataError: something in it cannot be opened, or there is too much of it.
    """
    budget.pay(len(content), depth)
    match kind_of_content(content):
        case "text":
            yield from _of_text(text_of(content) or "", budget, depth)
        case "picture":
            yield Words(text=printable(content))
        case "pdf":
            yield from _of_pdf(content, budget, depth)
        case "zip":
            yield from _of_zip(content, budget, depth)
        case _:
            raise DataError(
                f"`{budget.name}` cannot be looked into, or holds something that cannot. Attach "
                "it as PDF, or as .docx, .odt or .xlsx without other files in it."
            )


def _of_text(text: str, budget: Budget, depth: int) -> Iterator[Words]:
    yield Words(text=text, is_file=True)
    for inner in decoded_runs(text):
        if kind_of_content(inner) in {"text", "pdf", "zip"}:
            yield from words_of(inner, budget, depth + 1)


def _of_pdf(content: bytes, budget: Budget, depth: int) -> Iterator[Words]:
    yield Words(text=printable(content), is_code=True)
    yield Words(text=printable(content[content.rfind(_PDF_END) + len(_PDF_END) :]), is_file=True)
    for found in pdf_texts(content, budget):
        if isinstance(found, Words):
            yield found
        else:
            yield from words_of(found, budget, depth + 1)


def _of_zip(content: bytes, budget: Budget, depth: int) -> Iterator[Words]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_archive(archive, len(content), budget)
            yield Words(text=archive.comment.decode("latin-1"))
            yield Words(text="\n".join(archive.namelist()))
            yield Words(text=printable(content), is_code=True)
            yield Words(text=printable(_outside(archive, content)))
            for member in archive.infolist():
                if not member.is_dir():
                    yield from _of_member(archive, member, budget, depth)
    except _BROKEN:
        raise DataError(
            f"`{budget.name}` cannot be opened: it is broken or protected. Save it again, or "
            "attach it as PDF."
        ) from None


def _of_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: Budget, depth: int
) -> Iterator[Words]:
    with archive.open(member) as opened:
        content = opened.read(member.file_size + 1)
    name = str(PurePosixPath(member.filename))
    if not content:
        return
    if _WITHOUT_WORDS.search(name) or _FONT.match(content):
        budget.pay(len(content), depth + 1)
        yield Words(text=printable(content), is_code=True)
        return
    for words in words_of(content, budget, depth + 1):
        yield Words(text=words.text, is_code=words.is_code)


def _refuse_archive(archive: zipfile.ZipFile, size: int, budget: Budget) -> None:
    members = archive.infolist()
    if not {member.filename for member in members} & _OFFICE:
        raise DataError(
            f"`{budget.name}` is an archive, or holds one. Unpack it, and attach the documents."
        )
    total = sum(member.file_size for member in members)
    if total > max(_FREE_BYTES, size * _LIKELY_RATIO) or total > budget.bytes_left:
        raise DataError(f"`{budget.name}` unpacks to more than a document does. Attach it as PDF.")


def _outside(archive: zipfile.ZipFile, content: bytes) -> bytes:
    """Return what stands before the first and after the last member, of which zip knows nothing."""
    first = min((member.header_offset for member in archive.infolist()), default=0)
    return content[:first] + b"\n" + content[archive.start_dir :]
