"""An Airflow DAG that makes the report of one category every quarter with plain papermill.

It needs `apache-airflow-providers-papermill`, and `balanstest-analysis` in the same environment
as the worker. The notebook checks its parameters itself. It gives the executed notebook; for the
whole directory with HTML, PDF and manifest, let a BashOperator run `balanstest quarterly`.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from airflow.providers.papermill.operators.papermill import PapermillOperator
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

HOME = Path("/srv/balanstest")
NOTEBOOK = HOME / "notebooks" / "onderbouwing.ipynb"

with DAG(
    dag_id="balanstest_quarterly",
    description="Quarterly reports that substantiate the customer term",
    schedule="0 6 8 1,4,7,10 *",
    start_date=dt.datetime(2026, 1, 8, tzinfo=dt.UTC),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 1, "retry_delay": dt.timedelta(minutes=30)},
) as dag:
    reports = BashOperator(
        task_id="reports",
        bash_command=".venv/bin/balanstest quarterly dossiers --log kwartaal.jsonl",
        cwd=str(HOME),
        execution_timeout=dt.timedelta(hours=12),
    )
    notebook = PapermillOperator(
        task_id="notebook_alone",
        input_nb=str(NOTEBOOK),
        output_nb=str(HOME / "notebooks-out" / "onderbouwing-{{ ds }}.ipynb"),
        parameters={"dossier": str(HOME / "dossiers" / "giften" / "balanstest.toml")},
        kernel_name="python3",
    )
    reports >> notebook
