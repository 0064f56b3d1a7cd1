"""What all DAGs of TrendFlow have in common: defaults, the cutoff, labels and messages."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

from airflow.sdk import Asset, BaseNotifier, Connection, Param

from trendflow.settings import load

SETTINGS = load()

SCORES = Asset(name="trendflow_scores", uri="trendflow://prediction/runs")
"""A run of scores was published; the event's extra has its cutoff."""
MODELS = Asset(name="trendflow_models", uri="trendflow://prediction/models")
"""A model was promoted; the event's extra has the cutoff that it was trained on."""

CUTOFF = "{{ cutoff(dag_run, params) }}"
"""The day at whose end the run predicts, as a template."""


def days_after(days: int) -> str:
    """The day so many days after the cutoff, as a template."""
    return f"{{{{ macros.ds_add(cutoff(dag_run, params), {days}) }}}}"


def cutoff(dag_run, params) -> str:
    """The day that was asked for, the last of a backfill; else that of a scheduled run; else the day before the run."""
    if asked := params.get("cutoff") or params.get("last"):
        return asked
    start = dag_run.data_interval_start or dag_run.run_after - timedelta(days=1)
    return start.date().isoformat()


def label(value) -> str:
    """A value as Google Cloud takes it as a label: up to 63 lower-case letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", str(value).lower()).strip("-")[:63].strip("-")


class Message(BaseNotifier):
    """Logs a message and sends it to the webhook, if there is one. One that can't be sent is logged, no more."""

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
            logging.getLogger(__name__).error("The message was not sent: %s", type(e).__name__)


FAILED = Message(
    "TrendFlow: {{ dag.dag_id }}.{{ ti.task_id }} failed for the cutoff "
    + CUTOFF
    + " after {{ ti.try_number }} attempts."
)
"""What is said when a task fails for good. A batch's error ends with the link to its logs."""

CUTOFF_PARAM = {
    "cutoff": Param(
        SETTINGS.cutoff,
        type=["null", "string"],
        format="date",
        title="Cutoff",
        description="The day at whose end predictions are made; the day before the run if it is empty.",
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
