"""The DAGs run to success, and the jobs are the real ones, of the jar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from conftest import CUTOFF, dags, served, states

# A hundred products are not worth code of their own for every query.
QUICK = {
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


def run(pipelines: dict, name: str, minute: int, **asked):
    done = pipelines[name].test(logical_date=datetime(2026, 7, 1, 6, minute, tzinfo=UTC), run_conf=asked)
    assert set(states(done).values()) <= {"success", "skipped"} and str(done.state) == "success", states(done)
    return states(done)


def files(store: Path) -> dict[str, float]:
    """Every file of a store with the time of its last change."""
    return {str(file): file.stat().st_mtime for file in store.rglob("*") if file.is_file()}


def runs(store: Path) -> list[tuple]:
    return duckdb.execute(
        f"select as_of, run_id, model_id, scored_rows from read_parquet('{store}/prediction/runs/[!_]*/*.parquet') "
        "where not retracted and not hindsight order by as_of, published_at"
    ).fetchall()


def test_by_batches_the_day_is_scored_by_a_new_model_and_served(cloud, messages):
    pipelines = dags("batch", webhook="trendflow_webhook", properties=QUICK)
    run(pipelines, "trendflow_daily", 0, cutoff=CUTOFF)
    verdict = run(pipelines, "trendflow_train", 1, cutoff=CUTOFF)
    assert (verdict["promoted"], verdict["rejected"]) == ("success", "skipped")
    run(pipelines, "trendflow_daily", 2, cutoff=CUTOFF)
    assert [message.split()[1] for message in messages] == ["the", "model", "the"]
    *_, (_, run_id, model, rows) = runs(cloud.store)
    assert f"model {model} of {CUTOFF} is promoted" in messages[1]
    with served(cloud.store) as get:
        answer = get("/api/v1/recommendations?limit=5")
        assert (answer["run_id"], answer["as_of"]) == (run_id, CUTOFF)
        assert len(answer["items"]) == 5 <= rows


def test_two_submissions_of_a_cutoff_at_once_publish_it_once(cloud):
    """By batches that no limit of Airflow keeps apart, as those of two Airflows."""
    day = (date.fromisoformat(CUTOFF) - timedelta(days=1)).isoformat()
    score = dags("batch", properties=QUICK)["trendflow_daily"].get_task("score")
    score.batch["labels"] = {"dag": "d", "task": "t", "run": "r"}
    score.batch["spark_batch"]["args"] = ["--config", "shop.yaml", "--as-of", day]

    def submit(name: str):
        return score.hook.create_batch(
            region=score.region, project_id=score.project_id, batch=score.batch, batch_id=f"score-{name}"
        )

    both = [submit("one"), submit("other")]
    # One may find that the other was faster; then its retry finds the run and adds nothing.
    if any([operation.exception(timeout=300) for operation in both]):
        submit("again").result(timeout=300)
    published = [row for row in runs(cloud.store) if str(row[0]) == day]
    assert len(published) == 1
    scores = duckdb.execute(
        f"select count(*), count(distinct (market, product_id)) from read_parquet('{cloud.store}/prediction/scores/"
        f"{published[0][1]}/*.parquet')"
    ).fetchone()
    assert scores == (published[0][3], published[0][3])


def test_on_a_cluster_that_goes_again(cloud):
    """The jobs find what the batches did; a new cutoff is scored."""
    day = (date.fromisoformat(CUTOFF) + timedelta(days=1)).isoformat()
    pipelines = dags("cluster", properties=QUICK)
    run(pipelines, "trendflow_train", 3, cutoff=CUTOFF)
    run(pipelines, "trendflow_daily", 4, cutoff=day)
    made = [each["cluster"]["cluster_name"] for each in cloud.requests("CreateCluster")]
    assert len(set(made)) == 2
    assert made == [each["cluster_name"] for each in cloud.requests("DeleteCluster")]
    with served(cloud.store) as get:
        assert get("/api/v1/recommendations")["as_of"] == day


def test_a_backfill_on_this_machine_adds_nothing_the_second_time(cloud, monkeypatch):
    for key, value in {"CUTOFFS": "2", "ORIGINS": "[2026-04-26]", "TREES": "1", "DEPTH": "1"}.items():
        monkeypatch.setenv(f"TRENDFLOW_TRAIN_{key}", value)
    pipelines = dags("local", store=str(cloud.store), properties=QUICK)
    asked = {"first": "2026-05-31", "last": "2026-06-28", "every": 7}
    run(pipelines, "trendflow_backfill", 5, **asked)
    filled = [row for row in runs(cloud.store) if str(row[0]) <= asked["last"]]
    assert [str(row[0]) for row in filled] == ["2026-05-31", "2026-06-07", "2026-06-14", "2026-06-21", "2026-06-28"]
    trained = dict(
        duckdb.execute(
            f"select distinct model_id, as_of from read_parquet('{cloud.store}/prediction/models/[!_]*/*.parquet')"
        ).fetchall()
    )
    assert {trained[model] for *_, model, _ in filled if model} <= {row[0] for row in filled}
    assert all(trained[model] <= as_of for as_of, _, model, _ in filled if model)
    before = files(cloud.store)
    run(pipelines, "trendflow_backfill", 6, **asked)
    assert files(cloud.store) == before
