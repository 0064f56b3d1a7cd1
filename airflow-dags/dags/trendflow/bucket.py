"""Waiting for raw files in a bucket."""

from __future__ import annotations

from airflow.providers.google.cloud.sensors.gcs import GCSObjectExistenceSensor
from airflow.sdk.exceptions import AirflowSensorTimeout

from trendflow.arrival import nothing_came


class BucketFiles(GCSObjectExistenceSensor):
    """The provider's sensor, which says no more than "Trigger timeout" when nothing came."""

    def resume_execution(self, next_method, next_kwargs, context):
        try:
            return super().resume_execution(next_method, next_kwargs, context)
        except AirflowSensorTimeout:
            raise nothing_came(f"gs://{self.bucket}/{self.object}") from None
