"""The name under which delivered notebooks import the report; the code is in `report`."""

from balanstest_analysis.report.onderbouwing import Onderbouwing, open_onderbouwing

__all__ = ["Onderbouwing", "open_onderbouwing"]
