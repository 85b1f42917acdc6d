"""The rules of law and code as this tool knows them, from dossier/rules/*.toml."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from balanstest_analysis.dossier.calling_hours import Window
from balanstest_analysis.dossier.grounds import EVENT_KINDS, SECTORS
from balanstest_analysis.dossier.regimes import Regime, all_regimes
from balanstest_analysis.history.compliance.rules import all_rules
from balanstest_analysis.published.names import EventKind, Sector
from tools.reference.markdown import code, page, table

INTRODUCTION = """Rules are data in `balanstest_analysis/dossier/rules/`, with their sources.
The date of a call decides which rules it is checked against; the report date decides which cap
holds for the term that is proposed. *Verified* says that a published source that could be read
confirms it; what is not verified is printed as such in every report that rests on it. Sources and
remarks are quoted in Dutch, as the report prints them."""
CAP = """The cap is self-regulation (Code Telemarketing, 2020) and stands in no law. Whether a later
version of the Code changes it has not been looked up."""
GROUNDS = """Which kinds of event give a sector a ground to call former customers without consent,
by which paragraph (quoted in Dutch, as the report prints it). A call is checked against the table
of its day; the evidence for a term counts relations that give a ground on the report date. The law
asks in what context the *number* was obtained; the kind of an event only starts the clock. An
organisation in several sectors may rely on what either may."""
HOURS = """A day without hours is forbidden. Early days are those on which, on a weekday, calling
ends earlier. Hours that are not verified can be replaced in the dossier, under `[rules]`; days of
national mourning are given there too."""
CHECKS = "What every call is checked against. Hours and caps come from the two tables above."


def rules_page() -> str:
    """Return the page with regimes, calling hours and checks."""
    regimes = all_regimes()
    return page(
        "Rules by date",
        INTRODUCTION,
        "## Caps",
        table(
            ["regime", "from", "verified", "cap in months", "cap verified"],
            [_cap(regime) for regime in regimes],
        ),
        CAP,
        "## Who may rely on what",
        GROUNDS,
        *_grounds(regimes),
        "## Sources and remarks",
        *(f"{code(r.id)}, *{r.name}*. Source: {r.source}. {r.remark}" for r in regimes),
        "## Calling hours",
        HOURS,
        table(
            ["regime", "weekdays", "Saturday", "Sunday", "early days", "forbidden", "verified"],
            [_hours(regime) for regime in regimes],
        ),
        *(f"{code(r.id)}: {r.hours.source}." for r in regimes),
        "## Checks",
        CHECKS,
        _checks(),
    )


def _cap(regime: Regime) -> list[str]:
    cap = "none" if regime.cap_months is None else str(regime.cap_months)
    if regime.cap_starts_on != regime.starts_on:
        cap += f" (from {regime.cap_starts_on})"
    known = "-" if regime.cap_months is None else _yes(regime.cap_verified)
    return [code(regime.id), str(regime.starts_on), _yes(regime.verified), cap, known]


def _grounds(regimes: Sequence[Regime]) -> Iterator[str]:
    """Yield a table of kinds and sectors per regime; one that changes nothing is named."""
    told: dict[str, str] = {}
    for regime in regimes:
        rows = [[code(kind), *(_ground(regime, s, kind) for s in SECTORS)] for kind in EVENT_KINDS]
        cells = table(["kind of event", *(code(sector) for sector in SECTORS)], rows)
        same = told.setdefault(cells, regime.id)
        yield f"### {regime.name}"
        yield cells if same == regime.id else f"As under {code(same)}."


def _ground(regime: Regime, sector: Sector, kind: EventKind) -> str:
    cell = regime.grounds[sector][kind]
    return f"{'**ground**' if cell.ground else 'none'}: {cell.paragraph}"


def _hours(regime: Regime) -> list[str]:
    hours = regime.hours
    early = ", ".join(_day(day) for day in sorted(hours.early_days))
    days = [_day(day) for day in sorted(hours.forbidden_days)]
    holidays = ["Dutch holidays"] if hours.holidays else []
    windows = [_window(window) for window in (hours.weekday, hours.saturday, hours.sunday)]
    until = f"{early} until {hours.early_until:%H:%M}"
    forbidden = ", ".join([*holidays, *days]) or "-"
    return [code(regime.id), *windows, until, forbidden, _yes(hours.verified)]


def _checks() -> str:
    rows = []
    for name, rule in all_rules().items():
        taken = f"{rule['from']} of the regime" if "from" in rule else rule["source"]
        rows.append([code(name), rule["unit"], taken])
    return table(["check", "counts", "source"], rows)


def _day(day: tuple[int, int]) -> str:
    return f"{dt.date(2000, *day):%d %B}".lstrip("0")


def _window(window: Window | None) -> str:
    return "forbidden" if window is None else f"{window.opens:%H:%M}-{window.closes:%H:%M}"


def _yes(verified: bool) -> str:
    return "yes" if verified else "**no**"
