"""Words of diallers and payments: what a code means, and what is left to the user."""

from __future__ import annotations

import pytest

from balanstest_analysis.history.columns.row_status import may_decide, row_status
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
        *("ANSWERED", "Connected", "XFER", "Doorverbonden"),
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
