"""What goes wrong in PostgreSQL, in our words: its own message can quote a cell or the address."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from balanstest_analysis.errors import BalanstestError, DataError, RunError
from balanstest_analysis.history.engines.engine_errors import retold

_REFUSALS = (
    ("authentication failed", "refuses the user or the password"),
    ("no password supplied", "asks for a password, and the address gives none"),
    ("no pg_hba.conf entry", "does not let this user in from this machine"),
    ("role ", "does not know the user of the address"),
    ("database ", "does not know the database of the address"),
    ("certificate", "does not show a certificate that can be trusted"),
    ("SSL", "and this machine do not agree on encryption (sslmode)"),
    ("too many", "has no connection left"),
)


@contextmanager
def in_our_words() -> Iterator[None]:
    """Raise errors of the database as ours.

    Raises:
        DataError: the role may not read what is asked of it.
        RunError: the database failed, or the connection was lost.
    """
    with retold(our_error):
        yield


def unreachable(message: str, variable: str) -> BalanstestError:
    """Return why nobody was let in; the driver's message names user and host, so it is dropped.

    Args:
        message: of the driver.
        variable: the environment variable that holds the address, to be named.
    """
    for sign, sentence in _REFUSALS:
        if sign in message:
            return DataError(
                f"The database of `{variable}` {sentence}. Correct the address in the variable, or "
                "ask who keeps the database."
            )
    return DataError(
        f"The database of `{variable}` cannot be reached. See whether host and port in the "
        "variable are right, and whether this machine may connect."
    )


def our_error(error: Exception) -> BalanstestError | None:
    """Return an error of the database in our words, or None where it is not one of its own."""
    if not type(error).__module__.startswith("psycopg"):
        return None
    state = getattr(error, "sqlstate", None) or ""
    if state == "42501":
        return DataError(
            "The role of the address may not read everything that is asked of it. Ask for GRANT "
            "SELECT on the tables of the dossier, or on the columns it maps."
        )
    if state.startswith("53"):
        return RunError(
            "The database has no room for the temporary tables of the counting. Ask for more "
            "(temp_file_limit, disk or memory)."
        )
    if state == "57014":
        return RunError(
            "The database broke a query off, probably at its time limit (statement_timeout). Ask "
            "for a longer one for this role."
        )
    if not state or state[:2] in {"08", "57"}:
        return RunError("The connection with the database was lost. Start again.")
    return RunError(
        f"The database could not compute the exposure (code {state}); this is a defect of this "
        "tool. Report it."
    )
