"""Everything that is looked at, in the order in which a run needs it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from balanstest_analysis.dossier.loading import load_dossier
from balanstest_analysis.errors import DossierError
from balanstest_analysis.report.doctor.git_filter import git_sign
from balanstest_analysis.report.doctor.installation import (
    compiled_sign,
    engine_signs,
    imports_sign,
    jupyter_signs,
    packages_sign,
    python_sign,
)
from balanstest_analysis.report.doctor.sign import Sign, good, wrong
from balanstest_analysis.report.doctor.trials import kernel_sign, pdf_sign
from balanstest_analysis.report.doctor.workplace import (
    folder_sign,
    key_of_dossier,
    stated_key,
    temporary_sign,
)

__all__ = ["Sign", "examined"]


def examined(dossier: Path | None, output: Path) -> Iterator[Sign]:
    """Yield how each thing is that a report needs, as soon as it is known.

    Args:
        dossier: whose key and folder are looked at too, or None.
        output: folder of all reports.
    """
    yield python_sign()
    packages = packages_sign()
    yield packages
    imports = imports_sign()
    yield imports
    yield compiled_sign()
    if imports.state != "wrong":
        yield pdf_sign()
        yield kernel_sign()
    yield from engine_signs()
    yield from jupyter_signs()
    yield temporary_sign()
    yield folder_sign("folder of reports", output)
    yield stated_key()
    if dossier is not None:
        yield from _of_dossier(dossier)
    yield git_sign()


def _of_dossier(path: Path) -> Iterator[Sign]:
    try:
        dossier = load_dossier(path)
    except DossierError as error:
        yield wrong("dossier", " ".join(str(error).split("\n")))
        return
    yield good("dossier", f"`{path}` can be read")
    yield key_of_dossier(dossier)
