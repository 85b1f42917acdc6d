"""Rows of two dates: each says its report, and nothing is added up over both."""

from __future__ import annotations

from balanstest_analysis.document.blocks.plain import plain_of
from balanstest_analysis.presentation import chapters, conclusions, tables
from balanstest_analysis.presentation.tables.history import rates_over_quarters_table
from balanstest_analysis.published.earlier_report import EarlierReport
from balanstest_analysis.published.names import OUTCOMES
from balanstest_analysis.published.result import PublishedResult
from tests.example_results import dossier, proposed, published


def with_kept(*places: int, outcome: str = "objection") -> PublishedResult:
    """Return a result of which some rows of an outcome come from the quarter before."""
    result = proposed()
    rows = result["outcomes"][outcome]["rates"]
    for place in places or range(len(rows)):
        rows[place]["kept_from"] = "2026-Q2"
    return published(result)


def text_of(result: PublishedResult) -> str:
    return " ".join(conclusions.outcome_sentences(result, "objection"))


def test_a_kept_row_says_from_which_report_it_comes() -> None:
    table = tables.rates_table(with_kept(2, 3), "objection")
    assert table.columns[-1] == "Rapport"
    assert [cells[-1] for cells in table.rows[1:4]] == [
        "dit rapport",
        "tweede kwartaal van 2026",
        "tweede kwartaal van 2026",
    ]
    assert table.caption.endswith(
        "gegevens tot en met 30 september 2026, met rijen uit een eerder rapport"
    )
    assert "Rapport" not in tables.rates_table(published(proposed()), "objection").columns


def test_rows_of_two_reports_have_no_total_in_table_or_sentence() -> None:
    table = tables.rates_table(with_kept(2), "objection")
    assert all(cells[0] != "Alle maanden" for cells in table.rows)
    text = text_of(with_kept(2))
    assert "Over alle maanden samen" not in text
    assert "Daarom staat er geen totaal bij." in text


def test_rows_of_two_reports_are_not_compared() -> None:
    text, whole = text_of(with_kept(0, 1)), text_of(with_kept())
    assert "Deze twee rijen komen uit verschillende rapporten en zijn niet vergeleken." in text
    assert "in maand 45 tot en met 47 was dat 8,7%" in text
    assert "overlappen" not in text
    assert "De intervallen overlappen elkaar niet" in whole


def test_the_ends_are_compared_where_only_rows_between_them_are_of_another_report() -> None:
    text = text_of(with_kept(2))
    assert (
        "De intervallen overlappen elkaar niet; het percentage is aan het einde dus hoger" in text
    )
    assert "niet vergeleken" not in text
    assert "Cochran" not in text


def test_rows_that_all_come_from_one_report_keep_their_total_and_say_whose() -> None:
    table = tables.rates_table(with_kept(), "objection")
    assert table.rows[-1][0] == "Alle maanden"
    assert "overgenomen uit het rapport over het tweede kwartaal van 2026" in table.caption
    assert "overgenomen uit het rapport over het tweede kwartaal" in text_of(with_kept())


def test_no_total_over_quarters_mixes_reports() -> None:
    reports = [EarlierReport(period="2026-Q3", result=with_kept(2))]
    [cells] = rates_over_quarters_table(reports).rows
    assert cells[2] == "."
    assert cells[1] != "."


def test_counts_of_two_reports_are_not_added_up_to_years_nor_set_against_each_other() -> None:
    result = with_kept(2)
    table = tables.yearly_table(result)
    assert table is not None
    assert table.rows[0][2:3] == (".",)
    assert table.rows[0][-1] == "."
    assert "niet opgeteld" in str(table.note)
    against = " ".join(point.text for point in conclusions.counterpoints(result))
    assert "viel" not in against.split("kortere termijn")[1][:60]
    assert conclusions.question_evidence("months", result) == ""


def guide(result: PublishedResult) -> str:
    return plain_of(chapters.reading_guide(result, dossier()))


def test_the_overviews_are_not_said_to_count_the_same_contacts() -> None:
    assert "dezelfde contacten: die" in guide(published(proposed()))
    text = guide(with_kept(2))
    assert "tellen de contacten van toen" in text
    assert "niet alle dezelfde contacten" in text


def test_findings_checks_and_people_that_are_kept_say_so() -> None:
    result = proposed()
    result["findings"][0]["kept_from"] = "2026-Q2"
    result["composition"][1]["kept_from"] = "2026-Q1"
    result["incidence_since_contact"]["objection"][0]["kept_from"] = "2026-Q2"
    result["series"] = {"kept": ["findings", "composition", "bridge"]}
    result["bridge"] = proposed()["bridge"]
    shown = published(result)
    text = plain_of(chapters.findings(shown, dossier()))
    assert "Dit aantal is overgenomen uit het rapport over het tweede kwartaal van 2026." in text
    for table in (tables.composition_table(shown), tables.incidence_table(shown, "objection")):
        assert table is not None
        assert table.columns[-1] == "Rapport"
    bridge = tables.bridge_table(shown)
    assert bridge is not None
    assert bridge.caption.endswith("overgenomen uit een eerder rapport")


def test_every_overview_of_one_date_is_as_before() -> None:
    result = published(proposed())
    for outcome in OUTCOMES:
        assert "Rapport" not in tables.rates_table(result, outcome).columns
        assert "geen totaal" not in " ".join(conclusions.outcome_sentences(result, outcome))
