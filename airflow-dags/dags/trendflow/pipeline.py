"""Definitions that all DAGs of TrendFlow share: defaults, the cutoff, labels and messages."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

from airflow.sdk import Asset, BaseNotifier, Connection, Param

from trendflow.settings import load

SETTINGS = load()

SCORES = Asset(name="trendflow_scores", uri="trendflow://prediction/runs")
"""Event: a scoring run was published; the extra has the run's cutoff."""
MODELS = Asset(name="trendflow_models", uri="trendflow://prediction/models")
"""Event: a model was promoted; the extra has the model's training cutoff."""

CUTOFF = "{{ cutoff(dag_run, params) }}"
"""Template of the cutoff, the day at whose end the run predicts."""


def days_after(days: int) -> str:
    """Returns the template of the day that is the given number of days after the cutoff."""
    return f"{{{{ macros.ds_add(cutoff(dag_run, params), {days}) }}}}"


def cutoff(dag_run, params) -> str:
    """Returns the requested day (the last one of a backfill), else the day of a scheduled run, else the day before."""
    if asked := params.get("cutoff") or params.get("last"):
        return asked
    start = dag_run.data_interval_start or dag_run.run_after - timedelta(days=1)
    return start.date().isoformat()


def label(value) -> str:
    """Returns a value as a valid label of Google Cloud: up to 63 lower-case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", str(value).lower()).strip("-")[:63].strip("-")


class Message(BaseNotifier):
    """Logs a message and sends it to the webhook, if there is one; a failure to send is only logged."""

    template_fields = ("text",)

    def __init__(self, text: str):
        super().__init__()
        self.text = text

    def notify(self, context) -> None:
        text = self.text
        if error := context.get("exception"):
            text = f"{text} {error}"
        logging.getLogger(__name__).warning(text)
        if SETTINGS.webhook is None:
            return
        import requests

        try:
            url = Connection.get(SETTINGS.webhook).password
            requests.post(url, json={"text": text}, timeout=30).raise_for_status()
        except Exception as e:
            logging.getLogger(__name__).error(
                "The message was not sent to the webhook of the connection %s: %s", SETTINGS.webhook, type(e).__name__
            )


FAILED = Message(
    "TrendFlow: {{ dag.dag_id }}.{{ ti.task_id }} failed for the cutoff "
    + CUTOFF
    + " after {{ ti.try_number }} attempts."
)
"""Message of a task whose last attempt failed. The error of a batch ends with the link to the batch's logs."""

CUTOFF_PARAM = {
    "cutoff": Param(
        SETTINGS.cutoff,
        type=["null", "string"],
        format="date",
        title="Cutoff",
        description="The day at whose end predictions are made; if empty, the day before the run.",
    )
}

DAG_DEFAULTS = {
    "catchup": False,
    "max_active_runs": 1,
    "tags": ["trendflow"],
    "user_defined_macros": {"cutoff": cutoff},
    "user_defined_filters": {"label": label},
    "default_args": {
        "owner": "trendflow",
        "retries": 2,
        "retry_delay": timedelta(minutes=1),
        "retry_exponential_backoff": 2,
        "max_retry_delay": timedelta(minutes=30),
        "execution_timeout": timedelta(minutes=15),
        "on_failure_callback": FAILED,
    },
}
