"""
### The marts

Builds the tables that people read (`dbt/`) after each published run, in one task: dbt orders its models itself, and a
task per model would take many times as long.

- **A failure changes no published run**: the service keeps serving it, and the models after the failed one keep their
  earlier rows. The log names the failed model or test.
- **A rerun** builds all of it again. **Catch-up** is off: one run covers all events that were missed.
- One run at a time. The DAG exists if the setting `dbt` names the folder of the project.
"""

from __future__ import annotations

from datetime import timedelta

import pendulum
from airflow.sdk import dag

from trendflow.marts import build
from trendflow.pipeline import DAG_DEFAULTS, SCORES, SETTINGS


@dag(
    **DAG_DEFAULTS,
    schedule=[SCORES],
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    doc_md=__doc__,
)
def trendflow_marts():
    build(
        "build_marts",
        limit=timedelta(hours=1),
        doc="Builds and tests the marts in an environment of their own, which the first run on a worker installs.",
    )


if SETTINGS.dbt:
    trendflow_marts()
