"""A Word file as bytes: the same document gives the same bytes, without a clock or a name."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Final

from docx.document import Document

from balanstest_analysis.document.visible import visible_text

_NO_DATE: Final = dt.date(1980, 1, 1)
_READABLE: Final = 0o100644 << 16


def saved(document: Document, *, title: str, author: str, day: dt.date | None) -> bytes:
    """Return a document as a file.

    Args:
        document: made here.
        title: in its properties.
        author: the organisation.
        day: of making, in its properties; None for none.
    """
    noon = dt.datetime.combine(day or _NO_DATE, dt.time(12))
    about = document.core_properties
    about.title, about.author = visible_text(title)[:255], visible_text(author)[:255]
    about.comments, about.keywords, about.last_modified_by = "", "", ""
    about.created = about.modified = noon
    about.language, about.revision = "nl-NL", 1
    content = io.BytesIO()
    document.save(content)
    return repacked(content.getvalue())


def repacked(content: bytes, more: dict[str, bytes] | None = None) -> bytes:
    """Return the same zip with one day for all of its members, and with some replaced or added."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        members = {name: old.read(name) for name in old.namelist()} | (more or {})
        for name, member in members.items():
            about = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            about.external_attr, about.create_system = _READABLE, 3
            about.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(about, member)
    return made.getvalue()
