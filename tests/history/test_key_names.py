"""Columns of keys are known by what many systems call them, and others are not taken for them."""

from __future__ import annotations

import pytest

from balanstest_analysis.history.columns.column_names import (
    is_reference,
    is_row_number,
    may_stand_for,
    ours_of,
)

BY_SYSTEM = {
    "Salesforce": "ContactId, Contact: Contact ID (18), Contact_18_ID__c, Donor_Number__c, "
    "npsp__Donor_Ref__c, External_ID__c, WhoId",
    "Microsoft Dynamics": "contactid, _contactid_value, parentcustomerid, _msnfp_customerid_value, "
    "new_donateurnummer, regardingobjectid",
    "Procurios": "Relatie-ID, Relatienummer, Lidnr, Donateursnr, Identificatienummer relatie",
    "iRaiser": "Donor Reference, contact_ref, donor_ref, person_id",
    "Charibase": "Relatienr, Persoonsnr., Relatiecode, Klantreferentie",
    "Exact and AFAS": "Debiteurnr, Debiteurnummer, Verkooprelatie, Klant nr (CRM), BP-nummer",
    "fundraising": "Supporter ID, supporter_reference, Constituent ID, Lookup ID, Member No., "
    "Vrijwilligersnummer, Sponsor Ref, Ledennummer",
    "diallers": "klantref, relatie_ref, Client Ref, crm_contact_id, vendor_lead_code, contact_id, "
    "CRM-nummer, customer_uuid, externe sleutel",
    "other orders": "ID relatie, id_contact, Nr. klant, Nummer van de donateur, unieke klant-id",
    "pseudonyms": "Pseudoniem, klant_pseudoniem, donor_hash",
}
OTHERS = {
    "of a call": "call_ref, gespreksref, Contactmoment-ID, interaction_id, uniqueid",
    "of a payment": "ref, Referentie, Kenmerk, payment_ref, Betalingsreferentie, EndToEndId, "
    "mandate_reference, Machtigingskenmerk, Factuurnummer, order_ref, donation_ref, Donatie-ID",
    "of what is no person": "campaign_ref, Product-ID, agent_id, Medewerkernr, lijst_id, batch_ref",
    "counts and flags": "Contacten, contacts, Aantal contacten, no_contact, Netto contact, "
    "Call number, new_client, Klant sinds, key_account",
    "codes and kinds": "gesprekscode, Contactstatus, Klantsoort, klantkenmerk, Contactreden",
}


def split(names: str) -> list[str]:
    return names.split(", ")


@pytest.mark.parametrize("system", BY_SYSTEM)
def test_the_key_of_a_customer_is_known_by_what_a_system_calls_it(system: str) -> None:
    assert [n for n in split(BY_SYSTEM[system]) if ours_of(n) != ("customer_id",)] == []


@pytest.mark.parametrize("what", OTHERS)
def test_what_is_no_key_of_a_customer_is_not_taken_for_one(what: str) -> None:
    assert [n for n in split(OTHERS[what]) if "customer_id" in ours_of(n)] == []


def test_the_key_of_a_call_is_known_as_that_of_a_call() -> None:
    assert [n for n in split(OTHERS["of a call"]) if ours_of(n) != ("call_id",)] == []


def test_a_name_that_says_little_is_used_where_nothing_else_is_found() -> None:
    names = ["lead_ref", "(Do Not Modify) Contact", "External reference", "partner_id", "Contact"]
    assert [n for n in names if ours_of(n) or not may_stand_for(n, "customer_id")] == []
    assert [n for n in names if is_row_number(n)] == ["External reference"]


def test_a_reference_is_told_from_a_number() -> None:
    assert [
        n for n in ("contact_ref", "Klantreferentie", "Donor Ref No") if not is_reference(n)
    ] == []
    assert [n for n in ("contact_id", "Relatienummer", "Voorkeur") if is_reference(n)] == []
