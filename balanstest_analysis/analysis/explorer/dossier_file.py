"""The file of the dossier that is explored: whether it is still what was analysed."""

from __future__ import annotations

from balanstest_analysis.analysis.explorer import words
from balanstest_analysis.dossier.dossier import Dossier
from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import BalanstestError, DossierError


class DossierFile:
    """The file of a dossier, which others may change: by hand, or from another notebook.

    Args:
        before: the dossier as it was explored.

    Examples:
        >>> from balanstest_analysis import load_dossier
        >>> DossierFile(load_dossier("data/sample/balanstest.toml")).notices()
        ()
    """

    def __init__(self, before: Dossier) -> None:
        self._before = before
        self._seen: tuple[int, ...] = ()
        self._noticed: tuple[str, ...] = ()

    def refuse_change(self) -> None:
        """Refuse a file that is no longer what was explored.

        Raises:
            DossierError: it was changed meanwhile, or cannot be loaded any more.
        """
        name = self._before.path.name
        try:
            now = load_dossier(self._before.path, quarter=self._before.quarter)
        except BalanstestError:
            raise DossierError(words.no_dossier_any_more(name)) from None
        if now != self._before:
            raise DossierError(words.changed_meanwhile(name))

    def notices(self) -> tuple[str, ...]:
        """Return what whoever explores has to know of the file; it is read only when it changed."""
        seen = self._signature()
        if seen != self._seen:
            self._seen, self._noticed = seen, self._read()
        return self._noticed

    def _signature(self) -> tuple[int, ...]:
        try:
            told = self._before.path.stat()
        except OSError:
            return (-1,)
        return (told.st_mtime_ns, told.st_size, told.st_ino)

    def _read(self) -> tuple[str, ...]:
        try:
            self.refuse_change()
        except DossierError as error:
            return (words.take_care(str(error)),)
        return ()
