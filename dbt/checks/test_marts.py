"""Tests of the marts' numbers: what readers must not see changes nothing, and both databases have the same rows."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import nbformat
from nbclient import NotebookClient

import shop
from conftest import REPOSITORY, dbt, rows, tables


def contents(marts: Path) -> dict[str, list[tuple]]:
    return {
        table: comparable(rows(marts, f"select {', '.join(columns)} from {table}"))
        for table, columns in tables(marts).items()
    }


def comparable(found: list[tuple]) -> list[tuple]:
    """Sorts rows whose values differ only by the types of the two clients."""

    def value(each):
        if isinstance(each, datetime):
            return each.replace(tzinfo=None)
        return each.normalize() if isinstance(each, Decimal) else each

    return sorted((tuple(map(value, row)) for row in found), key=repr)


def gross_units(rows_of_a_store: dict) -> float:
    return sum(row["gross_units"] for own in rows_of_a_store["sales_history.daily_sales"].values() for row in own)


def test_a_bad_week_changes_no_mart_though_it_changes_the_sums_of_the_log(marts, clean):
    assert contents(marts) == contents(clean)
    sold = sum(units for (units,) in rows(marts, "select gross_units from fct_sales_week"))
    assert gross_units(shop.after_a_bad_week()) > 4 * gross_units(shop.clean()) > 4 * sold > 0


def test_the_history_forgets_a_run_that_is_retracted_and_adds_a_new_day(before, marts, clean):
    runs = "select distinct as_of, run_id from fct_forecast_history order by as_of"
    assert [run for _, run in rows(before, runs)] == ["retracted"]
    assert [run for _, run in rows(marts, runs)] == ["early", "latest"]
    history = "select * from fct_forecast_history"
    assert comparable(rows(marts, history)) == comparable(rows(clean, history))


def test_bigquery_has_the_same_rows(marts, emulator):
    emulator.built()
    ours = contents(marts)
    theirs = {
        table: comparable(emulator.rows(f"select {', '.join(columns)} from {emulator.prefix}marts.{table}"))
        for table, columns in tables(marts).items()
    }
    assert {table: len(own) for table, own in ours.items()} == {table: len(own) for table, own in theirs.items()}
    assert ours == theirs


def test_the_sql_of_bigquery_passes_the_linter(emulator):
    # dbt writes the SQL of the unit tests, which run only with bin/check-dbt --all.
    compiled = (emulator.built().target / "compiled").rglob("*.sql")
    files = [file for file in compiled if "unit_tests.yml" not in file.parts]
    assert files
    command = [
        Path(sys.executable).parent / "sqlfluff",
        "lint",
        "--config",
        REPOSITORY / "dbt/.sqlfluff",
        "--processes",
        "2",
    ]
    done = subprocess.run([*command, "--format", "github-annotation-native", *files], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_every_mart_is_described_and_enforced(marts, builds):
    nodes = json.loads((builds.root / "target/manifest.json").read_text())["nodes"].values()
    models = [node for node in nodes if node["resource_type"] == "model"]
    tests = [node for node in nodes if node["resource_type"] == "test"]
    assert len(models) >= 22 and len(tests) >= 60
    described = tables(marts, "dim|fct")
    for model in models:
        assert model["description"], model["name"]
        if model["name"] in described:
            assert model["contract"]["enforced"], model["name"]
            columns = {name: column["description"] for name, column in model["columns"].items()}
            assert list(columns) == described[model["name"]]
            assert all(columns.values()), f"{model['name']} has columns without a description"
    page = (REPOSITORY / "docs/reading.md").read_text()
    assert [mart for mart in described if f"`{mart}`" not in page] == []


def test_the_account_may_read_what_the_models_read(marts, builds):
    manifest = json.loads((builds.root / "target/manifest.json").read_text())
    sources = [
        source
        for key, source in manifest["sources"].items()
        if any(child.startswith("model.") for child in manifest["child_map"][key])
    ]
    granted = json.loads((REPOSITORY / "terraform/access.json").read_text())["dbt"]
    read = {f"{source['source_name']}/{source['name']}" for source in sources}
    # A reader of a view needs the right to read its table too.
    read |= {name.replace("visible_", "") for name in read}
    assert sorted(granted["reads"]) == sorted(read)
    assert not granted["writes"]


def test_the_outcome_is_that_of_the_stories(marts):
    outcome = "select {} from fct_forecast_outcome where market = 'uk' and product_id = '{}' order by as_of"
    assert rows(marts, outcome.format("complete, actual_units is null", "hat")) == [(True, False), (False, True)]
    # 28 days from 2026-05-27: a unit a day, and 40 instead of the day that a later pull corrected.
    assert rows(marts, outcome.format("actual_units, beat_baseline, inside", "new"))[0] == (28, False, False)
    ((corrected,),) = rows(
        marts,
        "select gross_units from int_product_days where (market, product_id, day) = ('uk', 'mug', date '2026-06-02')",
    )
    assert corrected == 40
    ((category,),) = rows(marts, "select distinct category from fct_recommendation where product_id = 'mug'")
    assert category == "Mugs"


def test_the_cadence_is_the_jobs_default():
    settings = (REPOSITORY / "features/src/main/java/io/trendflow/features/FeatureSettings.java").read_text()
    (days,) = re.findall(r"DEFAULT_CADENCE = (\d+)", settings)
    assert f"cadence_days: {days}\n" in (REPOSITORY / "dbt/dbt_project.yml").read_text()


def test_the_notebook_and_the_examples_run(marts, tmp_path, monkeypatch):
    monkeypatch.setenv("TRENDFLOW_MARTS_PATH", str(marts))
    monkeypatch.setenv("MPLBACKEND", "agg")
    notebook = nbformat.read(REPOSITORY / "docs/reading.ipynb", as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "clear the outputs of docs/reading.ipynb"
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    copied = shutil.copy(marts, tmp_path / "marts.duckdb")  # the file's name is the catalog's
    page = (REPOSITORY / "docs/reading.md").read_text().replace("demo/marts.duckdb", str(copied))
    for example in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        subprocess.run([sys.executable, "-c", example], check=True, stdout=subprocess.DEVNULL)
    for example in re.findall(r"```sql\n(.*?)```", page, re.DOTALL):
        assert rows(copied, example)
    for example in re.findall(r'dbGetQuery\(marts, "(.*?)"\)', page):
        assert rows(marts, example)


def test_a_missing_store_is_named(tmp_path):
    nowhere = tmp_path / "nowhere"
    assert dbt("build", check=False, TRENDFLOW_STORE_PATH=nowhere) == (
        f"The store {nowhere} does not exist: run make demo, or set TRENDFLOW_STORE_PATH to the folder of a store.\n"
    )


def test_an_empty_store_has_empty_marts(empty):
    assert {len(own) for own in contents(empty).values()} <= {0, 1}
