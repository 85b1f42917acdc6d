"""What the check found, as lines in English for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.verification.findings import Checked, Verification
from balanstest_analysis.verification.words import (
    COUNTED,
    LEVEL_WORDS,
    LIMITS,
    NOT_CHECKED,
    UNCOMPUTED,
    meaning_of,
)

_MOST = 20


def lines_of(found: Verification) -> Iterator[str]:
    """Yield what was found, line by line.

    Args:
        found: by `verify`.
    """
    about = found.about
    named = [part for part in (about.organisation, about.category, about.period) if part]
    yield " - ".join(named) if named else about.name
    yield f"SHA-256 of {_hashed(found)}: {about.digest}"
    for level in found.levels:
        yield from _level(level, about.kind)
    if not found.known_version:
        version = about.version or "an unknown version"
        yield f"The report is of {version} of the tool, not of this one: use that one, too."
    if found.not_read:
        yield f"Not read, because this version does not know the words ({len(found.not_read)}):"
        yield from (f"  {text}" for text in found.not_read[:_MOST])
    if found.own_words:
        yield f"{found.own_words} passages are the organisation's own words: not checked."
    yield "Cannot be recomputed from what is published:"
    yield from (f"  {UNCOMPUTED[name][0]}" for name in found.not_recomputed)
    yield from LIMITS["en"]
    number = len(found.findings)
    yield "SOUND: nothing was found." if found.sound else f"NOT SOUND: {number} found."


def _hashed(found: Verification) -> str:
    name = found.about.name
    return f"manifest.json in {name}" if found.about.kind == "directory" else name


def _level(level: Checked, kind: str) -> Iterator[str]:
    name, meaning = LEVEL_WORDS[level.level]["en"][0], meaning_of(level.level, kind, "en")
    if level.skipped:
        yield f"[ - ] {name}: {NOT_CHECKED['en']}"
        return
    counted = ", ".join(f"{number} {COUNTED[what][0]}" for what, number in level.counted)
    yield f"[{'ok ' if level.sound else 'NOT'}] {name}: {meaning} ({counted})"
    for one in level.findings[:_MOST]:
        yield f"      {one.sentence()}"
    if len(level.findings) > _MOST:
        yield f"      and {len(level.findings) - _MOST} more"
