select
  source,
  metric,
  keyword,
  geo,
  observed_on,
  {{ days_after('observed_on', 'period_days - 1') }} as last_day,
  value,
  pull_id,
  {{ utc('available_at') }} as known_from
from {{ source('trend', 'signals') }}
where ingest_id in (select ingest_id from {{ ref('stg_ingests') }})
