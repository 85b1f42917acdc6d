"""What goes with a report, in its directory and inside its PDF: the result and the tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

from balanstest_analysis.document.wording import date, quarter
from balanstest_analysis.published.json_form import RESULT_NAME
from balanstest_analysis.report.exporters.notebook import (
    DocumentMetadata,
    carried_tables,
    document_metadata,
    sentinel,
)
from balanstest_analysis.report.spreadsheets import About, table_files

NO_DATE = dt.date(1980, 1, 1)
_MIME_TYPES = {
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}


@dataclass(frozen=True, kw_only=True)
class Annex:
    """A file that is delivered beside the report and attached to its PDF.

    Attributes:
        path: relative to the run directory.
        description: what is in it, in Dutch.
        content: the bytes.
    """

    path: str
    description: str
    content: bytes

    @property
    def name(self) -> str:
        """The name under which it is attached."""
        return self.path.rpartition("/")[2]

    @property
    def mime_type(self) -> str:
        """What kind of file it is."""
        return _MIME_TYPES[self.path.rpartition(".")[2]]


def annexes(notebook: NotebookNode) -> tuple[Annex, ...]:
    """Return what an executed notebook carries along; the same notebook gives the same bytes.

    A notebook of somebody else carries nothing.

    Raises:
        BlockError: the notebook holds an error or something no page can show.
    """
    said = sentinel(notebook)
    metadata = document_metadata(notebook)
    about = About(
        facts=tuple(_facts(metadata)),
        terms=tuple((str(term), str(words)) for term, words in said.get("terms", ())),
    )
    files = table_files(carried_tables(notebook), about, metadata.date or NO_DATE)
    tables = (Annex(path=f.path, description=f.description, content=f.content) for f in files)
    return (*_result(said.get("result", "")), *tables)


def _result(text: str) -> Iterator[Annex]:
    if text:
        words = "Alle gepubliceerde uitkomsten van dit rapport (JSON)"
        yield Annex(path=RESULT_NAME, description=words, content=text.encode())


def _facts(metadata: DocumentMetadata) -> Iterator[tuple[str, str]]:
    day = date(metadata.date) if metadata.date else ""
    facts = {
        "Rapport": metadata.title,
        "Organisatie": metadata.organisation,
        "Categorie": metadata.category,
        "Periode": quarter(metadata.period) if metadata.period else "",
        "Status": metadata.status,
        "Datum van het rapport": day,
        "Let op": "De gegevens zijn fictief." if metadata.fictitious else "",
    }
    yield from ((subject, words) for subject, words in facts.items() if words)
