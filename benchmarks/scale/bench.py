"""Measures ingest, score and train on made-up shops of growing size, beside DuckDB, polars and plain Spark on the same files.

usage: bench.py [<rows in millions> ...]      by default 1 and 5

Each run is a process of its own. `score` scores by the baseline, then `train` fits a small model (8 cutoffs, 10 trees, a
backtest of one origin), and `by model` scores by it, with reasons. The peers read the raw sales, sum them by product and day,
and compute three windows of 28 days, which is a part of what `score` does. Spark runs with the jobs' heap and as many shuffle
partitions as an ingest. The exponents say how CPU time grows with the rows: 1 is in proportion.
"""

import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
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
train: {cutoffs: 8, trees: 10, origins: [2023-11-26]}
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
SPARK = f"""
import sys
from pyspark.sql import SparkSession
partitions = max(8, int(sys.argv[2]) // 500_000)
spark = (SparkSession.builder.master("local[*]").config("spark.driver.memory", "3g").config("spark.ui.enabled", "false")
    .config("spark.sql.shuffle.partitions", partitions).config("spark.driver.bindAddress", "127.0.0.1").getOrCreate())
columns = "sku STRING, day DATE, quantity LONG, price DOUBLE, market STRING"
spark.read.csv(sys.argv[1] + "/sales", schema=columns, header=True).createOrReplaceTempView("sales")
days = "SELECT market, sku, day, sum(quantity) AS units, sum(quantity * price) AS revenue FROM sales GROUP BY market, sku, day"
spark.sql(f"SELECT market, sku, {WINDOWS} FROM ({{days}}) GROUP BY market, sku").write.format("noop").mode("append").save()
# The JVM ends with its input. Only a process that was waited for counts for our CPU time and memory.
gateway = spark.sparkContext._gateway
spark.stop()
gateway.shutdown()
gateway.proc.stdin.close()
gateway.proc.wait()
"""
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


def measured(command: list[str]) -> tuple[float, float, float, str]:
    """Runs a command; returns its wall time and CPU time in seconds, its peak memory in MB and its output."""
    start = time.monotonic()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = subprocess.Popen(command, cwd=HOME, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - start
        out.seek(0)
        err.seek(0)
        if process.returncode:
            sys.exit(f"{' '.join(command)[:200]} failed: {err.read()[-2000:]}")
        return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read()


def job(name: str, shop: Path, *more: str) -> list[str]:
    """Returns the command of a job."""
    return ["bin/trendflow", name, *more, "--config", str(shop)]


def promote(shop: Path, trained: str) -> None:
    """Promotes the model that a training has told. One origin is too few for its own verdict."""
    model = json.loads(trained.splitlines()[-1])["model_id"]
    subprocess.run(job("models", shop, "promote", model), cwd=HOME, check=True, capture_output=True)


def main() -> None:
    millions = [int(argument) for argument in sys.argv[1:]] or [1, 5]
    # The virtual environment of PySpark: SPARK_HOME is lib/python3.x/site-packages/pyspark in it.
    spark_python = Path(os.environ["SPARK_HOME"]).parents[3] / "bin/python"
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
            "ingest": job("ingest", shop),
            "score": job("score", shop),
            "train": job("train", shop),
            "by model": job("score", shop),
            "Spark": [str(spark_python), "-c", SPARK, str(raw), str(rows)],
            "DuckDB": [sys.executable, "-c", DUCKDB, SQL % raw],
            "polars": [sys.executable, "-c", POLARS, str(raw)],
        }
        for name, command in contenders.items():
            wall, cpu, peak, told = measured(command)
            results.setdefault(name, []).append((rows, cpu))
            print(f"{rows:>12,} {name:<8} {wall:>8.1f} {cpu:>8.1f} {peak:>8.0f}", flush=True)
            if name == "train":
                promote(shop, told)
    for name, points in results.items():
        (fewest, least), (most, longest) = points[0], points[-1]
        if most > fewest:
            exponent = math.log(longest / least) / math.log(most / fewest)
            print(f"CPU time of {name} grows with the rows to the power {exponent:.2f}")


if __name__ == "__main__":
    main()
