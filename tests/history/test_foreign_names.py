"""German and French exports are recognised, and unknown names are names of columns all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from balanstest_analysis.errors import DataError
from balanstest_analysis.history.columns.column_names import is_dialler, may_stand_for, ours_of
from balanstest_analysis.history.columns.privacy import is_personal_name
from balanstest_analysis.history.recognition.exports import layouts_of

NAMES = {
    "customer_id": "Kundennummer, Spender-Nr., Geschäftspartner, Mitgliedsnummer, ID donateur, "
    "N° client, Numéro d'adhérent, Code client",
    "called_at": "Anrufdatum, Gesprächszeitpunkt, Datum des Anrufs, Date de l'appel",
    "occurred_on": "Spendendatum, Zahlungsdatum, Rechnungsdatum, Date du don, Date de paiement",
    "amount": "Betrag, Spendenbetrag, Betrag in EUR, Montant, Montant du don, Montant total",
    "ends_on": "Kündigungsdatum, Vertragsende, Date de fin, Date de résiliation",
    "objected_on": "Widerspruchsdatum, Datum des Widerspruchs, Date d'opposition, Désinscrit le",
    "complained_on": "Beschwerdedatum, Reklamiert am, Date de la plainte, Date de réclamation",
}


@pytest.mark.parametrize("ours", NAMES)
def test_german_and_french_names_of_columns_are_known(ours: str) -> None:
    missed = [name for name in NAMES[ours].split(", ") if ours not in ours_of(name)]
    assert not missed


def test_days_results_and_people_are_known_by_their_german_and_french_names() -> None:
    assert may_stand_for("Buchungsdatum", "", is_day=True)
    assert is_dialler("Gesprächsergebnis")
    assert is_dialler("Résultat de l'appel")
    assert all(map(is_personal_name, ("Nachname", "Prénom", "Straße", "Telefonnummer")))


def test_words_of_other_things_are_no_names_of_columns() -> None:
    others = ("Belegart", "Währung", "Devise", "Statut", "Mode de paiement", "Betreff")
    assert not [name for name in others if ours_of(name)]


def test_unknown_names_above_rows_with_a_known_word_are_the_names(tmp_path: Path) -> None:
    path = tmp_path / "wpis.csv"
    path.write_text("Klucz;Dzień;Kwota\n101263;26.03.2024;EUR\n101718;25.05.2023;EUR\n", "utf-8")
    header = layouts_of(path)[0].header
    assert header is not None
    assert header.names == ("Klucz", "Dzień", "Kwota")


def test_a_first_row_of_data_is_still_refused(tmp_path: Path) -> None:
    path = tmp_path / "wpis.csv"
    path.write_text("101263;26.03.2024;EUR\n101718;25.05.2023;EUR\n", "utf-8")
    with pytest.raises(DataError, match="its first row holds data"):
        layouts_of(path)
