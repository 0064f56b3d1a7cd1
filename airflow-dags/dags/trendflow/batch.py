"""The submission to Dataproc Serverless."""

from __future__ import annotations

from airflow.providers.google.cloud.operators.dataproc import DataprocCreateBatchOperator


class Batch(DataprocCreateBatchOperator):
    """Goes on with a batch of this task and run that is still alive, instead of submitting a second one beside it.

    There is one if the worker died between the submission and the deferral. A batch that ended is left alone: a retry
    submits a new one under a new id.
    """

    def execute(self, context):
        alive = self._alive()
        if alive is not None:
            self.log.info("Batch %s of an earlier attempt still runs: waiting for it.", alive)
            # The operator attaches itself when Dataproc answers that there is such a batch.
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
