"""What the models refuse is told with the place, the value, what is allowed and what to write."""

from __future__ import annotations

import copy
import datetime as dt
import math
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from balanstest_analysis.document.personal import told_message
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.messages import dossier_error

WHOLE = tomllib.loads("""\
schema = 1
template = "opt-in"
[organisation]
name = "Stichting Voorbeeld"
sector = "charity"
fictitious = true
[scope]
category = "donaties"
current_term_months = 36
report_date = 2026-10-15
[data]
data_through = 2026-09-30
memory_limit_gb = 4.0
[[data.calls]]
path = "calls.csv"
columns = { customer_id = "nummer" }
values = { converted = ["ja"], resultaat = { net_contact = ["gesproken"] } }
where = { richting = ["uit"] }
delimiter = ";"
[[data.events]]
path = "events.csv"
kinds = ["donation"]
[settings]
denominator = "call"
confidence_level = 0.95
resamples = 400
[rules]
weekday_hours = ["09:00", "22:00"]
forbidden_days = [2026-01-02]
[[criteria]]
name = "baat"
kind = "minimum_rate"
outcome = "conversion"
threshold = 0.03
reason = "kosten"
[[criteria]]
name = "verhouding"
kind = "maximum_ratio"
outcome = "objection"
factor = 2.0
reference_months = [0, 11]
reason = "hinder"
[[criteria]]
name = "duur"
kind = "horizon"
months = 24
reason = "vervanging"
[[set_aside]]
criterion = "verhouding"
threshold = 2.0
reason = "te weinig"
[conditions.same_entity]
met = true
explanation = "een partij"
[answers]
"1a" = "Bij de gift."
[decision]
term_months = 21
decided_on = 2026-10-20
decided_by = "Directeur"
reason = "hinder"
[[measures]]
finding = "beyond_cap"
by = 2026-12-01
[review]
dpo_status = "agrees"
signatories = ["Directeur"]
[review.replies]
survivors = "Dat klopt."
[style]
accent = "#174a72"
""")
Path_ = tuple[str | int, ...]


def told(raw: dict[str, Any], *, given: bool = True) -> list[str]:
    """Return what is said of a dossier that the models refuse, without the name of the file."""
    with pytest.raises(ValidationError) as refusal:
        Dossier.model_validate(raw)
    error = dossier_error("balanstest.toml", refusal.value, Dossier, raw if given else None)
    assert told_message(str(error)) == str(error)
    return [line.removeprefix("`balanstest.toml`: ") for line in str(error).splitlines()]


def told_of(path: Path_, value: object) -> str:
    """Return the one sentence about a value at a place of the whole dossier."""
    (sentence,) = told(with_value(path, value))
    return sentence


def with_value(path: Path_, value: object) -> dict[str, Any]:
    """Return the whole dossier with another value at a place."""
    changed = copy.deepcopy(WHOLE)
    node: Any = changed
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return changed


def without(*path: str | int) -> dict[str, Any]:
    """Return the whole dossier without a key."""
    changed = copy.deepcopy(WHOLE)
    node: Any = changed
    for key in path[:-1]:
        node = node[key]
    del node[path[-1]]
    return changed


KINDS = (
    "allowed is one of minimum_rate, maximum_rate, maximum_ratio, maximum_overall_rate, "
    "burden_per_conversion, net_benefit, horizon."
)
THRESHOLD: Path_ = ("criteria", 0, "threshold")


# ---------------------------------------------------------------- criteria


def test_a_kind_that_is_not_known_is_told_with_the_one_that_is_meant() -> None:
    assert told_of(("criteria", 0, "kind"), "minimumrate") == (
        f"`criteria` 1: `kind` is 'minimumrate'; {KINDS} Did you mean `minimum_rate`?"
    )
    assert told_of(("criteria", 1, "kind"), "bedrag") == (
        f"`criteria` 2: `kind` is 'bedrag'; {KINDS} Write one of these."
    )


def test_a_criterion_without_a_kind_is_told_which_there_are() -> None:
    assert told(without("criteria", 1, "kind")) == [
        f"`criteria` 2: `kind` is missing; {KINDS} Add it."
    ]


def test_a_percentage_in_place_of_a_share_is_told_as_a_share() -> None:
    assert told_of(THRESHOLD, 5.5) == (
        "`criteria` 1: `threshold` is 5.5; allowed is a share between 0 and 1. "
        "5.5 % is 0.055: write 0.055."
    )
    assert told_of(("settings", "confidence_level"), 95) == (
        "`settings.confidence_level` is 95; allowed is a share, at least 0.8 and below 1. "
        "95 % is 0.95: write 0.95."
    )


@pytest.mark.parametrize("written", ["6%", "6 %", "0,06", "0.06", "6 procent", ",06"])
def test_a_share_written_as_text_is_told_as_a_number(written: str) -> None:
    assert told_of(THRESHOLD, written) == (
        f"`criteria` 1: `threshold` is '{written}'; allowed is a share between 0 and 1. "
        "Write 0.06, without quotes."
    )


def test_a_share_that_is_none_as_a_percentage_either_is_given_no_number() -> None:
    for value in (-0.5, 0.0, 550, 1e300, math.inf):
        assert told_of(THRESHOLD, value).endswith("between 0 and 1. Correct it.")


def test_a_number_is_told_in_no_more_digits_than_it_was_meant_in() -> None:
    assert told_of(("data", "memory_limit_gb"), 0.055000000000000004).startswith(
        "`data.memory_limit_gb` is 0.055; allowed is a number, at least 0.25 and at most 10000."
    )


def test_a_dossier_without_criteria_is_told_what_a_criterion_needs_and_where_it_is_explained() -> (
    None
):
    for raw in (without("criteria"), with_value(("criteria",), [])):
        (sentence,) = [one for one in told(raw) if one.startswith("`criteria`")]
        assert sentence.startswith(
            "`criteria` is missing; a dossier has at least one. Add a table `[[criteria]]` with a "
            "`name`, a `kind` (one of minimum_rate, "
        )
        assert "`outcome` and `threshold`, and a `reason`" in sentence
        assert sentence.endswith(
            "The comments of a new dossier, which `balanstest init` makes, explain each kind with "
            "an example."
        )


def test_months_in_the_wrong_order_are_told_in_the_right_one() -> None:
    assert told_of(("criteria", 1, "reference_months"), [11, 0]) == (
        "in `criteria` 2, `reference_months` is [11, 0]; allowed is [first, last], the first not "
        "after the last, so write [0, 11]."
    )


# ---------------------------------------------------------------- every type of value


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (
            ("settings", "denominator"),
            "netcontact",
            "is 'netcontact'; allowed is one of net_contact, call. Did you mean `net_contact`?",
        ),
        (("template",), "optin", "allowed is one of opt-in, bel-me-niet. Did you mean `opt-in`?"),
        (("schema",), 2, "`schema` is 2; allowed is 1. Write 1."),
        (("data", "calls", 0, "delimiter"), "tab", 'allowed is one of ",", ";", "\\t", "|".'),
        (
            ("scope", "current_term_months"),
            "36 maanden",
            "is '36 maanden'; allowed is a whole number, at least 1 and at most 600. Write 36, "
            "without quotes.",
        ),
        (("scope", "current_term_months"), 36.0, "Write 36, without a point."),
        (("settings", "resamples"), "1.000", "Write 1000, without quotes."),
        (
            ("scope", "report_date"),
            "15-10-2026",
            "is '15-10-2026'; allowed is a day as year-month-day, such as 2026-09-30. Write "
            "2026-10-15, without quotes.",
        ),
        (("scope", "report_date"), 20261015, "Write 2026-10-15."),
        (
            ("scope", "report_date"),
            dt.datetime(2026, 10, 15, 9),
            "is 2026-10-15 09:00:00; allowed is a day as year-month-day, such as 2026-09-30. Write "
            "2026-10-15, without a time.",
        ),
        (
            ("conditions", "same_entity", "met"),
            "ja",
            "`conditions.same_entity.met` is 'ja'; allowed is true or false. Write true, without "
            "quotes.",
        ),
        (("conditions", "same_entity", "met"), 0, "allowed is true or false. Write false."),
        (
            ("answers", "1a"),
            3,
            "`answers.1a` is 3; allowed is text between quotes. Write it between quotes.",
        ),
        (("organisation", "name"), " ", "`organisation.name` is empty; "),
        (
            ("review", "signatories"),
            "Directeur",
            "`review.signatories` is 'Directeur'; allowed is a list of texts between [ and ]. "
            "Write it between [ and ].",
        ),
        (("review", "signatories", 0), 5, "number 1 of `review.signatories` is 5; allowed is text"),
        (
            ("criteria", 1, "reference_months"),
            [0, 3, 11],
            "is [0, 3, 11]; allowed is a list of two whole numbers between [ and ].",
        ),
        (
            ("data", "events", 0, "kinds"),
            [],
            "`kinds` is an empty list; allowed is a list of one or more of purchase, contract,",
        ),
        (
            ("data", "events", 0, "kinds", 0),
            "donatie",
            "number 1 of `kinds` is 'donatie'; allowed is one of purchase, contract, donation, "
            "service, volunteer, public_event. Did you mean `donation`?",
        ),
        (
            ("scope",),
            [{"category": "x"}],
            "`scope` is [a table]; allowed is a table: `[scope]` on a line of its own, and its "
            "keys below it. Write `[scope]`, in single brackets, and only once.",
        ),
        (
            ("measures",),
            {"finding": "beyond_cap"},
            "`measures` is a table; allowed is tables, with `[[measures]]` above each. Write it as "
            "`[[measures]]`, in double brackets.",
        ),
        (("answers",), "geen", "allowed is keys with their values, below `[answers]` or between {"),
        (("criteria", 0), "baat", "number 1 of `criteria` is 'baat'; allowed is a table: "),
        (("data", "calls"), "calls.csv", "`data.calls` is 'calls.csv'; allowed is a table: "),
        (
            ("data", "calls", 0, "values", "resultaat", "net_contact"),
            [1],
            "`data.calls` 1: number 1 of `values.resultaat.net_contact` is 1; allowed is text",
        ),
    ],
)
def test_a_value_is_told_with_what_is_allowed_and_what_to_write(
    path: Path_, value: object, sentence: str
) -> None:
    assert sentence in told_of(path, value)


def test_what_is_missing_is_told_with_what_may_stand_there() -> None:
    assert told(without("organisation", "sector")) == [
        "`organisation.sector` is missing; allowed is one of charity, charity_lottery, publisher, "
        "commercial. Add it."
    ]
    assert told(without("data", "data_through")) == [
        "`data.data_through` is missing; allowed is a day as year-month-day, such as 2026-09-30. "
        "Add it."
    ]


@pytest.mark.parametrize(
    ("path", "key", "hint"),
    [
        (("criteria", 0), "treshold", "`criteria` 1: unknown key `treshold`; did you mean `thresh"),
        (("scope",), "categorie", "unknown key `scope.categorie`; did you mean `category`?"),
        (("settings",), "data_through", ", which belongs below `[data]`. Allowed are complaint_"),
        (("style",), "template", ", which belongs above the first heading in brackets. Allowed"),
        (("measures", 0), "name", "unknown key `name`. Allowed are by, done_on, finding,"),
    ],
)
def test_a_key_that_is_not_known_is_told_with_the_near_one_or_its_section(
    path: Path_, key: str, hint: str
) -> None:
    sentence = told_of((*path, key), "x")
    assert hint in sentence
    assert sentence.endswith("Correct or remove it.")


@pytest.mark.parametrize(
    ("path", "value", "question"),
    [
        (("organisation", "sector"), "charty", "Did you mean charity?"),
        (("measures", 0, "finding"), "beyondcap", "Did you mean `beyond_cap`?"),
        (("conditions", "same_entty"), {"met": True, "explanation": "x"}, "`same_entity`?"),
        (("review", "replies", "survivor"), "x", "Did you mean `survivors`?"),
        (("scope", "regime"), "tw2026", "Did you mean `tw-2026`?"),
    ],
)
def test_a_word_that_a_rule_of_the_models_refuses_is_told_with_the_near_one(
    path: Path_, value: object, question: str
) -> None:
    assert told_of(path, value).endswith(question)


# ---------------------------------------------------------------- all that can be refused

OTHERS: list[Any] = [
    "tekst",
    "",
    -1,
    10**7,
    10**30,
    0.5,
    5.5,
    math.nan,
    True,
    [],
    ["tekst"],
    [1, 2, 3],
    [{}],
    {},
    {"onbekend": 1},
    dt.date(2026, 1, 2),
    dt.datetime(2026, 1, 2, 3),
    dt.time(9),
]
OF_PYDANTIC = re.compile(
    r"Input|valid (dictionary|string|number|integer|list|date)|instance|Unable|discriminator|"
    r"[Tt]ag\b|should|validation|constrained|Extra|dict\[|list\[|datetime"
)


def places(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Yield every place in a dossier: tables, lists and what is in them."""
    yield path
    parts = value.items() if isinstance(value, dict) else ()
    for key, part in enumerate(value) if isinstance(value, list) else parts:
        yield from places(part, (*path, key))


@pytest.mark.parametrize("other", OTHERS, ids=repr)
def test_no_words_of_pydantic_reach_a_user(other: object) -> None:
    refused = 0
    for path in filter(None, places(WHOLE)):
        raw = with_value(path, other)
        try:
            Dossier.model_validate(raw)
        except ValidationError as error:
            for given in (raw, None):
                refused += 1
                for line in str(dossier_error("b.toml", error, Dossier, given)).splitlines():
                    assert line.startswith("`b.toml`"), (path, line)
                    assert line.endswith((".", "?")), (path, line)
                    assert not OF_PYDANTIC.search(line), (path, line)
    assert refused > 50


def test_a_value_that_may_be_of_a_person_or_is_long_is_told_by_its_length() -> None:
    assert "Vries" not in told_of(("review", "signatories"), "Jan de Vries")
    assert "is a text of 12 characters" in told_of(("review", "signatories"), "Jan de Vries")
    assert "is a text of 61 characters" in told_of(THRESHOLD, "x" * 61)
    assert "Vries" not in told_of(("criteria", 0, "kind"), ["Jan de Vries"])
    assert len(told_of(THRESHOLD, 16**5000)) < 200
    assert "unknown key of 18 characters" in told_of(("scope", "Jan de Vries"), 3)
