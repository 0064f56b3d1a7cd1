"""Fixtures: a real Airflow with a database of its own, and the fake cloud that it connects to."""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import urllib.request
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic, sleep

import pytest

TESTS = Path(__file__).resolve().parent
DAGS = TESTS.parent / "dags"
REPOSITORY = TESTS.parents[1]
# Where the jobs and the service were built: bin/run-tests gives a copy that no other build replaces.
BUILD = Path(os.environ.get("TRENDFLOW_BUILD", REPOSITORY))
ROOT = Path(tempfile.mkdtemp(prefix="trendflow-airflow-"))
CUTOFF = "2026-06-30"

# Makes real jobs on a hundred products fast, with a model that is just good enough to be promoted.
RECIPE = {
    "CUTOFFS": "10",
    "ORIGINS": "[2026-03-29, 2026-04-26]",
    "TREES": "8",
    "DEPTH": "3",
    "LEARNING_RATE": "0.3",
    "MIN_INSTANCES": "10",
}
PROPERTIES = {
    "spark.default.parallelism": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.debug.maxToStringFields": "1",
    "spark.sql.files.minPartitionNum": "1",
    "spark.sql.files.openCostInBytes": "0",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.ui.explainMode": "simple",
}
# Jobs that take seconds are too short for the JVM's second compiler.
JVM = "-XX:TieredStopAtLevel=1"


def free_port() -> int:
    # Below the ports that systems give to outgoing connections, one of which could take it before the server does.
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as listener, suppress(OSError):
            listener.bind(("127.0.0.1", port))
            return port


HTTP, PROXY = free_port(), free_port()
# Must be set before Airflow or gRPC is imported.
ENVIRONMENT = dict(
    AIRFLOW_HOME=str(ROOT / "airflow"),
    TRENDFLOW_BUILD=str(BUILD),
    STUB=str(ROOT / "cloud/stub"),
    SPARK_ARCHIVE=str(ROOT / "spark.jsa"),
    AIRFLOW__CORE__DAGS_FOLDER=str(DAGS),
    AIRFLOW__CORE__LOAD_EXAMPLES="False",
    AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT="120",
    AIRFLOW__SCHEDULER__SCHEDULER_HEARTBEAT_SEC="1",
    AIRFLOW_CONN_GOOGLE_CLOUD_DEFAULT=json.dumps(
        {"conn_type": "google_cloud_platform", "extra": {"is_anonymous": True, "project": "demo-project"}}
    ),
    GRPC_DEFAULT_SSL_ROOTS_FILE_PATH=str(ROOT / "certificates/ca.pem"),
    grpc_proxy=f"http://127.0.0.1:{PROXY}",
    no_proxy="127.0.0.1,localhost",
    NO_PROXY="127.0.0.1,localhost",
    STORAGE_EMULATOR_HOST=f"http://127.0.0.1:{HTTP}",
    BIGQUERY_EMULATOR_HOST=f"http://127.0.0.1:{HTTP}",
    TRENDFLOW_HEAP="1g",
    JDK_JAVA_OPTIONS=JVM,
    **{f"TRENDFLOW_TRAIN_{key}": value for key, value in RECIPE.items()},
)
os.environ.update(ENVIRONMENT)
sys.path.insert(0, str(DAGS))


def pytest_collection_modifyitems(items):
    """Runs the longest file first, so that the other files run in parallel to it."""
    items.sort(key=lambda item: item.path.name != "test_pipelines.py")


def pytest_unconfigure():
    shutil.rmtree(ROOT, ignore_errors=True)


def settings(mode: str, **more) -> dict:
    """Returns the settings of a mode, as in the Airflow variable."""
    common = {"mode": mode, "pool": "default_pool", "poll_seconds": 1, "arrival": "orders/*"}
    common |= {"dbt": str(REPOSITORY / "dbt"), "digest_languages": ["en", "fr"], "digest_to": ["team@shop.example"]}
    if mode == "local":
        return {
            **common,
            "jar": str(BUILD / "spark-jobs/target/trendflow-jobs.jar"),
            "config": str(ROOT / "cloud/lake/conf/shop.yaml"),
            "raw": str(ROOT / "cloud/lake/raw"),
            "store": str(ROOT / "store-local"),
            "digest": str(ROOT / "digests"),
            "spark_submit": str(BUILD / "bin/spark-submit"),
            **more,
        }
    return {
        **common,
        "jar": "gs://lake/jars/trendflow-jobs.jar",
        "config": "gs://lake/conf/shop.yaml",
        "raw": "gs://lake/raw",
        "digest": "gs://lake/digests",
        "project": "demo-project",
        "region": "europe-west1",
        "service_account": "trendflow-{role}@demo-project.iam.gserviceaccount.com",
        "jdk": "gs://lake/init/jdk-17.tar.gz",
        **more,
    }


def dags(mode: str, *, waits: bool = False, **more) -> dict:
    """Loads the DAGs with the given settings; removes the waits between retries unless ``waits`` is true."""
    from airflow.dag_processing.dagbag import DagBag

    os.environ["AIRFLOW_VAR_TRENDFLOW"] = json.dumps(settings(mode, **more))
    for name in [name for name in sys.modules if name.split(".")[0] == "trendflow"]:
        del sys.modules[name]
    bag = DagBag(dag_folder=str(DAGS))
    assert bag.import_errors == {}
    for dag in bag.dags.values() if not waits else ():
        for each in dag.tasks:
            each.retry_delay, each.retry_exponential_backoff = 0, 0
    return bag.dags


def states(run) -> dict[str, str]:
    return {each.task_id: str(each.state) for each in run.get_task_instances()}


@pytest.fixture(scope="session")
def airflow_db():
    """Creates Airflow's database; returns a copy that has no runs."""
    subprocess.run([Path(sys.executable).parent / "airflow", "db", "migrate"], check=True, stdout=subprocess.DEVNULL)
    return shutil.copy(ROOT / "airflow/airflow.db", ROOT / "empty.db")


class Cloud:
    """A test's access to the fake cloud."""

    root = ROOT / "cloud"
    store = ROOT / "store"
    stub = root / "stub"

    def requests(self, call: str, main: str | None = None) -> list[dict]:
        log = self.root / "requests.jsonl"
        lines = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
        found = [line["request"] for line in lines if line["call"] == call]
        return [each for each in found if main is None or f'jobs.{main}"' in json.dumps(each)]


@pytest.fixture(scope="session")
def cloud(airflow_db):
    """Runs the fake cloud with the raw files of a small shop; gRPC's server needs another process than its client."""
    subprocess.run([TESTS / "certificates.sh", ROOT / "certificates"], check=True)
    there = Cloud.root / "lake"
    shop = ["--seed", "5", "--products", "100", "--days", "400", "--out", str(there)]
    subprocess.run([BUILD / "bin/trendflow", "synthetic-retail", *shop], check=True)
    (there / "jars").mkdir()
    (there / "jars/trendflow-jobs.jar").symlink_to(BUILD / "spark-jobs/target/trendflow-jobs.jar")
    (there / "conf").mkdir()
    config = (REPOSITORY / "examples/synthetic-retail.yaml").read_text()
    (there / "conf/shop.yaml").write_text(config.replace("demo/store", str(Cloud.store)))
    command = [sys.executable, TESTS / "fakegcp.py", "--root", Cloud.root, "--store", Cloud.store]
    command += ["--certificates", ROOT / "certificates", "--submit", TESTS / "submit", "--http", HTTP, "--proxy", PROXY]
    environment = {key: value for key, value in os.environ.items() if key != "grpc_proxy"}
    process = subprocess.Popen([*map(str, command)], stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout.readline().strip() == "ready"
    yield Cloud()
    process.terminate()
    process.wait()


@pytest.fixture
def stub(cloud):
    """Replaces the jobs by stubs that only wait or fail on request."""
    cloud.stub.mkdir()
    yield cloud.stub
    shutil.rmtree(cloud.stub)


@pytest.fixture
def messages(monkeypatch):
    """Runs a webhook; returns the messages that it has received."""
    texts = []

    class Webhook(BaseHTTPRequestHandler):
        def do_POST(self):
            texts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"])
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Webhook) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        connection = {"conn_type": "http", "password": f"http://127.0.0.1:{server.server_port}/hook"}
        monkeypatch.setenv("AIRFLOW_CONN_TRENDFLOW_WEBHOOK", json.dumps(connection))
        yield texts
        server.shutdown()


@contextmanager
def served(store: Path):
    """Runs the service on a store; returns a function that gets a path as JSON."""
    port = free_port()
    environment = {**os.environ, "MICRONAUT_SERVER_PORT": str(port), "TRENDFLOW_MAX_AGE_RUN": "100000"}
    process = subprocess.Popen(
        [BUILD / "bin/trendflow", "serve", "--store", str(store)], env=environment, stdout=subprocess.DEVNULL
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def get(path: str):
        with opener.open(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            return json.load(answer)

    try:
        wait_for(lambda: get("/health/readiness"), 60)
        yield get
    finally:
        process.terminate()
        process.wait()


def wait_for(look, seconds: float):
    """Calls ``look`` until it returns a true value without an OSError, and returns the value."""
    end = monotonic() + seconds
    while True:
        try:
            if found := look():
                return found
            problem = None
        except OSError as e:
            problem = e
        if monotonic() > end:
            raise AssertionError(f"the condition did not hold within {seconds} s: {problem}")
        sleep(0.3)
