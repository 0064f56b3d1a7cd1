"""Writes rows as the jobs do: as the Parquet files of a store, or into the tables of BigQuery's emulator."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from string import Template

import duckdb

REPOSITORY = Path(__file__).resolve().parents[2]
CONTRACTS = REPOSITORY / "schemas/src/main/resources"
DUCKDB_TYPES = {
    "STRING": "varchar",
    "INTEGER": "bigint",
    "FLOAT": "double",
    "NUMERIC": "decimal(38, 9)",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "timestamptz",
}
# Batches of rows by table, such as {"quality.ingests": {"i1": [{"ingest_id": "i1", ...}]}}.
Rows = dict[str, dict[str, list[dict]]]


def contract(table: str) -> dict:
    return json.loads((CONTRACTS / f"{table.replace('.', '/')}.json").read_text())


def tables() -> list[str]:
    return sorted(f"{path.parent.name}.{path.stem}" for path in CONTRACTS.glob("*/*.json"))


def write(store: Path, rows: Rows) -> None:
    """Writes each batch into its folder, with the contract's columns and types."""
    with duckdb.connect() as db:
        db.execute("set timezone = 'UTC'")
        for table, batches in rows.items():
            columns = {field["name"]: _duckdb_type(field) for field in contract(table)["fields"]}
            for batch, own in batches.items():
                folder = store / table.replace(".", "/") / batch
                folder.mkdir(parents=True)
                with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
                    file.writelines(json.dumps(filled(table, row)) + "\n" for row in own)
                    file.flush()
                    lines = f"read_json('{file.name}', format = 'newline_delimited', columns = {columns})"
                    db.execute(f"copy (from {lines}) to '{folder}/part-0.parquet' (format parquet)")


def load(client, rows: Rows, prefix: str) -> None:
    """Creates the datasets, tables and views as Terraform does, and inserts the rows."""
    from google.cloud import bigquery

    for dataset in sorted({table.split(".")[0] for table in tables()} | {"marts"}):
        client.create_dataset(f"{prefix}{dataset}")
    for table in tables():
        # The emulator can't create a nested column whose name is a keyword.
        fields = json.loads(json.dumps(contract(table)["fields"]).replace('"name": "rows"', '"name": "rows_"'))
        name = f"{client.project}.{prefix}{table}"
        client.create_table(bigquery.Table(name, [bigquery.SchemaField.from_api_repr(field) for field in fields]))
        own = [_emulated(filled(table, row)) for batch in rows.get(table, {}).values() for row in batch]
        for begin in range(0, len(own), 500):
            errors = client.insert_rows_json(name, own[begin : begin + 500])
            assert not errors, errors[:1]
    for file in sorted(CONTRACTS.glob("*/visible_*.sql")):
        view = bigquery.Table(f"{client.project}.{prefix}{file.parent.name}.{file.stem}")
        table = f"`{client.project}.{prefix}{file.parent.name}.{file.stem.removeprefix('visible_')}`"
        view.view_query = Template(file.read_text()).substitute(table=table)
        client.create_table(view)


def filled(table: str, row: dict) -> dict:
    """Returns the row with a value for each required column that it lacks."""
    zeros = {"STRING": "x", "INTEGER": 0, "FLOAT": 0.0, "BOOLEAN": False}
    zeros |= {"DATE": "2026-07-01", "TIMESTAMP": "2026-07-01T06:00:00Z"}
    fields = contract(table)["fields"]
    unknown = row.keys() - {field["name"] for field in fields}
    assert not unknown, f"{table} has no column {unknown}"
    return {
        **{field["name"]: zeros[field["type"]] for field in fields if field["mode"] == "REQUIRED"},
        **{field["name"]: [] for field in fields if field["mode"] == "REPEATED"},
        **row,
    }


def _duckdb_type(field: dict) -> str:
    kind = DUCKDB_TYPES.get(field["type"])
    if kind is None:
        kind = "struct(" + ", ".join(f"{inner['name']} {_duckdb_type(inner)}" for inner in field["fields"]) + ")"
    return kind + "[]" if field["mode"] == "REPEATED" else kind


def _emulated(row: dict) -> dict:
    if row.get("lifecycles"):
        row = {**row, "lifecycles": [{"lifecycle": e["lifecycle"], "rows_": e["rows"]} for e in row["lifecycles"]]}
    return row
