"""What one kind of sentence claims, how it is recognised, and how it is checked.

A kind of sentence is a template. Its fields have a name and a type; everything else stands there as
it is printed:

    "Over {n:count} contacten ging het om {k:count} {noun=conversie|conversies}."

``{name:type}`` is a field of a type in `FIELDS`, ``{name=a|b}`` is one of some words, ``{=a|b}``
the same without a name, and ``[...]`` may be absent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from balanstest_analysis.verification.claims.dutch_numbers import (
    Printed,
    day,
    month_range,
    printed,
    quarter,
    whole,
)
from balanstest_analysis.verification.claims.facts import Facts
from balanstest_analysis.verification.claims.page import Passage
from balanstest_analysis.verification.claims.phrase import Phrase, both, value

Kind: TypeAlias = Literal["observed", "fitted", "tested", "argued", "rule", "words"]
Check: TypeAlias = Callable[["Said", Facts, Passage], Iterator[str]]

_NUMBER = r"−?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"
FIELDS = {
    "count": r"(?:\d{1,3}(?:\.\d{3})+|\d+)",
    "number": _NUMBER,
    "percentage": rf"{_NUMBER}%",
    "months": r"maand \d+(?: tot en met \d+)?",
    "capitalised": r"Maand \d+(?: tot en met \d+)?",
    "stretch": r"\d+(?: t/m \d+)?",
    "date": r"\d{1,2} [a-z]+ \d{4}",
    "quarter": r"[a-z]+ kwartaal van \d{4}",
    "quoted": r"‘.*?’",
    "quotation": r"“.*?”",
    "text": r".+?",
    "word": r"\w+",
}


@dataclass(frozen=True)
class Said:
    """The fields of a sentence, with what is to be held against the result.

    Attributes:
        fields: by name; a part that may be absent, and is, has None.
    """

    fields: dict[str, str]

    def __contains__(self, name: str) -> bool:
        return self.fields.get(name) is not None

    def __getitem__(self, name: str) -> str:
        return self.fields[name]

    def number(self, name: str) -> Printed:
        """Return a field that is a number."""
        return printed(self.fields[name])

    def whole(self, name: str) -> int:
        """Return a field that is a whole number."""
        return whole(self.fields[name])

    def months(self, name: str) -> tuple[int, int]:
        """Return a field that is a stretch of months."""
        return month_range(self.fields[name])

    def is_text(self, name: str, expected: str | None) -> Iterator[str]:
        """Yield a fault where a field is not some text."""
        if self.fields[name] != expected:
            yield self._other(name, Phrase(repr(expected), f"“{expected}”"))

    def is_whole(self, name: str, expected: int | None) -> Iterator[str]:
        """Yield a fault where a field is not a whole number."""
        if self.whole(name) != expected:
            yield self._other(name, value(expected))

    def shows(self, name: str, exact: float | None) -> Iterator[str]:
        """Yield a fault where a field is not an exact number, rounded as printed."""
        if not self.number(name).shows(exact):
            yield self._other(name, value(exact))

    def shows_rate(self, name: str, exact: float | None) -> Iterator[str]:
        """Yield a fault where a percentage is not an exact rate."""
        yield from self.shows(name, None if exact is None else 100 * exact)

    def is_stretch(self, name: str, first: int | None, last: int | None) -> Iterator[str]:
        """Yield a fault where a field is not a stretch of months."""
        if self.months(name) != (first, last):
            yield self._other(name, stretch_of(first, last))

    def is_day(self, name: str, expected: str | None) -> Iterator[str]:
        """Yield a fault where a field is not a day, given in ISO notation."""
        if day(self.fields[name]).isoformat() != expected:
            yield self._other(name, value(expected))

    def is_quarter(self, name: str, expected: str | None) -> Iterator[str]:
        """Yield a fault where a field is not a quarter."""
        if quarter(self.fields[name]) != expected:
            yield self._other(name, value(expected))

    def _other(self, name: str, due: Phrase) -> Phrase:
        said = self.fields[name]
        return Phrase(
            f"{name} is {said}, the result has {due}",
            f"waar “{said}” staat, geven de uitkomsten {due.nl}",
        )


def stretch_of(first: int | None, last: int | None) -> Phrase:
    """Return the words for a stretch of months in a fault."""
    return both("{} to {}", "{} tot en met {}", first, last)


def holds(_said: Said, _facts: Facts, _at: Passage) -> Iterator[str]:
    """Yield nothing: the words say nothing that the result could deny."""
    yield from ()


def demand(condition: bool, otherwise: str) -> Iterator[str]:
    """Yield a fault where a condition does not hold.

    Args:
        condition: that a sentence claims.
        otherwise: what is so instead; in English alone it is for who looks into the reader.
    """
    if not condition:
        yield otherwise


def elsewhere(at: Passage) -> Phrase:
    """Return the fault that a sentence stands where none of its kind belongs."""
    return both("this stands in {!r}", "hij staat in “{}”, en hoort daar niet", at.section)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One kind of sentence.

    Attributes:
        kind: observed (counted rows), fitted (estimate or curve), tested (at the confidence level),
            argued (a horizon, or a reason in words), rule (law, cap, settings) or words.
        template: as the module says.
        check: yields what does not hold.
        where: kinds of passages in which it may stand; anywhere by default.
    """

    kind: Kind
    template: str
    check: Check = holds
    where: frozenset[str] = frozenset()

    def read(self, sentence: str) -> Said | None:
        """Return the fields of a sentence, or None where it is of another kind."""
        found = compiled(self.template).fullmatch(sentence)
        return None if found is None else Said(found.groupdict())

    def faults(self, said: Said, facts: Facts, at: Passage) -> list[str]:
        """Return what does not hold; a number that cannot be read is a fault."""
        try:
            return list(self.check(said, facts, at))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            return [f"{type(error).__name__}: {error}"]


_PARTS = re.compile(r"\{(?P<name>\w*)(?P<sign>[:=])(?P<of>[^{}]*)\}|(?P<open>\[)|(?P<close>\])")


@cache
def compiled(template: str) -> re.Pattern[str]:
    """Return the pattern of a template.

    Examples:
        >>> compiled("Er {verb=is|zijn} {n:count} contact[en].").fullmatch("Er zijn 12 contacten.")[
        ...     "n"
        ... ]
        '12'
    """
    pattern, end = "", 0
    for part in _PARTS.finditer(template):
        pattern += re.escape(template[end : part.start()]) + _group(part)
        end = part.end()
    return re.compile(pattern + re.escape(template[end:]))


def _group(part: re.Match[str]) -> str:
    if part["open"]:
        return "(?:"
    if part["close"]:
        return ")?"
    if part["sign"] == ":":
        inside = FIELDS[part["of"]]
    else:
        inside = "|".join(re.escape(word) for word in part["of"].split("|"))
    return f"(?P<{part['name']}>{inside})" if part["name"] else f"(?:{inside})"


CLAIMS: list[Claim] = []


def claim(kind: Kind, *templates: str, where: str = "") -> Callable[[Check], Check]:
    """Return a decorator that registers a check as that of one kind of sentence.

    Args:
        kind: what the sentence claims.
        templates: wordings of it.
        where: kinds of passages in which it may stand, with spaces between; anywhere by default.
    """

    def registered(check: Check) -> Check:
        for template in templates:
            places = frozenset(where.split())
            CLAIMS.append(Claim(kind=kind, template=template, check=check, where=places))
        return check

    return registered
