"""The one screen for texts that come from data: whether a person may be in them."""

from balanstest_analysis.document.personal.messages import told_message, without_persons
from balanstest_analysis.document.personal.screen import (
    is_personal,
    names_someone,
    numbers_someone,
    screened,
    screened_names,
)

__all__ = [
    "is_personal",
    "names_someone",
    "numbers_someone",
    "screened",
    "screened_names",
    "told_message",
    "without_persons",
]
