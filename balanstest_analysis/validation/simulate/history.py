"""A whole simulated history: calls, events, objections and complaints, and what is true of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Table
from balanstest_analysis.document.blocks.html import html_of
from balanstest_analysis.errors import UsageError
from balanstest_analysis.published.names import OUTCOMES
from balanstest_analysis.validation.simulate.calling import (
    TERM_MONTHS,
    World,
    campaign_rates,
    reach_of_record,
    run_campaign,
)
from balanstest_analysis.validation.simulate.calling_days import (
    LAST_DAY,
    Campaign,
    Days,
    Ints,
    calling_days,
    campaigns,
)
from balanstest_analysis.validation.simulate.customers import draw_customers, seen_events
from balanstest_analysis.validation.simulate.defects import (
    DUPLICATES,
    LATE_HOURS,
    defective_calls,
    free_orders,
    scaled,
    with_callbacks,
)
from balanstest_analysis.validation.simulate.scenarios import Scenario, scenario_named
from balanstest_analysis.validation.simulate.shapes import Floats
from balanstest_analysis.validation.simulate.truth import Truth

FEWEST_CONTACTS: Final = 500
MOST_CONTACTS: Final = 5_000_000
_DATES: Final = {
    "events": "occurred_on",
    "objections": "objected_on",
    "complaints": "complained_on",
}
# Calling per quarter of the year, relative: most in autumn, least in summer.
_SEASON: Final = {"K1": 1.0, "K2": 0.95, "K3": 0.85, "K4": 1.2}
_CALLS_COLUMNS: Final = ["called_at", "net_contact", "converted", "campaign", "basis"]


@dataclass(frozen=True, kw_only=True)
class SimulatedHistory:
    """A fictitious calling history with a known term.

    Attributes:
        calls: columns ``customer_id``, ``called_at``, ``net_contact``, ``converted``,
            ``campaign``, ``basis``.
        events: columns ``customer_id``, ``kind``, ``occurred_on``, ``ends_on``, ``amount`` (euro).
        objections: columns ``customer_id``, ``objected_on``.
        complaints: columns ``customer_id``, ``complained_on``, ``channel``.
        truth: the true rates, for net contacts on the ground of the relation.
        scenario: which world.
        seed: of the random numbers.
    """

    calls: pd.DataFrame
    events: pd.DataFrame
    objections: pd.DataFrame
    complaints: pd.DataFrame
    truth: Truth
    scenario: Scenario
    seed: int

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the four tables by name."""
        names = ("calls", "events", "objections", "complaints")
        return {name: getattr(self, name) for name in names}

    def true_terms(self) -> dict[str, int]:
        """Return the true term in months of every criterion of the scenario, by name."""
        criteria = self.scenario.criteria
        return {item.name: self.truth.true_term_months(item) for item in criteria}

    def to_frame(self) -> pd.DataFrame:
        """Return the size of each table, one row per table."""
        rows = {name: [len(table)] for name, table in self.tables().items()}
        return pd.DataFrame.from_dict(rows, orient="index", columns=["rows"])

    def _repr_html_(self) -> str:
        sizes = {_NAMES[name]: len(table) for name, table in self.tables().items()}
        terms = {
            f"Ware termijn, {name}": wording.months(m) for name, m in self.true_terms().items()
        }
        shown = {**{name: wording.count(size) for name, size in sizes.items()}, **terms}
        table = Table(
            columns=("Gegeven", "Waarde"),
            rows=tuple(shown.items()),
            caption=f"Verzonnen belhistorie ({self.scenario.name}, startwaarde {self.seed})",
        )
        return html_of((table,))


_NAMES = {
    "calls": "Belpogingen",
    "events": "Aankopen en giften",
    "objections": "Meldingen van verzet",
    "complaints": "Klachten",
}


def simulate_history(
    scenario: str = "sample", *, contacts: int | None = None, seed: int = 2026
) -> SimulatedHistory:
    """Return a fictitious history of which the true term is known.

    Every net contact of a former donor leads to a conversion, an objection or a complaint with a
    probability that depends on the completed months since the reference date and, slightly, on
    the campaign; buyers and objectors leave the file.

    Args:
        scenario: name of the world; `scenario_names` lists them.
        contacts: net contacts that the calling yields, about; the scenario's own by default.
        seed: the same seed gives the same history, to the byte.

    Raises:
        UsageError: there is no such scenario, or the number or seed is not acceptable.

    Examples:
        >>> history = simulate_history("sample", contacts=1000, seed=1)
        >>> history.true_terms()["Verzet"], history.calls["customer_id"].iloc[0][:8]
        (23, 'FICTIEF-')
    """
    world = scenario_named(scenario)
    size = world.contacts if contacts is None else contacts
    _check(size, seed)
    rng = np.random.default_rng(seed)
    tables = _with_defects(rng, _called(rng, world, size), calling_days())
    public = _public_tables(rng, tables)
    return SimulatedHistory(**public, truth=world.truth(), scenario=world, seed=seed)


def _check(contacts: int, seed: int) -> None:
    if not FEWEST_CONTACTS <= contacts <= MOST_CONTACTS:
        raise UsageError(
            f"The number of contacts is {contacts}; choose from {FEWEST_CONTACTS} to "
            f"{MOST_CONTACTS}."
        )
    if seed < 0:
        raise UsageError(f"The seed is {seed}; choose 0 or a positive whole number.")


def _called(rng: np.random.Generator, scenario: Scenario, contacts: int) -> dict[str, pd.DataFrame]:
    weights = scenario.selection_weights()
    customers, first_events = draw_customers(rng, contacts / weights[:TERM_MONTHS].mean())
    plan, days = campaigns(), calling_days()
    shares = _shares(plan)
    effects = _effects(rng, scenario, shares)
    rates: dict[str, Floats] = {outcome: scenario.truth().rate(outcome) for outcome in OUTCOMES}
    parts = [{"events": first_events}]
    for index, campaign in enumerate(plan):
        shifted = campaign_rates(rates, {name: effects[name][index] for name in OUTCOMES})
        records = round(contacts * shares[index] / reach_of_record())
        world = World(days=days, rates=shifted, weights=weights, records=records)
        parts.append(run_campaign(rng, customers, campaign, world))
    return _joined(parts)


def _shares(plan: tuple[Campaign, ...]) -> Floats:
    sizes = np.array([_SEASON[campaign.name[-2:]] for campaign in plan])
    return np.asarray(sizes / sizes.sum())


def _effects(rng: np.random.Generator, scenario: Scenario, shares: Floats) -> dict[str, Floats]:
    """Draw campaign effects on the logit scale whose mean, weighted by contacts, is zero."""
    drawn = {name: rng.normal(0, scenario.campaign_sd, shares.size) for name in OUTCOMES}
    return {name: values - np.dot(shares, values) for name, values in drawn.items()}


def _joined(parts: list[dict[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    names = ("calls", "events", "objections", "complaints")
    frames = {name: [part[name] for part in parts if name in part] for name in names}
    tables = {name: pd.concat(parts, ignore_index=True) for name, parts in frames.items()}
    for name in ("objections", "complaints"):
        tables[name] = tables[name][tables[name][_DATES[name]] <= LAST_DAY]
    return {**tables, "events": seen_events(tables["events"])}


def _with_defects(
    rng: np.random.Generator, tables: dict[str, pd.DataFrame], days: Days
) -> dict[str, pd.DataFrame]:
    calls = with_callbacks(rng, tables["calls"])
    extra = defective_calls(rng, tables, days)
    orders = free_orders(rng, tables["events"], len(calls))
    return {
        **tables,
        "calls": pd.concat([calls, extra], ignore_index=True),
        "events": pd.concat([tables["events"], orders], ignore_index=True),
    }


def _public_tables(
    rng: np.random.Generator, tables: dict[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    highest = max(int(table["customer"].max()) for table in tables.values() if len(table))
    numbers = rng.permutation(highest + 1) + 1
    calls = _timed(rng, tables["calls"])
    again = calls.sample(min(scaled(DUPLICATES, len(calls)), len(calls)), random_state=rng)
    calls = pd.concat([calls, again], ignore_index=True)
    public = {"calls": _keyed(calls, numbers, "called_at")[["customer_id", *_CALLS_COLUMNS]]}
    for name, column in _DATES.items():
        public[name] = _keyed(tables[name], numbers, column)
    return public


def _timed(rng: np.random.Generator, calls: pd.DataFrame) -> pd.DataFrame:
    """Draw the minute of each call: until 21:00, on Saturdays until 16:00, a few much later."""
    day = calls["day"].to_numpy().astype("M8[D]")
    saturday = (day.astype(np.int64) + 3) % 7 == 5
    opens, minutes = np.where(saturday, 600, 570), np.where(saturday, 360, 690)
    minute = opens + np.floor(rng.random(day.size) * minutes).astype(np.int64)
    late = rng.choice(np.flatnonzero(~saturday), scaled(LATE_HOURS, day.size), replace=False)
    minute[late] = 22 * 60 + rng.integers(2, 40, late.size)
    return calls.assign(called_at=day.astype("M8[s]") + minute.astype("m8[m]"))


def _keyed(table: pd.DataFrame, numbers: Ints, date: str) -> pd.DataFrame:
    """Replace customers by keys in which their order cannot be seen, and sort."""
    digits = pd.Series(numbers[table["customer"].to_numpy()], index=table.index).astype(str)
    keyed = table.drop(columns="customer")
    keyed.insert(0, "customer_id", "FICTIEF-" + digits.str.zfill(7))
    order = ["customer_id", date] if date != "called_at" else [date, "customer_id"]
    return keyed.sort_values(order, kind="stable", ignore_index=True)
