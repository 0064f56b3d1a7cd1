"""The DAGs run to success, and the jobs are the real ones."""

from __future__ import annotations

from datetime import UTC, datetime

from conftest import CUTOFF, dags, served, states


def at(minute: int) -> datetime:
    return datetime(2026, 7, 1, 6, minute, tzinfo=UTC)


def all_success(run) -> bool:
    return set(states(run).values()) <= {"success", "skipped"} and str(run.state) == "success"


def test_daily_and_train_by_batches(cloud):
    pipelines = dags("batch")
    run = pipelines["trendflow_daily"].test(logical_date=at(0), run_conf={"cutoff": CUTOFF})
    assert all_success(run), states(run)
    run = pipelines["trendflow_train"].test(logical_date=at(1), run_conf={"cutoff": CUTOFF})
    assert all_success(run), states(run)
    print(states(run))
    with served(cloud.store) as get:
        assert get("/api/v1/recommendations?limit=5")["as_of"] == CUTOFF
