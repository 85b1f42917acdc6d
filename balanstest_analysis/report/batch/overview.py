"""The overview of one batch, for people as HTML and for machines as JSON; none is ever replaced."""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Iterator, Sequence
from html import escape
from itertools import count
from pathlib import Path
from urllib.parse import quote

from balanstest_analysis.document import wording
from balanstest_analysis.document.visible import visible_values
from balanstest_analysis.errors import RunError
from balanstest_analysis.report.batch.rows import ProposalFacts, Row

FOLDER = "overzicht"
TITLE = "Overzicht van de kwartaalrapporten"
_NONE = "–"
_COLUMNS = (
    ("Dossier", "start"),
    ("Periode", "start"),
    ("Uitkomst", "start"),
    ("Termijn", "end"),
    ("Vorige termijn", "end"),
    ("Verschil", "end"),
    ("Bevindingen", "end"),
    ("Duur", "end"),
)
_STATUSES = {
    "made": "gemaakt",
    "skipped": "ongewijzigd",
    "unsound": "klopt niet",
    "failed": "mislukt",
}
_CAUSES = {
    2: "niet mogelijk zoals gevraagd",
    3: "dossier of gegevens niet aanvaardbaar",
    4: "het rapport is niet tot stand gekomen",
    5: "er staan nog vragen open",
    6: "een ander proces schrijft hetzelfde rapport",
}


def keep_overview(rows: Sequence[Row], *, quarter: str, output: Path, seconds: float) -> Path:
    """Return the new folder with `overzicht.html` and `overzicht.json` of a batch.

    Args:
        rows: One per dossier.
        quarter: As asked for; empty for the latest of the dossiers.
        output: Folder of all reports.
        seconds: Duration of the batch.

    Raises:
        RunError: The folder cannot be written.
    """
    period = quarter or max((row.period for row in rows), default="") or "onbekend"
    # Imported here, for it takes most of a second and the reports come first.
    from balanstest_analysis.report.exporters.html import page  # noqa: PLC0415
    from balanstest_analysis.report.exporters.notebook import DocumentMetadata  # noqa: PLC0415

    about = DocumentMetadata(
        title=TITLE,
        organisation="Balanstest klanttermijn",
        period="" if period == "onbekend" else period,
        status="intern",
    )
    files = {
        f"{FOLDER}.json": overview_json(rows, quarter=period, seconds=seconds),
        f"{FOLDER}.html": page(overview_body(rows), about),
    }
    try:
        return _kept(files, output / FOLDER, period)
    except OSError as error:
        raise RunError(
            f"The overview in `{FOLDER}` cannot be written: {error.strerror}. "
            "The reports themselves are as the table says."
        ) from None


def _kept(files: dict[str, str], folder: Path, period: str) -> Path:
    """Write the files beside, and give their folder the next free number in one step."""
    draft = folder / f".bezig-{secrets.token_hex(4)}"
    draft.mkdir(parents=True)
    try:
        for name, text in files.items():
            (draft / name).write_text(text, "utf-8")
        for number in count(1):
            target = folder / f"{period}_{number}"
            if not target.exists() and _renamed(draft, target):
                return target
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    raise AssertionError("unreachable")


def _renamed(draft: Path, target: Path) -> bool:
    """Return whether the folder got its name; another batch may have taken it."""
    try:
        draft.rename(target)
    except OSError:
        if target.exists():
            return False
        raise
    return True


def overview_json(rows: Sequence[Row], *, quarter: str, seconds: float) -> str:
    """Return the overview for machines."""
    overview = {
        "schema": 1,
        "quarter": quarter,
        "exit_code": max((row.outcome.exit_code for row in rows), default=0),
        "seconds": round(seconds, 3),
        "dossiers": [row.to_dict() for row in rows],
    }
    return (
        json.dumps(visible_values(overview), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    )


def overview_body(rows: Sequence[Row]) -> str:
    """Return the overview for people, as HTML in Dutch."""
    head = "".join(f'<th scope="col" class="{side}">{name}</th>' for name, side in _COLUMNS)
    body = "\n".join(_table_row(row) for row in rows)
    return (
        f'<h1 id="overzicht">{TITLE}</h1>\n<p>{_counts(rows)}</p>\n'
        f"{_failures(rows)}{_unsound(rows)}"
        '<h2 id="dossiers">Alle dossiers</h2>\n'
        '<div class="table" tabindex="0" role="group" aria-label="Alle dossiers"><table>\n'
        "<caption>Voorstel, verandering en afloop per dossier.</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table></div>"
    )


def _counts(rows: Sequence[Row]) -> str:
    parts = [wording.counted(len(rows), "dossier", "dossiers")]
    for status, words in _STATUSES.items():
        number = sum(row.outcome.status == status for row in rows)
        if number:
            parts.append(f"{wording.count(number)} {words}")
    return f"{parts[0]}: {wording.enumerated(parts[1:])}."


def _unsound(rows: Sequence[Row]) -> str:
    found = [row for row in rows if row.outcome.status == "unsound"]
    if not found:
        return ""
    items = "\n".join(
        f"<li><strong>{escape(_name(row))}</strong>: {escape(row.outcome.reden)}</li>"
        for row in found
    )
    return (
        '<h2 id="klopt-niet">Wat er staat en niet klopt</h2>\n'
        "<p>Deze rapporten zijn nagegaan zoals een ontvanger dat doet. Lever ze zo niet uit: maak "
        f"ze opnieuw.</p>\n<ul>\n{items}\n</ul>\n"
    )


def _failures(rows: Sequence[Row]) -> str:
    lost = [row for row in rows if row.outcome.status == "failed"]
    if not lost:
        return ""
    items = "\n".join(
        f"<li><strong>{escape(_name(row))}</strong>: {_CAUSES.get(row.outcome.exit_code, '')}. "
        f'<span lang="en">{escape(row.outcome.reason)}</span></li>'
        for row in lost
    )
    return f'<h2 id="mislukt">Wat niet is gelukt</h2>\n<ul>\n{items}\n</ul>\n'


def _name(row: Row) -> str:
    return f"{row.organisation}, {row.category}" if row.organisation else row.dossier


def _table_row(row: Row) -> str:
    first, *others = zip(_cells(row), (side for _, side in _COLUMNS), strict=True)
    cells = "".join(f'<td class="{side}">{text}</td>' for text, side in others)
    return f'<tr><th scope="row" class="{first[1]}">{first[0]}</th>{cells}</tr>'


def _cells(row: Row) -> Iterator[str]:
    yield _linked(row)
    yield wording.quarter(row.period) if row.period else _NONE
    yield _STATUSES[row.outcome.status]
    yield _term(row.proposal)
    yield _term(row.previous)
    yield _change(row)
    yield _NONE if row.findings is None else wording.count(row.findings)
    yield f"{wording.number(row.outcome.seconds, 1)} s"


def _linked(row: Row) -> str:
    """The name, which leads to the report where this run found or made one."""
    if not row.report:
        return escape(_name(row))
    return f'<a href="../../{quote(row.report)}/onderbouwing.html">{escape(_name(row))}</a>'


def _term(proposal: ProposalFacts | None) -> str:
    if proposal is None:
        return _NONE
    term = proposal["term_months"]
    if term is not None:
        return f"{wording.months(term)}{', voorlopig' if proposal['provisional'] else ''}"
    return wording.PROPOSAL_STATUSES[proposal["status"]]


def _change(row: Row) -> str:
    change = row.change_months
    if change is None:
        return _NONE
    sign = "+" if change > 0 else ""
    return f"{sign}{wording.number(change)}"
