"""Settings: where and how the jobs run.

The settings are the Airflow variable ``trendflow``, or ``AIRFLOW_VAR_TRENDFLOW`` in the environment: a JSON object
whose keys are the fields of `Settings`. They are checked while a DAG file is parsed, without a network call, so that a
mistake is an import error that names the key.
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
LANGUAGES = ("en", "fr")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where and how the jobs run; README.md explains each key."""

    mode: str
    """batch: Dataproc Serverless; cluster: a cluster for each run of a DAG; local: spark-submit on this machine."""
    jar: str
    config: str
    raw: str
    arrival: str = "pulled_at={next_day}*/**"
    """Glob below raw of the file that a cutoff waits for; {cutoff} and {next_day} are replaced by days."""
    arrival_hours: float = 6
    collect: list[str] = field(default_factory=list)
    """Sources to pull before an ingest. If arrival is not set, nothing else is waited for."""
    cutoff: str | None = None
    """Default cutoff of a run; for sample data, whose days are long past."""
    pool: str = "trendflow"
    max_rejected: float = 0.01
    webhook: str | None = None
    """Airflow connection whose password is the URL that accepts messages as JSON, {"text": ...}."""

    digest: str = ""
    """Folder that the weekly digest is written to; none is written if it is empty."""
    digest_languages: list[str] = field(default_factory=lambda: ["en"])
    """Languages of the digest, en or fr; each is a file and a mail."""
    digest_to: list[str] = field(default_factory=list)
    """Addresses that the digest is mailed to."""
    smtp: str = "smtp_default"
    """Airflow connection of the mail server."""

    project: str = ""
    region: str = ""
    service_account: str = ""
    """Service account of a job; {role} is replaced by the job, such as ingest, and in mode cluster by cluster."""
    location: str = ""
    """BigQuery's location; the region if it is empty, because Terraform creates the datasets there."""
    dataset_prefix: str = ""
    """Prefix of BigQuery's dataset names."""
    runtime: str = "2.3"
    subnetwork: str | None = None
    jars: list[str] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    executors: int = 20
    """Most executors of a batch."""
    jdk: str = ""
    """Archive of a JDK 17, with Terraform's script java17.sh beside it, which the machines of a cluster install."""
    machine_type: str = "n2-standard-4"
    workers: int = 2
    poll_seconds: int = 15
    dbt: str = ""
    """Folder of the project dbt/ on the workers; no marts are built if it is empty."""

    store: str = ""
    spark_submit: str = "spark-submit"

    def __post_init__(self) -> None:
        for each in fields(self):
            _check_type(each.name, getattr(self, each.name), str(each.type))
        _require(self.mode in MODES, f"mode is {self.mode!r}, but must be one of {', '.join(MODES)}")
        for key in CLOUD_KEYS if self.cloud else LOCAL_KEYS:
            _require(bool(getattr(self, key)), f"{key} is missing, but mode {self.mode!r} requires it")
        for key in ("jar", "config", "raw", *(["digest"] if self.digest else [])):
            value = getattr(self, key)
            if self.cloud:
                _require(
                    value.startswith("gs://"), f"{key} is {value!r}, but must begin with gs:// in mode {self.mode!r}"
                )
        if self.mode == "cluster":
            _require(
                self.jdk.startswith("gs://"),
                f"jdk is {self.jdk!r}, but must begin with gs:// in mode 'cluster', whose machines have Java 11",
            )
        for language in self.digest_languages:
            _require(language in LANGUAGES, f"digest_languages has {language!r}, but may only have en and fr")
        _require(bool(self.digest) or not self.digest_to, "digest_to is set, but digest, the folder, is missing")
        if self.cutoff is not None:
            _require(
                re.fullmatch(r"\d{4}-\d\d-\d\d", self.cutoff) is not None,
                f"cutoff is {self.cutoff!r}, but must be a date as YYYY-MM-DD, for example 2026-06-30",
            )
        _require(
            re.fullmatch(r"\w*", self.dataset_prefix, re.ASCII) is not None,
            f"dataset_prefix is {self.dataset_prefix!r}, but must consist of letters, digits and underscores",
        )
        _require(self.cloud or not self.dataset_prefix, "dataset_prefix is set, but mode 'local' has no datasets")
        _require(
            0 < self.max_rejected <= 1, f"max_rejected is {self.max_rejected}, but must be greater than 0 and at most 1"
        )
        _require(self.arrival_hours > 0, f"arrival_hours is {self.arrival_hours}, but must be greater than 0")
        # Dataproc starts a batch with two executors.
        _require(self.executors >= 2, f"executors is {self.executors}, but must be at least 2")
        _require(self.workers >= 2, f"workers is {self.workers}, but must be at least 2")
        _require(self.poll_seconds >= 1, f"poll_seconds is {self.poll_seconds}, but must be at least 1")
        _check_template("arrival", self.arrival, "cutoff", "next_day")
        _check_template("service_account", self.service_account, "role")

    @property
    def bigquery_location(self) -> str:
        return self.location or self.region

    @property
    def waits(self) -> bool:
        """Returns whether a run waits for files that others bring."""
        return not self.collect or self.arrival != Settings.arrival

    @property
    def cloud(self) -> bool:
        return self.mode != "local"


def read(text: str) -> Settings:
    """Reads the settings from JSON; raises a ValueError that names the key and the allowed values."""
    try:
        given: Any = json.loads(text)
    except ValueError as e:
        raise ValueError(f"The Airflow variable trendflow is not valid JSON: {e}.") from None
    _require(isinstance(given, dict), f"it is {given!r}, but must be a JSON object")
    known = [each.name for each in fields(Settings)]
    for key in given:
        near = get_close_matches(key, known, 1)
        _require(
            key in known,
            f"{key!r} is not one of its keys: "
            + (f"did you mean {near[0]!r}?" if near else f"use one of {', '.join(known)}"),
        )
    for key in ("mode", "jar", "config", "raw"):
        _require(key in given, f"{key} is missing")
    return Settings(**given)


def load() -> Settings:
    """Returns the settings of this Airflow."""
    text = Variable.get("trendflow", default=None)
    if text is None:
        raise ValueError("The Airflow variable trendflow is not set: set it, see airflow-dags/README.md for its keys.")
    return read(text)


_TYPES = {
    "str": (str, "a string"),
    "str | None": ((str, type(None)), "a string"),
    "int": (int, "a whole number"),
    "float": ((int, float), "a number"),
    "list[str]": (list, "a list of strings"),
    "dict[str, str]": (dict, "an object whose values are strings"),
}


def _check_template(key: str, value: str, *names: str) -> None:
    try:
        value.format(**dict.fromkeys(names, ""))
    except (KeyError, IndexError, ValueError):
        allowed = " and ".join(f"{{{name}}}" for name in names)
        _require(False, f"{key} is {value!r}, but may only contain the placeholders {allowed}")


def _check_type(key: str, value: Any, declared: str) -> None:
    kind, words = _TYPES[declared]
    inner = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
    good = isinstance(value, kind) and not isinstance(value, bool) and all(isinstance(each, str) for each in inner)
    _require(good, f"{key} is {value!r}, but must be {words}")


def _require(holds: bool, sentence: str) -> None:
    if not holds:
        raise ValueError(f"The Airflow variable trendflow is not valid: {sentence}.")
