"""Every counterpoint has a number, a code that stays, and a reply or a gap."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from balanstest_analysis.document import wording
from balanstest_analysis.document.blocks import Notice, Paragraph
from balanstest_analysis.dossier.review import Review
from balanstest_analysis.presentation import chapters, conclusions
from balanstest_analysis.presentation.conclusions.binding import term_cause
from balanstest_analysis.published.names import COUNTERPOINTS
from balanstest_analysis.report.onderbouwing import with_reply_gaps
from tests.example_results import EXAMPLES, dossier, incomplete, proposed, published


def paragraphs(review: Review) -> list[str]:
    blocks = chapters.against(published(proposed()), review)
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def missing(review: Review) -> str:
    blocks = chapters.against(published(proposed()), review)
    boxes = [block.blocks for block in blocks if isinstance(block, Notice)]
    return "".join(one.text for box in boxes for one in box if isinstance(one, Paragraph))


def points_of(result: dict[str, Any]) -> dict[str, str]:
    return {one.code: one.text for one in conclusions.counterpoints(published(result))}


def codes(result: dict[str, Any], **review: Any) -> list[str]:
    stated = Review.model_validate(review)
    return [point.code for point in conclusions.counterpoints(published(result), (), stated)]


def test_points_are_numbered_and_each_is_followed_by_the_reply_of_the_organisation() -> None:
    replies = {"breaches": "Zie de *maatregelen*.", "silence": "Daarmee zijn wij het eens."}
    points = paragraphs(Review(replies=replies))[1:]
    assert [text.split(".")[0] for text in points] == [
        f"{number}" for number in range(1, len(points) + 1)
    ]
    breaches = next(text for text in points if "41 keer gebeld" in text)
    assert breaches.endswith(r"*Reactie van de organisatie:* Zie de \*maatregelen\*.")
    assert sum(text.endswith("**Nog geen reactie.**") for text in points) == len(points) - 2


def test_a_reply_that_is_still_to_be_written_is_none() -> None:
    points = paragraphs(Review(replies={"silence": "NOG IN TE VULLEN"}))
    assert next(text for text in points if "geen instemming" in text).endswith(
        "**Nog geen reactie.**"
    )


def test_on_how_many_points_a_reply_is_missing_is_told_once_and_where_to_write_it() -> None:
    every = codes(proposed())
    number = wording.spelled(len(every))
    some = {"silence": "Daarmee zijn wij het eens."}
    less = wording.spelled(len(every) - 1)
    assert missing(Review()).startswith(f"Op geen van de {number} punten heeft")
    assert missing(Review(replies=some)).startswith(f"Op {less} van de {number} punten heeft")
    assert "onder ‘review.replies’, of in het Word-formulier" in missing(Review(replies=some))
    assert missing(Review(replies=dict.fromkeys(every, "Gezien."))) == ""


def test_a_point_nobody_replied_to_is_a_gap_by_its_code() -> None:
    replied = with_reply_gaps(published(proposed()), dossier().review, ())
    assert replied.gaps == ()
    silent = with_reply_gaps(published(proposed()), Review(), ())
    assert silent.gaps == tuple(f"replies.{code}" for code in codes(proposed()))


def test_a_reply_to_a_point_that_is_not_made_is_named_and_not_printed() -> None:
    last = paragraphs(Review(replies={"dpo_disagrees": "Dat is onjuist."}))[-1]
    assert last == (
        "Het dossier bevat ook een reactie op een punt dat in dit rapport niet aan de orde komt: "
        "‘een FG die niet akkoord is’. Dat punt speelt hier niet; de "
        "reactie is daarom niet opgenomen."
    )
    replies = {"dpo_disagrees": "Dat is onjuist.", "criteria_changed": "Ook onjuist."}
    assert paragraphs(Review(replies=replies))[-1] == (
        "Het dossier bevat ook reacties op punten die in dit rapport niet aan de orde komen: ‘een "
        "FG die niet akkoord is’ en ‘gewijzigde criteria’. Die punten spelen hier niet; de "
        "reacties zijn daarom niet opgenomen."
    )
    made = codes(proposed())
    many = {code: "Gezien." for code in COUNTERPOINTS if code not in made}
    assert paragraphs(Review(replies=many))[-1] == (
        f"Het dossier bevat ook reacties op {wording.spelled(len(many))} punten die in dit rapport "
        "niet aan de orde komen. Die punten spelen hier niet; de reacties zijn daarom niet "
        "opgenomen."
    )


def test_calls_that_were_wrong_and_objections_processed_late_are_told_apart() -> None:
    late = {"code": "objection_processed_late", "count": 22, "text": "x"}
    result = proposed()
    result["findings"] = [{"code": "after_objection", "count": 30, "text": "x"}, late]
    told = points_of(result)["breaches"]
    assert "er is 30 keer gebeld nadat verzet was aangetekend. In 22 gevallen was verzet" in told
    assert (
        "Dit is automatisch getoetst; of er voor afzonderlijke gevallen een verklaring is" in told
    )
    result["findings"] = [{**late, "count": 1}]
    assert points_of(result)["breaches"].startswith("In 1 geval was verzet na vier weken")


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"binding": "regime_cap"}, "zij volgt uit de grens van 36 maanden (Code)."),
        (
            {"binding": "last_month_with_evidence", "uncapped_term_months": 31},
            "zij volgt uit het ontbreken van voldoende gegevens na maand 30.",
        ),
        (
            {"binding": "regime_cap", "route": "request", "requested_term_months": 48},
            "en, zonder die grens, uit het criterium ‘",
        ),
    ],
)
def test_what_decides_instead_of_verzet_or_klachten_is_named(
    change: dict[str, Any], cause: str
) -> None:
    result = proposed()
    result["proposal"].update(change, privacy_binds=False)
    assert cause in f"{term_cause(published(result))}."


def test_no_code_speaks_twice_and_the_gravest_come_first() -> None:
    for make in EXAMPLES.values():
        found = codes(make())
        assert found == [code for code in COUNTERPOINTS if code in found]


def test_all_that_is_set_aside_is_one_point_with_one_reply() -> None:
    assert codes(incomplete()).count("criterion_set_aside") == 1


def test_an_officer_who_disagrees_speaks_against_with_the_reason_not_to_follow() -> None:
    stated = {
        "dpo_status": "disagrees",
        "dpo_date": dt.date(2026, 10, 8),
        "dpo_followed": False,
        "dpo_followed_reason": "De FG gaat uit van andere gegevens.",
    }
    assert codes(proposed(), **stated)[0] == "dpo_disagrees"
    points = conclusions.counterpoints(published(proposed()), (), Review.model_validate(stated))
    assert points[0].text == (
        "De functionaris voor gegevensbescherming is niet akkoord (8 oktober 2026). De organisatie "
        "volgt dat oordeel niet op. Haar reden: “De FG gaat uit van andere gegevens.”"
    )
    assert "dpo_disagrees" not in codes(proposed(), dpo_status="agrees_if")


def test_a_longer_term_speaks_against_with_the_reason_for_it() -> None:
    result = proposed()
    result["proposal"]["current_term_months"] = 18
    stated = Review(reason_for_longer_term="Een donateurschap duurt langer.")
    points = conclusions.counterpoints(published(result), (), stated)
    longer = next(point for point in points if point.code == "longer_than_current")
    assert longer.text.endswith("De reden van de organisatie: “Een donateurschap duurt langer.”")
