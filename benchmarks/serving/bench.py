"""Measures the service beside a plain-text route of its own and a FastAPI peer; `make bench-serving`.

It reports and never fails on a figure. BENCH_PRODUCTS=100000, BENCH_SECONDS=10, BENCH_SWAPS=20.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).parent
JAR = HERE.parents[1] / "serving/target/trendflow-serving.jar"
PRODUCTS = int(os.environ.get("BENCH_PRODUCTS", "100000"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "10"))
SWAPS = int(os.environ.get("BENCH_SWAPS", "20"))
HEAP = os.environ.get("TRENDFLOW_HEAP", "1500m")
SERVICE, PEER = 8391, 8392
PAGE = "/api/v1/recommendations?category=Category%20{}&limit=20"


def get(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        return json.load(answer)


def publish(store, number):
    subprocess.run([sys.executable, HERE / "store.py", store, str(PRODUCTS), str(number)], check=True)


def until_ready(port, path, process):
    begin = time.monotonic()
    while process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}"):
                return time.monotonic() - begin
        except OSError:
            time.sleep(0.02)
    sys.exit("it did not start")


def wrk(port, path, seconds, *script):
    """Requests a second, p99 in ms, failed requests."""
    text = subprocess.run(
        ["wrk", "-t1", "-c32", f"-d{seconds}s", "--latency", *script, f"http://127.0.0.1:{port}{path}"],
        check=True, capture_output=True, text=True).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
    p99 = float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    failed = sum(int(n) for n in re.findall(r"(?:Non-2xx or 3xx responses:|connect|read|write|timeout)\D*(\d+)", text))
    return rate, p99, failed


def line(name, figures, plain):
    rate, p99, failed = figures
    print(f"{name:<44}{rate:>10,.0f}/s {100 * rate / plain:>5.0f} %  p99 {p99:>7.1f} ms  {failed} failed", flush=True)


def resident(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) // 1024


def main():
    if shutil.which("wrk") is None:
        sys.exit("make bench-serving needs wrk: install Debian's package wrk, or build it and put it on the PATH.")
    processes = []
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bench-serving-"))
    try:
        store = folder / "store"
        publish(store, 0)
        environment = dict(os.environ, TRENDFLOW_STORE_PATH=str(store), TRENDFLOW_REFRESH="1s",
                           MICRONAUT_SERVER_PORT=str(SERVICE))
        service = subprocess.Popen(["java", f"-Xmx{HEAP}", "-jar", JAR], env=environment,
                                   stdout=open(folder / "service.log", "w"))
        processes.append(service)
        ready = until_ready(SERVICE, "/health/readiness", service)
        print(f"{PRODUCTS:,} products: ready after {ready:.1f} s, {resident(service)} MiB resident", flush=True)

        pages = {f"Category {i}": get(SERVICE, PAGE.format(i)) for i in range(40)}
        (folder / "pages.json").write_text(json.dumps(pages))
        script = ["-s", HERE / "pages.lua"]
        wrk(SERVICE, "/robots.txt", SECONDS)  # both warm
        wrk(SERVICE, "/", SECONDS, *script)
        plain = wrk(SERVICE, "/robots.txt", SECONDS)
        line("plain text of the same process", plain, plain[0])
        line("20 items, 40 pages in turn", wrk(SERVICE, "/", SECONDS, *script), plain[0])

        if SWAPS:
            more = subprocess.Popen(
                ["bash", "-c", f"for i in $(seq {SWAPS}); do {sys.executable} {HERE}/store.py {store} {PRODUCTS} $i; done"])
            processes.append(more)
            begin = time.monotonic()
            figures = []
            while more.poll() is None:
                figures.append(wrk(SERVICE, "/", 5, *script))
            worst = (min(f[0] for f in figures), max(f[1] for f in figures), sum(f[2] for f in figures))
            line("the slowest 5 s while runs were written", worst, plain[0])
            time.sleep(5)
            served = get(SERVICE, PAGE.format(0))["run_id"]
            swaps = (folder / "service.log").read_text().count("Serving run") - 1
            print(f"{swaps} swaps in {time.monotonic() - begin:.0f} s under load, then {served}; "
                  f"{resident(service)} MiB resident", flush=True)
        service.terminate()
        service.wait()

        peer = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "peer:app", "--app-dir", HERE, "--port", str(PEER), "--workers", "2",
             "--no-access-log", "--log-level", "warning"],
            env=dict(os.environ, PEER_PAGES=str(folder / "pages.json")))
        processes.append(peer)
        until_ready(PEER, PAGE.format(0), peer)
        wrk(PEER, "/", 2, *script)
        line("FastAPI, 2 workers, the same pages", wrk(PEER, "/", SECONDS, *script), plain[0])
    finally:
        for process in processes:
            process.terminate()
        shutil.rmtree(folder)


main()
