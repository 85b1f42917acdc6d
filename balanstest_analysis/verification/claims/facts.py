"""What `resultaat.json` says, in the terms in which sentences are checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

OUTCOMES = ("conversion", "objection", "complaint")
UNTESTED = ("no_outcome_data", "too_little_data")
OVERALL = "maximum_overall_rate"
ROUNDING = 0.05


@dataclass(frozen=True, kw_only=True)
class Row:
    """Consecutive months of one outcome, as printed; a hidden number is None."""

    first: int
    last: int
    contacts: int | None
    events: int | None
    rate: float | None
    lower: float | None
    upper: float
    contacts_hidden: str
    events_hidden: str
    kept: str | None
    stated_effect: float | None

    @property
    def effect(self) -> float:
        """Design effect; 1 where the report states none."""
        return self.stated_effect or 1.0


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One criterion with what was found."""

    name: str
    kind: str
    outcome: str | None
    status: str
    term: int | None
    threshold: float | None
    parameters: Mapping[str, Any]
    content: Mapping[str, Any]

    @property
    def is_argued(self) -> bool:
        """Whether the term rests on an argument in words."""
        return self.kind == "horizon" and self.term is not None

    @property
    def is_tested(self) -> bool:
        """Whether the term was shown by a test."""
        return self.kind != "horizon" and self.term is not None

    @property
    def estimated_last(self) -> int | None:
        """Last month that satisfies it by the estimate; a crossing is rounded to a tenth."""
        crossing = self.content["crossing"]
        if not self.is_tested or crossing is None or self.term is None:
            return None
        return max(int(crossing - ROUNDING), self.term - 1)

    @property
    def holds_throughout(self) -> bool:
        """Whether the estimate satisfies it in all months with enough data."""
        return self.is_tested and self.kind != OVERALL and self.content["crossing"] is None


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Rows added up; None where a part is hidden, a row crosses an end, or reports are mixed."""

    first: int
    last: int
    contacts: Mapping[str, int | None]
    events: Mapping[str, int | None]

    def rate(self, outcome: str) -> float | None:
        """Return events per contact, or None."""
        events, contacts = self.events.get(outcome), self.contacts.get(outcome)
        return None if events is None or not contacts else events / contacts

    @property
    def objections_per_100(self) -> float | None:
        """Objections beside every 100 conversions; None where the contacts differ."""
        conversions, objections = self.events.get("conversion"), self.events.get("objection")
        same = self.contacts.get("conversion") == self.contacts.get("objection") is not None
        if conversions is None or objections is None or not same or not conversions:
            return None
        return 100 * objections / conversions


class Facts:
    """The published result."""

    def __init__(self, content: Mapping[str, Any], of_dossier: Sequence[str] = ()) -> None:
        self.content, self.of_dossier = content, of_dossier
        self.proposal: Mapping[str, Any] = content["proposal"]
        self.settings: Mapping[str, Any] = content["settings"]
        self.regime: Mapping[str, Any] = content["regime"]
        self.criteria = tuple(_criterion(item) for item in content["criteria"])
        self._rows = {name: rows_of(content["outcomes"][name]["rates"]) for name in OUTCOMES}

    def rows(self, outcome: str) -> tuple[Row, ...]:
        """Return the rows of an outcome that are shown."""
        return self._rows[outcome] if self.outcome(outcome)["available"] else ()

    def outcome(self, name: str) -> Mapping[str, Any]:
        """Return what the result holds about an outcome."""
        found: Mapping[str, Any] = self.content["outcomes"][name]
        return found

    def total(self, outcome: str) -> Row | None:
        """Return all rows of an outcome together, or None."""
        found = self.outcome(outcome).get("total")
        return None if found is None else rows_of([found], of_total=True)[0]

    @property
    def shown(self) -> tuple[str, ...]:
        """The outcomes with rows."""
        return tuple(name for name in OUTCOMES if self.rows(name))

    @property
    def minimum(self) -> int:
        """Least publishable count."""
        return int(self.settings["disclosure_minimum"])

    @property
    def level(self) -> float:
        """Confidence level."""
        return float(self.settings["confidence_level"])

    @property
    def term(self) -> int | None:
        """The proposed term in months."""
        found = self.proposal["term_months"]
        return None if found is None else int(found)

    @property
    def uncapped(self) -> int | None:
        """The term that the criteria support without the cap."""
        found = self.proposal["uncapped_term_months"]
        return None if found is None else int(found)

    @property
    def asked(self) -> int | None:
        """The term that is asked for."""
        found = self.proposal["requested_term_months"]
        return None if found is None else int(found)

    @property
    def cap(self) -> int | None:
        """The cap of the rules in months."""
        found = self.regime["cap_months"]
        return None if found is None else int(found)

    @property
    def is_request(self) -> bool:
        """Whether a term beyond the cap is asked for."""
        return bool(self.proposal["route"] == "request")

    @property
    def evaluated(self) -> int | None:
        """The term at which a request is weighed: what is asked for, as far as the data go."""
        if not self.is_request or self.asked is None or self.uncapped is None:
            return self.term
        return min(self.asked, self.uncapped)

    def criterion(self, name: str | None) -> Criterion | None:
        """Return the criterion with a name, or None."""
        return next((item for item in self.criteria if item.name == name), None)

    @property
    def deciding(self) -> tuple[str, ...]:
        """Names of the criteria that decide: that which binds, or all whose data end there."""
        binding = self.proposal["binding"]
        if binding != "last_month_with_evidence":
            return tuple(item.name for item in self.criteria if item.name == binding)
        return tuple(
            item.name for item in self.criteria if item.is_tested and item.term == self.uncapped
        )

    @property
    def starts(self) -> int:
        """First month of any row."""
        return min((rows[0].first for rows in self._rows.values() if rows), default=0)

    @property
    def ends(self) -> int:
        """Last month of any row."""
        return max((row.last for rows in self._rows.values() for row in rows), default=0)

    @property
    def common_ends(self) -> list[int]:
        """Months with which a row ends for conversions and objections alike."""
        shown = [name for name in self.shown if name != "complaint"]
        ends = [{row.last for row in self.rows(name)} for name in shown]
        return sorted(set.intersection(*ends)) if ends else []

    def stretch(self, first: int, last: int) -> Stretch:
        """Return the sums of the rows between two months, both ends included."""
        touching = {
            name: [row for row in self.rows(name) if row.last >= first and row.first <= last]
            for name in OUTCOMES
        }
        given = {name: rows for name, rows in touching.items() if rows}
        return Stretch(
            first=first,
            last=last,
            contacts={n: _sum(rows, "contacts", first, last) for n, rows in given.items()},
            events={n: _sum(rows, "events", first, last) for n, rows in given.items()},
        )

    @property
    def years(self) -> list[Stretch]:
        """The rows added up to stretches of about a year."""
        ends = self.common_ends
        if not ends:
            return []
        wanted = range(11, ends[-1], 12)
        cuts = {min(ends, key=lambda end: (abs(end - year), end)) for year in wanted}
        last = sorted(cuts | {ends[-1]})
        firsts = [self.starts, *(cut + 1 for cut in last)]
        return [self.stretch(a, b) for a, b in zip(firsts, last, strict=False)]

    @cached_property
    def own_words(self) -> list[str]:
        """Everything in the result that the organisation wrote itself, the longest first."""
        found: list[Any] = [self.content["organisation"], self.content["category"]]
        found += self.of_dossier
        found += [text for item in self.criteria for text in (item.name, item.content["reason"])]
        found += [item["reason"] for item in self.proposal["set_aside"]]
        found += [self.regime["override_reason"], self.content["relations"]["membership_reason"]]
        found += [change["reason"] for change in self.content["criteria_changes"]]
        if self.content["not_before"] is not None:
            found.append(self.content["not_before"]["reason"])
        found += [self.content["decision"]["reason"], self.content["decision"]["decided_by"]]
        found += [one[key] for one in self.content["measures"] for key in ("measure", "owner")]
        texts = {" ".join(str(text).split()) for text in found if text}
        return sorted(texts, key=len, reverse=True)


def rows_of(found: Iterable[Mapping[str, Any]], *, of_total: bool = False) -> tuple[Row, ...]:
    """Return the rows of a list in the result.

    Args:
        found: the list.
        of_total: whether these are sums, of which a count without a reason is only hidden.
    """
    return tuple(_row(row, of_total=of_total) for row in found)


def _row(row: Mapping[str, Any], *, of_total: bool) -> Row:
    hidden = row.get("hidden") or {}
    return Row(
        first=row["month_from"],
        last=row["month_to"],
        contacts=row["n"],
        events=row["k"],
        rate=row["rate"],
        lower=row["rate_lower"],
        upper=row["rate_upper"],
        contacts_hidden=hidden.get("n", "unknown" if of_total else "few"),
        events_hidden=hidden.get("k", "unknown" if of_total else "few"),
        kept=row.get("kept_from"),
        stated_effect=row.get("design_effect"),
    )


def _criterion(item: Mapping[str, Any]) -> Criterion:
    return Criterion(
        name=item["name"],
        kind=item["kind"],
        outcome=item["outcome"],
        status=item["status"],
        term=item["term_months"],
        threshold=item["threshold"],
        parameters=item["parameters"],
        content=item,
    )


def are_mixed(rows: Sequence[Row]) -> bool:
    """Return whether rows come from several reports."""
    return len({row.kept for row in rows}) > 1


def _sum(rows: Sequence[Row], name: str, first: int, last: int) -> int | None:
    if are_mixed(rows) or any(row.first < first or row.last > last for row in rows):
        return None
    counts = [row.events if name == "events" else row.contacts for row in rows]
    return None if any(count is None for count in counts) else sum(c for c in counts if c)
