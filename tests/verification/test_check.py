"""A report as it was made is sound; one in which something was changed is told by its name."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from balanstest_analysis.errors import UsageError
from balanstest_analysis.report.bundle import bundle_report
from balanstest_analysis.verification import Verification, verify
from studies.verify import SEED, SERIES, TABLE, WANTED
from tests.delivered_reports import delivered, files_of
from tests.english_words import english_in
from tests.report_cases import Case, report_of
from tests.report_mutations import KINDS, PDF, RESULT, Files, Mutation, mended, mutations

CASES = (
    Case(),
    Case(shape="data end early", missing="complaint", template="bel-me-niet", regime="tw-2021"),
)
SLICE = (
    "a digit in the PDF",
    "a digit in a PDF alone",
    "a cell of the workbook",
    "a row left out of a CSV file",
    "a term of the result",
    "an attachment of another report in a PDF alone",
    "a page of another report in the PDF",
    "a sentence of the web page turned",
    "a figure of the web page in another's place",
    "a file changed, its hash left",
)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("reports")
    return [
        delivered(report_of(case, folder), folder / f"report-{number}")
        for number, case in enumerate(CASES)
    ]


@pytest.fixture(scope="module")
def files(places: list[Path]) -> list[Files]:
    return [dict(files_of(place)) for place in places]


def test_a_report_is_sound_as_a_folder_and_as_a_pdf_alone(places: list[Path]) -> None:
    for place in places:
        for path in (place, place / PDF):
            found = verify(path)
            assert [one.sentence() for one in found.findings] == []
            assert found.sound
            assert found.known_version
            assert found.not_read == ()
            assert all(number > 0 for level in found.levels for _, number in level.counted)


def test_a_pdf_alone_is_read_as_far_as_the_web_page(places: list[Path]) -> None:
    whole, alone = (dict(verify(path).levels[2].counted) for path in (places[0], places[0] / PDF))
    assert whole["sentences"] - alone["sentences"] > 0.9 * alone["sentences"]
    assert whole["rows"] == alone["rows"]


def test_a_bundle_is_sound_with_its_annexes(places: list[Path], tmp_path: Path) -> None:
    annex = tmp_path / "dpia.txt"
    annex.write_text("De DPIA is uitgevoerd.", "utf-8")
    bundle = bundle_report(places[0], attach=[annex], force=True).path
    found = verify(bundle)
    assert [one.sentence() for one in found.findings] == []
    assert dict(found.levels[0].counted)["files"] == len([*files_of(places[0])]) + 4


def test_every_kind_of_change_that_the_study_knows_was_made_and_nearly_all_were_found() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 300
    assert {row["kind"] for row in rows} == {*KINDS, SERIES}
    assert {int(row["seed"]) - int(row["report"]) for row in rows} == {SEED}
    named = Counter(row["rightly_named"] for row in rows)
    assert named["yes"] >= WANTED * len(rows)


@pytest.fixture(scope="module")
def changed(
    files: list[Files], tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Mutation, Verification]]:
    folder = tmp_path_factory.mktemp("changed")
    return [
        (one, verify(one.write(folder / str(number))))
        for number, one in enumerate(mutations(files[0], files[1], 1, SEED, SLICE))
    ]


def test_changes_are_found_and_rightly_named(changed: list[tuple[Mutation, Verification]]) -> None:
    missed = [
        f"{one.kind}: {one.words}"
        for one, found in changed
        if not {fault.level for fault in found.findings} & one.levels
    ]
    assert missed == []


def test_nothing_of_what_is_found_is_told_in_english_on_the_dutch_page(
    changed: list[tuple[Mutation, Verification]],
) -> None:
    told = [fault.sentence("nl") for _, found in changed for fault in found.findings]
    assert [one for one in told if english_in(one)] == []
    assert len({fault.code for _, found in changed for fault in found.findings}) > 5
    with_numbers = [one for one in told if "geven de uitkomsten" in one]
    assert with_numbers
    assert [one for one in with_numbers if re.search(r"uitkomsten -?\d+\.\d", one)] == []


def test_a_report_of_another_version_is_told_and_its_unknown_words_are_listed(
    files: list[Files], tmp_path: Path
) -> None:
    told = files[0][RESULT].decode()
    result = json.loads(told)
    result["versions"]["balanstest-analysis"] = "99.0"
    html = files[0]["onderbouwing.html"].decode()
    strange = "<p>Dit staat in geen enkel rapport van nu.</p></main>"
    changed = mended(
        files[0],
        **{
            RESULT: json.dumps(result).encode(),
            "onderbouwing.html": html.replace("</main>", strange).encode(),
        },
    )
    for name, content in changed.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    found = verify(tmp_path)
    assert not found.known_version
    assert found.not_read == ("Dit staat in geen enkel rapport van nu.",)
    assert not found.sound


def test_what_holds_no_result_is_no_earlier_report(places: list[Path], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no readable"):
        verify(places[0] / PDF, earlier=[tmp_path])
