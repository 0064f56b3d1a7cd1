"""
### Tidying up

Every Saturday at 03:00 UTC: removes what no one reads any more, by the retention that the jobs' configuration says: raw
pulls, old models and runs, and the rows and files that killed jobs left behind.

- **A rerun** finds nothing left to remove. **Catch-up** is off: one run tidies up for all that were missed.
"""

from __future__ import annotations

from datetime import timedelta

# The DAG processor loads what a file itself imports of Airflow once, for all parses: without these each takes seconds.
import airflow.providers.google.cloud.operators.dataproc  # noqa: F401
import pendulum
from airflow.sdk import CronDataIntervalTimetable, dag

from trendflow.jobs import compute, job
from trendflow.pipeline import DAG_DEFAULTS


@dag(
    **DAG_DEFAULTS,
    schedule=CronDataIntervalTimetable("0 3 * * 6", timezone="UTC"),
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    doc_md=__doc__,
)
def trendflow_maintenance():
    with compute():
        job(
            "maintain",
            "Maintenance",
            "--apply",
            limit=timedelta(hours=4),
            doc="Removes what the configured retention no longer keeps. Without `--apply` it only says what it would.",
        )


trendflow_maintenance()
