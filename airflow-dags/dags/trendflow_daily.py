"""
### The day's recommendations

Every morning at 06:00 UTC for the day before: waits for the raw files of the day, ingests them, checks what came in,
scores every product and says so. It runs again when a model was promoted, so that the new one scores the same day.

- **A failed check** stops the run before it scores; what was published stays. Correct the data and clear the check.
- **A rerun** of a cutoff adds nothing: jobs find what they did before.
- **Catch-up** is off: a missed day is covered by the next one. Score a past day by `trendflow_backfill`.
- One run at a time; the jobs take their slots from a pool.
"""

from __future__ import annotations

from datetime import timedelta

# The DAG processor loads what a file itself imports of Airflow once, for all parses: without these each takes seconds.
import airflow.providers.google.cloud.operators.bigquery
import airflow.providers.google.cloud.operators.dataproc
import airflow.providers.google.cloud.sensors.gcs  # noqa: F401
import pendulum
from airflow.sdk import AssetOrTimeSchedule, CronDataIntervalTimetable, dag, task

from trendflow import checks
from trendflow.arrival import raw_files
from trendflow.jobs import compute, job
from trendflow.pipeline import CUTOFF, CUTOFF_PARAM, DAG_DEFAULTS, MODELS, SCORES, Message


@dag(
    **DAG_DEFAULTS,
    schedule=AssetOrTimeSchedule(timetable=CronDataIntervalTimetable("0 6 * * *", timezone="UTC"), assets=[MODELS]),
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    params=CUTOFF_PARAM,
    doc_md=__doc__,
)
def trendflow_daily():
    arrived = raw_files()

    with compute(after=arrived):
        ingested = job(
            "ingest",
            "Ingest",
            limit=timedelta(hours=2),
            doc="Reads what no ingest has read into clean tables. It commits nothing if too many records are defects.",
        )
        checked = [
            checks.check(
                "check_rows",
                checks.SALES_OF_THE_WEEK,
                "There are sales of the week up to the cutoff. If not, the export was empty or its dates were misread.",
            ),
            checks.check(
                "check_freshness",
                checks.FRESH_SALES,
                "Sales end no more than two days before the cutoff. If they do, an export is missing.",
            ),
            checks.check(
                "check_rejects",
                checks.FEW_REJECTS,
                "The last ingest rejected few of its records. `quality.rejects` has each with its reason.",
            ),
        ]
        scored = job(
            "score",
            "Score",
            "--as-of",
            CUTOFF,
            limit=timedelta(hours=2),
            doc="Scores every product as of the cutoff by the model of that day, and publishes the run as a whole.",
        )

    published = checks.check(
        "check_published",
        checks.RUN_OF_THE_CUTOFF,
        "The run of the cutoff is among the published ones, which the service reads by itself.",
    )

    @task(outlets=[SCORES], doc_md="Tells other DAGs that there are new scores: the asset's event has the cutoff.")
    def publish(cutoff: str, *, outlet_events):
        outlet_events[SCORES].extra = {"cutoff": cutoff}

    @task(doc_md="Sends the good news to the webhook, if there is one.")
    def notify(cutoff: str, **context):
        Message(f"TrendFlow: the scores of {cutoff} are published.").notify(context)

    arrived >> ingested >> checked >> scored >> published >> publish(CUTOFF) >> notify(CUTOFF)


trendflow_daily()
