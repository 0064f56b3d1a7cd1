-- Finished ingests that no other ingest supersedes.
select *
from ${table}
where ingest_id not in (
  -- BigQuery and DuckDB name the column of unnest() differently, which is why nothing here names it.
  select earlier.ingest_id
  from ${table} as earlier cross join ${table} as later
  where earlier.ingest_id in (select * from unnest(later.supersedes))
)
