"""`python -m balanstest_analysis` is the command `balanstest`, which imports nothing from here.

With `-m` Python looks in the folder in which somebody works first: files beside the dossiers, for
example. This package stays where it was found.
"""

import sys
from pathlib import Path

if __name__ == "__main__":
    if not sys.flags.safe_path and sys.path[:1] == [str(Path.cwd())]:
        del sys.path[0]

    from balanstest_analysis.cli.begin import main

    main()
