select
  run_id,
  as_of,
  horizon_days,
  model_id,
  {{ utc('published_at') }} as published_at,
  scored_rows,
  lifecycles,
  sources,
  ranked_by,
  degraded,
  ingest_ids
from {{ source('prediction', 'visible_runs') }}
