select
  monitor_id,
  as_of,
  {{ utc('finished_at') }} as finished_at,
  run_id,
  model_id,
  ingest_ids
from {{ source('quality', 'monitors') }}
