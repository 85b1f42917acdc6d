"""The Dutch of the calibration: what each scenario is, and what its table shows."""

from __future__ import annotations

from typing import Final

SCENARIO_NAMES: Final = {
    "constant-holds": "vlak, criterium altijd gehaald",
    "constant-fails": "vlak, criterium net niet gehaald",
    "exponential": "exponentiële daling",
    "floor": "daling naar een bodem",
    "power": "machtsverloop",
    "logistic-small": "logistische daling, 7.000 contacten",
    "loglogistic": "log-logistische daling",
    "smooth": "stijgt eerst, daalt daarna",
    "step": "plotselinge stap",
    "step-small": "plotselinge stap, 7.000 contacten",
    "knee": "knik",
    "wave": "golf, 500.000 contacten",
    "rising": "stijgend verzet",
    "rising-small": "stijgend verzet, 7.000 contacten",
    "five-thousand": "5.000 contacten",
    "half-a-million": "500.000 contacten",
    "repeated-calls": "vaker gebelde klanten",
    "repeated-calls-small": "vaker gebelde klanten, 7.000 contacten",
    "twenty-campaigns": "twintig campagnes die verschillen",
    "six-campaigns": "zes campagnes die verschillen",
    "four-campaigns": "vier campagnes die verschillen",
    "thin-tail": "zes contacten per maand na maand 18",
    "hundred-a-month": "honderd contacten per maand na maand 18",
    "rare-complaints": "zeldzame klachten",
}
RESULT_COLUMNS: Final = {
    "scenario": "scenario",
    "runs": "historieën",
    "true_term_months": "ware termijn",
    "coverage": "termijn niet te lang",
    "without_term": "zonder termijn",
    "mean_shortfall_months": "gemiddeld te kort",
    "most_shortfall_months": "hoogstens",
}
SCENARIO_COLUMNS: Final = {
    "scenario": "scenario",
    "contacts": "contacten",
    "months": "maanden",
    "threshold": "grens",
    "campaigns": "campagnes",
    "calls_per_customer": "contacten per klant",
    "true_term_months": "ware termijn",
}
