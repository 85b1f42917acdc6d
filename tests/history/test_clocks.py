"""Two clocks: the evidence takes what counts on the report date, a check what counted that day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from balanstest_analysis.analysis.relation_facts import relations_of
from balanstest_analysis.document.blocks.plain import plain_of
from balanstest_analysis.dossier import regimes
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.history.compliance.review import ReviewedHistory, review_history
from balanstest_analysis.presentation.chapters.scope import organisation
from tests.example_results import dossier, proposed, published
from tests.histories import tables, write_csv, write_dossier
from tools.reference.rules_page import rules_page

SECRET = b"a secret of at least thirty-two characters"
Row = tuple[Any, ...]


def reviewed(
    folder: Path,
    calls: list[Row],
    events: list[Row],
    *,
    sector: str = '"charity"',
    scope: str = "report_date = 2026-10-15",
    more: str = "",
) -> ReviewedHistory:
    """Return the review of a history; calls are customer and day, events have their kind."""
    rows = [(who, f"{day} 14:00:00", "true", "false") for who, day, *_ in calls]
    header = ["customer_id", "called_at", "net_contact", "converted"]
    if any(len(call) > 2 for call in calls):
        header.append("natural_person")
        rows = [(*row, call[2]) for row, call in zip(rows, calls, strict=True)]
    write_csv(folder / "calls.csv", header, rows)
    names = ["customer_id", "kind", "occurred_on", "ends_on"]
    given = [(*event, *[""] * (4 - len(event))) for event in events]
    if all(kind == "none" for _, kind, *_ in events):
        names, given = [names[0], names[2]], [(row[0], row[2]) for row in given]
    write_csv(folder / "events.csv", names, given)
    path = write_dossier(folder, tables("calls", "events"), scope=scope).path
    stated = 'sector = ["charity", "publisher"]'
    text = path.read_text("utf-8").replace(stated, f"sector = {sector}")
    path.write_text(f"{text}\n{more}", "utf-8")
    return review_history(load_dossier(path), SECRET)


def counted(review: ReviewedHistory) -> dict[str, int]:
    """Return the lines of the account that are not empty."""
    return {line.code: line.count for line in review.exposure.bridge[1:] if line.count}


def broken(review: ReviewedHistory, code: str) -> tuple[int | None, int | None]:
    """Return how many calls broke a rule, and how many it concerns."""
    assert review.compliance is not None
    check = next(check for check in review.compliance.rules if check.code == code)
    return check.count, check.checked


def months(review: ReviewedHistory) -> list[int]:
    """Return the months of the contacts that count."""
    frame = review.exposure.month_table.frame
    return sorted(frame.loc[frame["net_contacts"] > 0, "month"].tolist())


def test_a_purchase_from_a_charity_leaves_the_evidence_and_breaks_no_rule_of_its_day(
    tmp_path: Path,
) -> None:
    calls = [("F-1", "2026-06-30"), ("F-2", "2026-06-30")]
    events = [("F-1", "purchase", "2026-01-10"), ("F-2", "donation", "2026-01-10", "2026-01-10")]
    review = reviewed(tmp_path, calls, events)
    assert counted(review) == {"kind_without_ground": 1, "in_exposure": 1}
    assert broken(review, "without_ground") == (None, None)
    assert broken(review, "no_earlier_event") == (0, 2)


def test_the_same_call_a_day_later_is_a_call_without_a_ground(tmp_path: Path) -> None:
    events = [("F-1", "purchase", "2026-01-10"), ("F-2", "donation", "2026-01-10", "2026-01-10")]
    review = reviewed(tmp_path, [("F-1", "2026-07-01"), ("F-2", "2026-07-01")], events)
    assert broken(review, "without_ground") == (1, 2)
    assert broken(review, "no_earlier_event") == (0, 2)


def test_an_event_of_another_kind_neither_starts_nor_stops_a_clock(tmp_path: Path) -> None:
    calls = [("F-1", "2026-08-20")]
    events = [("F-1", "donation", "2025-08-10", "2025-08-10"), ("F-1", "purchase", "2026-06-10")]
    review = reviewed(tmp_path, calls, events)
    assert months(review) == [12]
    other = [r for r in review.exposure.recounts if r.choice == "kind_without_ground"]
    assert [(r.value, r.table.frame.loc[r.table.frame["calls"] > 0, "month"].tolist())
            for r in other] == [("purchase", [2])]  # fmt: skip


def test_only_an_accepted_contract_makes_a_running_customer(tmp_path: Path) -> None:
    calls = [("F-1", "2026-08-20"), ("F-2", "2026-08-20")]
    events = [
        ("F-1", "donation", "2026-01-10", "2026-01-10"),
        ("F-1", "contract", "2026-02-10", ""),
        ("F-2", "donation", "2026-02-10", ""),
    ]
    review = reviewed(tmp_path, calls, events)
    assert counted(review) == {"running_customer": 1, "in_exposure": 1}
    assert months(review) == [7]


def test_terms_are_checked_by_the_clock_of_the_day_of_the_call(tmp_path: Path) -> None:
    calls = [("F-1", "2026-06-20")]
    events = [("F-1", "donation", "2022-01-10", "2022-01-10"), ("F-1", "purchase", "2026-01-10")]
    review = reviewed(tmp_path, calls, events)
    assert counted(review) == {"beyond_cap": 1}
    assert broken(review, "beyond_cap") == (0, 1)
    assert "beyond_cap" not in {finding.code for finding in review.exposure.findings}


def test_a_volunteer_was_no_relation_before_july_2021_and_is_no_breach_then(tmp_path: Path) -> None:
    calls = [("F-1", "2021-06-21"), ("F-1", "2021-07-01")]
    review = reviewed(tmp_path, calls, [("F-1", "volunteer", "2021-01-10")])
    assert counted(review) == {"in_exposure": 2}
    assert broken(review, "without_ground") == (None, None)
    assert broken(review, "no_earlier_event") == (0, 2)


def test_a_membership_taken_for_a_gift_counts(tmp_path: Path) -> None:
    more = '[grounds]\nmembership = "gift"\nreason = "De contributie is een gift."'
    events = [("F-1", "contract", "2025-01-10", "2026-01-10")]
    calls = [("F-1", "2026-08-20")]
    assert counted(reviewed(tmp_path, calls, events)) == {"kind_without_ground": 1}
    review = reviewed(tmp_path, calls, events, more=more)
    assert counted(review) == {"in_exposure": 1}
    assert broken(review, "without_ground") == (None, None)


@pytest.mark.parametrize(("sector", "kind"), [("charity", "donation"), ("publisher", "purchase")])
def test_without_a_kind_the_own_kind_of_the_sector_is_assumed_and_told(
    tmp_path: Path, sector: str, kind: str
) -> None:
    events = [("F-1", "none", "2026-01-10")]
    review = reviewed(tmp_path, [("F-1", "2026-08-20")], events, sector=f'"{sector}"')
    assert counted(review) == {"in_exposure": 1}
    assert ("kind_assumed", 1) in [(f.code, f.count) for f in review.exposure.findings]


def test_an_organisation_in_two_sectors_counts_the_relations_of_both(tmp_path: Path) -> None:
    calls = [("F-1", "2026-08-20"), ("F-2", "2026-08-20")]
    events = [("F-1", "donation", "2026-01-10", "2026-01-10"), ("F-2", "purchase", "2026-01-10")]
    review = reviewed(tmp_path, calls, events, sector='["charity", "publisher"]')
    assert counted(review) == {"in_exposure": 2}


def test_an_override_changes_the_evidence_and_never_what_a_call_is_checked_against(
    tmp_path: Path,
) -> None:
    scope = 'report_date = 2026-10-15\nregime = "ctm-2024"\nregime_reason = "uitleg"'
    calls, events = [("F-1", "2026-08-20")], [("F-1", "purchase", "2026-01-10")]
    review = reviewed(tmp_path, calls, events, scope=scope)
    assert counted(review) == {"in_exposure": 1}
    assert broken(review, "without_ground") == (1, 1)


def test_calls_to_legal_persons_are_left_out_under_their_own_code(tmp_path: Path) -> None:
    calls = [("F-1", "2026-08-20", "false"), ("F-2", "2026-08-20", "true")]
    events = [("F-2", "donation", "2026-01-10", "2026-01-10")]
    review = reviewed(tmp_path, calls, events)
    assert counted(review) == {"legal_person": 1, "in_exposure": 1}
    assert broken(review, "no_earlier_event") == (0, 1)


def test_where_all_kinds_count_there_is_one_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "balanstest_analysis.history.exposure.clocks._timelines", lambda *_: pytest.fail("second")
    )
    events = [("F-1", "donation", "2026-01-10", "2026-01-10")]
    assert counted(reviewed(tmp_path, [("F-1", "2026-08-20")], events)) == {"in_exposure": 1}


@pytest.fixture
def changed_cell(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a lawyer change one cell: a purchase gives a charity a ground from July 2026."""
    cell = 'charity.purchase = { ground = false, paragraph = "artikel 11.7, vierde lid, geldt'
    stated = regimes._rules_text()
    assert stated.count(cell) == 1
    text = stated.replace(cell, 'charity.purchase = { ground = true, paragraph = "uitspraak, geldt')
    monkeypatch.setattr(regimes, "_rules_text", lambda: text)
    regimes.all_regimes.cache_clear()
    yield
    monkeypatch.undo()
    regimes.all_regimes.cache_clear()


@pytest.mark.parametrize(
    ("sector", "own", "other", "told"),
    [
        ("publisher", "purchase", "volunteer", "vrijwilligerswerk"),
        ("charity", "donation", "purchase", "aankopen"),
        ("charity_lottery", "purchase", "donation", "giften"),
    ],
)
def test_a_relation_of_another_sector_gives_no_ground_and_the_report_says_so(
    sector: str, own: str, other: str, told: str, tmp_path: Path
) -> None:
    """A publisher with volunteers, a charity whose events are purchases, a lottery with gifts."""
    calls = [("F-1", "2026-08-20"), ("F-2", "2026-08-20")]
    events = [("F-1", own, "2026-01-10", "2026-01-10"), ("F-2", other, "2026-01-10", "2026-01-10")]
    review = reviewed(tmp_path, calls, events, sector=f'"{sector}"')
    assert counted(review) == {"kind_without_ground": 1, "in_exposure": 1}
    assert broken(review, "without_ground") == (1, 2)
    relations = relations_of(load_dossier(tmp_path / "balanstest.toml"))
    text = plain_of(organisation(replace(published(proposed()), relations=relations), dossier()))
    refused = text[text.index("tellen niet mee") :]
    assert re.search(rf"^- .*\b{told}\b", refused, re.MULTILINE)


PURCHASES = [("F-1", "purchase", "2026-01-10")]


def seen(folder: Path) -> tuple[dict[str, int], bool, bool]:
    """Return what the checks, the report and the page of rules make of a purchase."""
    review = reviewed(folder, [("F-1", "2026-08-20")], PURCHASES)
    relations = relations_of(load_dossier(folder / "balanstest.toml"))
    result = replace(published(proposed()), relations=relations)
    text = plain_of(organisation(result, dossier()))
    listed = text.index("aankopen") < text.index("tellen niet mee")
    return counted(review), listed, "uitspraak, geldt niet voor telefoongesprekken" in rules_page()


def test_a_purchase_gives_a_charity_no_ground_as_the_rules_stand(tmp_path: Path) -> None:
    assert seen(tmp_path) == ({"kind_without_ground": 1}, False, False)


@pytest.mark.usefixtures("changed_cell")
def test_a_cell_that_a_lawyer_changes_is_followed_by_checks_report_and_page(
    tmp_path: Path,
) -> None:
    assert seen(tmp_path) == ({"in_exposure": 1}, True, True)
