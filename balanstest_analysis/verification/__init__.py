"""The receiver's check: a report held against itself, by code that made none of its numbers."""

from balanstest_analysis.verification.check import verify
from balanstest_analysis.verification.findings import LEVELS, Checked, Finding, Verification

__all__ = ["LEVELS", "Checked", "Finding", "Verification", "verify"]
