"""Checks of the tables: in BigQuery in the cloud, over the store's Parquet files in mode ``local``.

The SQL is limited to what BigQuery and DuckDB both support. A name such as ``quality.visible_ingests`` is a table or a
view of docs/architecture.md in both, after the prefix of the datasets if there is one. In mode ``local`` the SQL of the
views comes from the jobs' jar.
"""

from __future__ import annotations

from pathlib import Path
from string import Template
from zipfile import ZipFile

from airflow.sdk import task
from airflow.sdk.exceptions import AirflowFailException

from trendflow.pipeline import CUTOFF, SETTINGS, days_after

VISIBLE_INGESTS = f"{SETTINGS.dataset_prefix}quality.visible_ingests"
SALES = f"{SETTINGS.dataset_prefix}sales_history.daily_sales"
VISIBLE_RUNS = f"{SETTINGS.dataset_prefix}prediction.visible_runs"
MODELS = f"{SETTINGS.dataset_prefix}prediction.models"

VISIBLE = f"ingest_id in (select ingest_id from {VISIBLE_INGESTS})"

SALES_OF_THE_WEEK = f"""
select count(*) > 0 as there_are_sales_of_the_week
from {SALES}
where sale_date > date '{days_after(-7)}' and sale_date <= date '{CUTOFF}' and {VISIBLE}
"""

FRESH_SALES = f"""
select max(sale_date + cast(period_days - 1 as int)) >= date '{days_after(-2)}' as sales_are_fresh
from {SALES}
where {VISIBLE}
"""

FEW_REJECTS = f"""
select sum(rejected) <= {SETTINGS.max_rejected} * sum(read - excluded) as few_records_were_rejected
from {VISIBLE_INGESTS}
where finished_at = (select max(finished_at) from {VISIBLE_INGESTS})
"""

RUN_OF_THE_CUTOFF = f"""
select count(*) > 0 as the_run_is_published
from {VISIBLE_RUNS}
where as_of = date '{CUTOFF}'
"""

VERDICT = f"""
select event, model_id, reason from {MODELS}
where as_of = date '{{cutoff}}' and event in ('promoted', 'rejected')
order by horizon_days, changed_at desc limit 1
"""


def check(task_id: str, sql: str, doc: str):
    """Returns a task that fails, without a retry, if a value of the query's first row is false or zero.

    The error has the query and its result.
    """
    if SETTINGS.mode == "local":
        checked = task(task_id=task_id, doc_md=doc)(check_files)
        return checked(sql)
    from airflow.providers.google.cloud.operators.bigquery import BigQueryCheckOperator

    return BigQueryCheckOperator(
        task_id=task_id,
        doc_md=doc,
        sql=sql,
        use_legacy_sql=False,
        project_id=SETTINGS.project,
        location=SETTINGS.bigquery_location,
        deferrable=True,
        retry_on_failure=False,
    )


def check_files(sql: str) -> None:
    row = first_row(sql)
    if row is None or not all(row):
        raise AirflowFailException(f"Test failed.\nQuery:\n{sql}\nResults:\n{row}")


def first_row(sql: str) -> tuple | None:
    """Returns the first row of a query's result; None if the result is empty."""
    if SETTINGS.mode == "local":
        return _over_files(sql)
    from airflow.providers.google.cloud.hooks.bigquery import BigQueryHook

    client = BigQueryHook(use_legacy_sql=False).get_client(
        project_id=SETTINGS.project, location=SETTINGS.bigquery_location
    )
    return next((tuple(row.values()) for row in client.query(sql).result()), None)


def _over_files(sql: str) -> tuple | None:
    import duckdb

    with duckdb.connect() as db, ZipFile(SETTINGS.jar) as jar:
        for table in sorted(path for path in Path(SETTINGS.store).glob("*/*") if any(path.glob("[!_]*/*.parquet"))):
            db.execute(f'create schema if not exists "{table.parent.name}"')
            name = f'"{table.parent.name}"."{table.name}"'
            db.execute(f"create view {name} as from read_parquet('{table}/[!_]*/*.parquet')")
            if view := _sql_of_visible(jar, table):
                db.execute(f'create view "{table.parent.name}"."visible_{table.name}" as {view.substitute(table=name)}')
        return db.execute(sql).fetchone()


def _sql_of_visible(jar: ZipFile, table: Path) -> Template | None:
    """Returns the SQL of the view of a commit table's visible rows; None for any other table."""
    file = f"{table.parent.name}/visible_{table.name}.sql"
    return Template(jar.read(file).decode()) if file in jar.namelist() else None
