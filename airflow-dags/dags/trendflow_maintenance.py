"""
### Maintenance

Runs every Saturday at 03:00 UTC, and on demand. It removes data that is no longer visible or used: after two days, the
leftovers of jobs that died; after `keep_days`, the rows of superseded ingests and retracted runs, and the files of
models that no run uses and that are not promoted.

- **Raw pulls stay**: all tables can be made from them again. The bucket's lifecycle rules (see `terraform/`) move them
  to cheaper storage and delete files 90 days after they were replaced or deleted.
- **A rerun** finds nothing left to remove. **Catch-up** is off: one run covers all that were missed.
- One run at a time.
- `bin/trendflow maintenance` without `--apply` lists what a run would remove.
"""

from __future__ import annotations

from datetime import timedelta

# The DAG processor imports the Airflow modules that a DAG file names once, for all parses: without these imports each
# parse takes seconds.
import airflow.providers.google.cloud.operators.dataproc  # noqa: F401
import pendulum
from airflow.sdk import CronDataIntervalTimetable, Param, dag

from trendflow.jobs import compute, job
from trendflow.pipeline import DAG_DEFAULTS


@dag(
    **DAG_DEFAULTS,
    schedule=CronDataIntervalTimetable("0 3 * * 6", timezone="UTC"),
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    params={
        "keep_days": Param(30, title="Days to keep superseded, retracted and retired data", type="integer", minimum=1),
    },
    doc_md=__doc__,
)
def trendflow_maintenance():
    with compute():
        job(
            "maintain",
            "Maintenance",
            "--apply",
            "--keep-days",
            "{{ params.keep_days }}",
            limit=timedelta(hours=2),
            doc="Removes data that is no longer needed. If the job dies, run it again.",
        )


trendflow_maintenance()
