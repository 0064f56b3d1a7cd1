"""Recomputes every printed metric of a backtest, from its rows and from the raw files alone.

usage: recompute_backtest.py STORE SALES.sql

STORE is the folder of the tables. SALES.sql is a DuckDB query over the raw files that gives market, product_id, day
and units (returns negative). Exits with 1 and prints the differences if the actual units of a row, or a mean metric of
the model or of a baseline or its standard error, differs from the value that the jobs wrote. It shares no code with the jobs: the definitions
are those of docs/architecture.md.
"""

import math
import pathlib
import statistics
import sys

import duckdb

METHODS = {
    "model": ("median_units", "expected_units"),
    "last_horizon": ("last_horizon_units",) * 2,
    "mean_84": ("mean_84_units",) * 2,
    "last_year": ("last_year_units",) * 2,
    "category_launch": ("category_launch_units",) * 2,
}
JUDGED_FROM = 30


def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    result, start = [0.0] * len(values), 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for i in order[start : end + 1]:
            result[i] = (start + end) / 2
        start = end + 1
    return result


def spearman(x, y):
    rx, ry = ranks(x), ranks(y)
    middle = (len(x) - 1) / 2
    sxy = sum((a - middle) * (b - middle) for a, b in zip(rx, ry))
    sxx, syy = (sum((a - middle) ** 2 for a in r) for r in (rx, ry))
    return sxy / math.sqrt(sxx * syy) if sxx > 0 and syy > 0 else None


def top(values, ids, k):
    return sorted(range(len(values)), key=lambda i: (-values[i], ids[i]))[:k]


def area(uplift, order):
    """Returns the area between the curve of an order and the straight line of a random one."""
    n, total, reached, result = len(order), sum(uplift), 0, 0
    for place, i in enumerate(order, 1):
        reached += uplift[i]
        result += reached - total * place / n
    return result


def profit(actual, ordered, price):
    return sum(p * (0.5 * min(a, q) - 0.2 * max(q - a, 0)) for a, q, p in zip(actual, ordered, price))


def average_precision(actual, base, mean, ids):
    score = [(m + 5) / (b + 5) for m, b in zip(mean, base)]
    first = [score[i] for i in top(score, ids, 51)]
    if max(first) - min(first) <= 1e-9:
        return None
    hits = [actual[i] >= 1.5 * base[i] and actual[i] - base[i] >= 10 for i in top(score, ids, len(ids))]
    precisions = [sum(hits[:place]) / place for place, hit in enumerate(hits, 1) if hit]
    return sum(precisions) / len(precisions) if precisions else None


def standard_error(values):
    """Returns the standard error of a mean by Newey and West with 3 lags; None for fewer than 8 values."""
    n = len(values)
    if n < 8:
        return None
    mean = sum(values) / n
    rest = [v - mean for v in values]
    variance = sum(d * d for d in rest) / n
    for lag in range(1, 4):
        variance += 2 * (1 - lag / 4) * sum(a * b for a, b in zip(rest[lag:], rest)) / n
    return math.sqrt(max(variance, 1e-12) / n)


def metrics(rows, median, mean):
    """Returns metric name to value of the rows of one cutoff and market; None if the metric is not defined."""
    n = len(rows)
    ids = [r["product_id"] for r in rows]
    actual = [r["actual_units"] for r in rows]
    base = [r["baseline_units"] for r in rows]
    total = sum(actual)
    k = max(1, n // 10)
    hits = set(top(actual, ids, k)) & set(top(mean, ids, k))
    discount = [1 / math.log2(i + 2) for i in range(min(100, n))]
    ideal = sum(d * actual[i] for d, i in zip(discount, top(actual, ids, 100)))
    gain = sum(d * actual[i] for d, i in zip(discount, top(mean, ids, 100)))
    uplift = [a - b for a, b in zip(actual, base)]
    predicted = [m - b for m, b in zip(mean, base)]
    best = sum(uplift[i] for i in top(uplift, ids, 50))
    chosen = [predicted[i] for i in top(predicted, ids, 51)]
    ranks_uplift = n >= 100 and best > 0 and max(chosen) - min(chosen) > 1e-9
    first = top(predicted, ids, 50)
    found = sum(uplift[i] for i in first)
    promised = sum(predicted[i] for i in first)
    chooses = max(chosen) - min(chosen) > 1e-9
    known = [r["price"] for r in rows if r["price"] is not None]
    usual = statistics.median(known) if known else 1
    price = [usual if r["price"] is None else r["price"] for r in rows]
    best_area = area(uplift, top(uplift, ids, n))
    revenue = [g * p for g, p in zip(uplift, price)]
    hoped = [g * p for g, p in zip(predicted, price)]
    few = max(1, n // 20)
    best_revenue = sum(revenue[i] for i in top(revenue, ids, few))
    leaders = [hoped[i] for i in top(hoped, ids, 51)]
    naive = profit(actual, base, price)
    worth = profit(actual, actual, price) - naive
    return {
        "qini": area(uplift, top(predicted, ids, n)) / best_area if chooses and best_area > 1e-9 else None,
        "uplift_revenue_5": (
            sum(revenue[i] for i in top(hoped, ids, few)) / best_revenue
            if n >= 100 and best_revenue > 0 and max(leaders) - min(leaders) > 1e-9
            else None
        ),
        "breakouts": average_precision(actual, base, mean, ids),
        "value": (profit(actual, mean, price) - naive) / worth if worth > 1e-9 else None,
        "hit_rate_50": sum(uplift[i] > 0 for i in first) / 50 if n >= 100 and chooses else None,
        "promise_kept_50": found / promised if n >= 100 and chooses and promised > 0 else None,
        "wape": sum(abs(a - m) for a, m in zip(actual, median)) / total if total else None,
        "mae": sum(abs(a - m) for a, m in zip(actual, median)) / n,
        "bias": (sum(mean) - total) / total if total else None,
        "spearman": spearman(actual, mean),
        "precision_10": len(hits) / k,
        "ndcg_100": gain / ideal if ideal > 0 else None,
        "uplift_50": found / best if ranks_uplift else None,
    }


def interval(rows):
    known = [r for r in rows if r["lower_units"] is not None]
    if not known:
        return {"coverage": None, "width": None}
    inside = sum(r["lower_units"] <= r["actual_units"] <= r["upper_units"] for r in known)
    return {
        "coverage": inside / len(known),
        "width": sum(r["upper_units"] - r["lower_units"] for r in known) / len(known),
    }


def means(rows):
    groups = {}
    for row in rows:
        groups.setdefault((row["cutoff"], row["market"]), []).append(row)
    judged = {key: g for key, g in sorted(groups.items()) if len(g) >= JUDGED_FROM}
    result = {}
    for method, (median, mean) in METHODS.items():
        values = {}
        for (cutoff, _), group in judged.items():
            filled = [[r["baseline_units"] if r[c] is None else r[c] for r in group] for c in (median, mean)]
            found = metrics(group, *filled)
            found |= interval(group) if method == "model" else {"coverage": None, "width": None}
            for name, value in found.items():
                values.setdefault(name, []).append((cutoff, value))
        for name, column in values.items():
            known, origins = [v for _, v in column if v is not None], {}
            for cutoff, value in column:
                if value is not None:
                    origins.setdefault(cutoff, []).append(value)
            error = standard_error([sum(v) / len(v) for v in origins.values()])
            result[method, name] = (sum(known) / len(known) if known else None, error)
    return result


def close(a, b):
    return a is b or (a is not None and b is not None and math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9))


def main(store, sales_sql):
    db = duckdb.connect()
    models = f"read_parquet('{store}/prediction/models/*/*.parquet')"
    backtests = db.sql(f"select distinct backtest_id, recipe_id from {models} where event = 'backtested'").fetchall()
    db.sql(f"create table sales as {pathlib.Path(sales_sql).read_text()}")
    failures = 0 if backtests else 1
    for backtest_id, recipe_id in backtests:
        table = f"read_parquet('{store}/prediction/backtest/{backtest_id}/*.parquet')"
        relation = db.sql(f"select * from {table} order by recipe_id, cutoff, market, product_id")
        rows = [dict(zip(relation.columns, values)) for values in relation.fetchall()]
        wrong = db.sql(
            f"""
            select b.recipe_id, b.cutoff, b.market, b.product_id, b.actual_units, greatest(0, coalesce(sum(s.units), 0)) as raw_units
            from {table} b left join sales s on s.market = b.market and s.product_id = b.product_id
                and s.day between b.horizon_start and b.horizon_start + b.horizon_days::int - 1
            group by all having abs(b.actual_units - raw_units) > 1e-6
            """
        ).fetchall()
        if wrong:
            failures += 1
            print(f"{backtest_id}: actual units of {len(wrong)} of {len(rows)} rows differ from the raw files, e.g. {wrong[0]}")
        written = db.sql(
            f"""
            select m.metric.method, m.metric.metric, m.metric.value, m.metric.standard_error from
            (select unnest(metrics) as metric from {models} where event = 'backtested' and backtest_id = '{backtest_id}') m
            """
        ).fetchall()
        # The batch also has the ablations' rows, under recipes of their own.
        expected = means([row for row in rows if row["recipe_id"] == recipe_id])
        for method, metric, *value in written:
            recomputed = expected.get((method, metric), ())
            if len(recomputed) != 2 or not all(map(close, value, recomputed)):
                failures += 1
                print(f"{backtest_id}: {metric} of {method} is {value}, recomputed {recomputed}")
        if len(written) != len(expected):
            failures += 1
            print(f"{backtest_id}: {len(written)} metrics written, {len(expected)} recomputed")
        print(f"{backtest_id}: {len(rows)} rows and {len(written)} metrics recomputed")
    return 1 if failures else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
