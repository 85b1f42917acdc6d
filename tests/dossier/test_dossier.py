"""A dossier is read in full or refused in plain sentences."""

from __future__ import annotations

import datetime as dt

import pytest

from balanstest_analysis.dossier.dossier import is_allowed
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.dossier.quarters import last_complete_quarter, quarter_end
from balanstest_analysis.dossier.relations import LaterRegime
from balanstest_analysis.errors import DossierError, UsageError

BARE = """\
schema = 1
template = "opt-in"
[organisation]
name = "Stichting Voorbeeld"
sector = "charity"
[scope]
category = "donaties"
[data]
data_through = 2026-09-30
[data.calls]
path = "calls.csv"
[[criteria]]
name = "baat"
kind = "minimum_rate"
outcome = "conversion"
threshold = 0.03
reason = "kosten"
"""


@pytest.fixture
def read(tmp_path):
    def read(text, **options):
        path = tmp_path / "balanstest.toml"
        path.write_text(text, "utf-8")
        return load_dossier(path, **options)

    return read


def test_the_least_dossier_is_accepted_with_all_defaults(read):
    dossier = read(BARE)
    assert dossier.settings.resamples == 4000
    assert dossier.period == "2026-Q3"
    assert dossier.report_date == dt.date(2026, 9, 30)


def test_what_is_not_answered_is_a_gap_and_not_a_refusal(read):
    gaps = read(BARE).gaps()
    assert {"1a", "4", "conditions.same_entity", "review.dpo_opinion"} <= set(gaps)
    assert not {"3b", "3c", "3d"} & set(gaps)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('category = "', 'categorie = "', "unknown key `scope.categorie`; did you mean `category`"),
        ('sector = "charity"', "", "`organisation.sector` is missing"),
        ('"charity"', '"goed doel"', "the sector is 'goed doel'; allowed is one of charity, "),
        ('"charity"', '["charity", "x"]', "the sector is 'x'; allowed is one of charity, "),
        ('"charity"', "[]", "the sector is an empty list; allowed is one of charity, "),
        (
            '"donaties"',
            '"donaties"\nreport_date = 2026-09-29',
            "`scope.report_date` is 2026-09-29, before `data.data_through` 2026-09-30",
        ),
        (
            '"calls.csv"',
            '"calls.csv"\nkinds = ["purchase"]',
            "`kinds` names purchase, which gives this sector no ground .* allowed are donation, "
            "public_event, volunteer",
        ),
        (
            '"calls.csv"',
            '"calls.csv"\nkinds = ["donation"]\n[data.events]\npath = "events.csv"',
            "`calls` has `kinds`, which only `counts` and `events` can have",
        ),
        (
            'sector = "charity"',
            'sector = "publisher"\n[grounds]\nmembership = "gift"\nreason = "x"',
            "only a charity can take a membership for a gift",
        ),
        (
            "schema = 1",
            'schema = 1\n[grounds]\nmembership = "gift"',
            "`grounds.reason` is missing",
        ),
        ("0.03", "3", "`criteria` 1: `threshold` is 3; allowed is a share between 0 and 1"),
        ("threshold", "treshold", "did you mean `threshold`"),
        ("2026-09-30", '"30-09-2026"', "`data.data_through` is '30-09-2026'"),
        ('"minimum_rate"', '"least"', "minimum_rate"),
        ("schema = 1", "schema = 2", "`schema` is 2"),
        ('path = "calls.csv"', 'path = "a.csv"\ntable = "b"', "either `path` or `table`"),
        ("[data.calls]", "[data.events]", r"give `\[data.calls\]`"),
    ],
)
def test_a_wrong_key_or_value_is_named_with_what_is_allowed(read, old, new, message):
    with pytest.raises(DossierError, match=message):
        read(BARE.replace(old, new, 1))


def test_every_mistake_is_told_at_once(read):
    text = BARE.replace('sector = "charity"', "").replace("0.03", "3")
    with pytest.raises(DossierError) as refusal:
        read(text)
    assert len(str(refusal.value).splitlines()) == 2


def test_a_missing_file_and_broken_toml_are_told_apart(tmp_path, read):
    with pytest.raises(DossierError, match="There is no dossier"):
        load_dossier(tmp_path / "none.toml")
    with pytest.raises(DossierError, match="not valid TOML"):
        read("schema = = 1")


def test_unknown_conditions_and_answers_are_refused(read):
    with pytest.raises(DossierError, match=r"unknown key `answers.9z`"):
        read(BARE + '[answers]\n"9z" = "x"\n')
    with pytest.raises(DossierError, match=r"unknown key `conditions.other`"):
        read(BARE + '[conditions.other]\nmet = true\nexplanation = "x"\n')


def test_the_sector_may_be_a_list(read):
    dossier = read(BARE.replace('"charity"', '["charity", "publisher"]'))
    assert dossier.organisation.sectors == ("charity", "publisher")


def test_calls_that_bring_their_own_months_without_kinds_are_a_gap(read):
    assert "data.kinds" in read(BARE).gaps()
    stated = read(BARE.replace('"calls.csv"', '"calls.csv"\nkinds = ["donation"]'))
    assert "data.kinds" not in stated.gaps()
    assert stated.relations.kinds_from == "stated"
    events = read(BARE + '[data.events]\npath = "events.csv"\n')
    assert "data.kinds" not in events.gaps()


def on(text, sector, day):
    text = text.replace('"charity"', f'"{sector}"').replace("2026-09-30", day)
    return text.replace('"calls.csv"', '"calls.csv"\nkinds = ["purchase"]')


def test_a_sector_that_loses_its_ground_after_the_report_date_has_a_gap(read):
    dossier = read(on(BARE, "commercial", "2026-06-30"))
    assert "scope.consent_needed_later" in dossier.gaps()
    assert dossier.relations.later == LaterRegime(starts_on=dt.date(2026, 7, 1), has_ground=False)
    kept = read(on(BARE, "publisher", "2026-06-30"))
    assert "scope.consent_needed_later" not in kept.gaps()
    assert kept.relations.later.has_ground


def test_after_the_last_known_rules_nothing_is_said_of_later_ones(read):
    assert read(BARE).relations.later is None


def test_under_the_rules_before_july_2021_the_five_conditions_are_no_gap(read):
    gaps = read(on(BARE, "charity", "2021-06-30")).gaps()
    assert not [gap for gap in gaps if gap.startswith("conditions.")]
    unmet = '[conditions.same_entity]\nmet = false\nexplanation = "x"\n'
    assert is_allowed(read(on(BARE, "charity", "2021-06-30") + unmet))
    assert not is_allowed(read(BARE + unmet))


def test_a_membership_taken_for_a_gift_decides_only_where_it_would_not_count(read):
    gift = '[grounds]\nmembership = "gift"\nreason = "contributie is een gift"\n'
    assert read(BARE + gift).relations.membership_decides
    assert "contract" in read(BARE + gift).relations.evidence_kinds
    assert not read(on(BARE, "charity", "2026-06-30") + gift).relations.membership_decides


def test_a_regime_may_be_overridden_only_with_a_reason(read):
    override = BARE.replace('"donaties"', '"donaties"\nregime = "tw-2021"')
    with pytest.raises(DossierError, match="regime_reason"):
        read(override)
    reason = override.replace('"tw-2021"', '"tw-2021"\nregime_reason = "afwijking"')
    assert read(reason).regime.id == "tw-2021"


def test_a_quarter_moves_the_last_day_of_the_history(read):
    dossier = read(BARE, quarter="2026-Q2")
    assert dossier.data_through == dt.date(2026, 6, 30)
    assert dossier.period == "2026-Q2"


@pytest.mark.parametrize("quarter", ["2026-Q5", "Q3", "2026Q3", "2026-Q4"])
def test_a_quarter_that_is_none_or_lies_beyond_the_data_is_refused(read, quarter):
    with pytest.raises(UsageError):
        read(BARE, quarter=quarter)


@pytest.mark.parametrize("quarter", ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"])
def test_a_quarter_ends_where_the_next_one_has_not_begun(quarter):
    end = quarter_end(quarter)
    assert last_complete_quarter(end) == quarter
    assert last_complete_quarter(end - dt.timedelta(days=1)) != quarter


def test_the_hash_of_the_criteria_changes_with_a_threshold_and_not_with_an_answer(read):
    plain = read(BARE).criteria_hash()
    assert read(BARE + '[answers]\n"1a" = "Bij de gift."\n').criteria_hash() == plain
    assert read(BARE.replace("0.03", "0.04")).criteria_hash() != plain


def test_the_hash_of_the_criteria_changes_with_what_a_membership_is_taken_for(read):
    grounds = '[grounds]\nmembership = "gift"\nreason = "De contributie is een gift."\n'
    assert read(BARE + grounds).criteria_hash() != read(BARE).criteria_hash()


OLDER_NUMBERS = """
[conditions.{}]
met = false
explanation = "Toen nog niet vastgelegd."
collected_before_july_2021 = true
"""


def test_only_information_and_opting_out_may_be_left_to_a_lawyer(read):
    condition = read(BARE + OLDER_NUMBERS.format("opt_out_offered")).conditions["opt_out_offered"]
    assert condition.is_for_a_lawyer
    with pytest.raises(DossierError, match="opt_out_offered only, so leave it out"):
        read(BARE + OLDER_NUMBERS.format("same_entity"))


def test_the_register_takes_the_place_of_a_test_only_under_the_older_rules(read):
    stated = BARE.replace('"donaties"', '"donaties"\ndeduplicated_with_register = true')
    older = stated.replace('"opt-in"', '"bel-me-niet"').replace("2026-09-30", "2021-03-31")
    assert read(older).needs_no_test
    for text in (stated, older.replace("2021-03-31", "2021-07-01")):
        with pytest.raises(DossierError, match="the register takes the place"):
            read(text)


def test_a_reason_for_an_untested_criterion_moves_to_a_statement_of_its_own(read):
    with pytest.raises(DossierError, match=r"\[\[set_aside\]\]"):
        read(BARE.replace("[data]", 'incomplete_reason = "te weinig"\n[data]'))


def test_what_is_set_aside_has_to_be_a_criterion(read):
    stated = '[[set_aside]]\ncriterion = "{name}"\nthreshold = 0.03\nreason = "te weinig"\n'
    assert read(BARE + stated.format(name="baat")).set_aside[0].criterion == "baat"
    with pytest.raises(DossierError, match="does not have"):
        read(BARE + stated.format(name="anders"))


def test_a_later_beginning_needs_a_reason_and_changes_the_hash_of_the_criteria(read):
    later = "not_before_month = 6\n"
    with pytest.raises(DossierError, match="belong together"):
        read(BARE.replace("[data]", f"{later}[data]"))
    stated = read(BARE.replace("[data]", f'{later}not_before_reason = "wachttijd"\n[data]'))
    assert stated.scope.not_before_month == 6
    assert stated.criteria_hash() != read(BARE).criteria_hash()
