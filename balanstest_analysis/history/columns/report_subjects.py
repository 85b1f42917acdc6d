"""What objections and complaints are about: calls, every channel, or something else."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final, Literal

from balanstest_analysis.history.columns.column_names import is_called
from balanstest_analysis.history.columns.columns import TABLES
from balanstest_analysis.history.columns.row_status import RowStatus, plain_code
from balanstest_analysis.history.columns.subject_words import (
    ALL,
    BESIDE,
    CALLING,
    CALLING_ALONE,
    CHANNEL,
    CHANNEL_ALONE,
    ENTRY,
    MATTER,
    MATTER_ALONE,
    NAMES,
    OTHER_NAMES,
    REASONS,
    SERVICE,
    TURNING,
    WAYS,
)

Subject = Literal["calls", "all", "other", ""]
REPORTS: Final = ("objections", "complaints")
_CODES_AT_MOST: Final = 40
_WORDS_AT_MOST: Final = 8
_ALONE_AT_MOST: Final = 10  # of more texts than this, most stand in several rows if they are codes
_ALONE: Final = f"{CALLING_ALONE}|{CHANNEL_ALONE}|{MATTER_ALONE}"
_KNOWN: Final = f"{CALLING}|{CHANNEL}|{MATTER}|{ENTRY}|{_ALONE}|{ALL}"


def subject_of(code: str) -> Subject:
    """Return what a code of objections or complaints is about; empty where that is not known.

    What is about calls and about something else is about calls.

    Examples:
        >>> [subject_of(code) for code in ("Telemarketing: te vaak gebeld", "Telefoon en post")]
        ['calls', 'calls']
        >>> [subject_of(code) for code in ("alle kanalen", "Dubbele incasso", "Belasting")]
        ['all', 'other', '']
    """
    words, known = plain_code(code), is_known_subject(code)
    if _has(TURNING, words):
        return ""
    if known and _is_of_all(words):
        return "all"
    if _has(CALLING, words):
        return "" if _has(SERVICE, words) else "calls"
    if known and _has(CALLING_ALONE, words):
        return "" if _has(f"{MATTER}|{MATTER_ALONE}", words) else "calls"
    other = f"{CHANNEL}|{MATTER}|{ENTRY}" + (f"|{_ALONE}" if known else "")
    return "other" if _has(other, words) else ""


def is_known_subject(code: str) -> bool:
    """Return whether every word of a code is one of a subject, so that it names nobody.

    Examples:
        >>> is_known_subject("Dubbele Incasso"), is_known_subject("Piet Post")
        (True, False)
    """
    words = plain_code(code)
    may_be_a_surname = re.match("(van|de) ", words) is not None
    if may_be_a_surname or len(words.split()) > _WORDS_AT_MOST or not _has(_KNOWN, words):
        return False
    return re.fullmatch(rf"({_KNOWN}|{BESIDE})( ({_KNOWN}|{BESIDE}))*", words) is not None


def subject_status(codes: Collection[str]) -> RowStatus:
    """Return which codes of objections or complaints are about calls, or every channel.

    Examples:
        >>> found = subject_status(["telefoon", "post", "x"])
        >>> found.counting, found.others, found.unknown
        (('telefoon',), ('post',), ('x',))
    """
    subjects = {code: subject_of(code) for code in codes}
    return RowStatus(
        counting=tuple(code for code, subject in subjects.items() if subject in {"calls", "all"}),
        others=tuple(code for code, subject in subjects.items() if subject == "other"),
        unknown=tuple(code for code, subject in subjects.items() if not subject),
    )


def is_subject_name(table: str, column: str) -> bool:
    """Return whether a column, by its name, tells what objections or complaints are about.

    Examples:
        >>> is_subject_name("objections", "Afmelding voor"), is_subject_name("complaints", "Kanaal")
        (True, False)
    """
    return may_tell_subject(table, column) and is_called(column, NAMES)


def tells_reason(column: str) -> bool:
    """Return whether a column, by its name, tells why somebody objects: *privacy* is no subject.

    Examples:
        >>> tells_reason("Reden afmelding"), tells_reason("Afmelding voor")
        (True, False)
    """
    return is_called(column, REASONS)


def may_tell_subject(table: str, column: str) -> bool:
    """Return whether nothing in the name of a column denies that it tells the subject.

    Examples:
        >>> may_tell_subject("complaints", "Kanaal"), may_tell_subject("complaints", "channel")
        (True, False)
        >>> may_tell_subject("objections", "Binnengekomen via")
        False
    """
    if table not in REPORTS or column in {ours.name for ours in TABLES[table]}:
        return False
    refuses = re.compile(r"(geen|niet|no|do_not)_.*")
    return is_called(column, refuses) or not is_called(column, OTHER_NAMES)


def tells_subject(table: str, column: str, numbers: Mapping[str, int]) -> bool:
    """Return whether a column tells that some objections or complaints are not about calls.

    It has codes about calls, or every channel, and codes about something else. By *telefoon*,
    *e-mail* and *post* a report may have come in as well, and a column *Kanaal* mostly tells that.
    So where the name does not say what the column is, every code has to be known, and one has to be
    no way in: nobody objects through *alle kanalen*, and nobody complains through an invoice.

    Args:
        table: ``"objections"`` or ``"complaints"``.
        column: its name.
        numbers: rows per filled cell.

    Examples:
        >>> tells_subject("objections", "Soort", {"telefoon": 206, "post": 150})
        True
        >>> tells_subject("objections", "Kanaal", {"telefoon": 206, "post": 150})
        False
        >>> tells_subject("objections", "Kanaal", {"telefoon": 206, "post": 150, "alles": 112})
        True
    """
    if not may_tell_subject(table, column) or is_free_text(numbers):
        return False
    status = subject_status(numbers)
    if not (status.counting and status.others):
        return False
    if any(_is_no_way_in(code) for code in (*status.counting, *status.others)):
        return is_subject_name(table, column) or not status.unknown
    entries = any(re.match(rf"(via|per) |({ENTRY})$", plain_code(code)) for code in numbers)
    return is_subject_name(table, column) and not entries


def is_free_text(numbers: Mapping[str, int]) -> bool:
    """Return whether cells are too many, too long or too different to be codes.

    Args:
        numbers: rows per filled cell.
    """
    if len(numbers) > _CODES_AT_MOST:
        return True
    differ = len(numbers) > _ALONE_AT_MOST and sum(numbers.values()) < 2 * len(numbers)
    return differ or any(len(plain_code(text).split()) > _WORDS_AT_MOST for text in numbers)


def _is_no_way_in(code: str) -> bool:
    return re.fullmatch(rf"({WAYS})( ({WAYS}))*", plain_code(code)) is None


def _is_of_all(words: str) -> bool:
    return re.fullmatch(rf"(({BESIDE}) )*({ALL})( ({ALL}|{BESIDE}))*", words) is not None


def _has(pattern: str, words: str) -> bool:
    return re.search(rf"\b({pattern})\b", words) is not None
