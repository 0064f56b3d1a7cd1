"""The one place that says where and how the jobs run.

The settings are the Airflow variable ``trendflow``, or ``AIRFLOW_VAR_TRENDFLOW`` in the environment: a JSON object
whose keys are the fields of `Settings`. They are checked while a DAG file is parsed, without any network call, so that
a mistake is an import error that names the key.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from typing import Any

from airflow.sdk import Variable

MODES = ("batch", "cluster", "local")
CLOUD_KEYS = ("project", "region", "service_account")
LOCAL_KEYS = ("store",)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where and how the jobs run; README.md explains each key."""

    mode: str
    """batch: Dataproc Serverless; cluster: a cluster for each run of a DAG; local: spark-submit on this machine."""
    jar: str
    config: str
    raw: str
    arrival: str = "pulled_at={next_day}*/**"
    """Glob below raw of a file that a cutoff has to wait for; {cutoff} and {next_day} stand for days."""
    arrival_hours: float = 6
    cutoff: str | None = None
    """The cutoff of a run that is not given one; for sample data, whose days are long past."""
    pool: str = "trendflow"
    max_rejected: float = 0.01
    webhook: str | None = None
    """Airflow connection whose password is the URL that takes messages as JSON, {"text": ...}."""

    project: str = ""
    region: str = ""
    service_account: str = ""
    """Whom a job runs as; {role} stands for what the job does, such as ingest, and in mode cluster for cluster."""
    location: str = "EU"
    dataset_prefix: str = ""
    """What the names of BigQuery's datasets begin with."""
    runtime: str = "2.3"
    subnetwork: str | None = None
    jars: list[str] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    machine_type: str = "n2-standard-4"
    workers: int = 2
    poll_seconds: int = 15

    store: str = ""
    spark_submit: str = "spark-submit"

    def __post_init__(self) -> None:
        for each in fields(self):
            _check_type(each.name, getattr(self, each.name), str(each.type))
        _require(self.mode in MODES, f"mode is {self.mode!r}, but must be one of {', '.join(MODES)}")
        for key in CLOUD_KEYS if self.cloud else LOCAL_KEYS:
            _require(bool(getattr(self, key)), f"{key} is missing, but mode {self.mode!r} needs it")
        for key in ("jar", "config", "raw"):
            value = getattr(self, key)
            if self.cloud:
                _require(
                    value.startswith("gs://"), f"{key} is {value!r}, but must begin with gs:// in mode {self.mode!r}"
                )
        if self.cutoff is not None:
            _require(
                re.fullmatch(r"\d{4}-\d\d-\d\d", self.cutoff) is not None,
                f"cutoff is {self.cutoff!r}, but must be a day such as 2026-06-30",
            )
        _require(
            re.fullmatch(r"\w*", self.dataset_prefix, re.ASCII) is not None,
            f"dataset_prefix is {self.dataset_prefix!r}, but must be of letters, digits and underscores",
        )
        _require(
            self.cloud or not self.dataset_prefix, "dataset_prefix goes with BigQuery only, but mode 'local' has files"
        )
        _require(0 < self.max_rejected <= 1, f"max_rejected is {self.max_rejected}, but must be above 0 and at most 1")
        _require(self.arrival_hours > 0, f"arrival_hours is {self.arrival_hours}, but must be above 0")
        _require(self.workers >= 2, f"workers is {self.workers}, but a cluster has at least 2")
        _require(self.poll_seconds >= 1, f"poll_seconds is {self.poll_seconds}, but must be at least 1")
        _check_template("arrival", self.arrival, "cutoff", "next_day")
        _check_template("service_account", self.service_account, "role")

    @property
    def cloud(self) -> bool:
        return self.mode != "local"


def read(text: str) -> Settings:
    """Reads the JSON; a refusal is one sentence that names the key and what is allowed."""
    try:
        given: Any = json.loads(text)
    except ValueError as e:
        raise ValueError(f"The Airflow variable trendflow is no JSON: {e}.") from None
    _require(isinstance(given, dict), "it must be a JSON object")
    known = [each.name for each in fields(Settings)]
    for key in given:
        near = get_close_matches(key, known, 1)
        _require(
            key in known,
            f"{key} is no key of it" + (f"; did you mean {near[0]}?" if near else f", which are {', '.join(known)}"),
        )
    for key in ("mode", "jar", "config", "raw"):
        _require(key in given, f"{key} is missing")
    return Settings(**given)


def load() -> Settings:
    """The settings of this Airflow."""
    text = Variable.get("trendflow", default=None)
    if text is None:
        raise ValueError("The Airflow variable trendflow is not set: see airflow-dags/README.md for its keys.")
    return read(text)


_TYPES = {
    "str": (str, "a text"),
    "str | None": ((str, type(None)), "a text"),
    "int": (int, "a whole number"),
    "float": ((int, float), "a number"),
    "list[str]": (list, "a list of texts"),
    "dict[str, str]": (dict, "an object of texts"),
}


def _check_template(key: str, value: str, *names: str) -> None:
    try:
        value.format(**dict.fromkeys(names, ""))
    except (KeyError, IndexError, ValueError):
        allowed = " and ".join(f"{{{name}}}" for name in names)
        _require(False, f"{key} is {value!r}, but may hold only {allowed}")


def _check_type(key: str, value: Any, declared: str) -> None:
    kind, words = _TYPES[declared]
    inner = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    good = isinstance(value, kind) and not isinstance(value, bool) and all(isinstance(each, str) for each in inner)
    _require(good, f"{key} is {value!r}, but must be {words}")


def _require(holds: bool, sentence: str) -> None:
    if not holds:
        raise ValueError(f"The Airflow variable trendflow is wrong: {sentence}.")
