"""
### Past days

On demand: for every cutoff from a day to another, trains as of it and scores as of it, all in one submission. So each
run is scored by a model of its time, if one was good enough, and never by one that knew what came later.

- **A rerun** adds nothing; a range that overlaps an earlier one adds what is missing.
- The service goes on with the run of the latest cutoff.
- There is nothing to catch up with: no schedule. One run at a time.
- Airflow's own backfill of `trendflow_daily` would start a batch for each day and train no model; use this DAG.
"""

from __future__ import annotations

from datetime import timedelta

# The DAG processor loads what a file itself imports of Airflow once, for all parses: without these each takes seconds.
import airflow.providers.google.cloud.operators.dataproc  # noqa: F401
import pendulum
from airflow.sdk import Param, dag, task

from trendflow.jobs import compute, job
from trendflow.pipeline import DAG_DEFAULTS, SCORES, Message


@dag(
    **DAG_DEFAULTS,
    schedule=None,
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    params={
        "first": Param(title="First cutoff", type="string", format="date"),
        "last": Param(title="Last cutoff", type="string", format="date"),
        "every": Param(7, title="Days from one cutoff to the next", type="integer", minimum=1),
    },
    doc_md=__doc__,
)
def trendflow_backfill():
    with compute():
        filled = job(
            "backfill",
            "Backfill",
            "--first",
            "{{ params.first }}",
            "--last",
            "{{ params.last }}",
            "--every",
            "{{ params.every }}",
            limit=timedelta(hours=23),
            doc="Trains and scores as of each cutoff, the earliest first. What is there already is left alone.",
        )

    @task(outlets=[SCORES], doc_md="Tells other DAGs that there are new scores: the asset's event has the range.")
    def publish(first: str, last: str, *, outlet_events, **context):
        outlet_events[SCORES].extra = {"first": first, "last": last}
        Message(f"TrendFlow: the cutoffs from {first} to {last} are scored.").notify(context)

    filled >> publish("{{ params.first }}", "{{ params.last }}")


trendflow_backfill()
