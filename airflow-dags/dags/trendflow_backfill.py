"""
### Past days

Trains and scores as of every cutoff in a range of days, on demand and in one submission. Each run is scored by a model
that was trained on data known at its cutoff, if such a model was promoted, and never by a later one.

- **A rerun** adds nothing. A range that overlaps an earlier one adds only the missing cutoffs.
- The service continues to serve the run of the latest cutoff.
- The DAG has no schedule. One run at a time.
- Use this DAG instead of Airflow's backfill of `trendflow_daily`, which would start a batch for each day and train no
  model.
"""

from __future__ import annotations

from datetime import timedelta

# The DAG processor imports the Airflow modules that a DAG file names once, for all parses: without these imports each
# parse takes seconds.
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
            doc="Trains and scores as of each cutoff, from the earliest to the latest. Existing results are kept.",
        )

    @task(outlets=[SCORES], doc_md="Notifies other DAGs of new scores: the asset's event has the range of cutoffs.")
    def publish(first: str, last: str, *, outlet_events, **context):
        outlet_events[SCORES].extra = {"first": first, "last": last}
        Message(f"TrendFlow: the cutoffs from {first} to {last} are scored.").notify(context)

    filled >> publish("{{ params.first }}", "{{ params.last }}")


trendflow_backfill()
