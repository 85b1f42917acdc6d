"""Months before the data, in which a term counts and no criterion was tested."""

from __future__ import annotations

from collections.abc import Iterator

from balanstest_analysis.verification.claims.claim import Said, claim, demand
from balanstest_analysis.verification.claims.criteria import criterion_at
from balanstest_analysis.verification.claims.facts import Criterion, Facts
from balanstest_analysis.verification.claims.page import Page, Passage

ONE = "Maand {one:count}"
SEVERAL = "De maanden {first:count} {between=tot en met|en} {last:count}"
WORDS = "niet getoetst: daarover zijn er vrijwel geen gegevens."


@claim(
    "observed",
    "De gegevens beginnen in maand {month:count}: hooguit 1% van de contacten viel eerder.",
    "De criteria zijn pas vanaf maand {month:count} getoetst, omdat er over eerdere maanden "
    "vrijwel geen gegevens zijn.",
    "De criteria zijn pas vanaf maand {month:count} getoetst, omdat er over maand {one:count} "
    "vrijwel geen gegevens zijn.",
)
def data_begin(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check the first month with data."""
    yield from said.is_whole("month", _latest(facts))
    if "one" in said:
        yield from _are_these(said, _called_from(facts), _latest(facts))


@claim(
    "observed",
    f"{ONE} is daarom niet {{which=aan elk criterium |}}getoetst.",
    f"{SEVERAL} zijn daarom niet {{which=aan elk criterium |}}getoetst.",
)
def untested(said: Said, facts: Facts, _at: Passage) -> Iterator[str]:
    """Check which months no criterion, or not each, was tested in."""
    yield from _are_these(said, _called_from(facts), _latest(facts))
    several = len(set(_firsts(facts))) > 1
    yield from demand(several == bool(said["which"]), f"they begin in months {_firsts(facts)}")


@claim("observed", f"{ONE} is {WORDS}", f"{SEVERAL} zijn {WORDS}")
def untested_by(said: Said, facts: Facts, at: Passage) -> Iterator[str]:
    """Check which months one criterion was not tested in."""
    item = criterion_at(facts, at)
    yield from demand(item.is_tested, f"the criterion is {item.status}")
    yield from _are_these(said, _called_from(facts), _first(item) or 0)


def _are_these(said: Said, called_from: int, begins: int) -> Iterator[str]:
    """Yield what does not hold of the months from the first that is called to the data."""
    first, last = ("one", "one") if "one" in said else ("first", "last")
    yield from said.is_whole(first, called_from)
    yield from said.is_whole(last, begins - 1)
    if "between" in said:
        two = begins - called_from == len(("first", "last"))
        yield from demand(two == (said["between"] == "en"), f"called from {called_from}")


def _called_from(facts: Facts) -> int:
    stated = facts.content["not_before"]
    return 0 if stated is None else int(stated["month"])


def _first(item: Criterion) -> int | None:
    month: int | None = item.content["first_month_with_evidence"]
    return month


def _firsts(facts: Facts) -> list[int]:
    return [month for item in facts.criteria if (month := _first(item)) is not None]


def _latest(facts: Facts) -> int:
    return max(_firsts(facts), default=0)


def page_faults(page: Page, facts: Facts) -> Iterator[str]:
    """Yield which criteria have months that were not tested, and do not say so on their card.

    Args:
        page: of the report.
        facts: of its result.
    """
    name = ""
    for one in page.passages:
        name = one.text if one.kind == "card" else name
        item = facts.criterion(name)
        if item is None or one.kind != "definition" or one.term != "Resultaat":
            continue
        due = item.is_tested and (_first(item) or 0) > _called_from(facts)
        if due != (WORDS in one.text):
            yield f"that months are not tested is {'not ' if due else ''}told of {item.name!r}"
