"""Runs the DAGs to success with the real jobs of the jar; a stub replaces a job whose work is already done."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from conftest import CUTOFF, PROPERTIES, TESTS, dags, served, states, wait_for


def run(pipelines: dict, name: str, minute: int, **asked):
    done = pipelines[name].test(logical_date=datetime(2026, 7, 1, 6, minute, tzinfo=UTC), run_conf=asked)
    assert set(states(done).values()) <= {"success", "skipped"} and str(done.state) == "success", states(done)
    return states(done)


def files(store: Path) -> dict[str, float]:
    """Returns every file of a store with the time of its last change."""
    return {str(file): file.stat().st_mtime for file in store.rglob("*") if file.is_file()}


def runs(store: Path) -> list[tuple]:
    return duckdb.execute(
        f"select as_of, run_id, model_id, scored_rows from read_parquet('{store}/prediction/runs/[!_]*/*.parquet') "
        "where not retracted and not hindsight order by as_of, published_at"
    ).fetchall()


def models(store: Path, event: str) -> list[str]:
    return [
        model
        for (model,) in duckdb.execute(
            f"select model_id from read_parquet('{store}/prediction/models/[!_]*/*.parquet') where event = '{event}'"
        ).fetchall()
    ]


def test_batches_score_the_day_and_promote_a_model(cloud, messages):
    pipelines = dags("batch", webhook="trendflow_webhook", properties=PROPERTIES)
    run(pipelines, "trendflow_daily", 0, cutoff=CUTOFF)
    verdict = run(pipelines, "trendflow_train", 1, cutoff=CUTOFF)
    assert (verdict["promoted"], verdict["rejected"]) == ("success", "skipped")
    assert [message.split()[1] for message in messages] == ["the", "model"]
    (model,) = models(cloud.store, "promoted")
    assert f"model {model} of {CUTOFF} was promoted" in messages[1]
    ((_, run_id, _, rows),) = runs(cloud.store)
    with served(cloud.store) as get:
        answer = get("/api/v1/recommendations?limit=5")
        assert (answer["run_id"], answer["as_of"]) == (run_id, CUTOFF)
        assert len(answer["items"]) == 5 <= rows


def test_a_cluster_and_a_batch_at_the_same_time_publish_one_run(cloud, stub):
    """Two Airflows share no pool, so both score at the same time. The previous test has ingested and trained."""
    (stub / "real-Score").touch()
    day = (date.fromisoformat(CUTOFF) + timedelta(days=1)).isoformat()
    batch = dags("batch", properties=PROPERTIES)["trendflow_daily"].get_task("score")
    batch.batch["labels"] = {"dag": "d", "task": "t", "run": "r"}
    batch.batch["spark_batch"]["args"] = ["--config", "shop.yaml", "--as-of", day]

    def submit(name: str):
        where = {"region": batch.region, "project_id": batch.project_id}
        return batch.hook.create_batch(**where, batch=batch.batch, batch_id=f"score-{name}")

    def beside_the_cluster():
        wait_for(lambda: cloud.requests("SubmitJob", "Score"), 600)
        return submit("beside").exception(timeout=600)

    pipelines = dags("cluster", properties=PROPERTIES)
    run(pipelines, "trendflow_train", 3, cutoff=CUTOFF)
    with ThreadPoolExecutor() as other:
        lost = other.submit(beside_the_cluster)
        run(pipelines, "trendflow_daily", 4, cutoff=day)
    # If the batch fails because the other job was faster, its retry finds the run and adds nothing.
    if lost.result():
        submit("again").result(timeout=600)
    ((_, run_id, model, rows),) = [row for row in runs(cloud.store) if str(row[0]) == day]
    assert [model] == models(cloud.store, "promoted")
    scores = duckdb.execute(
        "select count(*), count(distinct (market, product_id)) "
        f"from read_parquet('{cloud.store}/prediction/scores/{run_id}/*.parquet')"
    ).fetchone()
    assert scores == (rows, rows)
    made = [each["cluster"]["cluster_name"] for each in cloud.requests("CreateCluster")]
    assert len(set(made)) == 2
    assert made == [each["cluster_name"] for each in cloud.requests("DeleteCluster")]
    with served(cloud.store) as get:
        assert get("/api/v1/recommendations")["run_id"] == run_id


def test_a_local_backfill_adds_only_missing_runs_and_maintenance_keeps_them(cloud):
    """A batch has already trained a model for the last cutoff, which was scored before there was a model."""
    pipelines = dags("local", store=str(cloud.store), spark_submit=str(TESTS / "submit"), properties=PROPERTIES)
    asked = {"first": "2026-06-02", "last": CUTOFF, "every": 28}
    before = runs(cloud.store)
    run(pipelines, "trendflow_backfill", 5, **asked)
    filled = [row for row in runs(cloud.store) if row not in before]
    assert [str(row[0]) for row in filled] == ["2026-06-02", CUTOFF]
    trained = dict(
        duckdb.execute(
            f"select distinct model_id, as_of from read_parquet('{cloud.store}/prediction/models/[!_]*/*.parquet')"
        ).fetchall()
    )
    assert [trained[model] for *_, model, _ in filled] == [row[0] for row in filled] == sorted(trained.values())
    before = files(cloud.store)
    run(pipelines, "trendflow_backfill", 6, **asked)
    assert files(cloud.store) == before
    # Maintenance removes nothing, because all files are new.
    run(pipelines, "trendflow_maintenance", 7)
    assert files(cloud.store) == before
