"""Mails of the weekly digest."""

from __future__ import annotations

from pathlib import Path

from airflow.providers.smtp.operators.smtp import EmailOperator

from trendflow.pipeline import CUTOFF, SETTINGS

SUBJECTS = {"en": "TrendFlow, data of {cutoff}", "fr": "TrendFlow, données au {cutoff}"}


def path(language: str) -> str:
    """Returns the template of the file in a language, in which the job may replace the language itself."""
    return f"{SETTINGS.digest.rstrip('/')}/digest-{CUTOFF}-{language}.html"


def mail(language: str):
    """Returns a task that mails the digest in a language."""
    return DigestMail(
        task_id=f"mail_{language}",
        doc_md="Mails the digest. The mail is its HTML file.",
        conn_id=SETTINGS.smtp,
        to=SETTINGS.digest_to,
        subject=SUBJECTS[language].format(cutoff=CUTOFF),
        file=path(language),
    )


class DigestMail(EmailOperator):
    """Mails an HTML file of a folder or a bucket, which is read when the task runs."""

    template_fields = (*EmailOperator.template_fields, "file")
    # The file is read when the task runs: its name is a template, its text is none.
    template_ext = ()

    def __init__(self, *, file: str, **kwargs):
        super().__init__(html_content="", **kwargs)
        self.file = file

    def execute(self, context):
        self.html_content = _read(self.file)
        return super().execute(context)


def _read(file: str) -> str:
    if not file.startswith("gs://"):
        return Path(file).read_text()
    from airflow.providers.google.cloud.hooks.gcs import GCSHook

    bucket, _, name = file.removeprefix("gs://").partition("/")
    return GCSHook().download(bucket_name=bucket, object_name=name).decode()
