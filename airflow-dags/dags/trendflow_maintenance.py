"""
### Tidying up

Every Saturday at 03:00 UTC, and on demand: removes what nobody sees or uses any more. After two days what jobs that
died left behind; after `keep_days` the rows of superseded ingests and retracted runs, and the files of models that no
run names and that are not promoted.

- **Raw pulls stay**: all tables can be made from them again. The bucket's lifecycle rules, which `terraform/` makes,
  move them to cheaper storage and remove what was replaced or deleted 90 days ago.
- **A rerun** finds nothing left to remove. **Catch-up** is off: one run tidies up for all that were missed.
- One run at a time.
- `bin/trendflow maintenance` without `--apply` lists what a run would remove.
"""

from __future__ import annotations

from datetime import timedelta

# The DAG processor loads what a file itself imports of Airflow once, for all parses: without these each takes seconds.
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
        "keep_days": Param(
            30, title="Days to keep what was superseded, retracted or retired", type="integer", minimum=1
        ),
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
            doc="Removes what nobody needs any more. It only removes, so a run that died is simply done again.",
        )


trendflow_maintenance()
