"""XGBoost's side of ExplainBenchmark: fits trees, explains rows on one core, and leaves both in a folder."""

import json
import pathlib
import sys
import time

import numpy as np
import xgboost as xgb

FEATURES, TREES, DEPTH = 40, 100, 5
TRAINING_ROWS, ROWS, ROUNDS = 50_000, 10_000, 3


def data(rows, seed):
    """Rows whose value depends on half of the features, some of them together."""
    random = np.random.default_rng(seed)
    x = random.standard_normal((rows, FEATURES)).astype(np.float32)
    y = x[:, :20] @ np.linspace(0.1, 1, 20) + x[:, 0] * x[:, 19] + np.sin(3 * x[:, 18])
    return x, y + random.standard_normal(rows)


def seconds(work):
    """Processor time of the quickest of some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        result = work()
        times.append(time.process_time() - start)
    return min(times), result


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    x, y = data(TRAINING_ROWS, 1)
    parameters = {"max_depth": DEPTH, "eta": 0.1, "base_score": 0, "tree_method": "hist", "nthread": 1, "seed": 1}
    booster = xgb.train(parameters, xgb.DMatrix(x, y, nthread=1), TREES)
    x, _ = data(ROWS, 2)
    rows = xgb.DMatrix(x, nthread=1)
    explaining, contributions = seconds(lambda: booster.predict(rows, pred_contribs=True))
    x.astype("<f4").tofile(folder / "rows")
    contributions.astype("<f4").tofile(folder / "contributions")
    trees = [json.loads(tree) for tree in booster.get_dump(dump_format="json", with_stats=True)]
    (folder / "trees.json").write_text(json.dumps(trees))
    print(json.dumps({"version": xgb.__version__, "rows": ROWS, "features": FEATURES, "seconds": explaining}))


main(pathlib.Path(sys.argv[1]))
