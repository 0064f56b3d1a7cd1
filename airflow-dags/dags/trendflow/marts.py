"""Creates the task that builds the marts with dbt."""

from __future__ import annotations

import shlex
from datetime import timedelta

from airflow.providers.standard.operators.bash import BashOperator

from trendflow.jobs import account
from trendflow.pipeline import SETTINGS


def build(task_id: str, *, limit: timedelta, doc: str):
    """Returns a task that runs ``dbt build`` on this worker, on the same store or datasets as the jobs."""
    return BashOperator(
        task_id=task_id,
        doc_md=doc,
        execution_timeout=limit,
        # Composer mounts the project from a bucket, which keeps no executable bits.
        bash_command=f"exec bash {shlex.quote(SETTINGS.dbt + '/run')} build ",
        env=_cloud() if SETTINGS.cloud else _local(),
        append_env=True,
        do_xcom_push=False,
    )


def _local() -> dict[str, str]:
    return {"TRENDFLOW_DBT_TARGET": "duckdb", "TRENDFLOW_STORE_PATH": SETTINGS.store}


def _cloud() -> dict[str, str]:
    return {
        "TRENDFLOW_DBT_TARGET": "bigquery",
        "TRENDFLOW_STORE_PROJECT": SETTINGS.project,
        "TRENDFLOW_STORE_LOCATION": SETTINGS.bigquery_location,
        "TRENDFLOW_STORE_DATASET_PREFIX": SETTINGS.dataset_prefix,
        "TRENDFLOW_DBT_ACCOUNT": account("dbt"),
        # A folder that Composer mounts from its bucket is slow, and two workers would write to it at once.
        "DBT_TARGET_PATH": "/tmp/trendflow-dbt",
        "DBT_LOG_PATH": "/tmp/trendflow-dbt",
    }
