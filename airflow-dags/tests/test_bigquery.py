"""Runs the checks against BigQuery: the DAGs' own operators and SQL on the tables of emulators/."""

from __future__ import annotations

import json
import os
import re
import subprocess
from types import SimpleNamespace

import pytest

from conftest import BUILD, CUTOFF, JVM, REPOSITORY, dags, free_port
from test_dags import rendered

PROJECT, PREFIX = "trendflow", "trendflow_"
LITERALS = {
    "BOOLEAN": "false",
    "DATE": f"date '{CUTOFF}'",
    "FLOAT": "1.0",
    "INTEGER": "1",
    "STRING": "'x'",
    "TIMESTAMP": "timestamp '2026-07-01 06:00:00'",
}
GOOD = {
    "quality.ingests": {"ingest_id": "'i'", "read": "110", "excluded": "10", "rejected": "1"},
    "sales_history.daily_sales": {"ingest_id": "'i'"},
    "prediction.runs": {"run_id": "'r'"},
    "prediction.models": {"model_id": "'m'", "event": "'rejected'", "reason": "'It lost.'"},
}
LATER = {
    "quality.ingests": {
        "ingest_id": "'j'",
        "supersedes": "['i']",
        "finished_at": "timestamp '2026-07-01 07:00:00'",
        "read": "110",
        "excluded": "10",
        "rejected": "2",
    },
    "sales_history.daily_sales": {"ingest_id": "'j'", "sale_date": "date '2026-06-23'"},
}
CHECKS = ("check_rows", "check_freshness", "check_rejects", "check_published")


class Tables:
    """Access to the tables, which have the schemas that Spark and Terraform give them."""

    def __init__(self, address: str, config, java_options: str):
        from google.auth.credentials import AnonymousCredentials
        from google.cloud.bigquery import Client

        self.client = Client(PROJECT, AnonymousCredentials(), client_options={"api_endpoint": address})
        self.config, self.java_options = config, java_options

    def insert(self, rows: dict[str, dict[str, str]]) -> None:
        """Inserts one row per table: the given values, and literals for the other required columns."""
        for table, given in rows.items():
            contract = REPOSITORY / f"schemas/src/main/resources/{table.replace('.', '/')}.json"
            fields = json.loads(contract.read_text())["fields"]
            needed = {field["name"]: LITERALS[field["type"]] for field in fields if field["mode"] == "REQUIRED"}
            row = {**needed, **given}
            columns = ", ".join(f"`{column}`" for column in row)
            self.client.query_and_wait(f"insert into {PREFIX}{table} ({columns}) values ({', '.join(row.values())})")

    def trendflow(self, *command: str) -> None:
        options = {"JDK_JAVA_OPTIONS": f"{JVM} {self.java_options}", "NO_GCE_CHECK": "true"}
        run = [BUILD / "bin/trendflow", *command, "--config", self.config]
        subprocess.run(run, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **options})


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    ports = {"GCS": free_port(), "BIGQUERY": free_port(), "BIGQUERY_STORAGE": free_port()}
    environment = {**os.environ, **{f"TRENDFLOW_{name}_PORT": str(port) for name, port in ports.items()}}
    address = f"http://127.0.0.1:{ports['BIGQUERY']}"
    config = tmp_path_factory.mktemp("emulators") / "emulators.yaml"
    shop = (REPOSITORY / "examples/synthetic-retail.yaml").read_text()
    store = (REPOSITORY / "conf/emulators.yaml").read_text()
    for default, name in (("4443", "GCS"), ("9049", "BIGQUERY"), ("9443", "BIGQUERY_STORAGE")):
        store = store.replace(f":{default}", f":{ports[name]}")
    config.write_text(re.sub(r"(?m)^(raw|store): \{.*\}$", "", shop) + store)
    emulators = subprocess.Popen(
        [REPOSITORY / "emulators/run", "foreground"], stdout=subprocess.PIPE, text=True, env=environment
    )
    try:
        options = next(line for line in emulators.stdout if "JAVA_OPTIONS=" in line).split('"')[1]
        assert any(line.startswith("ready: ") for line in emulators.stdout)
        tables = Tables(address, config, options)
        tables.trendflow("tables", "create")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("BIGQUERY_EMULATOR_HOST", address)
            yield tables
    finally:
        emulators.terminate()
        emulators.wait()


def passes(check) -> bool:
    from airflow.sdk.exceptions import AirflowFailException

    try:
        check.execute({"ti": SimpleNamespace(xcom_push=lambda **_: None)})
    except AirflowFailException as e:
        assert "Test failed." in str(e)
        return False
    return True


def test_the_checks_pass_on_good_rows_and_fail_on_bad_ones(airflow_db, tables):
    daily = dags("batch", project=PROJECT, dataset_prefix=PREFIX)["trendflow_daily"]
    checks = [daily.get_task(check) for check in CHECKS]
    for check in checks:
        rendered(check, daily)

    tables.insert(GOOD)
    assert [passes(check) for check in checks] == [True] * 4
    from trendflow.checks import VERDICT, first_row

    assert first_row(VERDICT.format(cutoff=CUTOFF)) == ("rejected", "m", "It lost.")
    assert first_row(VERDICT.format(cutoff="2026-06-29")) is None

    tables.insert(LATER)
    tables.trendflow("runs", "retract", "r")
    assert [passes(check) for check in checks] == [False] * 4
