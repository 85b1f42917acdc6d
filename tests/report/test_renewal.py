"""Next year's dossier: what stays, what is to be confirmed, and what has to be said anew."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from balanstest_analysis.dossier.loading import load_dossier, load_unfinished
from balanstest_analysis.dossier.statements import PLACEHOLDER
from balanstest_analysis.errors import DossierError, UsageError
from balanstest_analysis.report.answers.exchange import export_answers, import_answers
from balanstest_analysis.report.renewal import renew_dossier
from tests.command_line import run_command
from tests.edited_forms import edit, rewritten
from tests.filled_starters import filled

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "balanstest.toml"
MARK = "NOG IN TE VULLEN"


def written(folder: Path, *changes: tuple[str, str]) -> Path:
    text = SAMPLE.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "oud.toml").write_text(text, "utf-8")
    return folder / "oud.toml"


def test_criteria_settings_measures_and_comments_stay(tmp_path: Path) -> None:
    old = written(tmp_path, ("[settings]\n", "[settings]\n# onze keuze\n"))
    renewed = renew_dossier(old, tmp_path / "nieuw.toml")

    before, after = load_dossier(old), load_unfinished(renewed.path)
    assert after.criteria_hash() == before.criteria_hash()
    assert (after.settings, after.measures) == (before.settings, before.measures)
    assert after.series == before.series
    assert "# onze keuze" in renewed.path.read_text("utf-8")
    assert old.read_text("utf-8").count(MARK) == 0


def test_opinions_dates_and_decision_are_taken_out(tmp_path: Path) -> None:
    renewed = renew_dossier(SAMPLE, tmp_path / "nieuw.toml")

    after = load_unfinished(renewed.path)
    review = after.review
    assert (review.dpo_opinion, review.people_asked) == ("", "")
    assert (review.dpo_status, review.dpo_date, review.dpo_followed) == (None, None, None)
    assert (review.review_date, after.decision) == (None, None)
    assert {"decision", "scope.report_date", "review.dpo_status"} <= set(after.gaps())
    assert "# term_months = 21" in renewed.path.read_text("utf-8")


def test_every_text_is_a_gap_until_somebody_confirms_it(tmp_path: Path) -> None:
    renewed = renew_dossier(SAMPLE, tmp_path / "nieuw.toml")

    raw = tomllib.loads(renewed.path.read_text("utf-8"))
    old = tomllib.loads(SAMPLE.read_text("utf-8"))
    for number, answer in raw["answers"].items():
        assert answer.startswith(f"**{MARK}:**")
        assert answer.endswith(old["answers"][number].strip())
    gaps = set(load_unfinished(renewed.path).gaps())
    assert {"1a", "4", "conditions.same_entity", "review.necessity", "processing.basis"} <= gaps
    assert set(renewed.marked) >= {"answers.1a", "replies.shorter_term", "conditions.same_entity"}


def test_a_mark_is_taken_away_in_word(tmp_path: Path) -> None:
    path = renew_dossier(SAMPLE, tmp_path / "nieuw.toml").path
    export_answers(path, tmp_path / "f.docx", reports=tmp_path)
    edit(tmp_path / "f.docx", rewritten("answers.1d", "Nog steeds niet van toepassing."))

    assert "1d" not in import_answers(path, tmp_path / "f.docx").gaps


def test_what_is_renewed_twice_is_marked_once(tmp_path: Path) -> None:
    first = renew_dossier(SAMPLE, tmp_path / "een.toml").path
    second = renew_dossier(first, tmp_path / "twee.toml")

    assert second.marked == ()
    assert second.path.read_text("utf-8").count(MARK) == first.read_text("utf-8").count(MARK)


def test_rules_that_changed_since_are_told(tmp_path: Path) -> None:
    old = written(
        tmp_path,
        ("report_date = 2026-10-15", "report_date = 2025-10-15"),
        ("data_through = 2026-09-30", "data_through = 2025-09-30"),
        ("decided_on = 2026-10-20", "decided_on = 2025-10-20"),
        ("done_on = 2026-10-01", "done_on = 2025-10-01"),
        ("done_on = 2026-09-01", "done_on = 2025-09-01"),
    )

    notes = renew_dossier(old, tmp_path / "nieuw.toml").notes

    assert any(
        note.startswith("Rules since 2026-07-01 (tw-2026)") and "contract" in note for note in notes
    )
    assert any("same version of the template (opt-in)" in note for note in notes)
    assert any("The decision was 21 months" in note for note in notes)


def test_questions_that_changed_since_are_told(tmp_path: Path) -> None:
    run_command("init", "oud", "--template", "bel-me-niet", cwd=tmp_path)

    notes = renew_dossier(filled(tmp_path / "oud" / "balanstest.toml"), tmp_path / "nieuw").notes

    told = next(note for note in notes if "newer template" in note)
    assert "1e (Gemiddelde looptijd van het contract)" in told
    assert "2a is 2b" in told


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_line_ends_and_other_forms_of_tables_stay(ends: str, tmp_path: Path) -> None:
    text = SAMPLE.read_text("utf-8")
    start, end = text.index("[decision]"), text.index("[[measures]]")
    inline = (
        'decision = { term_months = 21, decided_on = 2026-10-20, decided_by = "d", reason = "r" }'
    )
    text = f"{inline}\n{text[:start]}{text[end:]}"
    (tmp_path / "oud.toml").write_bytes(text.replace("\n", ends).encode())

    path = renew_dossier(tmp_path / "oud.toml", tmp_path / "nieuw.toml").path

    after = path.read_bytes().decode()
    assert load_unfinished(path).decision is None
    assert "\r" not in str(tomllib.loads(after)["answers"])
    assert after.count("\n") == after.count(ends)


def test_what_is_set_aside_is_to_be_decided_anew(tmp_path: Path) -> None:
    stated = (
        '[[set_aside]]\ncriterion = "Klachten"\nthreshold = 0.008\nreason = "[zie] bijlage"\n\n'
    )
    old = written(
        tmp_path, ("[conditions.payment_obligation]", f"{stated}[conditions.payment_obligation]")
    )

    path = renew_dossier(old, tmp_path / "nieuw.toml").path

    assert load_unfinished(path).set_aside == []
    assert '# criterion = "Klachten"' in path.read_text("utf-8")


def test_nothing_is_overwritten_and_no_bad_dossier_renewed(tmp_path: Path) -> None:
    there = renew_dossier(SAMPLE, tmp_path).path
    assert there == tmp_path / "balanstest.toml"
    with pytest.raises(UsageError, match="there already"):
        renew_dossier(SAMPLE, tmp_path)
    (tmp_path / "kapot.toml").write_text("schema = 2\n")
    with pytest.raises(DossierError):
        renew_dossier(tmp_path / "kapot.toml", tmp_path / "x.toml")


def test_the_command_tells_what_to_confirm(tmp_path: Path) -> None:
    done = run_command("renew", SAMPLE, tmp_path / "2027", cwd=tmp_path)

    assert done.returncode == 0
    marked = (tmp_path / "2027" / "balanstest.toml").read_text("utf-8").count(PLACEHOLDER)
    assert marked > 30
    assert f"To confirm ({marked}, a gap each until its mark is taken away):" in done.stdout
    assert done.stdout.splitlines()[-1] == f"Made {tmp_path / '2027' / 'balanstest.toml'}."


def test_a_renewed_dossier_is_not_analysed_before_its_days_are_stated(tmp_path: Path) -> None:
    renewed = renew_dossier(SAMPLE, tmp_path / "nieuw.toml").path
    with pytest.raises(DossierError) as refused:
        load_dossier(renewed)
    told = str(refused.value).splitlines()
    assert ["report_date" in line for line in told] == [True, False]
    assert ["data_through` is still" in line for line in told] == [False, True]
