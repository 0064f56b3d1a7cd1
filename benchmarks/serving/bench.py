"""Measures the service; `make bench-serving`. It reports and never fails on a figure.

1. Pages beside a plain-text route of the same process and a FastAPI peer that has the same answers in memory.
2. How long the dashboard's lists take, asked for one after the other, and how many bytes a browser receives.
3. The same load as in 1 while runs are swapped.
4. How long a large run takes to load, and how much heap it needs, then that of a second one beside it.
5. How long the demo's store takes, if there is one, with and without the class-data archive.
6. How long a purchase plan of many products takes, each with another budget.

BENCH_PRODUCTS=100000, BENCH_SECONDS=10, BENCH_SWAPS=20, BENCH_ROWS=1000000, BENCH_PLANNED=20000; 0 leaves a part out.
"""

import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[1]
JAR = ROOT / "serving/target/trendflow-serving.jar"
JAVA = str(pathlib.Path(os.environ["JAVA_HOME"], "bin/java")) if os.environ.get("JAVA_HOME") else "java"
PRODUCTS = int(os.environ.get("BENCH_PRODUCTS", "100000"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "10"))
SWAPS = int(os.environ.get("BENCH_SWAPS", "20"))
ROWS = int(os.environ.get("BENCH_ROWS", "1000000"))
PLANNED = int(os.environ.get("BENCH_PLANNED", "20000"))
HEAP = os.environ.get("TRENDFLOW_HEAP", "1500m")
SERVICE, PEER = 8391, 8392
PAGE = "/api/v1/recommendations?category=Category%20{}&limit=20"
PAGES = ["-s", HERE / "pages.lua"]
LISTS = {
    "first list": "/?market=uk",
    "next page": "/?market=uk&sort=growth&cursor={}",
    "filtered list": "/?market=uk&category=Category+7&min_chance=0.5&min_price=5",
    "searched list": "/?market=uk&q=woven+lanterns",
    "slowing down": "/slowing?market=uk",
    "category": "/category?category=Category+7&market=uk",
}
LIST_REQUESTS = 200
PATIENCE = 900


def say(text):
    print(text, flush=True)


def get(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.read().decode()


def served():
    return json.loads(get(SERVICE, "/api/v1/runs?limit=1"))["run_id"]


def write_runs(store, rows, *numbers):
    subprocess.run([sys.executable, HERE / "store.py", store, str(rows), *map(str, numbers)], check=True)


def publish(prepared, store, number):
    """Publishes a run like the jobs: first the scores, then the commit."""
    for table in ("prediction/scores", "prediction/runs"):
        (store / table).mkdir(parents=True, exist_ok=True)
        (prepared / table / f"run-{number:03}").rename(store / table / f"run-{number:03}")


def wait(until, what):
    begin = time.monotonic()
    while not until():
        if time.monotonic() - begin > PATIENCE:
            sys.exit(f"{what} took longer than {PATIENCE} s")
        time.sleep(0.02)
    return time.monotonic() - begin


def ready(port, path, process):
    def answers():
        if process.poll() is not None:
            sys.exit("it did not start")
        try:
            get(port, path)
            return True
        except OSError:
            return False

    return wait(answers, "the start")


@contextlib.contextmanager
def running(command, log, **environment):
    with open(log, "w") as out:
        process = subprocess.Popen(command, env=dict(os.environ, **environment), stdout=out)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def service(store, log, *options):
    return running(
        [JAVA, f"-Xmx{HEAP}", *options, "-Duser.timezone=UTC", "-jar", JAR], log,
        TRENDFLOW_STORE_PATH=str(store), TRENDFLOW_REFRESH="1s", TRENDFLOW_MAX_AGE_RUN="100000",
        MICRONAUT_SERVER_PORT=str(SERVICE))


def resident(process):
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) // 1024


def heap_in_use(process):
    """MiB after a collection."""
    for command in ("GC.run", "GC.heap_info"):
        said = subprocess.run(["jcmd", str(process.pid), command], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"used (\d+)K", said)[1]) // 1024


def wrk_command(port, path, seconds, *script):
    return ["wrk", "-t1", "-c32", f"-d{seconds}s", "--latency", *script, f"http://127.0.0.1:{port}{path}"]


def figures(text):
    """Requests a second, p99 in ms, failed requests, all requests, of what wrk printed."""
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", text).groups()
    p99 = float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]
    errors = re.findall(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    errors += [(n,) for n in re.findall(r"Non-2xx or 3xx responses: (\d+)", text)]
    failed = sum(int(n) for some in errors for n in some)
    return rate, p99, failed, int(re.search(r"(\d+) requests in", text)[1])


def wrk(port, path, seconds, *script):
    command = wrk_command(port, path, seconds, *script)
    return figures(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def line(name, measured, plain):
    rate, p99, failed, _ = measured
    say(f"{name:<44}{rate:>10,.0f}/s {100 * rate / plain:>5.0f} %  p99 {p99:>7.1f} ms  {failed} failed")


def compressed(path):
    """Milliseconds until a page is received, and its bytes."""
    request = urllib.request.Request(f"http://127.0.0.1:{SERVICE}{path}", headers={"Accept-Encoding": "gzip"})
    begin = time.monotonic()
    with urllib.request.urlopen(request) as answer:
        size = len(answer.read())
    return 1000 * (time.monotonic() - begin), size


def lists():
    after = json.loads(get(SERVICE, "/api/v1/recommendations?market=uk&sort=growth&limit=50"))["next_cursor"]
    for name, path in LISTS.items():
        address = path.format(after)
        for _ in range(LIST_REQUESTS):  # warm
            compressed(address)
        answers = [compressed(address) for _ in range(LIST_REQUESTS)]
        times = sorted(answer[0] for answer in answers)
        say(f"dashboard, {name:<33}p50 {times[len(times) // 2]:>6.1f} ms  p99 {times[int(0.99 * len(times))]:>6.1f} ms  "
            f"{answers[0][1] / 1000:.0f} KB compressed")


def swap(folder, store, process, plain):
    """Publishes a run as soon as the one before it is served, under one load from the first to the last."""
    begin = time.monotonic()
    with subprocess.Popen(wrk_command(SERVICE, "/", 10 * PATIENCE, *PAGES), stdout=subprocess.PIPE, text=True) as load:
        for number in range(1, SWAPS + 1):
            publish(folder / "prepared", store, number)
            wait(lambda: served() == f"run-{number:03}", "the swap")
        load.send_signal(signal.SIGINT)  # it then prints its figures
        during = figures(load.stdout.read())
    line("the same while runs were swapped", during, plain)
    say(f"{SWAPS} swaps in {time.monotonic() - begin:.0f} s, {during[3]:,} requests, {during[2]} failed; "
        f"{resident(process)} MiB resident")


def pages(folder):
    store = folder / "store"
    write_runs(folder / "prepared", PRODUCTS, *range(SWAPS + 1))
    publish(folder / "prepared", store, 0)
    with service(store, folder / "service.log") as process:
        seconds = ready(SERVICE, "/health/readiness", process)
        say(f"{PRODUCTS:,} products: ready after {seconds:.1f} s, {resident(process)} MiB resident")
        answers = {f"Category {i}": json.loads(get(SERVICE, PAGE.format(i))) for i in range(40)}
        (folder / "pages.json").write_text(json.dumps(answers))
        wrk(SERVICE, "/robots.txt", SECONDS)  # both warm
        wrk(SERVICE, "/", SECONDS, *PAGES)
        plain = wrk(SERVICE, "/robots.txt", SECONDS)
        line("plain text of the same process", plain, plain[0])
        line("20 items, 40 pages in turn", wrk(SERVICE, "/", SECONDS, *PAGES), plain[0])
        lists()
        if SWAPS:
            swap(folder, store, process, plain[0])
    peer = [sys.executable, "-m", "uvicorn", "peer:app", "--app-dir", HERE, "--port", str(PEER), "--workers", "2",
            "--no-access-log", "--log-level", "warning"]
    with running(peer, folder / "peer.log", PEER_PAGES=str(folder / "pages.json")) as process:
        ready(PEER, PAGE.format(0), process)
        wrk(PEER, "/", 2, *PAGES)
        line("FastAPI, 2 workers, the same pages", wrk(PEER, "/", SECONDS, *PAGES), plain[0])


def load(folder):
    store = folder / "large"
    write_runs(folder / "prepared", ROWS, 0, 1)
    publish(folder / "prepared", store, 0)
    with service(store, folder / "large.log") as process:
        seconds = ready(SERVICE, "/health/readiness", process)
        say(f"{ROWS:,} rows into -Xmx{HEAP}: ready after {seconds:.1f} s, {heap_in_use(process)} MiB of heap in use, "
            f"{resident(process)} MiB resident")
        publish(folder / "prepared", store, 1)
        seconds = wait(lambda: served() == "run-001", "the swap")
        say(f"a second run swapped in after {seconds:.1f} s, {heap_in_use(process)} MiB of heap in use")


def start(folder):
    store, archive = ROOT / "demo/store", JAR.with_suffix(".jsa")
    if not store.exists():
        return say("No demo/store to start on: make demo makes it.")
    for name, options in {"without": [], "with": [f"-XX:SharedArchiveFile={archive}"]}.items():
        times = []
        for _ in range(3):
            with service(store, folder / "start.log", *options) as process:
                times.append(ready(SERVICE, "/health/readiness", process))
                size = resident(process)
        say(f"demo's store, {name} the class-data archive: ready after {min(times):.1f} s at best of three, {size} MiB resident")


def milliseconds_of(path):
    """Milliseconds until curl has an answer: reading it as JSON here would take longer than the service does."""
    asked = ["curl", "-sf", "-o", os.devnull, "-w", "%{time_total}", f"http://127.0.0.1:{SERVICE}{path}"]
    return 1000 * float(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)


def plans(folder):
    store = folder / "planned"
    write_runs(folder / "plans", PLANNED, 0)
    publish(folder / "plans", store, 0)
    with service(store, folder / "plans.log", "-Dtrendflow.decide.default-margin=0.4") as process:
        ready(SERVICE, "/health/readiness", process)
        full = json.loads(get(SERVICE, "/api/v1/orders?market=uk"))["order_cost"]
        path = "/api/v1/orders?market=uk&budget={:.2f}"
        budgets = [full * (number + 1) / 41 for number in range(40)]
        times = [milliseconds_of(path.format(budget)) for budget in (*budgets, *budgets)]
        plan = json.loads(get(SERVICE, path.format(budgets[-1])))
        late = sorted(times[40:])
        say(f"a plan of {PLANNED:,} products: first {times[0]:.0f} ms, then median {late[20]:.0f} ms, slowest of 40 "
            f"{late[-1]:.0f} ms; the last has {len(plan['orders']):,} orders and a gap of {plan['gap']:.6f}")


def main():
    if PRODUCTS and shutil.which("wrk") is None:
        sys.exit("make bench-serving needs wrk: install Debian's package wrk, or build it and put it on the PATH.")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bench-serving-"))
    try:
        for part, size in ((pages, PRODUCTS), (load, ROWS), (start, 1), (plans, PLANNED)):
            if size:
                part(folder)
    finally:
        shutil.rmtree(folder)


main()
