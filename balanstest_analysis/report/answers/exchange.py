"""The texts of a dossier to Word, and back: whole or not at all, and never over newer texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docx.document import Document

from balanstest_analysis.document.files import write_atomically
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.loading import dossier_of_text, load_unfinished, read_toml, text_of
from balanstest_analysis.errors import DataError, DossierError, UsageError
from balanstest_analysis.report.answers.changes import Change, changes_of, completed
from balanstest_analysis.report.answers.editing import edited
from balanstest_analysis.report.answers.facts import NO_FACTS, facts_of
from balanstest_analysis.report.answers.fields import Field, Form
from balanstest_analysis.report.answers.form import (
    dossier_mark,
    fixed_mark,
    form_document,
    series_mark,
)
from balanstest_analysis.report.answers.marks import DOSSIER, FIELDS, FIXED, SERIES
from balanstest_analysis.report.answers.own_template import answers_in
from balanstest_analysis.report.answers.reading import written_in
from balanstest_analysis.report.word.opening import opened_document, readable
from balanstest_analysis.report.word.properties import properties_of

REPORTS: Final = Path("reports")


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What came of reading a Word file.

    Attributes:
        changes: of the dossier.
        gaps: what is still to be filled in after them.
        notes: what the reader should know, in English.
    """

    changes: tuple[Change, ...]
    gaps: tuple[str, ...]
    notes: tuple[str, ...] = ()


def export_answers(
    dossier: str | Path, target: str | Path, *, reports: Path = REPORTS, force: bool = False
) -> bool:
    """Write the texts of a dossier into a Word file, and return whether a report was beside it.

    Args:
        dossier: the file.
        target: the Word file to write.
        reports: folder under which reports are kept; what the report of the dossier says is told.
        force: replace a file that is there.

    Raises:
        UsageError: the file is there already, or is no `.docx`.
        DossierError: the dossier cannot be accepted.
        DataError: its report cannot be read.
        RunError: the file cannot be written.
    """
    target = Path(target)
    if target.suffix.lower() != ".docx":
        raise UsageError(f"`{target.name}` is no Word file. Give it a name that ends in .docx.")
    if target.exists() and not force:
        raise UsageError(
            f"`{target}` is there already, and may have been written in. Move it, or replace it "
            "with `--force`."
        )
    asked = load_unfinished(dossier)
    facts = facts_of(asked, reports)
    write_atomically(target, form_document(asked, read_toml(Path(dossier)), facts))
    return facts.exist


def import_answers(dossier: str | Path, source: str | Path, *, dry: bool = False) -> Imported:
    """Return what a Word file changed in a dossier, or would change.

    Comments, order and all that the file does not change stay as they are; the dossier is written
    whole or not at all, and only when it can be accepted.

    Args:
        dossier: the file.
        source: a form of `export_answers`, or the organisation's own copy of the template.
        dry: only tell.

    Raises:
        UsageError: there is no such Word file.
        DataError: the Word file cannot be read, or is of another or an older dossier.
        DossierError: the dossier cannot be accepted, or could not be after the changes.
        RunError: the dossier cannot be written.
    """
    path, source = Path(dossier), Path(source)
    asked, text = load_unfinished(path), text_of(path)
    raw = read_toml(path)
    document = opened_document(source)
    fields = Form(asked, raw, NO_FACTS, whole=True).fields()
    with readable(source.name):
        about = properties_of(document)
        if SERIES in about:
            changes, notes = _of_form(document, about, asked, raw, fields)
        else:
            changes, notes = answers_in(document, asked, fields, source.name)
    after = edited(text, changes) if changes else text
    checked = dossier_of_text(after, path)
    if changes and not dry:
        _write(path, before=text, after=after)
    lost = [change.field.key for change in changes if change.lost_marks]
    if lost:
        notes = (*notes, f"Some bold or italic words became plain in {', '.join(lost)}.")
    return Imported(changes=changes, gaps=checked.gaps(), notes=notes)


def _of_form(
    document: Document,
    about: Mapping[str, str],
    asked: Dossier,
    raw: Mapping[str, object],
    fields: Mapping[str, Field],
) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    if about[SERIES] != series_mark(asked):
        raise DataError(
            "The Word file was made of another dossier: of another organisation, category or "
            "template. Give the file that was made of this one."
        )
    if about.get(DOSSIER) != dossier_mark(raw):
        raise DataError(
            "The dossier was changed after the Word file was made, so its texts may be older than "
            "those of the dossier. Export it anew, and write the changes there."
        )
    due = about.get(FIELDS, "").split()
    if not due or not set(due) <= fields.keys():
        raise DataError("The Word file has lost the list of its places. Export it anew.")
    places = {key: fields[key] for key in due}
    written = written_in(document, places)
    notes = () if fixed_mark(written.outside) == about.get(FIXED) else (_OUTSIDE,)
    return completed(changes_of(places, written), fields), notes


_OUTSIDE: Final = (
    "Something was written or changed outside of the places for it, and was not taken: look for it "
    "between the headings of the Word file."
)


def _write(path: Path, *, before: str, after: str) -> None:
    if text_of(path) != before:
        raise DossierError(f"`{path.name}` was changed meanwhile. Read the Word file again.")
    mode = path.stat().st_mode
    write_atomically(path, after)
    path.chmod(mode)
