"""Tests of the DAGs' definitions, without running them."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from types import SimpleNamespace

import pendulum
import pytest

from conftest import DAGS, TESTS, dags, settings

GOLDEN = TESTS / "golden"
MODES = ("batch", "cluster", "local")
PIPELINES = {
    *("trendflow_daily", "trendflow_train", "trendflow_backfill", "trendflow_maintenance", "trendflow_marts"),
    "trendflow_weekly",
}
ASKED = {"cutoff": "2026-06-30", "first": "2026-06-01", "last": "2026-06-29", "every": 7, "keep_days": 30}


@pytest.mark.parametrize("mode", MODES)
def test_every_dag_and_task_is_documented_and_configured(airflow_db, mode):
    pipelines = dags(mode)
    assert set(pipelines) == PIPELINES
    for dag in pipelines.values():
        assert dag.tags and dag.doc_md and dag.max_active_runs == 1 and not dag.catchup
        for task in dag.tasks:
            assert task.owner == "trendflow" and task.doc_md and task.retries == 2, task.task_id
            assert task.has_on_failure_callback or task.is_teardown, task.task_id


def test_the_marts_are_built_after_a_published_run_if_dbt_is_configured(airflow_db):
    marts = dags("batch")["trendflow_marts"]
    assert [asset.name for asset in marts.timetable.asset_condition.objects] == ["trendflow_scores"]
    assert "trendflow_marts" not in dags("batch", dbt="")


def test_the_digest_is_of_the_day_before_and_mailed_if_there_are_addresses(airflow_db):
    from airflow.timetables.trigger import CronTriggerTimetable

    from trendflow.pipeline import cutoff

    weekly = dags("batch")["trendflow_weekly"]
    planned = weekly.timetable
    run = CronTriggerTimetable("30 7 * * 1", timezone="UTC", interval=planned.interval).next_dagrun_info(
        last_automated_data_interval=None,
        restriction=SimpleNamespace(earliest=pendulum.datetime(2026, 6, 3, tz="UTC"), latest=None, catchup=True),
    )
    assert run.run_after == datetime(2026, 6, 8, 7, 30, tzinfo=UTC)  # a Monday
    assert cutoff(SimpleNamespace(data_interval_start=run.data_interval.start), {}) == "2026-06-07"
    assert {"mail_en", "mail_fr"} < set(weekly.task_dict)
    assert weekly.get_task("digest").downstream_task_ids == {"mail_en", "mail_fr"}
    assert (
        weekly.get_task("digest")
        .batch["environment_config"]["execution_config"]["service_account"]
        .startswith("trendflow-monitor@")
    )
    assert set(dags("batch", digest_to=[])["trendflow_weekly"].task_dict) == {"monitor", "digest"}
    assert "trendflow_weekly" not in dags("batch", digest="", digest_to=[])


def test_the_mail_is_the_file_of_the_digest(airflow_db, tmp_path, monkeypatch):
    with mail_server() as (port, received):
        extra = {"disable_tls": True, "disable_ssl": True, "from_email": "trendflow@shop.example"}
        connection = {"conn_type": "smtp", "host": "127.0.0.1", "port": port, "extra": extra}
        monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", json.dumps(connection))
        task = dags("local", digest=str(tmp_path))["trendflow_weekly"].get_task("mail_fr")
        task.file, task.subject = str(tmp_path / "digest.html"), "TrendFlow, données au 2026-06-07"
        (tmp_path / "digest.html").write_text("<p>Ce que la dernière liste a rapporté</p>")
        task.execute({})
    mail = message_from_bytes(b"".join(received), policy=policy.default)
    assert (mail["to"], mail["subject"]) == ("team@shop.example", "TrendFlow, données au 2026-06-07")
    assert "Ce que la dernière liste a rapporté" in mail.get_body(("html",)).get_content()


@contextmanager
def mail_server():
    """Accepts one mail on 127.0.0.1; yields the port and a list that receives the mail's lines."""
    received: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            peer, _ = listener.accept()
            with peer, peer.makefile("rb") as lines:
                peer.sendall(b"220 test\r\n")
                for line in lines:
                    verb = line[:4].upper()
                    if verb == b"DATA":
                        peer.sendall(b"354 go on\r\n")
                        received.extend(iter(lines.readline, b".\r\n"))
                    peer.sendall(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1], received
        thread.join(10)


def test_retries_back_off_and_end(airflow_db):
    task = dags("batch", waits=True)["trendflow_daily"].get_task("score")
    assert (task.retry_delay, task.retry_exponential_backoff) == (timedelta(minutes=1), 2)
    assert task.execution_timeout > timedelta(
        seconds=task.batch["environment_config"]["execution_config"]["ttl"]["seconds"]
    )
    assert task.pool == "default_pool"
    assert dags("batch", pool="trendflow")["trendflow_daily"].get_task("score").pool == "trendflow"


@pytest.mark.parametrize("mode", MODES)
def test_sources_are_pulled_before_the_ingest(airflow_db, mode):
    daily = dags(mode, collect=["orders", "refunds"], arrival="pulled_at={next_day}*/**")["trendflow_daily"]
    for source in ("orders", "refunds"):
        task = daily.get_task(f"collect_{source}")
        assert (task.pool, task.retries) == ("default_pool", 2)
        assert "ingest" in {each.task_id for each in task.get_flat_relatives()}
        if mode == "local":
            assert "CollectCommand" in task.bash_command and f"--source {source} " in task.bash_command
        else:
            args = task.overrides["container_overrides"][0]["args"]
            assert args[args.index("--source") + 1] == source
    assert "wait_for_raw_files" not in daily.task_dict
    both = dags(mode, collect=["orders"])["trendflow_daily"]
    assert "wait_for_raw_files" in both.task_dict


def rendered(task, dag) -> dict:
    """Returns the template fields of a task as rendered for a fixed day."""
    run = SimpleNamespace(
        run_after=datetime(2026, 7, 1, 6, tzinfo=UTC), data_interval_start=datetime(2026, 6, 30, 6, tzinfo=UTC)
    )
    run_id = "scheduled__2026-07-01T06:00:00+00:00"
    from airflow.sdk.execution_time import macros

    context = {"dag": dag, "task": task, "dag_run": run, "run_id": run_id, "params": ASKED, "macros": macros}
    task.render_template_fields(context)
    fields = ("batch_id_prefix", "batch", "job", "cluster_name", "cluster_config", "labels", "bash_command", "env")
    fields += ("bucket", "object", "folder", "pattern", "sql", "to", "subject", "file")
    return {field: getattr(task, field) for field in fields if getattr(task, field, None)}


@pytest.mark.parametrize("mode", MODES)
def test_every_request_is_the_golden_one(airflow_db, mode):
    pipelines = dags(mode)
    asked = {}
    for name in sorted(pipelines):
        dag = pipelines[name]
        for task in dag.topological_sort():
            if not task.task_type.startswith("_") and not task.task_type.endswith("Decorated"):
                asked[f"{name}.{task.task_id}"] = {"operator": task.task_type, **rendered(task, dag)}
    text = json.dumps(asked, indent=2) + "\n"
    text = text.replace(settings(mode)["jar"], "<jar>").replace(settings("local")["spark_submit"], "<spark-submit>")
    text = text.replace(str(settings("local")["store"]), "<store>").replace(settings("local")["raw"], "<raw>")
    text = text.replace(settings("local")["digest"], "<digest>")
    text = text.replace(settings("local")["config"], "<config>").replace(settings(mode)["dbt"], "<dbt>")
    golden = GOLDEN / f"{mode}.json"
    if os.environ.get("TRENDFLOW_UPDATE_DOCS"):
        golden.write_text(text)
    assert text == golden.read_text(), (
        f"the requests differ from {golden.name}: if the change is intended, run "
        "TRENDFLOW_UPDATE_DOCS=true bin/check-airflow -k golden"
    )


def test_requests_have_only_fields_that_dataproc_knows(airflow_db):
    from google.cloud.dataproc_v1 import Batch, ClusterConfig, Job

    for dag in dags("batch").values():
        for task in dag.tasks:
            if hasattr(task, "batch"):
                Batch(rendered(task, dag)["batch"])
    for dag in dags("cluster").values():
        for task in dag.tasks:
            if hasattr(task, "job"):
                Job(rendered(task, dag)["job"])
            if hasattr(task, "cluster_config"):
                ClusterConfig(rendered(task, dag)["cluster_config"])
    with pytest.raises(ValueError):
        Batch({"spark_batch": {"main_klass": "X"}})


def test_a_file_is_parsed_within_two_seconds(airflow_db):
    """Parses files like the DAG processor, which imports a file's Airflow modules before it forks."""
    code = f"""
import os, sys, time
from airflow.dag_processing.dagbag import DagBag
from airflow.dag_processing.processor import _pre_import_airflow_modules
sys.path.insert(0, {str(DAGS)!r})
DagBag(dag_folder="/dev/null")
for name in {sorted(PIPELINES)!r}:
    _pre_import_airflow_modules({str(DAGS)!r} + "/" + name + ".py", None)
    for mode, variable in {[(mode, json.dumps(settings(mode))) for mode in MODES]!r}:
        if not os.fork():
            os.environ["AIRFLOW_VAR_TRENDFLOW"] = variable
            begin = time.process_time()
            bag = DagBag(dag_folder={str(DAGS)!r} + "/" + name + ".py")
            print("parsed", name, mode, time.process_time() - begin, bag.import_errors)
            sys.stdout.flush()
            os._exit(0)
        os.wait()
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    parsed = [line.split(maxsplit=4)[1:] for line in said.splitlines() if line.startswith("parsed ")]
    assert {(name, mode) for name, mode, *_ in parsed} == {(name, mode) for name in PIPELINES for mode in MODES}
    assert all(errors == "{}" and float(seconds) < 2 for *_, seconds, errors in parsed), said


def test_the_cutoff_is_the_requested_day_or_the_day_before_the_run(airflow_db):
    dags("batch")
    from trendflow.pipeline import cutoff, label

    scheduled = SimpleNamespace(data_interval_start=datetime(2026, 6, 30, 6, tzinfo=UTC))
    by_asset = SimpleNamespace(data_interval_start=None, run_after=datetime(2026, 7, 1, 9, tzinfo=UTC))
    assert cutoff(scheduled, {"cutoff": None}) == "2026-06-30"
    assert cutoff(by_asset, {}) == "2026-06-30"
    assert cutoff(scheduled, {"cutoff": "2026-06-01"}) == "2026-06-01"
    assert label("scheduled__2026-06-30T06:00:00+00:00") == "scheduled-2026-06-30t06-00-00-00-00"
    assert len(label("x" * 99)) == 63


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"mode": "yarn"}, "mode is 'yarn', but must be one of batch, cluster, local"),
        ({"regoin": "x"}, "'regoin' is not one of its keys: did you mean 'region'?"),
        ({"region": ""}, "region is missing, but mode 'batch' requires it"),
        ({"jar": "jobs.jar"}, "jar is 'jobs.jar', but must begin with gs:// in mode 'batch'"),
        (
            {"mode": "cluster", "jdk": ""},
            "jdk is '', but must begin with gs:// in mode 'cluster', whose machines have Java 11",
        ),
        ({"executors": 1}, "executors is 1, but must be at least 2"),
        ({"workers": "two"}, "workers is 'two', but must be a whole number"),
        ({"arrival": "{day}/*"}, "arrival is '{day}/*', but may only contain the placeholders {cutoff} and {next_day}"),
        ({"service_account": "{job}@x"}, "service_account is '{job}@x', but may only contain the placeholders {role}"),
        (
            {"cutoff": "30/06/2026"},
            "cutoff is '30/06/2026', but must be a date as YYYY-MM-DD, for example 2026-06-30",
        ),
        ({"dataset_prefix": "a-"}, "dataset_prefix is 'a-', but must consist of letters, digits and underscores"),
        ({"digest": "digests"}, "digest is 'digests', but must begin with gs:// in mode 'batch'"),
        ({"digest_languages": ["de"]}, "digest_languages has 'de', but may only have en and fr"),
        ({"digest": ""}, "digest_to is set, but digest, the folder, is missing"),
        ({"max_rejected": 2}, "max_rejected is 2, but must be greater than 0 and at most 1"),
    ],
)
def test_invalid_settings_are_rejected_with_a_message(airflow_db, change, sentence):
    dags("batch")
    from trendflow.settings import read

    with pytest.raises(ValueError) as rejected:
        read(json.dumps({**settings("batch"), **change}))
    assert str(rejected.value) == f"The Airflow variable trendflow is not valid: {sentence}."
