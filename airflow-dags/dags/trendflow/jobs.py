"""Creates the task of a job according to the mode in the settings, so that no DAG depends on where Spark runs."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from posixpath import basename

from trendflow.pipeline import CUTOFF, SETTINGS

LABELS = {
    "dag": "{{ dag.dag_id | label }}",
    "task": "{{ task.task_id | label }}",
    "run": "{{ run_id | label }}",
    "cutoff": CUTOFF,
}
GRACE = timedelta(minutes=15)
COLLECT_LIMIT = timedelta(hours=4)
# Where java17.sh installs the JDK.
JAVA_HOME = "/opt/jdk-17"
CLUSTER = "trendflow-{{ dag_run.run_after.strftime('%Y%m%d-%H%M%S-%f') }}"


def job(task_id: str, main: str, *options: str, limit: timedelta, doc: str, role: str = ""):
    """Returns a task that runs a job of the jar.

    :param main: the job's class in io.trendflow.jobs
    :param role: the account that the job runs as; the class's name in lower case if it is empty
    :param options: the job's options, which may be templates
    :param limit: maximum duration; Dataproc then ends the job, so that a retry never runs beside it
    """
    common = {"task_id": task_id, "pool": SETTINGS.pool, "execution_timeout": limit + GRACE, "doc_md": doc}
    main_class = f"io.trendflow.jobs.{main}"
    sets = ["--set", f"raw.path={SETTINGS.raw}"]
    if SETTINGS.mode == "local":
        return _local(main_class, [*options, *sets, "--set", f"store.path={SETTINGS.store}"], common)
    args = ["--config", basename(SETTINGS.config), *options, *sets]
    spark = {
        "main_class": main_class,
        "jar_file_uris": [SETTINGS.jar, *SETTINGS.jars],
        "file_uris": [SETTINGS.config],  # Spark copies it to the working directory
        "args": args,
    }
    return (
        _batch(spark, role or main.lower(), limit, common) if SETTINGS.mode == "batch" else _on_cluster(spark, common)
    )


def collect(source: str):
    """Returns a task that pulls a source.

    A pull that fails or is killed lands nothing that an ingest reads, so that a retry begins anew. In the cloud it is
    an execution of the Cloud Run job ``trendflow-collect``, whose account alone may read the secrets of the sources.
    """
    common = {
        "task_id": f"collect_{source}",
        "pool": SETTINGS.pool,
        "execution_timeout": COLLECT_LIMIT,
        "doc_md": f"Pulls what is new of the source {source}. A retry lands nothing twice.",
    }
    options = ["--source", source, "--set", f"raw.path={SETTINGS.raw}"]
    if SETTINGS.mode == "local":
        return _local("io.trendflow.jobs.CollectCommand", options, common)
    from airflow.providers.google.cloud.operators.cloud_run import CloudRunExecuteJobOperator

    return CloudRunExecuteJobOperator(
        **common,
        project_id=SETTINGS.project,
        region=SETTINGS.region,
        job_name="trendflow-collect",
        overrides={"container_overrides": [{"args": ["collect", "--config", SETTINGS.config, *options]}]},
        polling_period_seconds=SETTINGS.poll_seconds,
        deferrable=True,
    )


@contextmanager
def compute(after=None) -> Iterator[None]:
    """Runs the jobs of the block on a cluster that is always deleted afterwards in mode ``cluster``; else does nothing.

    :param after: the task after which the cluster is created
    """
    if SETTINGS.mode != "cluster":
        yield
        return
    create, delete = _cluster()
    if after is not None:
        after >> create
    with delete.as_teardown(setups=create):
        yield


def account(role: str) -> str:
    return SETTINGS.service_account.format(role=role)


def _batch(spark: dict, role: str, limit: timedelta, common: dict):
    from trendflow.batch import Batch

    execution = {"service_account": account(role), "ttl": {"seconds": int(limit.total_seconds())}}
    if SETTINGS.subnetwork:
        execution["subnetwork_uri"] = SETTINGS.subnetwork
    return Batch(
        **common,
        project_id=SETTINGS.project,
        region=SETTINGS.region,
        batch_id_prefix="{{ task.task_id | label }}-" + CUTOFF,
        batch={
            "spark_batch": spark,
            # A batch without a limit may start a thousand executors.
            "runtime_config": {
                "version": SETTINGS.runtime,
                "properties": {
                    "spark.dynamicAllocation.maxExecutors": str(SETTINGS.executors),
                    **SETTINGS.properties,
                },
            },
            "environment_config": {"execution_config": execution},
            "labels": LABELS,
        },
        deferrable=True,
        polling_interval_seconds=SETTINGS.poll_seconds,
    )


def _on_cluster(spark: dict, common: dict):
    from airflow.providers.google.cloud.operators.dataproc import DataprocSubmitJobOperator

    return DataprocSubmitJobOperator(
        **common,
        project_id=SETTINGS.project,
        region=SETTINGS.region,
        job={
            "reference": {"project_id": SETTINGS.project},
            "placement": {"cluster_name": CLUSTER},
            "spark_job": {**spark, "properties": SETTINGS.properties},
            "labels": LABELS,
        },
        deferrable=True,
        polling_interval_seconds=SETTINGS.poll_seconds,
    )


def _cluster():
    from airflow.providers.google.cloud.operators.dataproc import (
        DataprocCreateClusterOperator,
        DataprocDeleteClusterOperator,
    )

    where = {"project_id": SETTINGS.project, "region": SETTINGS.region, "cluster_name": CLUSTER}
    machine = {"machine_type_uri": SETTINGS.machine_type}
    create = DataprocCreateClusterOperator(
        **where,
        task_id="create_cluster",
        doc_md="Creates a cluster for this run only. A retry uses the cluster that already exists.",
        labels=LABELS,
        cluster_config={
            "gce_cluster_config": {
                "service_account": account("cluster"),
                "internal_ip_only": True,
                "metadata": {"trendflow-jdk": SETTINGS.jdk},
                **({"subnetwork_uri": SETTINGS.subnetwork} if SETTINGS.subnetwork else {}),
            },
            "master_config": {"num_instances": 1, **machine},
            "worker_config": {"num_instances": SETTINGS.workers, **machine},
            "software_config": {
                "image_version": f"{SETTINGS.runtime}-debian12",
                "properties": {
                    "spark-env:JAVA_HOME": JAVA_HOME,
                    "spark:spark.yarn.appMasterEnv.JAVA_HOME": JAVA_HOME,
                    "spark:spark.executorEnv.JAVA_HOME": JAVA_HOME,
                },
            },
            "initialization_actions": [
                {
                    "executable_file": SETTINGS.jdk.rpartition("/")[0] + "/java17.sh",
                    "execution_timeout": {"seconds": 300},
                }
            ],
            # Deletes a cluster that its run left behind.
            "lifecycle_config": {"idle_delete_ttl": {"seconds": 1800}},
        },
        execution_timeout=timedelta(minutes=30),
    )
    delete = DataprocDeleteClusterOperator(
        **where,
        task_id="delete_cluster",
        doc_md="Deletes the cluster, even if a job failed.",
        execution_timeout=timedelta(minutes=30),
    )
    return create, delete


def _local(main_class: str, args: list[str], common: dict):
    from airflow.providers.standard.operators.bash import BashOperator

    submit = [
        SETTINGS.spark_submit,
        "--master",
        "local[2]",
        *(word for key, value in SETTINGS.properties.items() for word in ("--conf", f"{key}={value}")),
        "--class",
        main_class,
        SETTINGS.jar,
        "--config",
        SETTINGS.config,
    ]
    words = [*map(shlex.quote, submit), *(arg if "{{" in arg else shlex.quote(arg) for arg in args)]
    return BashOperator(**common, bash_command="exec " + " ".join(words) + " ", append_env=True, do_xcom_push=False)
