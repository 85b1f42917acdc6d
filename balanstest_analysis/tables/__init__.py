"""Tables for display, every cell already in Dutch; made from the published result alone."""

from balanstest_analysis.tables.account import (
    bridge_table,
    conditions_table,
    provenance_table,
    settings_table,
)
from balanstest_analysis.tables.compliance import (
    compliance_table,
    frequency_shares,
    frequency_table,
    hours_table,
    rule_years_table,
)
from balanstest_analysis.tables.criteria import (
    criteria_table,
    families_alone_table,
    frontier_table,
    sensitivity_table,
)
from balanstest_analysis.tables.fits import (
    crossings_table,
    families_table,
    fits_table,
    has_parameters,
)
from balanstest_analysis.tables.rates import rates_table, yearly_table

__all__ = [
    "bridge_table",
    "compliance_table",
    "conditions_table",
    "criteria_table",
    "crossings_table",
    "families_alone_table",
    "families_table",
    "fits_table",
    "frequency_shares",
    "frequency_table",
    "frontier_table",
    "has_parameters",
    "hours_table",
    "provenance_table",
    "rates_table",
    "rule_years_table",
    "sensitivity_table",
    "settings_table",
    "yearly_table",
]
