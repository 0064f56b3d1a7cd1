"""Sensor that waits for raw files in a bucket."""

from __future__ import annotations

from airflow.providers.google.cloud.sensors.gcs import GCSObjectExistenceSensor
from airflow.sdk.exceptions import AirflowSensorTimeout

from trendflow.arrival import nothing_came


class BucketFiles(GCSObjectExistenceSensor):
    """Names the missing files on a timeout, where the provider's sensor fails with only "Trigger timeout"."""

    def resume_execution(self, next_method, next_kwargs, context):
        try:
            return super().resume_execution(next_method, next_kwargs, context)
        except AirflowSensorTimeout:
            raise nothing_came(f"gs://{self.bucket}/{self.object}") from None
