"""
### A new model

Runs every Sunday at 08:00 UTC, and on demand: backtests the recipe, fits it on all data known at the cutoff, and
promotes the model if it beats the baselines and the current model.

A run whose model is **rejected is a success**: the current model continues to score, and the task `rejected` sends the
reason. A promoted model starts `trendflow_daily`, which scores with it. The model's report is
`models/<model_id>/report.html` in the store.

- **A rerun** of a cutoff on the same data adds nothing and reaches the same verdict.
- **Catch-up** is off: a missed week needs no model of its own. One run at a time.
"""

from __future__ import annotations

from datetime import timedelta

# The DAG processor imports the Airflow modules that a DAG file names once, for all parses: without these imports each
# parse takes seconds.
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
            doc="Backtests the recipe, fits it on the data known at the cutoff, and promotes or rejects the model.",
        )

    @task.branch(doc_md="Reads the verdict on the model from `prediction.models` and selects the branch.")
    def verdict(cutoff: str, *, ti):
        row = checks.first_row(checks.VERDICT.format(cutoff=cutoff))
        if row is None:
            raise ValueError(
                f"prediction.models has no verdict on a model for the cutoff {cutoff}: see the log of the task train."
            )
        event, model, reason = row
        ti.xcom_push(key="words", value=f"TrendFlow: model {model} of {cutoff} was {event}: {reason}")
        return event

    @task(outlets=[MODELS], doc_md="Announces the new model; the asset's event starts `trendflow_daily`.")
    def promoted(cutoff: str, words: str, *, outlet_events, **context):
        outlet_events[MODELS].extra = {"cutoff": cutoff}
        Message(words).notify(context)

    @task(doc_md="Announces that the current model continues to score, with the reason. The run is a success.")
    def rejected(words: str, **context):
        Message(words).notify(context)

    words = "{{ ti.xcom_pull(task_ids='verdict', key='words') }}"
    trained >> verdict(CUTOFF) >> [promoted(CUTOFF, words), rejected(words)]


trendflow_train()
