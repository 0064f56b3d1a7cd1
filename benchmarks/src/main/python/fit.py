"""The Python side of FitBenchmark: fits the same rows by XGBoost and by LightGBM, and leaves the rows in a folder."""

import json
import os
import pathlib
import sys
import time

import lightgbm as lgb
import numpy as np
import xgboost as xgb

FEATURES, ROUNDS = 40, 2


def data(rows, seed):
    """Logs of units that depend on half of the features, some of them together."""
    random = np.random.default_rng(seed)
    x = random.standard_normal((rows, FEATURES)).astype(np.float32)
    y = 3 + 0.2 * (x[:, :20] @ np.linspace(0.1, 1, 20) + x[:, 0] * x[:, 19] + np.sin(3 * x[:, 18]))
    return x, np.maximum(y + 0.3 * random.standard_normal(rows), 0).astype(np.float32)


def by_xgboost(x, y, recipe):
    """Fits trees for the logs and, as the model kind does, as many for the mean of 1 + units."""
    parameters = {
        "tree_method": "hist",
        "max_depth": recipe["depth"],
        "eta": recipe["learning_rate"],
        "max_bin": recipe["bins"],
        "min_child_weight": recipe["min_instances"],
        "subsample": recipe["subsample"],
        "colsample_bynode": recipe["feature_fraction"],
        "nthread": os.cpu_count(),
        "seed": 1,
    }
    booster = xgb.train(parameters, xgb.DMatrix(x, y), recipe["trees"])
    mean = {**parameters, "objective": "reg:tweedie", "tweedie_variance_power": 1.5}
    xgb.train(mean, xgb.DMatrix(x, np.exp(y), base_margin=np.zeros_like(y)), recipe["trees"])
    return lambda rows: booster.predict(xgb.DMatrix(rows))


def by_lightgbm(x, y, recipe):
    parameters = {
        "max_depth": recipe["depth"],
        "num_leaves": 2 ** recipe["depth"],
        "learning_rate": recipe["learning_rate"],
        "max_bin": recipe["bins"],
        "min_data_in_leaf": recipe["min_instances"],
        "bagging_fraction": recipe["subsample"],
        "bagging_freq": 1,
        "feature_fraction_bynode": recipe["feature_fraction"],
        "num_threads": os.cpu_count(),
        "verbose": -1,
        "seed": 1,
    }
    booster = lgb.train(parameters, lgb.Dataset(x, y), recipe["trees"])
    return booster.predict


def measure(name, fit, x, y, recipe, fresh):
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        predict = fit(x, y, recipe)
        times.append(time.perf_counter() - start)
    error = predict(fresh[0]) - fresh[1]
    return {"name": name, "seconds": min(times), "rmse": float(np.sqrt(np.mean(error**2)))}


def main(folder, recipe):
    folder.mkdir(parents=True, exist_ok=True)
    x, y = data(recipe["rows"], 1)
    fresh = data(20_000, 2)
    for name, values in (("rows", x), ("values", y), ("fresh-rows", fresh[0]), ("fresh-values", fresh[1])):
        values.astype("<f4").tofile(folder / name)
    peers = [
        measure("XGBoost " + xgb.__version__, by_xgboost, x, y, recipe, fresh),
        measure("LightGBM " + lgb.__version__, by_lightgbm, x, y, recipe, fresh),
    ]
    print(json.dumps({"features": FEATURES, "peers": peers}))


main(pathlib.Path(sys.argv[1]), json.loads(sys.argv[2]))
