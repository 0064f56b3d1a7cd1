"""Submission of a batch to Dataproc Serverless."""

from __future__ import annotations

from airflow.providers.google.cloud.operators.dataproc import DataprocCreateBatchOperator


class Batch(DataprocCreateBatchOperator):
    """Continues a pending or running batch of the same task and run instead of submitting a second one.

    Such a batch exists if the worker died between the submission and the deferral. A batch that has ended is ignored: a
    retry submits a new batch under a new id.
    """

    def execute(self, context):
        alive = self._alive()
        if alive is not None:
            self.log.info("Batch %s of an earlier attempt is still running: waiting for it.", alive)
            # The operator attaches itself to the batch when Dataproc answers that the id already exists.
            self.batch_id, self.batch_id_prefix = alive, None
        return super().execute(context)

    def _alive(self) -> str | None:
        ours = " AND ".join(f'labels.{key} = "{self.batch["labels"][key]}"' for key in ("dag", "task", "run"))
        batches = self.hook.list_batches(
            project_id=self.project_id,
            region=self.region,
            filter=f"(state = PENDING OR state = RUNNING) AND {ours}",
        )
        return next((batch.name.split("/")[-1] for batch in batches), None)
