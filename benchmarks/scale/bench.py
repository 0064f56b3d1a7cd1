"""Measures ingest and score on made-up shops of growing size, beside DuckDB and polars on the same files.

usage: bench.py [<rows in millions> ...]      by default 1 and 5

Each run is a process of its own. The peers read the raw sales, sum them by product and day, and compute three windows of
28 days, which is a part of what `score` does. The exponents say how CPU time grows with the rows: 1 is in proportion.
"""

import math
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE.parents[1]
WORK = HOME / "benchmarks/target/scale"
PRODUCTS_PER_MILLION = 10_000
LAST_DAY = "2023-12-31"

SHOP = """\
raw: {path: %s}
store: {path: %s}
markets:
  m0: {currency: EUR, time_zone: Europe/Paris}
sources:
  sales:
    kind: sales
    files: "sales/*.csv"
    columns: {product_id: sku, date: day, units: quantity, unit_price: price, market: market}
  catalogue:
    kind: catalog
    files: "catalogue/*.csv"
    columns: {product_id: sku, name: title, category: category, brand: brand}
    constants: {market: m0}
"""

WINDOWS = ", ".join(
    f"sum(CASE WHEN day > DATE '{LAST_DAY}' - {28 * (n + 1)} AND day <= DATE '{LAST_DAY}' - {28 * n}"
    f" THEN units ELSE 0 END) AS units_{n}"
    for n in range(3)
)
SQL = f"""
SELECT market, sku, {WINDOWS} FROM (
  SELECT market, sku, CAST(day AS DATE) AS day, sum(quantity) AS units, sum(quantity * price) AS revenue
  FROM read_csv('%s/sales/*.csv') GROUP BY ALL) GROUP BY ALL
"""

DUCKDB = "import duckdb, sys; print(len(duckdb.sql(sys.argv[1]).fetchall()))"
POLARS = f"""
import polars as pl, sys
from datetime import date, timedelta
days = (pl.scan_csv(sys.argv[1] + "/sales/*.csv", try_parse_dates=True).group_by("market", "sku", "day")
    .agg(units=pl.col("quantity").sum(), revenue=(pl.col("quantity") * pl.col("price")).sum()))
end = date.fromisoformat("{LAST_DAY}")
def window(n):
    last = end - timedelta(days=28 * n)
    inside = (pl.col("day") > last - timedelta(days=28)) & (pl.col("day") <= last)
    return pl.col("units").filter(inside).sum().alias(f"units_{{n}}")
print(days.group_by("market", "sku").agg(window(0), window(1), window(2)).collect().height)
"""


def measured(command: list[str]) -> tuple[float, float, float]:
    """Runs a command and returns its wall time, its CPU time (both in seconds) and its peak memory in MB."""
    start = time.monotonic()
    process = subprocess.Popen(command, cwd=HOME, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)[:200]} failed: {said.decode()[-2000:]}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    millions = [int(argument) for argument in sys.argv[1:]] or [1, 5]
    results: dict[str, list[tuple[int, float]]] = {}
    print(f"{'rows':>12} {'what':<8} {'wall s':>8} {'CPU s':>8} {'peak MB':>8}")
    for million in millions:
        raw, store, shop = WORK / f"raw-{million}", WORK / "store", WORK / "shop.yaml"
        rows = million * 1_000_000
        if not raw.exists():
            generate = [sys.executable, str(HERE / "generate.py"), str(raw), "--rows", str(rows)]
            subprocess.run([*generate, "--products", str(million * PRODUCTS_PER_MILLION)], check=True)
        shutil.rmtree(store, ignore_errors=True)
        shop.write_text(SHOP % (raw, store))
        contenders = {
            "ingest": ["bin/trendflow", "ingest", "--config", str(shop)],
            "score": ["bin/trendflow", "score", "--config", str(shop)],
            "DuckDB": [sys.executable, "-c", DUCKDB, SQL % raw],
            "polars": [sys.executable, "-c", POLARS, str(raw)],
        }
        for name, command in contenders.items():
            wall, cpu, peak = measured(command)
            results.setdefault(name, []).append((rows, cpu))
            print(f"{rows:>12,} {name:<8} {wall:>8.1f} {cpu:>8.1f} {peak:>8.0f}", flush=True)
    for name, points in results.items():
        (fewest, least), (most, longest) = points[0], points[-1]
        if most > fewest:
            exponent = math.log(longest / least) / math.log(most / fewest)
            print(f"CPU time of {name} grows with the rows to the power {exponent:.2f}")


if __name__ == "__main__":
    main()
