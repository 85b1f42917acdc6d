"""What stands in the way of a report on this machine: one line each, with what to do."""

from balanstest_analysis.report.doctor.examination import Sign, examined
from balanstest_analysis.report.doctor.git_filter import set_git_filter

__all__ = ["Sign", "examined", "set_git_filter"]
