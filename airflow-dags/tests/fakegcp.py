"""Fake of the parts of Google Cloud that the DAGs use, on 127.0.0.1 only; the operators run unchanged.

Dataproc's batches, clusters and jobs are served by gRPC over TLS behind a CONNECT proxy. A batch or a job really runs,
by spark-submit, with gs:// paths mapped to a folder. Cloud Storage lists the files of that folder. DuckDB answers
BigQuery's queries from the Parquet files that the jobs wrote.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import re
import select
import shutil
import socket
import socketserver
import subprocess
import tempfile
import threading
import uuid
from concurrent import futures
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template
from urllib.parse import parse_qs, unquote, urlparse

import duckdb
import grpc
from google.cloud import dataproc_v1 as dp
from google.longrunning import operations_pb2
from google.protobuf import any_pb2, empty_pb2
from google.rpc import status_pb2

BATCH, JOB, CLUSTER = dp.Batch.State, dp.JobStatus.State, dp.ClusterStatus.State
Operation = operations_pb2.Operation


class Cloud:
    """State of the fake: batches, clusters, jobs and operations, and the folder that represents Cloud Storage."""

    def __init__(self, root: Path, store: Path, submit: str):
        self.root, self.store, self.submit = root, store, submit
        self.lock = threading.RLock()
        self.batches, self.clusters, self.jobs, self.operations = {}, {}, {}, {}
        root.mkdir(parents=True, exist_ok=True)

    def record(self, call: str, request) -> None:
        with self.lock, open(self.root / "requests.jsonl", "a") as log:
            log.write(json.dumps({"call": call, "request": type(request).to_dict(request)}) + "\n")

    def local(self, text: str) -> str:
        return re.sub(r"gs://", f"{self.root}/", text)

    def run(self, name: str, spark, properties) -> int:
        """Runs spark-submit like Dataproc, with the files in the driver's working directory."""
        command = [self.submit, "--master", "local[2]"]
        for key, value in dict(properties).items():
            command += ["--conf", f"{key}={value}"]
        jars = [self.local(uri) for uri in spark.jar_file_uris]
        if jars[1:]:
            command += ["--jars", ",".join(jars[1:])]
        command += ["--class", spark.main_class, jars[0], *(self.local(arg) for arg in spark.args)]
        with tempfile.TemporaryDirectory() as folder, open(self.root / f"{name}.log", "w") as log:
            for uri in spark.file_uris:
                shutil.copy(self.local(uri), folder)
            return subprocess.run(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT, check=False).returncode

    def last_line(self, name: str) -> str:
        lines = (self.root / f"{name}.log").read_text().splitlines()
        return lines[-1] if lines else ""


def packed(message):
    packet = any_pb2.Any()
    packet.Pack(type(message).pb(message) if hasattr(type(message), "pb") else message)
    return packet


def unary(answer, request, response):
    return grpc.unary_unary_rpc_method_handler(
        answer,
        request_deserializer=getattr(request, "deserialize", None) or request.FromString,
        response_serializer=getattr(response, "serialize", None) or response.SerializeToString,
    )


def batches(cloud: Cloud):
    def create(request, context):
        cloud.record("CreateBatch", request)
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{2,61}[a-z0-9]", request.batch_id):
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, f"bad batch id {request.batch_id!r}")
        # The hook creates batches under regions/ and reads them under locations/.
        name = f"{request.parent.replace('/regions/', '/locations/')}/batches/{request.batch_id}"
        with cloud.lock:
            if name in cloud.batches:
                context.abort(grpc.StatusCode.ALREADY_EXISTS, f"Already exists: batch {name}")
            batch = cloud.batches[name] = dp.Batch(request.batch)
        batch.name, batch.uuid, batch.state = name, str(uuid.uuid4()), BATCH.PENDING
        metadata = dp.BatchOperationMetadata(batch=name, batch_uuid=batch.uuid)
        operation = Operation(name=f"{request.parent}/operations/{uuid.uuid4()}", metadata=packed(metadata))
        cloud.operations[operation.name] = operation

        def work():
            batch.state = BATCH.RUNNING
            code = cloud.run(request.batch_id, batch.spark_batch, batch.runtime_config.properties)
            if code == 0:
                batch.state = BATCH.SUCCEEDED
                operation.response.CopyFrom(packed(batch))
            else:
                batch.state_message, batch.state = (
                    f"Job failed with exit code {code}: {cloud.last_line(request.batch_id)}",
                    BATCH.FAILED,
                )
                operation.error.CopyFrom(status_pb2.Status(code=10, message=batch.state_message))
            operation.done = True

        threading.Thread(target=work, daemon=True).start()
        return operation

    def get(request, context):
        if request.name not in cloud.batches:
            context.abort(grpc.StatusCode.NOT_FOUND, f"Not found: {request.name}")
        return cloud.batches[request.name]

    def matching(request, context):
        states = re.findall(r"state = (\w+)", request.filter)
        labels = dict(re.findall(r'labels\.([\w-]+) = "([^"]*)"', request.filter))
        found = [
            batch
            for batch in cloud.batches.values()
            if (not states or batch.state.name in states) and labels.items() <= dict(batch.labels).items()
        ]
        return dp.ListBatchesResponse(batches=found)

    return grpc.method_handlers_generic_handler(
        "google.cloud.dataproc.v1.BatchController",
        {
            "CreateBatch": unary(create, dp.CreateBatchRequest, Operation),
            "GetBatch": unary(get, dp.GetBatchRequest, dp.Batch),
            "ListBatches": unary(matching, dp.ListBatchesRequest, dp.ListBatchesResponse),
        },
    )


def clusters(cloud: Cloud):
    def finished(kind, name, message):
        metadata = dp.ClusterOperationMetadata(cluster_name=name, operation_type=kind)
        operation = Operation(
            name=f"projects/p/regions/r/operations/{uuid.uuid4()}", done=True, metadata=packed(metadata)
        )
        operation.response.CopyFrom(packed(message))
        cloud.operations[operation.name] = operation
        return operation

    def create(request, context):
        cloud.record("CreateCluster", request)
        name = request.cluster.cluster_name
        if name in cloud.clusters:
            context.abort(grpc.StatusCode.ALREADY_EXISTS, name)
        cluster = cloud.clusters[name] = dp.Cluster(request.cluster)
        cluster.cluster_uuid, cluster.status.state = str(uuid.uuid4()), CLUSTER.RUNNING
        return finished("CREATE", name, cluster)

    def get(request, context):
        if request.cluster_name not in cloud.clusters:
            context.abort(grpc.StatusCode.NOT_FOUND, f"Not found: Cluster {request.cluster_name}")
        return cloud.clusters[request.cluster_name]

    def delete(request, context):
        cloud.record("DeleteCluster", request)
        if cloud.clusters.pop(request.cluster_name, None) is None:
            context.abort(grpc.StatusCode.NOT_FOUND, f"Not found: Cluster {request.cluster_name}")
        return finished("DELETE", request.cluster_name, empty_pb2.Empty())

    return grpc.method_handlers_generic_handler(
        "google.cloud.dataproc.v1.ClusterController",
        {
            "CreateCluster": unary(create, dp.CreateClusterRequest, Operation),
            "GetCluster": unary(get, dp.GetClusterRequest, dp.Cluster),
            "DeleteCluster": unary(delete, dp.DeleteClusterRequest, Operation),
        },
    )


def jobs(cloud: Cloud):
    def submit(request, context):
        cloud.record("SubmitJob", request)
        if request.job.placement.cluster_name not in cloud.clusters:
            context.abort(grpc.StatusCode.NOT_FOUND, f"Not found: Cluster {request.job.placement.cluster_name}")
        job = dp.Job(request.job)
        job.reference.job_id = job.reference.job_id or str(uuid.uuid4())
        job.status.state = JOB.PENDING
        cloud.jobs[job.reference.job_id] = job

        def work():
            job.status.state = JOB.RUNNING
            code = cloud.run(job.reference.job_id, job.spark_job, job.spark_job.properties)
            job.status.details = f"exit code {code}"
            job.status.state = JOB.DONE if code == 0 else JOB.ERROR

        threading.Thread(target=work, daemon=True).start()
        return job

    def get(request, context):
        if request.job_id not in cloud.jobs:
            context.abort(grpc.StatusCode.NOT_FOUND, request.job_id)
        return cloud.jobs[request.job_id]

    return grpc.method_handlers_generic_handler(
        "google.cloud.dataproc.v1.JobController",
        {
            "SubmitJob": unary(submit, dp.SubmitJobRequest, dp.Job),
            "GetJob": unary(get, dp.GetJobRequest, dp.Job),
        },
    )


def operations(cloud: Cloud):
    def get(request, context):
        return cloud.operations[request.name]

    return grpc.method_handlers_generic_handler(
        "google.longrunning.Operations",
        {"GetOperation": unary(get, operations_pb2.GetOperationRequest, Operation)},
    )


def tables(store: Path) -> duckdb.DuckDBPyConnection:
    """Returns a database whose views are the tables of a store, and the views of their visible rows."""
    database = duckdb.connect()
    for table in store.glob("*/*"):
        if any(table.glob("[!_]*/*.parquet")):
            database.execute(f'create schema if not exists "{table.parent.name}"')
            name = f'"{table.parent.name}"."{table.name}"'
            database.execute(f"create view {name} as from read_parquet('{table}/[!_]*/*.parquet')")
            sql = VIEWS / table.parent.name / f"visible_{table.name}.sql"
            if sql.exists():
                view = f'"{table.parent.name}"."visible_{table.name}"'
                database.execute(f"create view {view} as {Template(sql.read_text()).substitute(table=name)}")
    return database


VIEWS = Path(__file__).resolve().parents[2] / "schemas/src/main/resources"
BIGQUERY_TYPES = {"BOOLEAN": "BOOLEAN", "BIGINT": "INTEGER", "DOUBLE": "FLOAT"}


def web(cloud: Cloud):
    queries = {}

    def query(project: str, body: dict) -> dict:
        reference = {**body.get("jobReference", {}), "projectId": project, "location": "EU"}
        reference.setdefault("jobId", uuid.uuid4().hex)
        status, fields, rows = {"state": "DONE"}, [], []
        try:
            cursor = tables(cloud.store).execute(body["configuration"]["query"]["query"])
            fields = [
                {"name": name, "type": BIGQUERY_TYPES.get(str(kind), "STRING"), "mode": "NULLABLE"}
                for name, kind, *_ in cursor.description
            ]
            rows = cursor.fetchall()
        except duckdb.Error as e:
            status["errorResult"] = {"reason": "invalidQuery", "message": str(e)}
            status["errors"] = [status["errorResult"]]
        configuration = {**body["configuration"], "jobType": "QUERY"}
        configuration["query"]["destinationTable"] = {"projectId": project, "datasetId": "_a", "tableId": "t"}
        job = {
            "kind": "bigquery#job",
            "id": f"{project}:EU.{reference['jobId']}",
            "jobReference": reference,
            "configuration": configuration,
            "status": status,
            "statistics": {"creationTime": "1", "startTime": "1", "endTime": "2", "query": {"statementType": "SELECT"}},
        }
        cells = [
            [None if v is None else str(v).lower() if isinstance(v, bool) else str(v) for v in row] for row in rows
        ]
        result = {
            "kind": "bigquery#getQueryResultsResponse",
            "jobReference": reference,
            "jobComplete": True,
            "totalRows": str(len(rows)),
            "schema": {"fields": fields},
            "rows": [{"f": [{"v": v} for v in row]} for row in cells],
        }
        queries[reference["jobId"]] = (job, result)
        return job

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args):
            pass

        def answer(self, code: int, body: dict) -> None:
            content = json.dumps(body).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_GET(self):
            address = urlparse(self.path)
            path, asked = unquote(address.path), parse_qs(address.query)
            if match := re.fullmatch(r"/storage/v1/b/([^/]+)/o", path):
                bucket, glob = cloud.root / match[1], asked.get("matchGlob", ["**"])[0]
                names = [str(file.relative_to(bucket)) for file in sorted(bucket.rglob("*")) if file.is_file()]
                items = [{"name": name, "bucket": match[1]} for name in names if fnmatch.fnmatch(name, glob)]
                return self.answer(200, {"kind": "storage#objects", "items": items})
            if match := re.fullmatch(r"/(?:bigquery/v2/)?projects/[^/]+/(jobs|queries)/([^/]+)", path):
                return self.answer(200, queries[match[2]][match[1] == "queries"])
            return self.answer(404, {"error": {"code": 404, "message": path}})

        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
            if match := re.fullmatch(r"/(?:bigquery/v2/)?projects/([^/]+)/jobs", urlparse(self.path).path):
                return self.answer(200, query(match[1], body))
            return self.answer(404, {"error": {"code": 404, "message": self.path}})

    return Handler


class Proxy(socketserver.BaseRequestHandler):
    """Forwards connections for Dataproc to the fake and rejects all others."""

    port = 0

    def handle(self):
        head = b""
        while b"\r\n\r\n" not in head:
            part = self.request.recv(4096)
            if not part:
                return
            head += part
        if not re.match(rb"CONNECT ([a-z0-9-]+-)?dataproc\.googleapis\.com:443 ", head):
            self.request.sendall(b"HTTP/1.1 403 Forbidden\r\n\r\n")
            return
        with socket.create_connection(("127.0.0.1", self.port)) as server:
            self.request.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            ends = [self.request, server]
            while True:
                for end in select.select(ends, [], [])[0]:
                    part = end.recv(65536)
                    if not part:
                        return
                    ends[end is self.request].sendall(part)


def main() -> None:
    parser = argparse.ArgumentParser()
    for option in ("--root", "--store", "--certificates", "--submit"):
        parser.add_argument(option, type=Path, required=True)
    for option in ("--http", "--proxy"):
        parser.add_argument(option, type=int, required=True)
    options = parser.parse_args()
    cloud = Cloud(options.root, options.store, str(options.submit))

    server = grpc.server(futures.ThreadPoolExecutor(16))
    server.add_generic_rpc_handlers([batches(cloud), clusters(cloud), jobs(cloud), operations(cloud)])
    pair = [(options.certificates / name).read_bytes() for name in ("server.key", "server.pem")]
    Proxy.port = server.add_secure_port("127.0.0.1:0", grpc.ssl_server_credentials([pair]))
    server.start()
    socketserver.ThreadingTCPServer.daemon_threads = socketserver.ThreadingTCPServer.allow_reuse_address = True
    proxy = socketserver.ThreadingTCPServer(("127.0.0.1", options.proxy), Proxy)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    http = ThreadingHTTPServer(("127.0.0.1", options.http), web(cloud))
    print("ready", flush=True)
    http.serve_forever()


if __name__ == "__main__":
    main()
