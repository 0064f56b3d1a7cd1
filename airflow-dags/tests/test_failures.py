"""Tests of failures in a run. The jobs are stubs."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime
from threading import Timer
from types import SimpleNamespace

import duckdb
import pytest

from conftest import BUILD, CUTOFF, REPOSITORY, dags, states


@pytest.fixture
def tables(cloud, tmp_path, monkeypatch):
    """Replaces the store's tables with small ones for the checks; returns the function that writes them."""
    store = cloud.store
    kept = store.rename(store.with_name("kept")) if store.exists() else None

    def copy(table: str, batch: str, sql: str) -> None:
        folder = store / table / batch
        folder.mkdir(parents=True, exist_ok=True)
        duckdb.execute(f"copy ({sql}) to '{folder}/part.parquet'")

    def ingest(batch: str, last: str, rejected: int, supersedes: list[str]) -> None:
        ingested = f"select '{batch}' as ingest_id, "
        counts = f"now() as finished_at, 100 as read, 0 as excluded, {rejected} as rejected"
        copy("quality/ingests", batch, f"{ingested} {supersedes}::varchar[] as supersedes, {counts}")
        copy("sales_history/daily_sales", batch, f"{ingested} date '{last}' as sale_date, 1 as period_days")

    def write(rejected: int = 0, last: str = CUTOFF, replaced_by: str | None = None) -> None:
        """Writes an ingest, a model and a run; a later ingest with sales until ``replaced_by`` supersedes the first."""
        ingest("i", last, rejected, [])
        if replaced_by:
            ingest("j", replaced_by, rejected, ["i"])
        model = f"select date '{CUTOFF}' as as_of, 'rejected' as event, 'm' as model_id, 'It lost.' as reason"
        copy("prediction/models", "m", f"{model}, now() as changed_at, 28 as horizon_days")
        copy("prediction/runs", "r", complete("prediction/runs", run_id="'r'"))

    yield write
    shutil.rmtree(store, ignore_errors=True)
    if kept:
        kept.rename(store)


LITERALS = {
    "BOOLEAN": "false",
    "DATE": f"date '{CUTOFF}'",
    "INTEGER": "1::bigint",
    "STRING": "'x'",
    "TIMESTAMP": "timestamptz '2026-07-01 06:00:00+00'",
}


def complete(table: str, **given: str) -> str:
    """Returns a query of one row that the jobs accept: the given values, and literals for the other columns."""
    contract = json.loads((REPOSITORY / f"schemas/src/main/resources/{table}.json").read_text())
    columns = {field["name"]: LITERALS[field["type"]] for field in contract["fields"] if field["mode"] == "REQUIRED"}
    return "select " + ", ".join(f"{value} as {name}" for name, value in {**columns, **given}.items())


def run_daily(minute: int, mode: str = "batch", **more):
    pipeline = dags(mode, **more)["trendflow_daily"]
    return pipeline.test(logical_date=datetime(2026, 7, 2, 6, minute, tzinfo=UTC), run_conf={"cutoff": CUTOFF})


def test_a_failed_attempt_is_followed_by_a_new_batch(cloud, stub, tables):
    tables()
    (stub / "fail-Score").write_text("1")
    before = len(cloud.requests("CreateBatch", "Score"))
    run = run_daily(0)
    assert set(states(run).values()) == {"success"}
    asked = cloud.requests("CreateBatch", "Score")[before:]
    assert len({each["batch_id"] for each in asked}) == len(asked) == 2
    assert asked[0]["batch"]["labels"]["cutoff"] == CUTOFF


def test_a_permanent_failure_publishes_nothing_and_sends_a_message(cloud, stub, tables, messages):
    tables()
    (stub / "fail-Score").write_text("9")
    before = len(cloud.requests("CreateBatch", "Score"))
    run = run_daily(1, webhook="trendflow_webhook")
    assert states(run)["score"] == "failed"
    assert {states(run)[task] for task in ("check_published", "publish", "notify")} == {"upstream_failed"}
    assert len(cloud.requests("CreateBatch", "Score")) - before == 3
    assert len(messages) == 1
    assert messages[0].startswith("TrendFlow: trendflow_daily.score failed for the cutoff 2026-06-30 after 3 attempts.")
    assert "https://console.cloud.google.com/dataproc/batches/europe-west1/score-2026-06-30-" in messages[0]


@pytest.mark.parametrize("mode", ["batch", "local"])
@pytest.mark.parametrize(
    ("wrong", "check"),
    [
        ({"rejected": 2}, "check_rejects"),
        ({"last": "2026-06-27"}, "check_freshness"),
        ({"last": "2026-06-01"}, "check_rows"),
        ({"replaced_by": "2026-06-27"}, "check_freshness"),
    ],
)
def test_a_failed_check_prevents_the_score(cloud, stub, tables, mode, wrong, check):
    tables(**wrong)
    more = {"store": str(cloud.store), "spark_submit": "true"} if mode == "local" else {}
    before = len(cloud.requests("CreateBatch", "Score"))
    run = run_daily(2, mode, **more)
    assert states(run)[check] == "failed"
    assert states(run)["score"] == "upstream_failed"
    assert len(cloud.requests("CreateBatch", "Score")) == before


@pytest.mark.parametrize("mode", ["batch", "local"])
def test_a_retracted_run_does_not_count_as_published(cloud, stub, tables, mode):
    tables()
    retract = [BUILD / "bin/trendflow", "runs", "retract", "r", "--config", cloud.root / "lake/conf/shop.yaml"]
    subprocess.run(retract, check=True, stdout=subprocess.DEVNULL)
    more = {"store": str(cloud.store), "spark_submit": "true"} if mode == "local" else {}
    run = run_daily(3, mode, **more)
    assert states(run)["check_published"] == "failed"
    assert states(run)["publish"] == "upstream_failed"


def test_a_rejected_challenger_is_a_success_and_sends_the_reason(cloud, stub, tables, messages):
    tables()
    pipeline = dags("batch", webhook="trendflow_webhook")["trendflow_train"]
    run = pipeline.test(logical_date=datetime(2026, 7, 2, 7, tzinfo=UTC), run_conf={"cutoff": CUTOFF})
    assert states(run) == {"train": "success", "verdict": "success", "rejected": "success", "promoted": "skipped"}
    assert str(run.state) == "success"
    assert messages == [f"TrendFlow: model m of {CUTOFF} was rejected: It lost."]


def test_a_retry_continues_the_batch_of_a_lost_worker(cloud, stub, airflow_db):
    """If the worker dies after it submits, the next attempt waits for that batch instead of submitting a second one."""
    task = dags("batch")["trendflow_train"].get_task("train")
    task.deferrable, task.batch_id_prefix = False, "lost-again"
    task.batch["labels"] = {"dag": "d", "task": "t", "run": "r"}
    task.batch["spark_batch"]["args"] = []
    (stub / "hold-Train").touch()
    Timer(5, (stub / "hold-Train").unlink).start()
    task.hook.create_batch(region=task.region, project_id=task.project_id, batch=task.batch, batch_id="lost-first")
    context = {
        "ti": SimpleNamespace(xcom_push=lambda **_: None),
        "task_instance": SimpleNamespace(xcom_push=lambda **_: None),
        "task": task,
    }
    done = task.execute(context)
    assert done["name"].endswith("/lost-first")
    ids = [each["batch_id"] for each in cloud.requests("CreateBatch") if each["batch_id"].startswith("lost-")]
    assert set(ids) == {"lost-first"}
