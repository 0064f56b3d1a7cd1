"""The DAGs run to success, and the jobs are the real ones, of the jar."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb

from conftest import CUTOFF, TESTS, dags, served, states

QUICK = {"spark.sql.shuffle.partitions": "2"}


def run(pipelines: dict, name: str, minute: int, **asked):
    done = pipelines[name].test(logical_date=datetime(2026, 7, 1, 6, minute, tzinfo=UTC), run_conf=asked)
    assert set(states(done).values()) <= {"success", "skipped"} and str(done.state) == "success", states(done)
    return states(done)


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


def test_two_runs_of_a_cutoff_at_once_publish_it_once(cloud):
    """Two Airflows that know nothing of each other, so that no limit of one of them keeps the runs apart."""
    day = (date.fromisoformat(CUTOFF) - timedelta(days=1)).isoformat()
    code = f"""
import sys
sys.path.insert(0, {str(TESTS)!r})
from datetime import UTC, datetime
from conftest import dags, states
done = dags("batch", properties={QUICK!r})["trendflow_daily"].test(
    logical_date=datetime(2026, 7, 1, 7, tzinfo=UTC), run_conf={{"cutoff": {day!r}}})
sys.exit(set(states(done).values()) != {{"success"}})
"""
    both = []
    for name in ("one", "other"):
        home = cloud.root.parent / f"airflow-{name}"
        environment = {**os.environ, "AIRFLOW_HOME": str(home), "TRENDFLOW_TEST_ROOT": str(cloud.root.parent)}
        subprocess.run([Path(sys.executable).parent / "airflow", "db", "migrate"], env=environment, check=True)
        both.append(subprocess.Popen([sys.executable, "-c", code], env=environment))
    assert [each.wait(timeout=600) for each in both] == [0, 0]
    published = [row for row in runs(cloud.store) if str(row[0]) == day]
    assert len(published) == 1
    scores = duckdb.execute(
        f"select count(*), count(distinct (market, product_id)) from read_parquet('{cloud.store}/prediction/scores/"
        f"{published[0][1]}/*.parquet')"
    ).fetchone()
    assert scores == (published[0][3], published[0][3])


def test_on_a_cluster_that_goes_again(cloud):
    """The jobs find what the batches did; a new cutoff is scored."""
    day = (date.fromisoformat(CUTOFF) - timedelta(days=2)).isoformat()
    pipelines = dags("cluster", properties=QUICK)
    run(pipelines, "trendflow_train", 3, cutoff=CUTOFF)
    run(pipelines, "trendflow_daily", 4, cutoff=day)
    made = [each["cluster"]["cluster_name"] for each in cloud.requests("CreateCluster")]
    assert len(set(made)) == 2
    assert made == [each["cluster_name"] for each in cloud.requests("DeleteCluster")]
    assert day in [str(row[0]) for row in runs(cloud.store)]
