"""Many dossiers, one quarter: every report is tried, and an overview says what came of each."""

from balanstest_analysis.report.batch.jobs import Check, Doubt, Outcome
from balanstest_analysis.report.batch.quarterly import Batch, Choices, run_quarterly
from balanstest_analysis.report.batch.rows import ProposalFacts, Row

__all__ = ["Batch", "Check", "Choices", "Doubt", "Outcome", "ProposalFacts", "Row", "run_quarterly"]
