"""`resultaat.json` is the published result, and is read back into it."""

from __future__ import annotations

import copy
import json
from typing import Any

import numpy as np
import pytest

from balanstest_analysis.disclosure.publish import publish
from balanstest_analysis.errors import RunError
from balanstest_analysis.published import criteria
from balanstest_analysis.published.counts import Few, FewOthers, Withheld, number
from balanstest_analysis.published.fingerprints import NoRows
from balanstest_analysis.published.json_form import counts_from_json, from_json, to_json
from balanstest_analysis.published.report_counts import counts_of_result
from balanstest_analysis.published.result import PublishedResult
from tests.disclosure_histories import PASSING, draw, internal, later
from tests.example_results import EXAMPLES, proposed, without_reasons


def series(seed: int, reports: int = 3) -> list[PublishedResult]:
    """Return the reports of one history as time passes."""
    rng = np.random.default_rng(seed)
    history, made = draw(rng), []
    for _ in range(reports):
        before = [counts_of_result(result) for result in made]
        made.append(publish(internal(history), before))
        history = later(rng, history, str(rng.choice(PASSING)))
    return made


@pytest.mark.parametrize("seed", range(30))
def test_a_result_is_read_back_as_it_was_written(seed: int) -> None:
    for result in series(seed):
        text = json.dumps(to_json(result), allow_nan=False)
        assert from_json(json.loads(text)) == result
        assert json.dumps(to_json(from_json(json.loads(text)))) == text


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_kind_of_answer_is_written_as_it_was_read(name: str) -> None:
    content = json.loads(json.dumps(EXAMPLES[name]()))
    written = to_json(from_json(content))
    assert without_reasons(written) == without_reasons(content)


def test_a_report_of_before_relations_were_told_is_read_and_says_they_are_not_known() -> None:
    content = json.loads(json.dumps(proposed()))
    for key in ("sectors", "relations", "later_rules"):
        del content[key]
    for key in ("cap_source", "cap_verified", "needs_ground"):
        del content["regime"][key]
    result = from_json(content)
    assert (result.sectors, result.relations.kinds_from) == (("charity",), "unknown")
    assert result.regime.needs_ground
    assert result.later_rules is None


@pytest.mark.parametrize("seed", range(10))
def test_a_result_without_reasons_says_of_no_null_more_than_is_known(seed: int) -> None:
    for result in series(seed):
        old = from_json(without_reasons(to_json(result)))
        for name, outcome in result.outcomes.items():
            for now, then in zip(outcome.rows, old.outcomes[name].rows, strict=True):
                if now.kept_from is not None and number(now.events) is None:
                    assert then.events == Withheld("not_recorded")
                elif isinstance(now.events, Few | FewOthers):
                    assert then.events == now.events
            total = old.outcomes[name].total
            if total is not None and len(outcome.rows) > 1:
                assert not isinstance(total.events, Few | FewOthers)
        if old.compliance is not None:
            hidden = [rule.count for rule in old.compliance.rules if rule.share is None]
            assert all(not isinstance(count, Few | FewOthers) for count in hidden)


@pytest.mark.parametrize("seed", range(10))
def test_what_later_reports_are_compared_with_follows_from_the_file(seed: int) -> None:
    for result in series(seed):
        kept = counts_from_json(to_json(result))
        assert kept.outcomes == result.outcomes
        assert kept == counts_of_result(result)


def test_a_term_that_was_argued_is_told_from_one_that_was_tested() -> None:
    content = proposed()
    horizon = {**copy.deepcopy(content["criteria"][0]), "kind": "horizon", "outcome": None}
    horizon |= {"crossing": None, "lower": None, "upper": None, "name": "duur"}
    untested = {**copy.deepcopy(content["criteria"][0]), "name": "later", "term_months": None}
    content["criteria"] = [content["criteria"][0], horizon, untested]
    tested, argued, open_ = (criterion.support for criterion in from_json(content).criteria)
    assert isinstance(tested, criteria.Tested)
    assert argued == criteria.Argued(term_months=37)
    assert isinstance(open_, criteria.Unsupported)


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ("proposal", "lower", "12"),
        ("proposal", "crossing", True),
        ("total", "rate", "0.05"),
        ("total", "hidden", {"k": "because"}),
    ],
)
def test_a_flat_value_of_another_kind_is_refused_as_well(part: str, key: str, value: Any) -> None:
    content = proposed()
    changed = content["outcomes"]["conversion"] if part == "total" else content
    changed[part] = {**changed[part], key: value}
    if key == "hidden":
        changed[part]["k"] = None
    with pytest.raises(RunError, match=r"`resultaat\.json` cannot be read"):
        from_json(content)


@pytest.mark.parametrize("outcomes", [None, [], {"conversion": {}}, {"conversion": 3}])
def test_a_damaged_memory_of_earlier_reports_is_refused_in_a_sentence(outcomes: Any) -> None:
    with pytest.raises(RunError, match="What an earlier report published cannot be read"):
        counts_from_json({**to_json(from_json(proposed())), "outcomes": outcomes})


@pytest.mark.parametrize(
    ("key", "value"),
    [("seed", "1"), ("seed", True), ("gaps", "1d"), ("sensitivity", [{"choice": "threshold"}])],
)
def test_a_value_of_another_kind_is_refused_with_its_place(key: str, value: Any) -> None:
    with pytest.raises(RunError, match=rf"`resultaat.json` cannot be read: .*{key}"):
        from_json({**proposed(), key: value})


def test_a_table_without_rows_is_read_as_what_it_is() -> None:
    content = proposed() | {"fingerprints": {"dossier": "4f" * 32, "complaints": "no_rows"}}
    read = from_json(content)

    assert read.fingerprints["complaints"] is NoRows.NO_ROWS
    assert json.loads(json.dumps(to_json(read)))["fingerprints"] == content["fingerprints"]


def test_a_report_from_before_criteria_could_be_set_aside_is_still_read() -> None:
    old = copy.deepcopy(proposed())
    del old["fingerprint_form"]
    del old["not_before"], old["proposal"]["tested_term_months"], old["proposal"]["set_aside"]
    old["clustering"] = {
        "customer_groups": 64,
        "campaigns": 9,
        "campaigns_resampled": True,
        "dispersion": {},
    }
    read = from_json(old)
    assert read.not_before is None
    assert read.fingerprint_form == 1
    assert (read.proposal.tested_term_months, read.proposal.set_aside) == (None, ())
    assert (read.clustering.customers_known, read.clustering.campaigns_generalise) == (True, True)
    old["clustering"]["customer_groups"] = 0
    assert not from_json(old).clustering.customers_known


@pytest.mark.parametrize("part", ["proposal", "clustering"])
def test_a_part_that_is_no_object_is_refused_whatever_came_later(part: str) -> None:
    with pytest.raises(RunError, match=part):
        from_json({**proposed(), part: ["x"]})


def test_a_missing_key_is_refused_by_name() -> None:
    content = proposed()
    del content["proposal"]
    with pytest.raises(RunError, match="proposal"):
        from_json(content)


@pytest.mark.parametrize("changes", [{"audience": "internal"}, {"schema": 2}])
def test_an_internal_or_foreign_result_is_no_published_one(changes: dict[str, Any]) -> None:
    with pytest.raises(RunError, match="no published result"):
        from_json({**proposed(), **changes})


def test_a_count_without_a_reason_in_an_account_is_not_called_few() -> None:
    content = proposed()
    content["findings"] = [{"code": "beyond_cap", "count": None, "text": "-"}]
    (finding,) = from_json(content).findings
    assert finding.count == Withheld("not_recorded")
