"""Writes runs into a store: store.py <folder> <products> <run number>..."""

import json
import pathlib
import sys

import duckdb

folder, products, numbers = pathlib.Path(sys.argv[1]), int(sys.argv[2]), [int(n) for n in sys.argv[3:]]
contracts = pathlib.Path(__file__).parents[2] / "schemas/src/main/resources"
as_of = "(current_date - 1)"

SCORES = {
    "run_id": "run",
    "as_of": as_of,
    "horizon_days": "28",
    "horizon_start": "current_date",
    "market": "'uk'",
    "product_id": "(10000000 + i)::VARCHAR",
    "name": "'Product ' || i || ' of ' || ['copper','glass','woven','painted'][1 + i % 4] || ' lanterns'",
    "category": "'Category ' || (i % 40)",
    "brand": "'Brand ' || (i % 700)",
    "lifecycle": "['established','established','new','launch'][1 + i % 4]",
    "launch_date": "NULL::DATE",
    "expected_units": "baseline + uplift",
    "median_units": "0.93 * (baseline + uplift)",
    "lower_units": "0.4 * (baseline + uplift)",
    "upper_units": "1.7 * (baseline + uplift)",
    "baseline_units": "baseline",
    "uplift_units": "uplift",
    "uplift_revenue": "uplift * price",
    "potential": f"100 * ({products} - position + 0.5) / {products}",
    "rank": "position",
    "growth": "uplift / baseline",
    "price": "price::DECIMAL(38, 9)",
    "price_assumed": "false",
    "currency": "'GBP'",
    "recent_weekly_units": "list_transform(range(12), w -> floor(baseline * (1 + (hash(i * 12 + w) % 100) / 100.0) / 4))",
    "model_id": "'model'",
    "reasons": """list_transform(range(5), r -> {'feature': 'feature_' || ((i + r) % 60),
        'family': 'family_' || r, 'value': (i % 1000) / 7.0, 'category': NULL::VARCHAR, 'unit': 'units',
        'source': NULL::VARCHAR, 'keyword': NULL::VARCHAR, 'contribution': (i % 100) / 77.0 - r,
        'effect': (i % 100) / 3.0 - r})""",
    "families": """list_transform(range(5), r -> {'family': 'family_' || r, 'contribution': (i % 100) / 77.0 - r,
        'units': (i % 100) / 9.0 - r, 'effect': (i % 100) / 3.0 - r})""",
    "units_q05": "0.3 * (baseline + uplift)",
    "units_q10": "0.4 * (baseline + uplift)",
    "units_q25": "0.7 * (baseline + uplift)",
    "units_q50": "0.93 * (baseline + uplift)",
    "units_q75": "1.2 * (baseline + uplift)",
    "units_q90": "1.7 * (baseline + uplift)",
    "units_q95": "2.1 * (baseline + uplift)",
    "chance": "(i % 100) / 100.0",
    "state": "['RISER','FLAT','SINKER','UNSURE'][1 + i % 4]",
    "check_stock": "false",
    "weekly_units": "list_transform(range(4), w -> expected_units / 4)",
    "further_horizons": """[]::STRUCT(horizon_days BIGINT, expected_units DOUBLE, units_q05 DOUBLE, units_q10 DOUBLE,
        units_q25 DOUBLE, units_q50 DOUBLE, units_q75 DOUBLE, units_q90 DOUBLE, units_q95 DOUBLE, model_id VARCHAR)[]""",
}
RUNS = {
    "run_id": "run",
    "as_of": as_of,
    "horizon_days": "28",
    "model_id": "'model'",
    "published_at": "now() + INTERVAL (number) SECOND",
    "scored_rows": f"{products}",
    "sources": "[{'source': 'orders', 'kind': 'sales', 'watermark': current_date - 1, 'age_days': 0}]",
    "lifecycles": f"[{{'lifecycle': 'established', 'rows': {products}}}]",
    "ranked_by": "'uplift_revenue'",
    "degraded": "false",
    "degraded_reasons": "[]::VARCHAR[]",
    "hindsight": "false",
    "retracted": "false",
    "ingest_ids": "[]::VARCHAR[]",
    "code_version": "'benchmark'",
}


def rows(number):
    return f"""
    SELECT *, row_number() OVER (ORDER BY uplift * price DESC, i) AS position FROM (
      SELECT i, {head(number)}, 5 + (hash(i) % 10000) / 50.0 AS baseline,
        ((hash(i + {number}) % 100000) / 500.0 - 60) AS uplift,
        round(1 + (hash(-i) % 4000) / 100.0, 2) AS price
      FROM range({products}) t(i))"""


def head(number):
    return f"'run-{number:03}' AS run, {number} AS number"


def columns(table, values):
    contract = json.loads((contracts / f"{table}.json").read_text())
    return ", ".join(f"{values[field['name']]} AS {field['name']}" for field in contract["fields"])


def write(table, number, query):
    """Complete before it is seen: written beside its place and moved there."""
    target = folder / table / f"run-{number:03}"
    target.mkdir(parents=True)
    hidden = target / "_unfinished"
    duckdb.sql(f"COPY ({query}) TO '{hidden}' (FORMAT parquet)")
    hidden.rename(target / "part-00000.parquet")


for number in numbers:
    write("prediction/scores", number, f"SELECT {columns('prediction/scores', SCORES)} FROM ({rows(number)})")
    write("prediction/runs", number, f"SELECT {columns('prediction/runs', RUNS)} FROM (SELECT {head(number)})")
