"""Import every module of the package, and what a kernel imports, so that Python compiles them.

`tools/setup_environment.py` runs this in the new environment. A module that needs an extra which
is not installed, such as the explorer, is passed over with it.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from importlib.util import find_spec

import balanstest_analysis

# What is imported only in a process of its own, or when it is first called.
BESIDE = ("ipykernel.kernelapp", "matplotlib.backends.backend_agg", "papermill.execute")
EXTRAS = ("anywidget", "ipywidgets", "jupyterlab", "psycopg", "pyspark")


def import_what_runs() -> tuple[str, ...]:
    """Return the names of the modules that were imported.

    Raises:
        ImportError: one cannot be, though nothing that it needs is an extra.
    """
    found = pkgutil.walk_packages(balanstest_analysis.__path__, "balanstest_analysis.")
    names = [one.name for one in found if not one.name.endswith("__main__")]
    return tuple(name for name in (*names, *BESIDE) if _imported(name))


def _imported(name: str) -> bool:
    try:
        import_module(name)
    except ImportError as error:
        if (error.name or "").split(".")[0] in EXTRAS and find_spec(str(error.name)) is None:
            return False
        raise
    return True


if __name__ == "__main__":
    import_what_runs()
