"""One zip for the committee: a report that is as it was made, with its annexes and their hashes."""

from balanstest_analysis.report.bundle.archive import bundle_report

__all__ = ["bundle_report"]
