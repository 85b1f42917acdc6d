"""What the check of a report finds, level by level, and the words for it in two languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

from balanstest_analysis.verification.claims.phrase import dutch

Level: TypeAlias = Literal["whole", "one_story", "follows", "series"]
Language: TypeAlias = Literal["en", "nl"]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)

MOST_LETTERS: Final = 300

# what is wrong: in English for a terminal, in Dutch for a committee
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "unreadable": (
        "{file} cannot be read ({found}); {expected} is expected.",
        "{file} kan niet worden gelezen ({found}); verwacht wordt {expected}.",
    ),
    "missing": (
        "{file} is missing, though {place} names it.",
        "{file} ontbreekt, terwijl {place} het noemt.",
    ),
    "foreign": (
        "{file} does not belong to the report: {place} does not name it.",
        "{file} hoort niet bij het rapport: {place} noemt het niet.",
    ),
    "changed": (
        "{file} was changed: its SHA-256 is {found}, where {place} has {expected}.",
        "{file} is gewijzigd: het SHA-256-kenmerk is {found}, en in {place} staat {expected}.",
    ),
    "added": (
        "{where}: here stands {found}, which no report of ours holds.",
        "{where}: hier staat {found}, en dat staat in geen rapport van dit programma.",
    ),
    "differs": (
        "{where}: it says {found}, and should say {expected}.",
        "{where}: er staat {found}, en er hoort te staan {expected}.",
    ),
    "sentence": (
        "{where}: the sentence “{found}” does not hold ({expected}).",
        "{where}: de zin “{found}” klopt niet: {expected}.",
    ),
    "denied": (
        "{where}: the sentence “{found}” does not hold ({expected}).",
        "{where}: de zin “{found}” volgt niet uit de uitkomsten.",
    ),
    "cell": (
        "{where}: {found}, by what resultaat.json says.",
        "{where}: {found}. Dat volgt uit resultaat.json.",
    ),
    "unlike": (
        "{where}: {found}, by what resultaat.json says.",
        "{where}: dit klopt niet met resultaat.json.",
    ),
    "unknown": (
        "{where}: a report of this version says nothing like “{found}”.",
        "{where}: “{found}” staat in geen rapport van deze versie.",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        level: on which it was found.
        code: what kind of thing it is, a key of the words.
        file: in which.
        place: where in it, or which other file says so.
        found: what stands there.
        expected: what should.
    """

    level: Level
    code: str
    file: str
    place: str = ""
    found: str = ""
    expected: str = ""

    def sentence(self, language: Language = "en") -> str:
        """Return the finding as one sentence.

        Examples:
            >>> found = Finding(level="whole", code="missing", file="a.csv", place="manifest.json")
            >>> found.sentence()
            'a.csv is missing, though manifest.json names it.'
            >>> found.sentence("nl")
            'a.csv ontbreekt, terwijl manifest.json het noemt.'
        """
        words = _WORDS[self.code][0 if language == "en" else 1]
        said = str if language == "en" else dutch
        names = ("file", "place", "found", "expected")
        parts = {name: _short(said(getattr(self, name))) for name in names}
        parts["where"] = ", ".join(filter(None, (parts["file"], parts["place"])))
        return words.format(**parts)


def _short(text: str) -> str:
    """Return text of others on one line, without what a terminal would obey, and not endless."""
    line = "".join(one if one.isprintable() else " " for one in text)
    line = " ".join(line.split())
    return line if len(line) <= MOST_LETTERS else f"{line[: MOST_LETTERS - 1]}…"


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What came of one level.

    Attributes:
        level: which.
        findings: what is wrong.
        counted: how much was looked at, by the name of what it is.
        skipped: why the level was not checked; empty where it was.
    """

    level: Level
    findings: tuple[Finding, ...] = ()
    counted: tuple[tuple[str, int], ...] = ()
    skipped: str = ""

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong, as far as it was checked."""
        return not self.findings


@dataclass(frozen=True, kw_only=True)
class About:
    """Which report was looked at.

    Attributes:
        name: of the file or folder that was given.
        kind: ``pdf``, ``zip`` or ``directory``.
        digest: SHA-256 of the file; of a folder, of its manifest.
        organisation: as the result names it; empty where it cannot be read.
        category: likewise.
        period: likewise.
        version: of the tool that made the report, as the report says.
    """

    name: str
    kind: str
    digest: str
    organisation: str = ""
    category: str = ""
    period: str = ""
    version: str = ""


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What the check of one report found.

    Attributes:
        about: which report.
        levels: one after the other.
        not_read: sentences in words that this version does not know.
        own_words: how many passages are the organisation's own, which no check can hold.
        known_version: whether the report says that it is of the version that checks it.
        not_recomputed: names of what does not follow from what is published.
    """

    about: About
    levels: tuple[Checked, ...]
    not_read: tuple[str, ...] = ()
    own_words: int = 0
    known_version: bool = True
    not_recomputed: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is wrong."""
        return tuple(found for level in self.levels for found in level.findings)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong on any level that was checked."""
        return not self.findings
