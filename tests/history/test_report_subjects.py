"""What objections and complaints are about, by the words of a column that nobody mapped."""

from __future__ import annotations

from pathlib import Path

import pytest

from balanstest_analysis.history.columns.report_subjects import (
    is_known_subject,
    is_subject_name,
    may_tell_subject,
    subject_of,
    tells_subject,
)
from balanstest_analysis.history.compliance.review import review_history
from balanstest_analysis.history.findings import Finding
from tests.histories import tables, write_dossier

SECRET = b"a secret for tests"
SUBJECTS = {
    "calls": (
        *("telefoon", "Telefonisch", "telemarketing", "TM", "bellen", "gebeld", "phone", "Call"),
        *("outbound", "belactie", "beller", "telefonische werving", "Telemarketing: gedrag beller"),
        *("Telemarketing: te vaak gebeld", "Wil niet meer gebeld worden", "Bel me niet", "DNC"),
        *("Telefoon en post", "TM + DM", "Te veel telefoontjes", "Cold calling", "Geen telefoon"),
        *("Opt-out telefoon", "alleen telefoon", "Telemarketing - product onduidelijk"),
        *("Too many phone calls", "Do not call", "Telefonisch contact", "Telesales"),
        *("phone_opt_out", "Telefoonblokkade", "Vaste telefoon", "Telephone fundraising", "BEL"),
    ),
    "all": (
        *("alles", "Alle kanalen", "alle communicatie", "all", "All channels", "Opt-out alles"),
        *("Volledig", "geen contact", "Do not contact", "everything", "Alle communicatievormen"),
        *("Totaalverzet", "Alle kanalen (volledig)", "Wil niets meer ontvangen"),
    ),
    "other": (
        *("post", "Brief", "DM", "Direct mail", "mail", "E-mail", "nieuwsbrief", "SMS", "WhatsApp"),
        *("bezorging", "Levering", "Factuur", "Incasso", "Dubbele incasso", "Incasso's", "product"),
        *("Website", "Privacy", "Magazine", "face-to-face", "F2F", "straatwerving", "Geen post"),
        *("Straatwerving: gedrag werver", "huis-aan-huis", "D2D", "Krantenbezorging", "alle post"),
        *("Klantenservice", "Billing", "Delivery", "Newsletter", "Invoices", "Foutieve incasso"),
        *(
            "Dubbel geïncasseerd",
            "Mailblokkade",
            "Geadresseerde post",
            "Welkomstbrief",
            "Niet mailen",
        ),
    ),
    "": (
        *("postcode", "callcenter medewerker", "Call center", "belasting", "belangstelling"),
        *("Belediging", "posters", "Briefing", "telefoonnummer", "telefoon nummer", "Aangebeld"),
        *("Piet Post", "Jan de Bel", "Kees Tel", "Overig", "Onbekend", "Q7", "", "verhuisd"),
        *("Alles behalve telefoon", "Alles behalve post", "post wel", "Niet teruggebeld"),
        *("Terugbellen", "Telefonische bereikbaarheid", "Klantenservice belt niet", "Call back"),
        *("Wachttijd telefoon", "Inbound call", "Direct marketing", "Mobiel", "Telefoonabonnement"),
    ),
}
TELLING = (
    *("Onderwerp", "Categorie", "Betreft", "Reden", "Afmelding voor", "Opt-out type", "Subject"),
    *(
        "Category",
        "Case reason",
        "Soort",
        "Type",
        "Klachtsoort",
        "Aard van de klacht",
        "Type melding",
    ),
    *("Reden afmelding", "Verzet tegen", "Uitgeschreven voor", "Geen contact via", "Reden__c"),
)
WAYS_IN = (
    *("Binnengekomen via", "Kanaal van binnenkomst", "Ontvangen via", "Ingediend via", "Bron"),
    *("Herkomst", "Case Origin", "Lead source", "Klachtbron", "Wervingskanaal"),
)
NO_SUBJECT = ("Voorkeurskanaal", "Opt-in type", "Opmerking", "Toelichting")
MIXED = {"telefoon": 206, "post": 150}
EVERYTHING = {**MIXED, "alle kanalen": 112}
CALLED = "customer_id,called_at,net_contact,converted\na,2024-03-04 10:00,1,1\n"


@pytest.mark.parametrize(
    ("code", "wanted"), [(code, kind) for kind, codes in SUBJECTS.items() for code in codes]
)
def test_a_code_is_about_what_its_words_say(code: str, wanted: str) -> None:
    assert subject_of(code) == wanted


@pytest.mark.parametrize("name", ["Piet Post", "Van Bellen", "De Brief", "Kees Tel", "Jan Incasso"])
def test_a_name_is_no_code_although_a_word_of_it_is(name: str) -> None:
    assert not is_known_subject(name)


@pytest.mark.parametrize("name", TELLING)
def test_a_column_that_tells_a_subject_is_known_by_its_name(name: str) -> None:
    assert is_subject_name("objections", name)
    assert tells_subject("complaints", name, MIXED)
    assert not is_subject_name("calls", name)


@pytest.mark.parametrize("name", [*WAYS_IN, *NO_SUBJECT, "channel"])
def test_a_column_that_tells_how_a_report_came_in_tells_no_subject(name: str) -> None:
    assert not may_tell_subject("complaints", name)
    assert not tells_subject("complaints", name, EVERYTHING)


def test_a_channel_tells_a_subject_only_where_a_code_is_no_way_in() -> None:
    ways = {"telefoon": 9, "e-mail": 8, "brief": 3, "webformulier": 2, "Telemarketing": 1}
    assert not tells_subject("complaints", "Kanaal", ways)
    assert tells_subject("complaints", "Kanaal", EVERYTHING)
    assert tells_subject("complaints", "Kanaal", {"TM": 9, "DM": 8, "D2D": 3})
    assert not tells_subject("complaints", "Kanaal", {**EVERYTHING, "Jansen": 1})


def test_a_form_or_a_chat_shows_that_a_type_is_the_way_in() -> None:
    assert not tells_subject("complaints", "Type", {**MIXED, "webformulier": 3})
    assert not tells_subject("complaints", "Type", {**MIXED, "Chat": 3})
    assert not tells_subject("complaints", "Type", {"Telefonisch": 9, "Per e-mail": 3})
    assert tells_subject("complaints", "Type", {**MIXED, "webformulier": 3, "Incasso": 1})


@pytest.mark.parametrize(
    "codes",
    [
        {"telefoon": 3, "Te vaak gebeld": 2},
        {"post": 3, "Incasso": 2},
        {"telefoon": 3, "Overig": 2},
        {"P": 3, "T": 2},
    ],
)
def test_codes_of_one_kind_tell_no_subjects_apart(codes: dict[str, int]) -> None:
    assert not tells_subject("objections", "Soort", codes)


def test_free_text_is_not_read_code_by_code() -> None:
    texts = {f"gebeld over incasso {number}": 1 for number in range(11)}
    assert not tells_subject("complaints", "Onderwerp", {**texts, "post": 1, "gebeld": 1})
    many = {f"gebeld {number}": 9 for number in range(40)}
    assert not tells_subject("complaints", "Onderwerp", {**many, "post": 9})
    long = "Mevrouw is vandaag weer gebeld en wil dat niet meer"
    assert not tells_subject("complaints", "Onderwerp", {long: 1, "post": 9})


def findings(tmp_path: Path, files: dict[str, str], data: str) -> list[Finding]:
    events = "customer_id,occurred_on\na,2023-06-01\n"
    for name, text in {"calls.csv": CALLED, "events.csv": events, **files}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    found = review_history(write_dossier(tmp_path, data), SECRET).exposure.findings
    return [one for one in found if one.code.startswith("subject_column_ignored")]


def found(tmp_path: Path, table: str, column: str, codes: list[str], choice: str) -> list[Finding]:
    day = {"objections": "objected_on", "complaints": "complained_on"}[table]
    rows = "".join(f"a,2024-03-{at:02d},{code}\n" for at, code in enumerate(codes, start=5))
    path = f'path = "{table}.csv"'
    data = tables("calls", "events", table).replace(path, f"{path}\n{choice}")
    return findings(tmp_path, {f"{table}.csv": f"customer_id,{day},{column}\n{rows}"}, data)


CODES = ["telefoon", "telefoon", "Alle kanalen", "post", "Dubbele Incasso", "Piet Post"]


def test_a_finding_names_what_is_not_about_calls_beside_what_is_and_no_person(
    tmp_path: Path,
) -> None:
    (finding,) = found(tmp_path, "objections", "Afmelding voor", CODES, "")
    assert (finding.code, finding.count) == ("subject_column_ignored_objections", 3)
    assert finding.detail == (
        "`Afmelding voor` of objections.csv holds Dubbele Incasso (1), post (1), and 1 that may be "
        "names, beside telefoon (2), Alle kanalen (1)."
    )
    assert not finding.blocking


@pytest.mark.parametrize(
    ("table", "column", "choice"),
    [
        ("objections", "Soort", 'where = { Soort = ["telefoon", "Alle kanalen"] }'),
        ("complaints", "Type", 'where = { Type = ["telefoon", "Alle kanalen"] }'),
        ("complaints", "Type", 'columns = { channel = "Type" }'),
        ("complaints", "channel", ""),
        ("complaints", "Bron", ""),
    ],
)
def test_nothing_is_found_where_the_dossier_names_the_column_or_it_is_another(
    table: str, column: str, choice: str, tmp_path: Path
) -> None:
    assert found(tmp_path, table, column, CODES[:4], choice) == []


def test_subjects_that_stand_in_several_files_are_taken_together(tmp_path: Path) -> None:
    files = {
        f"verzet/{code}.csv": f"customer_id,objected_on,Soort\na,2024-03-{day},{code}\n"
        for code, day in (("telefoon", "05"), ("post", "06"))
    }
    data = tables("calls", "events", "objections").replace("objections.csv", "verzet")
    (finding,) = findings(tmp_path, files, data)
    assert finding.detail == "`Soort` of post.csv holds post (1), beside telefoon (1)."
