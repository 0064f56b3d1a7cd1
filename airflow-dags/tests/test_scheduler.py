"""Tests Airflow as it is deployed: scheduler, DAG processor, triggerer and API server run as separate processes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

from conftest import DAGS, ROOT, free_port, settings, wait_for


class Airflow:
    """Client of Airflow's REST API."""

    def __init__(self, port: int):
        self.address = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self.token = None

    def call(self, method: str, path: str, body: dict | None = None):
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, headers, method=method)
        with self.opener.open(request, timeout=30) as answer:
            return json.load(answer)

    def log_in(self) -> bool:
        self.token = self.call("GET", "/auth/token")["access_token"]
        return True

    def unpause(self, dag: str) -> bool:
        return not self.call("PATCH", f"/api/v2/dags/{dag}", {"is_paused": False})["is_paused"]

    def runs(self, dag: str) -> list[dict]:
        return self.call("GET", f"/api/v2/dags/{dag}/dagRuns")["dag_runs"]

    def task_states(self, dag: str) -> dict[str, str]:
        tasks = self.call("GET", f"/api/v2/dags/{dag}/dagRuns/~/taskInstances")["task_instances"]
        return {task["task_id"]: task["state"] for task in tasks}


@contextmanager
def running(port: int, *components: str):
    """Runs components of Airflow and kills them at the end without a warning, as a failing machine does."""
    with open(ROOT / f"standalone-{port}.log", "a") as log:
        process = subprocess.Popen(
            [DAGS.parent / "standalone", str(port), *components],
            env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield
        finally:
            for member in subprocess.run(
                ["ps", "-o", "pid=", "-s", str(process.pid)], capture_output=True, text=True
            ).stdout.split():
                with suppress(ProcessLookupError):
                    os.kill(int(member), signal.SIGKILL)
            process.wait()


def test_waiting_tasks_continue_after_a_restart(airflow_db, cloud, stub, monkeypatch, tmp_path):
    """A running batch is not submitted again, and the wait for files that never arrive ends with a clear message."""
    port = free_port()
    shutil.copy(airflow_db, tmp_path / "airflow.db")
    for key, value in {
        "AIRFLOW_HOME": str(tmp_path),
        "AIRFLOW__API_AUTH__JWT_SECRET": "shared by the components" * 4,  # without it each would make one of its own
        "AIRFLOW_VAR_TRENDFLOW": json.dumps(settings("batch", arrival="never/*", arrival_hours=30 / 3600)),
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "600",  # once is enough
        "AIRFLOW__TRIGGERER__JOB_HEARTBEAT_SEC": "2",
        "AIRFLOW__TRIGGERER__TRIGGERER_HEALTH_CHECK_THRESHOLD": "10",
        "AIRFLOW__SCHEDULER__TRIGGER_TIMEOUT_CHECK_INTERVAL": "2",
    }.items():
        monkeypatch.setenv(key, value)
    (stub / "hold-Train").touch()
    before = len(cloud.requests("CreateBatch", "Train"))

    airflow = Airflow(port)
    with running(port, "api-server", "dag-processor"):
        wait_for(airflow.log_in, 300)
        with running(port, "scheduler", "triggerer"):
            for dag, task in (("trendflow_train", "train"), ("trendflow_daily", "wait_for_raw_files")):
                wait_for(lambda dag=dag: airflow.unpause(dag), 300)
                wait_for(lambda dag=dag, task=task: airflow.task_states(dag).get(task) == "deferred", 300)
        with running(port, "scheduler", "triggerer"):
            (stub / "hold-Train").unlink()
            wait_for(lambda: airflow.task_states("trendflow_train")["train"] == "success", 300)
            wait_for(lambda: airflow.runs("trendflow_daily")[0]["state"] == "failed", 300)
            assert airflow.task_states("trendflow_daily")["ingest"] == "upstream_failed"
            assert airflow.task_states("trendflow_daily")["notify"] == "upstream_failed"
    assert len(cloud.requests("CreateBatch", "Train")) - before == 1
    said = "".join(log.read_text() for log in (tmp_path / "logs").rglob("*wait_for_raw_files*/*.log"))
    assert "No raw file matched gs://lake/raw/never/* within" in said
