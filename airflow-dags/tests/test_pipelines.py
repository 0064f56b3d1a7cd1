"""Runs the DAGs to success with the real jobs of the jar; a stub replaces a job whose work is already done."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from conftest import CUTOFF, PROPERTIES, REPOSITORY, TESTS, dags, served, states, wait_for


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


TRUTH = """
with lines as (
  select
    market,
    upper(trim(sku)) as product_id,
    try_strptime(trim(ordered_at), '%Y-%m-%d %H:%M:%S') as sold_at,
    try_cast(quantity as decimal(12, 2)) as units,
    try_cast(unit_price as decimal(18, 2)) as price,
    order_id
  from read_csv(
    '{raw}/orders/*.csv.gz', all_varchar = true, null_padding = true, parallel = false, delim = ',', quote = '"'
  )
  where sku is not null and sku not ilike 'TEST-%' and sku not ilike 'POST'
),

sales as (
  select distinct on (order_id, product_id) *
  from lines
  where price > 0 and sold_at is not null and units is not null
)

select market, product_id, cast(date_trunc('week', sold_at) as date), cast(sum(units) as double), sum(units * price)
from sales
group by all
"""
WEEKS = """
select market, product_id, week, units, revenue from fct_sales_week where gross_units > 0 or return_units > 0
"""


def test_the_marts_follow_a_published_run_and_their_failure_changes_nothing(cloud, tmp_path, monkeypatch):
    """The store has runs of the previous tests, two of them for the last cutoff."""
    monkeypatch.setenv("TRENDFLOW_MARTS_PATH", str(tmp_path / "marts.duckdb"))
    local = {"store": str(cloud.store), "spark_submit": str(TESTS / "submit")}
    run(dags("local", **local), "trendflow_marts", 8)
    with duckdb.connect(str(tmp_path / "marts.duckdb"), read_only=True) as marts, served(cloud.store) as get:
        truth = marts.sql(TRUTH.format(raw=cloud.root / "lake/raw")).fetchall()
        assert sorted(marts.sql(WEEKS).fetchall()) == sorted(truth)
        assert_same_list(marts, pages(get, "/api/v1/recommendations"))
        for item in get("/api/v1/categories")["items"]:
            outlook = "from fct_category_outlook select products, expected_units where (market, category) = (?, ?)"
            ((products, units),) = marts.execute(outlook, [item["market"], item["name"]]).fetchall()
            assert products == item["products"] and abs(units - item["expected_units"]) < 1e-5
        assert_same_movements(marts, get)
        outcome = (
            "select distinct as_of, complete from fct_forecast_outcome where lifecycle = 'established' order by all"
        )
        published = sorted({row[0] for row in runs(cloud.store)})
        known = [(day, day + timedelta(days=28) <= date.fromisoformat(CUTOFF)) for day in published]
        assert marts.sql(outcome).fetchall() == known and any(complete for _, complete in known)

    project = shutil.copytree(REPOSITORY / "dbt", tmp_path / "dbt", ignore=shutil.ignore_patterns("target", "checks"))
    (project / "tests/no_product_sells.sql").write_text("select * from {{ ref('fct_sales_week') }} where units > 0")
    before = files(cloud.store)
    pipelines = dags("local", dbt=str(project), **local)
    pipelines["trendflow_marts"].get_task("build_marts").retries = 0
    failed = pipelines["trendflow_marts"].test(logical_date=datetime(2026, 7, 1, 6, 9, tzinfo=UTC))
    assert states(failed) == {"build_marts": "failed"}
    assert files(cloud.store) == before
    with served(cloud.store) as get:
        assert get("/api/v1/recommendations")["total"] > 0


def pages(get, path: str) -> list[dict]:
    items, cursor = [], ""
    while cursor is not None:
        page = get(f"{path}?limit=100{cursor and '&cursor='}{cursor}")
        items, cursor = items + page["items"], page["next_cursor"]
    return items


def assert_same_list(marts, items: list[dict]) -> None:
    """Compares each value of the mart with the service's."""
    columns = [name for name, *_ in marts.execute("describe fct_recommendation").fetchall()]

    def shown(item: dict) -> tuple:
        main = next(iter(item["reasons"]), {})
        return tuple(main.get(name[5:]) if name.startswith("main_") else item.get(name) for name in columns)

    def stored(row: tuple) -> tuple:
        values = [str(value) if isinstance(value, date) else value for value in row]
        return tuple(float(value) if isinstance(value, Decimal) else value for value in values)

    key = (columns.index("market"), columns.index("product_id"))
    ours = {(row[key[0]], row[key[1]]): stored(row) for row in marts.execute("from fct_recommendation").fetchall()}
    theirs = {(item["market"], item["product_id"]): shown(item) for item in items}
    assert ours == theirs and len(items) == len(theirs) > 0


def assert_same_movements(marts, get) -> None:
    """Compares the movement of each series that belongs to a product; the service has the other series too."""
    names = ("source", "metric", "keyword", "geo", "last_day", "recent_mean", "earlier_mean", "change")
    series = marts.sql(f"select distinct {', '.join(names)} from fct_product_trend").fetchall()
    ours = {row[:4]: (str(row[4]), *row[5:]) for row in series}
    assert len(ours) == len(series)
    answer = get("/api/v1/trends?limit=500")
    assert answer["total"] == len(answer["items"])
    theirs = {tuple(item[name] for name in names[:4]): item for item in answer["items"]}
    moving = {name for name, values in ours.items() if values[1] is not None}
    assert moving == ours.keys() & theirs.keys() and moving
    for name in moving:
        assert ours[name] == pytest.approx(tuple(theirs[name][each] for each in names[4:]), abs=1e-6), name
