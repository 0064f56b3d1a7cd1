"""
### The day's recommendations

Runs every morning at 06:00 UTC for the day before: pulls the sources of `collect`, waits for the day's raw files,
ingests them, checks the new data, scores every product, and publishes and announces the scores. The DAG runs again when
a model is promoted, so that the new model scores the same day.

- **A failed check** stops the run before it scores; the scores published before remain. Correct the data and clear the
  check.
- **A rerun** of a cutoff adds nothing, because the jobs recognise work that is already done.
- **Catch-up** is off: the next run covers a missed day. To score a past day, use `trendflow_backfill`.
- One run at a time; the jobs share the slots of a pool.
"""

from __future__ import annotations

from datetime import timedelta

# The DAG processor imports the Airflow modules that a DAG file names once, for all parses: without these imports each
# parse takes seconds.
import airflow.providers.google.cloud.operators.bigquery
import airflow.providers.google.cloud.operators.dataproc
import airflow.providers.google.cloud.sensors.gcs  # noqa: F401
import pendulum
from airflow.sdk import AssetOrTimeSchedule, CronDataIntervalTimetable, dag, task

from trendflow import checks
from trendflow.arrival import raw_files
from trendflow.jobs import collect, compute, job
from trendflow.pipeline import CUTOFF, CUTOFF_PARAM, DAG_DEFAULTS, MODELS, SCORES, SETTINGS, Message


@dag(
    **DAG_DEFAULTS,
    schedule=AssetOrTimeSchedule(timetable=CronDataIntervalTimetable("0 6 * * *", timezone="UTC"), assets=[MODELS]),
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    params=CUTOFF_PARAM,
    doc_md=__doc__,
)
def trendflow_daily():
    arrived = [collect(source) for source in SETTINGS.collect]
    if SETTINGS.waits:
        arrived.append(raw_files())

    with compute(after=arrived):
        ingested = job(
            "ingest",
            "Ingest",
            limit=timedelta(hours=2),
            doc="Reads all new raw files into clean tables. Commits nothing if too many records are defective.",
        )
        checked = [
            checks.check(
                "check_rows",
                checks.SALES_OF_THE_WEEK,
                "Checks that there are sales in the week before the cutoff. If not, the export was empty or its dates "
                "were misread.",
            ),
            checks.check(
                "check_freshness",
                checks.FRESH_SALES,
                "Checks that sales end at most two days before the cutoff. If they end earlier, an export is missing.",
            ),
            checks.check(
                "check_rejects",
                checks.FEW_REJECTS,
                "Checks that the last ingest rejected few records. `quality.rejects` has each one with its reason.",
            ),
        ]
        scored = job(
            "score",
            "Score",
            "--as-of",
            CUTOFF,
            limit=timedelta(hours=2),
            doc="Scores every product as of the cutoff with the model of that day, and publishes the run as a whole.",
        )
        monitored = job(
            "monitor",
            "Monitor",
            "--as-of",
            CUTOFF,
            limit=timedelta(hours=1),
            doc="Compares earlier forecasts with what was sold. If it fails, the published scores remain.",
        )

    published = checks.check(
        "check_published",
        checks.RUN_OF_THE_CUTOFF,
        "Checks that the run of the cutoff is published. The service loads published runs by itself.",
    )

    @task(outlets=[SCORES], doc_md="Notifies other DAGs of new scores: the asset's event has the cutoff.")
    def publish(cutoff: str, *, outlet_events):
        outlet_events[SCORES].extra = {"cutoff": cutoff}

    @task(doc_md="Announces the scores at the webhook, if there is one.")
    def notify(cutoff: str, **context):
        Message(f"TrendFlow: the scores for {cutoff} are published.").notify(context)

    arrived >> ingested >> checked >> scored >> published >> publish(CUTOFF) >> notify(CUTOFF)
    scored >> monitored


trendflow_daily()
