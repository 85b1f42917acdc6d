"""Texts that TOML cannot read, for the quotes around them or what stands within."""

from __future__ import annotations

import re
from typing import Final

from balanstest_analysis.dossier.written import Written, is_toml

_SMART: Final = "“”„‟‘’‚‛«»‹›`´"
_CLOSED: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_NO_CODE: Final = re.compile(r'\\(?![btnfr"\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})')
_MARKS_BEHIND: Final = re.compile(r"[;,.:]+$")
_STATEMENT: Final = re.compile(r"[\w.-]+\s*=\s*\S")


def nothing_written(written: Written) -> str:
    """Return that nothing stands behind the =."""
    if written.value:
        return ""
    return 'has no value; write one behind the =, such as "" for an empty text, or take it out'


def mark_behind(written: Written) -> str:
    """Return that a comma or the like stands behind a value."""
    mark = _MARKS_BEHIND.search(written.value)
    if mark is None or not is_toml(value := written.value[: mark.start()]):
        return ""
    kept = f": write {value}" if Written(key="", value=value).shown == value else ""
    return f"has a {mark[0]} behind its value, where nothing may stand{kept}"


def smart_quotes(written: Written) -> str:
    """Return that a text stands between the quotes of a text processor."""
    value = written.value
    first, last = value[0], value[-1]
    if len(value) < 2 or not (first in _SMART or (first in "\"'" and last in _SMART)):
        return ""
    text = value.strip(_SMART + "\"'")
    return (
        f"stands between {first} and {last}; a text stands between straight quotes: "
        f"{written.to_write(text)}"
    )


def backslash_within(written: Written) -> str:
    """Return that a text has the backslash of a path of Windows."""
    value = written.value
    is_code = _NO_CODE.search(value) is None and not value.endswith('\\"')
    if not value.startswith('"') or is_code or '"' in value[1:-1].replace('\\"', ""):
        return ""
    text = value.removeprefix('"').removesuffix('"')
    return (
        "has a \\ in its text, which begins a code; write / in a path, or single quotes: "
        f"{written.to_write(text)}"
    )


def one_quote(written: Written) -> str:
    """Return that a text has a quote at one of its ends only."""
    value = written.value
    first, last = value[0], value[-1]
    if first in "\"'" and value.count(first) == 1:
        return (
            f"has no {first} at the end of its text: {written.to_write(value[1:].strip())}, or "
            "three quotes at both ends of a text that goes on over several lines"
        )
    if last in "\"'" and first.isalnum() and value.count(last) == 1:
        return f"has no {last} at the beginning of its text: {written.to_write(value[:-1])}"
    return ""


def quote_within(written: Written) -> str:
    """Return that more stands behind the quote that closes a text."""
    value = written.value
    first = _CLOSED.match(value)
    rest = value[first.end() :].strip() if first else ""
    if not rest:
        return ""
    if _STATEMENT.search(rest):
        return "has another key behind it; write each on a line of its own"
    if value[0] not in rest:
        return "has more behind its text; write a # before a remark, or take it out"
    return f"has a {value[0]} within its text, which ends it: {written.to_write(value[1:-1])}"


def without_quotes(written: Written) -> str:
    """Return that a text has no quotes."""
    first = written.value[0]
    if not (first.isalnum() if written.is_for_text else first.isalpha()):
        return ""
    if written.allowed:
        return f"is {written.shown}; allowed is {written.allowed}: correct it"
    return f"is {written.shown}; a text stands between quotes: {written.to_write(written.value)}"


def remark_behind(written: Written) -> str:
    """Return that more stands behind a value than a remark."""
    value, _, rest = written.value.partition(" ")
    if not rest or not is_toml(value) or Written(key="", value=value).shown != value:
        return ""
    if _STATEMENT.search(rest):
        return "has another key behind it; write each on a line of its own"
    return f"is {value} with more behind it; write a # before a remark, or take it out"
