"""The explorer: what it shows is what an analysis of the dossier it writes gives."""

from __future__ import annotations

import ast
import datetime as dt
import json
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import nbformat
import pandas as pd
import pytest

import balanstest_analysis
from balanstest_analysis import analyse, explore, load_dossier, simulate_history
from balanstest_analysis.analysis.explorer import (
    Choices,
    Exploration,
    Explored,
    Other,
    adoption,
    with_value,
)
from balanstest_analysis.analysis.explorer.adoption import SETTING, adopt, needs_reasons
from balanstest_analysis.analysis.explorer.choices import changes_of, scale, weighing_criterion
from balanstest_analysis.analysis.method import Analysis
from balanstest_analysis.document.blocks import Paragraph
from balanstest_analysis.document.wording.changes import AFTER_SEEING
from balanstest_analysis.dossier.criteria import Criterion
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.review import Review
from balanstest_analysis.errors import DossierError, RunError, UsageError
from balanstest_analysis.presentation.chapters import against
from balanstest_analysis.published.counts import number
from balanstest_analysis.published.criteria import (
    CriteriaChange,
    PublishedCriterion,
    PublishedProposal,
)
from balanstest_analysis.published.json_form import record_of, to_json
from balanstest_analysis.published.names import OUTCOMES
from balanstest_analysis.published.result import PublishedResult
from balanstest_analysis.report.completion import result_text
from balanstest_analysis.validation.simulate import write_history
from tests.counted_dossier import write_counts
from tests.few_draws import with_few_draws

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "verkenning.ipynb"
TODAY = dt.date(2026, 11, 21)
OF_ROWS = (  # what follows from the printed rows
    "witness_month",
    "first_month_with_evidence",
    "last_month_with_evidence",
    "contradicted_from_month",
    "unshown_from_month",
    "holds_from_month",
)
CRITERIA = get_args(get_args(Criterion)[0])
COMMENT = "# Deze regel blijft staan, ook het euroteken: € 6,84\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("verkenning")
    path = write_history(simulate_history(contacts=8_000, seed=5), directory)
    path.write_text(COMMENT + with_few_draws(path).read_text("utf-8"), "utf-8")
    return directory


@pytest.fixture(scope="module")
def exploration(folder: Path) -> Exploration:
    return Exploration(analyse(load_dossier(folder / "balanstest.toml")))


@pytest.fixture
def copied(exploration: Exploration, tmp_path: Path) -> Callable[[], Analysis]:
    """Copy dossier and data, and return the same analysis of the copy."""

    def copy() -> Analysis:
        source = exploration.analysis.dossier.path.parent
        shutil.copytree(source, tmp_path / "kopie")
        dossier = load_dossier(tmp_path / "kopie" / "balanstest.toml")
        exact = exploration.analysis.exact
        return Analysis(dossier=dossier, exact=exact.under(dossier, exact.term))

    return copy


def changed(dossier: Dossier, name: str, value: float, other: Other | None = None) -> Choices:
    field = {"Duur van het donateurschap": "months"}.get(name, "threshold")
    criteria = tuple(with_value(c, field, value) if c.name == name else c for c in dossier.criteria)
    return Choices(criteria=criteria, other=other)


def judged(
    result: PublishedResult, *, rows: bool = True
) -> tuple[PublishedProposal, list[PublishedCriterion]]:
    """Return what a result decides, without the reasons, which only the written dossier has."""
    bare = [replace(criterion, reason="", families=()) for criterion in result.criteria]
    if not rows:
        bare = [replace(criterion, **dict.fromkeys(OF_ROWS)) for criterion in bare]
        return replace(result.proposal, last_month_with_evidence=None), bare
    return result.proposal, bare


def written(exploration: Exploration, explored: Explored) -> Dossier:
    analysis = exploration.analysis
    names = needs_reasons(analysis.dossier, explored.choices)
    return adopt(
        explored,
        before=analysis.dossier,
        proposal=analysis.published.proposal,
        reasons={name: f"Nieuwe reden voor {name}." for name in names},
        date=TODAY,
    )


WINDOW = Other(choice="objection_window_days", value=15)
CALLS = Other(choice="denominator", value="call")
CHOSEN = {
    "a horizon": lambda dossier: changed(dossier, "Duur van het donateurschap", 9),
    "a denominator and a threshold": lambda dossier: changed(dossier, "Klachten", 0.02, CALLS),
    "weights and a window": lambda dossier: Choices(
        criteria=(*dossier.criteria, with_value(weighing_criterion(0.05), "objection_weight", 4.0)),
        other=WINDOW,
    ),
}


@pytest.mark.parametrize("name", CHOSEN)
def test_what_the_explorer_shows_is_what_an_analysis_of_the_written_dossier_gives(
    name: str, copied: Callable[[], Analysis]
) -> None:
    exploration = Exploration(copied())
    explored = exploration.see(CHOSEN[name](exploration.analysis.dossier))
    again = analyse(written(exploration, explored))
    terms = [replace(found, per_criterion=()) for found in (again.exact.term, explored.exact.term)]
    assert terms[0] == terms[1]
    rows = explored.rows_hold
    assert judged(again.published, rows=rows) == judged(explored.result, rows=rows)
    for outcome in OUTCOMES if rows else ():
        shown, given = explored.result.outcomes[outcome], again.published.outcomes[outcome]
        assert shown.rows == given.rows
        assert shown.curve == given.curve


def test_without_a_choice_the_explorer_shows_the_analysis_itself(exploration: Exploration) -> None:
    explored = exploration.see(Choices.of(exploration.analysis.dossier))
    assert explored.exact.term == exploration.analysis.exact.term
    assert judged(explored.result) == judged(exploration.analysis.published)


def test_a_what_if_gives_the_term_of_the_sensitivity_analysis(exploration: Exploration) -> None:
    criteria = tuple(exploration.analysis.dossier.criteria)
    seen = {}
    for row in exploration.analysis.exact.views.sensitivity:
        other = Other(choice=row.choice, value=row.value)
        if row.criterion is None and not other.is_setting:
            explored = exploration.see(Choices(criteria=criteria, other=other))
            seen[row.choice] = explored.proposal.term_months, row.term_months
            assert explored.proposal.term_months == row.term_months, other
    assert {"family", "without_campaign", "reference_event"} <= set(seen)


def test_a_campaign_left_out_gives_the_same_answer_whatever_was_looked_at_before(
    exploration: Exploration,
) -> None:
    dossier = exploration.analysis.dossier
    one, other, *_ = exploration.others["without_campaign"]
    for choices in (Choices.of(dossier), changed(dossier, "Verzet", 0.05, other)):
        exploration.see(choices)
        asked = changed(dossier, "Verzet", 0.08, one)
        fresh = Exploration(exploration.analysis).see(asked)
        assert exploration.see(asked).exact.term == fresh.exact.term
        assert judged(exploration.see(asked).result) == judged(fresh.result)


EVERY_KIND = """
[[criteria]]
name = "Kostendekkend"
kind = "minimum_rate"
outcome = "conversion"
threshold = 0.05
reason = "Voorbeeld."
[[criteria]]
name = "Verhouding"
kind = "maximum_ratio"
outcome = "objection"
factor = 1.5
reference_months = [0, 5]
reason = "Voorbeeld."
[[criteria]]
name = "Hinder"
kind = "burden_per_conversion"
threshold = 1.0
complaint_weight = 5.0
reason = "Voorbeeld."
[[criteria]]
name = "Vast"
kind = "horizon"
months = 24
reason = "Voorbeeld."
"""


def test_a_criterion_of_any_kind_has_sliders_and_each_gives_an_answer(tmp_path: Path) -> None:
    write_counts(tmp_path / "counts")
    path = tmp_path / "counts" / "balanstest.toml"
    path.write_text(path.read_text("utf-8") + EVERY_KIND, "utf-8")
    panel = explore(analyse(path))
    kinds = {control.own.kind for control in panel.controls.criteria}
    assert kinds == {get_args(one.model_fields["kind"].annotation)[0] for one in CRITERIA}
    for control in panel.controls.criteria:
        assert control.sliders, control.own.kind
        for slider in control.sliders.values():
            own = slider.value
            for moved in (slider.values[0], slider.values[-1]):
                slider.value = moved
                assert changes_of(panel.analysis.dossier, panel.explored.choices)
                assert panel.explored.exact.term is not None
            slider.value = own


def test_a_what_if_cannot_be_taken_over(exploration: Exploration) -> None:
    dossier = exploration.analysis.dossier
    other = Other(choice="family", value="logistic")
    explored = exploration.see(changed(dossier, "Verzet", 0.08, other))
    with pytest.raises(UsageError, match="een wat-als-keuze en geen instelling"):
        written(exploration, explored)


def test_the_dossier_keeps_its_comments_and_gets_the_change_with_its_note(
    copied: Callable[[], Analysis],
) -> None:
    exploration = Exploration(copied())
    before = exploration.analysis.dossier
    text = before.path.read_text("utf-8").splitlines()
    mode = before.path.stat().st_mode
    after = written(exploration, exploration.see(changed(before, "Verzet", 0.08)))
    lines = after.path.read_text("utf-8").splitlines()
    assert lines[0] == COMMENT.strip()
    lost = [line for line in text if line not in lines]
    assert [line.split(" = ")[0] for line in lost] == ["threshold", "reason"]
    assert after.path.stat().st_mode == mode
    [note] = after.criteria_changes
    assert (note.date, note.note) == (TODAY, AFTER_SEEING)
    assert (note.old_hash, note.new_hash) == (before.criteria_hash(), after.criteria_hash())
    assert note.changed == ["‘Verzet’: drempelwaarde van 6,6% naar 8%"]
    assert [c.reason for c in after.criteria if c.name == "Verzet"] == ["Nieuwe reden voor Verzet."]


def test_a_change_of_how_is_counted_changes_the_hash_and_keeps_its_reason(
    copied: Callable[[], Analysis],
) -> None:
    exploration = Exploration(copied())
    before = exploration.analysis.dossier
    own = Choices.of(before)
    after = written(exploration, exploration.see(Choices(criteria=own.criteria, other=WINDOW)))
    assert after.settings.objection_window_days == 15
    assert after.criteria_changes[0].reason == f"Nieuwe reden voor {SETTING}."
    assert after.criteria_hash() != before.criteria_hash()


def test_the_report_tells_a_change_under_what_speaks_against_the_proposal(
    copied: Callable[[], Analysis],
) -> None:
    exploration = Exploration(copied())
    explored = exploration.see(changed(exploration.analysis.dossier, "Verzet", 0.08))
    after = written(exploration, explored)
    noted = [change.model_dump(mode="json") for change in after.criteria_changes]
    result = replace(
        exploration.analysis.published,
        criteria_hash=after.criteria_hash(),
        criteria_changes=tuple(record_of(change, CriteriaChange) for change in noted),
    )
    points = " ".join(_points(result))
    assert "21 november 2026 en vastgesteld na inzage van de uitkomsten" in points
    assert "‘Verzet’: drempelwaarde van 6,6% naar 8%" in points
    assert "opnieuw veranderd" not in points
    later = " ".join(_points(replace(result, criteria_hash="0" * 64)))
    assert "opnieuw veranderd" in later


def _points(result: PublishedResult) -> list[str]:
    return [block.text for block in against(result, Review()) if isinstance(block, Paragraph)]


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_changed_criterion_needs_a_reason(exploration: Exploration, reason: str) -> None:
    analysis = exploration.analysis
    explored = exploration.see(changed(analysis.dossier, "Verzet", 0.08))
    with pytest.raises(UsageError, match="Geef eerst een nieuwe reden bij ‘Verzet’"):
        adopt(
            explored,
            before=analysis.dossier,
            proposal=analysis.published.proposal,
            reasons={"Verzet": reason},
            date=TODAY,
        )


def test_the_old_reason_is_no_new_reason(exploration: Exploration) -> None:
    analysis = exploration.analysis
    old = next(c.reason for c in analysis.dossier.criteria if c.name == "Verzet")
    explored = exploration.see(changed(analysis.dossier, "Verzet", 0.08))
    with pytest.raises(UsageError, match="Geef eerst een nieuwe reden bij ‘Verzet’"):
        adopt(
            explored,
            before=analysis.dossier,
            proposal=analysis.published.proposal,
            reasons={"Verzet": old},
            date=TODAY,
        )


def test_a_dossier_that_was_changed_meanwhile_is_left_alone(
    copied: Callable[[], Analysis],
) -> None:
    exploration = Exploration(copied())
    path = exploration.analysis.dossier.path
    path.write_text(path.read_text("utf-8").replace("0.008", "0.009"), "utf-8")
    kept = path.read_bytes()
    explored = exploration.see(changed(exploration.analysis.dossier, "Verzet", 0.08))
    with pytest.raises(DossierError, match="is gewijzigd nadat het hier is geladen"):
        written(exploration, explored)
    assert path.read_bytes() == kept


def test_a_dossier_that_is_gone_or_spoilt_is_named_in_dutch(
    copied: Callable[[], Analysis],
) -> None:
    exploration = Exploration(copied())
    path = exploration.analysis.dossier.path
    explored = exploration.see(changed(exploration.analysis.dossier, "Verzet", 0.08))
    path.write_text("schema = ", "utf-8")
    with pytest.raises(DossierError, match="verdwenen of geen geldig dossier meer"):
        written(exploration, explored)
    path.unlink()
    with pytest.raises(DossierError, match="verdwenen of geen geldig dossier meer"):
        written(exploration, explored)


def test_a_dossier_that_cannot_be_written_is_told_in_dutch_and_stays(
    copied: Callable[[], Analysis], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: object, _content: object) -> None:
        raise RunError("`balanstest.toml` cannot be written: No space left on device.")

    exploration = Exploration(copied())
    path = exploration.analysis.dossier.path
    kept = path.read_bytes()
    explored = exploration.see(changed(exploration.analysis.dossier, "Verzet", 0.08))
    monkeypatch.setattr(adoption, "write_atomically", full)
    with pytest.raises(RunError, match="kan niet worden geschreven"):
        written(exploration, explored)
    assert path.read_bytes() == kept


def test_nothing_to_change_is_refused(exploration: Exploration) -> None:
    with pytest.raises(UsageError, match="niets anders dan in het dossier"):
        written(exploration, exploration.see(Choices.of(exploration.analysis.dossier)))


def test_every_step_of_a_slider_is_the_number_that_is_printed(exploration: Exploration) -> None:
    for criterion in exploration.analysis.dossier.criteria:
        for field in ("threshold", "months"):
            if hasattr(criterion, field):
                values = scale(criterion, field)
                assert getattr(criterion, field) in values
                assert all(len(repr(value)) <= 6 for value in values)


def test_another_threshold_follows_within_three_tenths_of_a_second(
    exploration: Exploration,
) -> None:
    explorer = explore(exploration.analysis)
    slider = explorer.controls.criteria[1].sliders["threshold"]
    spent = []
    for step in range(5):
        start = time.process_time()
        slider.index += 1
        spent.append(time.process_time() - start)
        assert explorer.explored.choices.criteria[1].threshold == slider.value, step
    assert sorted(spent)[1] < 0.3


def test_the_explorer_follows_its_controls_one_other_look_at_a_time(
    exploration: Exploration,
) -> None:
    explorer = explore(exploration.analysis)
    controls = explorer.controls
    controls.others["counting"].value = WINDOW
    assert explorer.explored.choices.other == WINDOW
    family = Other(choice="family", value="logistic")
    controls.others["family"].value = family
    assert explorer.explored.choices.other == family
    assert controls.others["counting"].value == ""
    controls.others["family"].value = ""
    controls.criteria[1].sliders["threshold"].value = 0.08
    told = explorer._live.sentences
    assert any("6,6% naar 8%" in sentence for sentence in told)
    assert changes_of(exploration.analysis.dossier, explorer.explored.choices)


def test_where_nothing_can_be_moved_the_picture_is_shown_with_its_words(
    exploration: Exploration,
) -> None:
    bundle = explore(exploration.analysis)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert 'alt="Staafdiagram van de termijn per criterium' in bundle["text/html"]
    assert "text/x-typst" in bundle


def test_the_notebook_of_the_exploration_shows_no_person_and_no_small_count(folder: Path) -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    names: dict[str, Any] = {}
    shown = []
    for cell in (cell for cell in notebook.cells if cell.cell_type == "code"):
        *statements, last = ast.parse(cell.source).body
        exec(compile(ast.Module(statements, []), "cell", "exec"), names)
        if "parameters" in cell.metadata.get("tags", []):
            names |= {"dossier": str(folder / "balanstest.toml"), "quarter": ""}
        elif isinstance(last, ast.Expr):
            result = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
            shown.append((cell.source, result))
        else:
            exec(compile(ast.Module([last], []), "cell", "exec"), names)
    assert len(shown) == 13
    counting = ("analysis.findings", "analysis.rates", "analysis.campaigns")
    for source, result in shown:
        html = _html(result)
        assert "FICTIEF-" not in html + repr(result)
        assert not source.startswith(counting) or not re.search(r'<td class="end">[1-9]</td>', html)
        assert "array(" not in repr(result)


def _html(result: Any) -> str:
    if hasattr(result, "_repr_mimebundle_"):
        return str(result._repr_mimebundle_()["text/html"])
    return str(result._repr_html_())


def test_a_table_holds_what_the_file_of_the_report_holds(exploration: Exploration) -> None:
    analysis = exploration.analysis
    content = json.loads(result_text(to_json(analysis.published)))
    written = {
        "criteria": (analysis.criteria, content["criteria"]),
        **{
            f"{kind} of {name}": (shown(name), content["outcomes"][name][kind])
            for name in OUTCOMES
            for kind, shown in (("rates", analysis.rates), ("fits", analysis.fits))
        },
    }
    for name, (shown, parts) in written.items():
        frame = shown.to_frame()
        columns = [key for key in parts[0] if key in frame] if parts else []
        assert [*frame] == columns, name
        expected = pd.DataFrame(parts)[columns]
        pd.testing.assert_frame_equal(frame, expected, check_exact=True, obj=name)


def test_every_result_of_an_analysis_gives_a_table(exploration: Exploration) -> None:
    analysis = exploration.analysis
    for shown in (analysis, analysis.findings, analysis.criteria, analysis.proposal):
        assert len(shown.to_frame())
    for outcome in ("conversion", "objection", "complaint"):
        rates, fits = analysis.rates(outcome).to_frame(), analysis.fits(outcome).to_frame()
        assert (rates["n"] >= 10).all()
        is_hidden = number(analysis.published.outcomes[outcome].events) is None
        assert fits.empty if is_hidden else fits["family"].iloc[0] == "constant"


def test_an_unknown_outcome_is_one_sentence_in_a_cell(exploration: Exploration) -> None:
    with pytest.raises(UsageError) as caught:
        exploration.analysis.rates("klacht")
    assert caught.value._render_traceback_() == [f"UsageError: {caught.value}"]


def test_the_names_of_the_package_are_what_completion_offers() -> None:
    assert dir(balanstest_analysis) == [
        *("__version__", "analyse", "explore", "fit_curve", "judge", "load_dossier"),
        *("propose_term", "rate_table", "simulate_history"),
    ]
