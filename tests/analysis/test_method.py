"""The sample, from files to the internal result, against the simulator's known term."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from balanstest_analysis import analyse, load_dossier, simulate_history
from balanstest_analysis.errors import DossierError
from balanstest_analysis.published.json_form import to_json
from balanstest_analysis.published.names import OUTCOMES

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "balanstest.toml"
KEYS = {
    "schema", "organisation", "category", "period", "regime", "proposal", "criteria", "outcomes",
    "sensitivity", "findings", "gaps", "fingerprints", "versions", "seed",
}  # fmt: skip


@pytest.fixture(scope="module")
def analysis():
    return analyse(load_dossier(SAMPLE))


@pytest.fixture(scope="module")
def truth():
    return simulate_history("sample", seed=2026).truth


def test_the_proposal_agrees_with_the_known_term(analysis, truth):
    proposal = analysis.exact.term
    known = min(truth.true_term_months(criterion) for criterion in analysis.dossier.criteria)
    assert proposal.status == "proposed"
    assert proposal.lower <= known
    assert known - 6 <= proposal.term_months <= known


def test_every_criterion_stays_at_or_below_its_known_term(analysis, truth):
    for result in analysis.exact.term.per_criterion:
        assert result.term_months <= truth.true_term_months(result.criterion)


def test_the_result_has_the_keys_that_others_rely_on(analysis):
    result = analysis.to_dict()
    assert set(result) >= KEYS
    assert set(result["outcomes"]) == set(OUTCOMES)
    assert json.loads(json.dumps(result, allow_nan=False)) == result


def test_the_account_of_calls_adds_up(analysis):
    lines = {line["code"]: line["count"] for line in analysis.to_dict()["bridge"]}
    rows_in, in_exposure = lines.pop("rows_in"), lines.pop("in_exposure")
    assert rows_in == in_exposure + sum(lines.values())
    assert in_exposure == analysis.to_dict()["outcomes"]["conversion"]["exposure"]


def test_the_published_result_has_no_small_count(analysis):
    result = to_json(analysis.published)
    assert result["audience"] == "published"
    for outcome in result["outcomes"].values():
        for row in outcome["rates"]:
            assert row["n"] >= 10
            assert row["k"] is None or row["k"] == 0 or row["k"] >= 10
    for line in (*result["bridge"], *result["findings"]):
        assert line["count"] is None or line["count"] >= 10


def test_analysing_again_gives_the_same_result(analysis):
    assert analyse(load_dossier(SAMPLE)).to_dict() == analysis.to_dict()


def test_results_show_themselves_without_a_person(analysis):
    shown = analysis._repr_html_() + analysis.to_frame().to_html()
    assert "FICTIEF-" not in shown
    assert "Verzet" in shown


def test_a_notebook_shows_no_more_digits_and_no_more_fields_than_the_published_result(analysis):
    result = to_json(analysis.published)
    proposal = result["proposal"]
    shown = analysis.proposal
    limits = (shown.crossing.estimate, shown.crossing.lower, shown.crossing.upper)
    assert limits == tuple(proposal[key] for key in ("crossing", "lower", "upper"))
    assert str(analysis.exact.term.lower) not in f"{shown!r}{shown._repr_html_()}{analysis!r}"
    for frame in (analysis.to_frame(), shown.to_frame()):
        rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
        for row, criterion in zip(rows, result["criteria"], strict=True):
            assert row.items() <= criterion.items()


def test_a_path_is_analysed_as_the_dossier_in_it(tmp_path: Path) -> None:
    with pytest.raises(DossierError, match=r"There is no dossier .*weg\.toml"):
        analyse(tmp_path / "weg.toml")
    with pytest.raises(DossierError, match="There is no dossier"):
        analyse("weg.toml")
