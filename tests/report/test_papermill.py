"""The report notebook under plain papermill: as strict about parameters, and no other kernel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from balanstest_analysis.errors import UsageError
from balanstest_analysis.report.notebook_parameters import check_parameters

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "onderbouwing.ipynb"
FILE, RAW = ("-f", "p.yaml"), ("-p", "dossier", "weg.toml")
PARAMETERS = {
    "unknown": (FILE, 'merk: "007"', "no parameter `merk`"),
    "of another type": (FILE, 'final: "false"', "`final` is of type str, allowed is bool"),
    "a number by -p": ((*RAW, "-p", "quarter", "2026"), "", "`quarter` is of type int"),
}


@pytest.mark.parametrize("case", PARAMETERS)
def test_plain_papermill_refuses_a_parameter_in_the_first_cell(tmp_path: Path, case: str) -> None:
    given, line, message = PARAMETERS[case]
    (tmp_path / "p.yaml").write_text(f'dossier: "weg.toml"\n{line}\n')
    spec = tmp_path / "thuis" / ".local" / "share" / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    trap = {"argv": ["/bin/false"], "display_name": "val", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(trap))
    command = [sys.executable, "-m", "papermill", str(NOTEBOOK), "uit.ipynb", *given]
    surroundings = {name: value for name, value in os.environ.items() if name != "JUPYTER_PATH"}
    surroundings |= {"HOME": str(tmp_path / "thuis"), "JUPYTER_PREFER_ENV_PATH": "1"}

    done = subprocess.run(
        [*command, "--no-progress-bar"],
        cwd=tmp_path,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert message in done.stderr
    cells = json.loads((tmp_path / "uit.ipynb").read_text("utf-8"))["cells"]
    executed = [cell for cell in cells if cell.get("execution_count")]
    assert "open_onderbouwing" in "".join(executed[-1]["source"])


def test_types_are_those_of_the_notebook_and_nothing_is_converted() -> None:
    check_parameters(quarter=("", str), final=(True, bool))
    with pytest.raises(UsageError, match="of type int, allowed is bool"):
        check_parameters(final=(1, bool))
    with pytest.raises(UsageError, match=r"of type \w*Path, allowed is str"):
        check_parameters(dossier=(Path("a.toml"), str))
