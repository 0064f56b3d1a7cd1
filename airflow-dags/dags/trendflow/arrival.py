"""Sensors that wait for the raw files of a cutoff."""

from __future__ import annotations

from pathlib import Path

from airflow.sdk import BaseSensorOperator
from airflow.sdk.exceptions import AirflowSensorTimeout

from trendflow.pipeline import CUTOFF, SETTINGS, days_after

DOC = f"""Waits for a file `{SETTINGS.arrival}` below `{SETTINGS.raw}`, for {SETTINGS.arrival_hours:g} hours at most.

The task holds no worker while it waits. If it times out, check whether the day's export ran, and clear this task when
the files have arrived."""


def raw_files():
    """Returns a sensor that fails after ``arrival_hours``, without a retry, and names the files that it waited for."""
    pattern = SETTINGS.arrival.format(cutoff=CUTOFF, next_day=days_after(1))
    common = {
        "task_id": "wait_for_raw_files",
        "doc_md": DOC,
        "timeout": SETTINGS.arrival_hours * 3600,
        "poke_interval": SETTINGS.poll_seconds,
        "execution_timeout": None,
    }
    if SETTINGS.mode == "local":
        return FolderFiles(**common, mode="reschedule", folder=SETTINGS.raw, pattern=pattern)
    from trendflow.bucket import BucketFiles

    bucket, _, folder = SETTINGS.raw.removeprefix("gs://").partition("/")
    return BucketFiles(
        **common,
        bucket=bucket,
        object=f"{folder.rstrip('/')}/{pattern}".lstrip("/"),
        use_glob=True,
        deferrable=True,
    )


def nothing_came(where: str) -> AirflowSensorTimeout:
    return AirflowSensorTimeout(
        f"No raw file matched {where} within {SETTINGS.arrival_hours:g} hours: check whether the day's export ran, "
        "and clear the task when the files have arrived."
    )


class FolderFiles(BaseSensorOperator):
    """Waits for a file in a local folder."""

    template_fields = ("folder", "pattern")

    def __init__(self, *, folder: str, pattern: str, **kwargs):
        super().__init__(**kwargs)
        self.folder = folder
        self.pattern = pattern

    def poke(self, context) -> bool:
        return any(Path(self.folder).glob(self.pattern))

    def execute(self, context):
        try:
            return super().execute(context)
        except AirflowSensorTimeout:
            raise nothing_came(f"{self.folder}/{self.pattern}") from None
