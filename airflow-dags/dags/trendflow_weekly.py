"""
### The weekly digest

Runs every Monday at 07:30 UTC, and on demand: compares the forecasts with what was sold, writes the digest, one HTML
file for each language, and mails it.

- The DAG exists if the setting `digest` names a folder. It mails if `digest_to` has addresses, through the connection
  `smtp`.
- **A rerun** compares nothing twice, writes the files again and mails them again.
- **Catch-up** is off: a missed week needs no digest. One run at a time.
"""

from __future__ import annotations

from datetime import timedelta

# The DAG processor imports the Airflow modules that a DAG file names once, for all parses: without these imports each
# parse takes seconds.
import airflow.providers.google.cloud.operators.dataproc
import airflow.providers.smtp.operators.smtp  # noqa: F401
import pendulum
from airflow.sdk import CronTriggerTimetable, dag

from trendflow import digest
from trendflow.jobs import compute, job
from trendflow.pipeline import CUTOFF, CUTOFF_PARAM, DAG_DEFAULTS, SETTINGS


@dag(
    **DAG_DEFAULTS,
    # The interval ends when the run starts, so that the cutoff is the day before and not a week before.
    schedule=CronTriggerTimetable("30 7 * * 1", timezone="UTC", interval=timedelta(days=1)),
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    params=CUTOFF_PARAM,
    doc_md=__doc__,
)
def trendflow_weekly():
    with compute():
        monitored = job(
            "monitor",
            "Monitor",
            "--as-of",
            CUTOFF,
            limit=timedelta(hours=1),
            doc="Compares earlier forecasts with what was sold, if the day's run has not done so.",
        )
        written = job(
            "digest",
            "DigestCommand",
            "--as-of",
            CUTOFF,
            "--out",
            digest.path("{language}"),
            *(word for language in SETTINGS.digest_languages for word in ("--language", language)),
            limit=timedelta(hours=1),
            doc="Writes the digest in each language, in place of an earlier one of the cutoff.",
            role="monitor",
        )
    monitored >> written
    if SETTINGS.digest_to:
        written >> [digest.mail(language) for language in SETTINGS.digest_languages]


if SETTINGS.digest:
    trendflow_weekly()
