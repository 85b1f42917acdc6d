"""The printed tables as files: one workbook, and one CSV file per table."""

from balanstest_analysis.report.spreadsheets.files import GUIDE, WORKBOOK, TableFile, table_files
from balanstest_analysis.report.spreadsheets.guide import About

__all__ = ["GUIDE", "WORKBOOK", "About", "TableFile", "table_files"]
