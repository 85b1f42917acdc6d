"""Tables for display, every cell already in Dutch; made from the published result alone."""

from balanstest_analysis.presentation.tables.account import (
    bridge_table,
    conditions_table,
    provenance_table,
    settings_table,
)
from balanstest_analysis.presentation.tables.compliance import (
    compliance_table,
    frequency_shares,
    frequency_table,
    hours_table,
    rule_years_table,
)
from balanstest_analysis.presentation.tables.composition import (
    composition_table,
    incidence_table,
    standardised_table,
)
from balanstest_analysis.presentation.tables.criteria import criteria_table, frontier_table
from balanstest_analysis.presentation.tables.fits import (
    crossings_table,
    families_table,
    fits_table,
    has_parameters,
)
from balanstest_analysis.presentation.tables.measures import measures_table
from balanstest_analysis.presentation.tables.rates import rates_table, yearly_table
from balanstest_analysis.presentation.tables.sensitivity import (
    other_choices_table,
    thresholds_table,
)

__all__ = [
    "bridge_table",
    "compliance_table",
    "composition_table",
    "conditions_table",
    "criteria_table",
    "crossings_table",
    "families_table",
    "fits_table",
    "frequency_shares",
    "frequency_table",
    "frontier_table",
    "has_parameters",
    "hours_table",
    "incidence_table",
    "measures_table",
    "other_choices_table",
    "provenance_table",
    "rates_table",
    "rule_years_table",
    "settings_table",
    "standardised_table",
    "thresholds_table",
    "yearly_table",
]
