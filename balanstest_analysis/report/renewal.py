"""Next year's dossier: what was true may still be so, and somebody has to say that it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.exceptions import TOMLKitError

from balanstest_analysis.document.files import write_atomically
from balanstest_analysis.document.wording import date
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.json_schema import FIRST_LINE, SCHEMA_FILE, write_schema
from balanstest_analysis.dossier.loading import dossier_of_text, load_unfinished, text_of
from balanstest_analysis.dossier.questionnaire import questionnaire
from balanstest_analysis.dossier.regimes import Regime, all_regimes, regime_on, regimes_after
from balanstest_analysis.dossier.statements import NO_DATA_YET, PLACEHOLDER, PLACEHOLDER_DATE
from balanstest_analysis.errors import DossierError, RunError, UsageError
from balanstest_analysis.report.answers.editing import text_in_lines

DOSSIER_FILE: Final = "balanstest.toml"
_OLDER_TEXT: Final = (
    "**{open}:** de tekst hieronder is van het vorige dossier (gegevens tot en met {day}). Lees "
    "hem na, wijzig wat niet meer klopt, en haal deze alinea weg."
)
_OLDER_WORDS: Final = "{open} (uit het vorige dossier, gegevens tot en met {day}):"
_OLD_TABLE: Final = (
    "# Uit het vorige dossier (gegevens tot en met {day}); bepaal het opnieuw en haal de # weg."
)
_PROSE: Final = ("necessity",)
_WORDS: Final = ("dpia_reference", "reason_for_longer_term")
_EMPTIED: Final = ("dpo_opinion", "people_asked")
_TAKEN_OUT: Final = (
    "dpo_status", "dpo_date", "dpo_followed", "dpo_followed_reason", "review_date"
)  # fmt: skip
_TABLES_OUT: Final = ("decision", "set_aside")


@dataclass(frozen=True, kw_only=True)
class Renewal:
    """A dossier that was made from an older one.

    Attributes:
        path: of the new dossier.
        marked: keys of texts that are the same as before, each to be confirmed.
        notes: what changed since and what to do, in English, a sentence each.
    """

    path: Path
    marked: tuple[str, ...]
    notes: tuple[str, ...]


def renew_dossier(old: str | Path, new: str | Path) -> Renewal:
    """Return the next dossier of a series, written with the comments of the one before it.

    Criteria, settings, mappings and measures stay. Opinions, dates and the decision are taken out,
    and every text is marked as one to be confirmed, which is a gap until the mark is taken away.

    Args:
        old: the dossier of before, which is only read.
        new: the file to write, or a folder for it.

    Raises:
        DossierError: the old dossier cannot be accepted.
        UsageError: the new file is there already.
        RunError: it cannot be written.
    """
    before, text = load_unfinished(old), text_of(Path(old))
    target = Path(new) if Path(new).suffix == ".toml" else Path(new) / DOSSIER_FILE
    if target.exists():
        raise UsageError(f"`{target}` is there already. Give another path for the new dossier.")
    renewed, marked = _renewed(text, before)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RunError(f"`{target.parent}` cannot be made: {error.strerror}.") from None
    write_atomically(target, renewed)
    if renewed.startswith(FIRST_LINE) and not target.with_name(SCHEMA_FILE).exists():
        write_schema(target.with_name(SCHEMA_FILE))
    return Renewal(path=target, marked=marked, notes=tuple(_notes(before, renewed, target)))


# ------------------------------------------------------------ the text


def _renewed(text: str, before: Dossier) -> tuple[str, tuple[str, ...]]:
    ends = "\r\n" if "\r\n" in text else "\n"
    day = date(before.data_through)
    for table in _TABLES_OUT:
        text = _commented_out(text, table, _OLD_TABLE.format(day=day), ends)
    try:
        document: TOMLDocument = tomlkit.parse(text)
        document["data"]["data_through"] = NO_DATA_YET
        scope = document["scope"]
        if "report_date" in scope:
            scope["report_date"] = PLACEHOLDER_DATE
        _empty(document.get("review", {}))
        marked = tuple(_mark(document, day, ends))
        return tomlkit.dumps(document), marked
    except (TOMLKitError, KeyError, TypeError, ValueError):
        raise RunError(
            "The dossier is written in a way that cannot be renewed here. Copy it by hand."
        ) from None


def _commented_out(text: str, table: str, why: str, ends: str) -> str:
    """Return a text in which tables of a name are comments; another form of them is taken out."""
    header = re.compile(rf"^\[\[?\s*{table}\s*\]\]?[ \t]*(?:#.*)?\r?$")
    lines, inside, told = [], False, False
    for line in text.split("\n"):
        if re.match(r"^\[", line):
            inside = bool(header.match(line))
            if inside and not told:
                lines.append(why + ends.removesuffix("\n"))
                told = True
        lines.append(f"# {line}" if inside and line.strip() and line[0] != "#" else line)
    commented = "\n".join(lines)
    try:
        due = {key: value for key, value in tomllib.loads(text).items() if key != table}
        if tomllib.loads(commented) == due:
            return commented
    except tomllib.TOMLDecodeError:
        pass
    document = tomlkit.parse(text)
    document.remove(table)
    return tomlkit.dumps(document)


def _empty(review: Any) -> None:
    for key in _EMPTIED:
        if key in review:
            review[key] = ""
    for key in _TAKEN_OUT:
        if key in review:
            del review[key]


def _mark(document: TOMLDocument, day: str, ends: str) -> Iterator[str]:
    """Mark every text as one to be confirmed, and yield its key."""
    prose = f"{_OLDER_TEXT.format(open=PLACEHOLDER, day=day)}\n\n"
    words = _OLDER_WORDS.format(open=PLACEHOLDER, day=day)
    for key, table, name in _texts(document):
        said = str(table[name]).replace("\r\n", "\n").strip()
        if not said or PLACEHOLDER in said:
            continue
        if key.startswith("answers.") or name in _PROSE:
            table[name] = text_in_lines(prose + said, ends)
        elif table[name].as_string().startswith(('"""', "'''")):
            table[name] = text_in_lines(f"{words}\n{said}", ends)
        else:
            table[name] = f"{words} {said}"
        yield key


def _texts(document: TOMLDocument) -> Iterator[tuple[str, Any, str]]:
    """Yield every text of the organisation: its key, the table that it stands in and its name."""
    for name in document.get("answers", {}):
        yield f"answers.{name}", document["answers"], name
    for name, condition in document.get("conditions", {}).items():
        yield f"conditions.{name}", condition, "explanation"
    review = document.get("review", {})
    for name in (*_PROSE, *_WORDS):
        if name in review:
            yield f"review.{name}", review, name
    for name in review.get("replies", {}):
        yield f"replies.{name}", review["replies"], name
    for name in document.get("processing", {}):
        yield f"processing.{name}", document["processing"], name


# ------------------------------------------------------------ what to know


def _notes(before: Dossier, renewed: str, target: Path) -> Iterator[str]:
    yield from _rules_since(before)
    yield from _changed_questions(before)
    yield from _to_look_at(before)
    if target.parent.resolve() != before.path.parent:
        yield (
            "Tables and `.balanstest-key` are looked for beside the new dossier. Put the new "
            "exports there, and the same key, so that the series goes on."
        )
    yield "Write `data.data_through` and `scope.report_date` of the new year."
    try:
        dossier_of_text(renewed, target)
    except DossierError as error:
        yield f"It cannot be accepted before this is mended: {error}"


def _rules_since(before: Dossier) -> Iterator[str]:
    later = regimes_after(before.report_date)
    if before.scope.regime is not None:
        yield f"`scope.regime` still overrides the rules with {before.scope.regime}. Is that right?"
    for one, other in zip((regime_on(before.report_date), *later), later, strict=False):
        yield _changed_rules(before, one, other)
    if not later:
        name = regime_on(before.report_date).id
        yield f"The rules are those of the old dossier ({name}); none is known since."


def _to_look_at(before: Dossier) -> Iterator[str]:
    """Tell what stays in the dossier and may have to change with last year's decision."""
    scope, decision = before.scope, before.decision
    decided = None if decision is None or decision.is_open else decision.term_months
    if decided is not None and decided != scope.current_term_months:
        yield (
            f"The decision was {decided} months and `scope.current_term_months` is "
            f"{scope.current_term_months or 'absent'}. Write there the term that is used now."
        )
    if scope.requested_term_months is not None:
        yield (
            f"`scope.requested_term_months` still asks for {scope.requested_term_months} months. "
            "Take it out unless you ask again."
        )


def _changed_rules(before: Dossier, one: Regime, other: Regime) -> str:
    """Return what a later regime changes for the sectors of a dossier."""
    sectors = before.organisation.sectors
    lost = sorted(one.accepted(sectors) - other.accepted(sectors))
    gained = sorted(other.accepted(sectors) - one.accepted(sectors))
    told = [f"relations of the kind {', '.join(lost)} give no ground any more"] if lost else []
    told += [f"relations of the kind {', '.join(gained)} give a ground"] if gained else []
    if other.needs_ground and not one.needs_ground:
        told.append("calling former customers needs a ground, and five conditions are asked")
    if other.cap_months != one.cap_months:
        told.append(f"the cap is {other.cap_months or 'no'} months")
    what = "; ".join(told) or "nothing in the grounds or the cap of this sector"
    return f"Rules since {other.starts_on} ({other.id}): {what}."


def _changed_questions(before: Dossier) -> Iterator[str]:
    if before.template == "opt-in" or not all_regimes()[-1].needs_ground:
        yield f"The questions are those of the same version of the template ({before.template})."
        return
    old = {one.title: one.number for one in questionnaire(before.template).questions}
    asked = questionnaire("opt-in").questions
    new = [f"{one.number} ({one.title})" for one in asked if one.title not in old]
    moved = [
        f"{old[one.title]} is {one.number}"
        for one in asked
        if old.get(one.title, one.number) != one.number
    ]
    yield (
        "Calls under the present rules are tested with the newer template: write "
        f'`template = "opt-in"`. New are {", ".join(new)}; {", ".join(moved)}.'
    )
