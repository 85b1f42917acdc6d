"""What the columns of keys are called: who or what is numbered, and a word for its number.

A word for somebody with a relation, such as *donateur*, and a word for a key, such as *nr* or
*ref*, are a key of a customer in either order and however they are joined. The words themselves say
little: *ref* alone may be of a payment, and *contact* alone may count conversations.
"""

from __future__ import annotations

from typing import Final

_SOMEBODY: Final = (
    "(klant|relatie|relation|customer|contact|donateur|donor|donatrice|lid|leden|debiteur|deb"
    "|abonnee|client|member|persoon|person|constituent|supporter|account|gever|schenker"
    "|verkooprelatie|zakenpartner|business_?partner|bp|debtor|subscriber|lookup|shopper|buyer|koper"
    "|afnemer|deelnemer|participant|speler|sponsor|vriend|volunteer|vrijwilliger|begunstiger|crm)"
)
_REFERENCE: Final = "ref(erence|erentie)?(_?(id|nr|nummer|number|no|code))?"
_NUMBER: Final = "id|nr|nummer|u?uid|guid|identifier|identificatie(nummer|code)?"
_KEY: Final = (
    f"({_NUMBER}|number|no|key|sleutel|code|{_REFERENCE}|id_?(nr|nummer|number|code)"
    "|pseudo(niem|nym)|hash)(_?s|_?18)?"
)
_WHOSE: Final = (
    "((intern(al|e)?|extern(al|e)?|associated|gekoppelde?|target|primary|parent|unieke?|unique"
    "|crm)_?)"
)
_IN_CRM: Final = "(_(in_)?(het_)?crm)?"
_EXTERNAL: Final = "extern(al|e)?"

CUSTOMER_KEY: Final = (
    rf"{_WHOSE}?({_SOMEBODY}s?_?){{1,2}}(18_?)?{_KEY}{_IN_CRM}"
    rf"|(id|nr|nummer|identificatienummer)_(van_)?(de_|het_)?{_SOMEBODY}"
    r"|client|relatie|debiteur|verkooprelatie|customer_user|pseudo(niem|nym)"
    # of Vicidial; of tasks in Salesforce; of activities in Dynamics
    r"|vendor_lead_code|who_?id|regarding_?object_?id"
    rf"|{_EXTERNAL}_?(id|key|sleutel|nummer)"
)
# No *code* and no *number*: what came of a call is called so, and how many there were.
CALL_KEY: Final = (
    rf"(call|gespreks?|belpoging|contact_?moment|interacti(on|e)|conversation|history)s?_?"
    rf"({_NUMBER}|{_REFERENCE}|sid)|unique_?id"
)
WEAK_CUSTOMER_KEY: Final = (
    rf"(lead|record|partner)_?({_NUMBER}|{_REFERENCE})|source_?id|case_?safe_?id"
    rf"|{_EXTERNAL}_?{_REFERENCE}|account|customer|klant|donateur"
    r"|id|nummer|nr|code|sleutel|key|contact"
)
# Of any row: of a payment or a call as well.
ROW_NUMBER: Final = (
    rf"(record_?|row_?|rij_?|regel_?)?(id|nummer|nr|code|sleutel|key)|{_EXTERNAL}_?{_REFERENCE}"
)
# What a customer wrote beside a payment is called so too.
REFERENCE: Final = rf".*_?{_REFERENCE}"
