select
  ingest_id,
  ingested_on,
  {{ utc('finished_at') }} as finished_at,
  code_version,
  files,
  exclusions,
  rejections,
  sources
from {{ source('quality', 'visible_ingests') }}
