"""Lines that TOML cannot read: headings, keys without an =, and what stands twice."""

from __future__ import annotations

import re
from typing import Final

from balanstest_analysis.document.personal import is_personal
from balanstest_analysis.dossier.allowed_values import every_key, takes_several
from balanstest_analysis.dossier.broken_place import BrokenPlace
from balanstest_analysis.dossier.nearest import nearest
from balanstest_analysis.dossier.shown_values import named_key
from balanstest_analysis.dossier.toml_statements import Statement, without_remark
from balanstest_analysis.dossier.written import Written, is_toml

_HEADING_WITH_MORE: Final = re.compile(r"\s*(\[\[?[^\[\]]*\]\]?)\s*[^#\s\]].*")
_SIGNED: Final = re.compile(r"\s*([^=:#]+?)\s*([=:])\s*(.*)")
_TWO_WORDS: Final = re.compile(r"\s*([\w.-]+)\s+([^\s=].*)")
_LONGEST: Final = 1000  # no line that is told is longer; patterns take time by the square of it
_BEGINS_LONG_TEXT: Final = re.compile(r"""\s*(?:[\w.-]+|"[^"]*")\s*=\s*(?:"{3}|'{3})\s*""")


def told_twice(broken: BrokenPlace) -> str:
    """Return what stands twice and where it stood first, or nothing."""
    statement = broken.statement
    if not broken.words.startswith("Cannot "):
        return ""
    if statement.heading:
        return _heading_twice(broken)
    for one in reversed(broken.before):
        if one.heading:
            break
        if one.key == statement.key:
            return f"{named_key(one.key)} stands twice, first on line {one.line}; keep one"
    return ""


def _heading_twice(broken: BrokenPlace) -> str:
    heading = broken.statement.heading
    first = next((one for one in broken.before if one.heading == heading), None)
    if first is None or named_key(heading) == named_key(""):
        return ""
    told = f"`[{heading}]` stands twice, first on line {first.line}; "
    if takes_several(tuple(heading.split(".")), broken.model):
        return f"{told}where there are several, write `[[{heading}]]` above each"
    return f"{told}put all its keys below one of them"


def told_heading(broken: BrokenPlace) -> str:
    """Return how the heading of a table is to be written, or nothing."""
    line = broken.statement.first_line.partition("#")[0].strip()
    names = re.findall(r"[\w-]+", line)
    if broken.statement.key or not line.startswith("[") or len(line) > _LONGEST:
        return ""
    if more := _HEADING_WITH_MORE.fullmatch(line):
        return f"more stands behind the heading {named_key(more[1])}; write it on the next line"
    if not names or not all(map(broken.is_known, names)):
        return ""
    name = ".".join(names)
    is_double = "[[" in line or "]]" in line
    several = is_double and takes_several(tuple(names), broken.model)
    return (
        f"the heading of a table is `{line}`: write `{f'[[{name}]]' if several else f'[{name}]'}`"
    )


def told_sign(broken: BrokenPlace) -> str:
    """Return what is wrong with a line that has no =, or more than a key before it, or nothing."""
    line = broken.statement.first_line
    if broken.statement.key or len(line) > _LONGEST or line.lstrip().startswith(("[", '"', "'")):
        return ""
    signed, two = _SIGNED.fullmatch(line), _TWO_WORDS.fullmatch(line)
    words = signed[1] if signed else ""
    near = nearest(words, every_key(broken.model))
    if near and " " in words and not is_personal(words):
        return f"`{words}` is no key, for it has spaces: write `{near}`"
    if signed and signed[2] == ":" and " " not in words and (near or broken.is_known(words)):
        return f"`{words}` has a : where an = belongs{_as_statement(words, signed[3])}"
    if two and broken.is_known(two[1]):
        return f"`{two[1]}` has no = before its value{_as_statement(two[1], two[2])}"
    return ""


def _as_statement(key: str, written: str) -> str:
    value = without_remark(written).strip()
    if not is_toml(value):
        return f": {Written(key=key, value=value).to_write(value)}"
    shown = Written(key=key, value=value).shown
    return f": write `{key} = {value}`" if shown == value else f": write `{key} =` before it"


def told_words(broken: BrokenPlace) -> str:
    """Return that a line holds words and nothing that is stated, or nothing."""
    line = broken.statement.first_line.strip()
    if broken.statement.key or not line[0].isalpha() or "=" in line:
        return ""
    if broken.before and _took_a_key_in(broken.before[-1]):
        return told_unclosed(broken.before[-1])
    return (
        " holds words that are no key with a value; write a # before a remark, and three quotes at "
        "both ends of a text that goes on over several lines"
    )


def _took_a_key_in(before: Statement) -> bool:
    """Return whether a long text goes on to where the next one begins, for it is not closed."""
    _, further, last = before.text.rpartition("\n")
    return bool(further) and _BEGINS_LONG_TEXT.fullmatch(last) is not None


def told_unclosed(statement: Statement) -> str:
    """Return that a long text is not closed."""
    return (
        f"the text of {named_key(statement.key)} that begins on line {statement.line} is not "
        f"closed: write {statement.written[:3]} at its end"
    )
