"""Fixtures: the marts of the invented shop, on DuckDB and in BigQuery's emulator."""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest

import shop
import stores

REPOSITORY = stores.REPOSITORY
# A model on the emulator takes a second, and so does a test: the tests run there only with bin/check-dbt --all.
EVERYTHING = os.environ.get("TRENDFLOW_DBT_EVERYTHING") == "true"


def dbt(*arguments: str, target: str = "duckdb", check: bool = True, **settings: object) -> str:
    """Runs dbt; returns what it printed."""
    environment = {**os.environ, "TRENDFLOW_DBT_TARGET": target, **{key: str(value) for key, value in settings.items()}}
    command = [REPOSITORY / "dbt/run", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    assert not check or done.returncode == 0, f"{arguments} failed:\n{done.stdout[-6000:]}\n{done.stderr[-2000:]}"
    return done.stdout + done.stderr


class Builds:
    """Builds marts in one folder, under the same settings each time, so that dbt parses the project once."""

    def __init__(self, root: Path):
        self.root = root
        self.store, self.marts = root / "store", root / "marts.duckdb"
        self.settings = {
            "TRENDFLOW_STORE_PATH": self.store,
            "TRENDFLOW_MARTS_PATH": self.marts,
            "DBT_TARGET_PATH": root / "target",
            "DBT_LOG_PATH": root / "target",
        }

    def build(self, rows: stores.Rows, name: str, *command: str, over: Path | None = None) -> Path:
        """Writes the rows as the store and builds its marts, over a copy of earlier ones or afresh; returns a copy."""
        shutil.rmtree(self.store, ignore_errors=True)
        self.marts.unlink(missing_ok=True)
        if over:
            shutil.copy(over, self.marts)
        self.store.mkdir()
        stores.write(self.store, rows)
        dbt(*command, **self.settings)
        return shutil.copy(self.marts, self.root / f"{name}.duckdb")


@pytest.fixture(scope="session")
def builds(tmp_path_factory) -> Builds:
    return Builds(tmp_path_factory.mktemp("marts"))


@pytest.fixture(scope="session")
def empty(emulator, builds) -> Path:
    """The marts of a store without rows; the emulator builds beside it."""
    return builds.build({"quality.ingests": {}}, "empty", "run")


@pytest.fixture(scope="session")
def before(empty, builds) -> Path:
    """The history before the run of a past day was published and the latest run was retracted, over an empty one."""
    return builds.build(shop.before_the_last_runs(), "before", "run", "--select", "+fct_forecast_history", over=empty)


@pytest.fixture(scope="session")
def marts(before, builds) -> Path:
    """The marts of the shop after a bad week, built over the history before it with every test of the project."""
    return builds.build(shop.after_a_bad_week(), "bad", "build", over=before)


@pytest.fixture(scope="session")
def clean(marts, builds) -> Path:
    """The marts of the shop without the bad week, built afresh."""
    return builds.build(shop.clean(), "clean", "run")


def free_port() -> int:
    # Below the ports that systems give to outgoing connections, one of which could take it before the server does.
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port


class Emulator:
    """The marts in BigQuery's emulator, which a process builds from its start on."""

    prefix = "shop_"

    def __init__(self, address: str, root: Path):
        from google.auth.credentials import AnonymousCredentials
        from google.cloud.bigquery import Client

        self.client = Client("trendflow", AnonymousCredentials(), client_options={"api_endpoint": address})
        self.target = root / "emulator"
        stores.load(self.client, shop.after_a_bad_week(), self.prefix)
        settings = {
            "TRENDFLOW_DBT_TARGET": "emulator",
            "TRENDFLOW_BIGQUERY_ENDPOINT": address,
            "TRENDFLOW_STORE_DATASET_PREFIX": self.prefix,
            "DBT_TARGET_PATH": str(self.target),
            "DBT_LOG_PATH": str(self.target),
        }
        self.process = subprocess.Popen(
            [REPOSITORY / "dbt/run", "build" if EVERYTHING else "run"],
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def built(self) -> Emulator:
        said, _ = self.process.communicate(timeout=600)
        assert self.process.returncode == 0, said[-6000:]
        return self

    def rows(self, sql: str) -> list[tuple]:
        return [tuple(row.values()) for row in self.client.query_and_wait(sql, retry=None, job_retry=None)]


@pytest.fixture(scope="session")
def emulator(builds):
    ports = {name: free_port() for name in ("GCS", "BIGQUERY", "BIGQUERY_STORAGE")}
    environment = {**os.environ, **{f"TRENDFLOW_{name}_PORT": str(port) for name, port in ports.items()}}
    command = [REPOSITORY / "emulators/run", "foreground"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert any(line.startswith("ready: ") for line in process.stdout)
        emulator = Emulator(f"http://127.0.0.1:{ports['BIGQUERY']}", builds.root)
        yield emulator
        emulator.process.kill()
        emulator.process.wait()
    finally:
        process.terminate()
        process.wait()


def tables(marts: Path, kinds: str = "dim|fct|int") -> dict[str, list[str]]:
    """Returns the columns of each table, in their order."""
    with duckdb.connect(str(marts), read_only=True) as db:
        return dict(
            db.execute(
                "select table_name, list(column_name order by ordinal_position) from information_schema.columns "
                f"where table_schema = 'main' and regexp_matches(table_name, '^({kinds})_') group by table_name"
            ).fetchall()
        )


def rows(marts: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(marts), read_only=True) as db:
        return db.execute(sql).fetchall()
