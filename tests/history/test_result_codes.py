"""Words of diallers and payments: what a code means, and what is left to the user."""

from __future__ import annotations

import pytest

from balanstest_analysis.history.columns.row_status import may_decide, row_status
from balanstest_analysis.history.columns.uncounted_rows import uncounted_rows, undone_among
from balanstest_analysis.history.recognition.result_codes import divided, meaning

MEANINGS = {
    "converted": (
        *("Donateur", "Ja, eenmalig", "Ja, machtiging", "Machtiging", "SALE", "Sale", "Verkocht"),
        *("Toezegging", "Upgrade", "Eenmalige gift", "Donateur geworden", "Ja", "Lid geworden"),
    ),
    "net_contact": (
        *("Geen interesse", "Nee", "Nee, te duur", "NI", "Not Interested", "NOSALE", "No Sale"),
        *("Al donateur", "Geen donateur meer", "Nu niet", "Opgehangen", "Machtiging ingetrokken"),
        *("Weigert", "Klacht", "Declined Sale", "Geen tijd"),
    ),
    "no_contact": (
        *("Niet thuis", "Geen gehoor", "Voicemail", "In gesprek", "Antwoordapparaat", "NA", "B"),
        *(
            "Nummer onjuist",
            "AM",
            "NO ANSWER",
            "No answer",
            "BUSY",
            "FAILED",
            "UNANSWERED",
            "Bezet",
        ),
        *("Left voicemail", "Wrong number", "Verkeerd nummer", "Overleden", "Verhuisd", "Fax"),
        *("Sent To Voicemail", "Answering Machine", "Niet bereikbaar", "NIET-THUIS"),
    ),
    "objection": (
        *("DNC", "Do Not Call", "Verzet", "Bel me niet", "Bel me niet meer", "Uitschrijven"),
        *("Niet meer bellen", "Wil niet meer gebeld worden", "Opt-out", "Nee, bel nooit meer"),
    ),
    "doubtful": (
        *("Terugbellen", "CALLBK", "Callback", "Later terugbellen", "Ja, bel me later"),
        *("ANSWERED", "Connected", "XFER", "Doorverbonden", "Weigert gesprek"),
    ),
    "unknown": ("Q7", "Onbekend", "Overig", "17", "Nieuw", ""),
}


@pytest.mark.parametrize(
    ("code", "wanted"), [(code, kind) for kind, codes in MEANINGS.items() for code in codes]
)
def test_a_code_means_what_its_words_say(code: str, wanted: str) -> None:
    assert meaning(code) == wanted


def test_an_objection_is_a_contact_and_no_conversion() -> None:
    codes = divided(["Donateur", "Verzet", "Terugbellen", "Voicemail"])
    assert codes.net_contact == ("Donateur", "Verzet")
    assert codes.converted == ("Donateur",)
    assert "Terugbellen" not in {*codes.net_contact, *codes.no_contact}


def test_single_letters_are_read_among_codes_of_vicidial_only() -> None:
    assert divided(["A", "N", "SALE", "NI"]).no_contact == ("A", "N")
    assert divided(["A", "N"]).unknown == ("A", "N")
    assert divided(["N", "Nee", "Donateur"]).unknown == ("N",)


@pytest.mark.parametrize(
    "code", ["paid", "Betaald", "Completed", "succeeded", "Closed Won", "Geïncasseerd", "Posted"]
)
def test_what_was_paid_counts(code: str) -> None:
    assert row_status("events", [code]).counting == (code,)


@pytest.mark.parametrize(
    "code",
    [
        *(
            "failed",
            "Refunded",
            "Cancelled",
            "canceled",
            "Pending",
            "expired",
            "Closed Lost",
            "open",
        ),
        *("charged_back", "Gestorneerd", "Terugbetaald", "Mislukt", "requires_payment_method"),
    ],
)
def test_what_was_not_paid_does_not(code: str) -> None:
    assert row_status("events", [code]).others == (code,)


@pytest.mark.parametrize(
    ("table", "column", "rows"),
    [
        ("events", "fonds", {"A": 5, "C": 3}),
        ("events", "test", {"A": 5, "B": 3}),
        ("events", "betaald", {"10.00": 5, "25.00": 3}),
        ("events", "geslaagd", {"nee": 5}),
        ("events", "soort", {"Gift": 5, "Machtiging": 3}),
        ("events", "rayon", {"1": 5, "2": 3}),
        ("calls", "wervingskanaal", {"telefoon": 5, "straat": 3}),
        ("calls", "campagne", {"in memoriam": 5, "voorjaar": 3}),
        ("calls", "poging", {"1": 5, "2": 3}),
    ],
)
def test_an_ordinary_column_tells_of_no_rows_that_do_not_count(
    table: str, column: str, rows: dict[str, int]
) -> None:
    assert not uncounted_rows(table, column, rows)
    assert undone_among(table, column, rows) is None


@pytest.mark.parametrize(
    ("table", "column", "good", "bad", "is_clear"),
    [
        ("events", "captured", "true", "false", True),
        ("events", "Geslaagd", "Ja", "Nee", True),
        ("events", "Statut", "Payé", "Remboursé", True),
        ("events", "Statut", "Payé", "Annulé", False),
        ("events", "Zahlungsstatus", "bezahlt", "storniert", True),
        ("events", "test", "0", "1", True),
        ("events", "IsDeleted", "false", "true", False),
        ("events", "DC", "C", "D", False),
        ("events", "Resultaat", "OK", "NOK", False),
        ("calls", "Media", "outbound-api", "inbound", True),
        ("calls", "dcontext", "from-internal", "from-trunk", True),
        ("calls", "Gespreksrichting", "Ausgehend", "Eingehend", True),
        ("calls", "Sens", "Sortant", "Entrant", True),
        ("calls", "kanaal", "telefoon", "e-mail", False),
        ("calls", "queue", "out_donor", "in_service", False),
    ],
)
def test_rows_that_do_not_count_are_known_by_words_and_flags(
    table: str, column: str, good: str, bad: str, *, is_clear: bool
) -> None:
    found = uncounted_rows(table, column, {good: 90, bad: 10})
    assert found is not None
    assert (found.codes, found.clear) == ({bad: 10}, 10 * is_clear)


def test_rows_that_do_not_count_are_known_by_codes_days_and_numbers() -> None:
    codes = uncounted_rows("events", "Returncode", {"MD06": 3, "AC04": 2})
    deleted = uncounted_rows("events", "deleted_at", {"2025-03-01": 3, "2025-03-02": 2})
    numbers = uncounted_rows("calls", "direction", {"1": 9, "2": 5})
    assert codes is not None
    assert codes.codes == {"MD06": 3, "AC04": 2}
    assert deleted is not None
    assert deleted.codes == {"filled in": 5}
    assert numbers is not None
    assert numbers.codes == {"1": 9, "2": 5}
    pledges = undone_among("events", "Soort", {"Gift": 9, "Machtiging": 5, "Toezegging": 2})
    assert pledges is not None
    assert pledges.codes == {"Toezegging": 2}


def test_a_code_that_nobody_knows_is_not_said_to_be_clear() -> None:
    found = uncounted_rows("events", "Status", {"gut": 90, "storniert": 8, "offen": 2})
    assert found is not None
    assert (found.codes, found.doubtful) == ({"storniert": 8, "offen": 2}, {"gut": 90})


def test_calls_that_went_out_count() -> None:
    found = row_status("calls", ["Outbound", "INBOUND", "Uitgaand", "Internal", "Manual", "x"])
    assert found.counting == ("Outbound", "Uitgaand", "Manual")
    assert found.others == ("INBOUND", "Internal")
    assert (found.is_clear, found.decides) == (False, True)
    assert not row_status("calls", ["Outbound"]).decides


@pytest.mark.parametrize(
    ("table", "column"),
    [
        *(("events", name) for name in ("Status", "Betaalstatus", "Deal Stage", "Storno")),
        *(("calls", name) for name in ("Direction", "CALL TYPE", "Belrichting", "Call direction")),
    ],
)
def test_a_column_that_may_decide_is_known_by_its_name(table: str, column: str) -> None:
    assert may_decide(table, column)
    assert not may_decide("objections", column)
