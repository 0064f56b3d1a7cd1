"""
### A new model

Every Sunday at 08:00 UTC, and on demand: tests the recipe on the past, fits it on all that was known at the cutoff, and
promotes the model if it beats the baselines and the model that scores now.

A model that is **rejected is a success**: the old one goes on, and `rejected` says why. A promoted one starts
`trendflow_daily`, which scores by it. Its report is `models/<model_id>/report.html` in the store.

- **A rerun** of a cutoff on the same data adds nothing and comes to the same verdict.
- **Catch-up** is off: a missed week needs no model of its own. One run at a time.
"""

from __future__ import annotations

from datetime import timedelta

# The DAG processor loads what a file itself imports of Airflow once, for all parses: without these each takes seconds.
import airflow.providers.google.cloud.operators.dataproc  # noqa: F401
import pendulum
from airflow.sdk import CronDataIntervalTimetable, dag, task

from trendflow import checks
from trendflow.jobs import compute, job
from trendflow.pipeline import CUTOFF, CUTOFF_PARAM, DAG_DEFAULTS, MODELS, Message


@dag(
    **DAG_DEFAULTS,
    schedule=CronDataIntervalTimetable("0 8 * * 0", timezone="UTC"),
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    params=CUTOFF_PARAM,
    doc_md=__doc__,
)
def trendflow_train():
    with compute():
        trained = job(
            "train",
            "Train",
            "--as-of",
            CUTOFF,
            limit=timedelta(hours=6),
            doc="Backtests the recipe, fits it on what was known at the cutoff, and judges the model.",
        )

    @task.branch(doc_md="Reads the verdict from `prediction.models` and takes its way.")
    def verdict(cutoff: str, *, ti):
        row = checks.first_row(checks.VERDICT.format(cutoff=cutoff))
        if row is None:
            raise ValueError(f"prediction.models has no verdict on a model of {cutoff}.")
        event, model, reason = row
        ti.xcom_push(key="words", value=f"TrendFlow: model {model} of {cutoff} is {event}: {reason}")
        return event

    @task(outlets=[MODELS], doc_md="The model scores from now on; the asset's event starts `trendflow_daily`.")
    def promoted(cutoff: str, words: str, *, outlet_events, **context):
        outlet_events[MODELS].extra = {"cutoff": cutoff}
        Message(words).notify(context)

    @task(doc_md="The model before goes on. This is a success: the message has the reason.")
    def rejected(words: str, **context):
        Message(words).notify(context)

    words = "{{ ti.xcom_pull(task_ids='verdict', key='words') }}"
    trained >> verdict(CUTOFF) >> [promoted(CUTOFF, words), rejected(words)]


trendflow_train()
