with extents as (
  select
    extent.source,
    max(extent.kind) as kind,
    min(extent.first_day) as first_day,
    max(extent.watermark) as watermark,
    count(*) as ingests,
    max(ingests.finished_at) as last_ingest_at
  from {{ ref('stg_ingests') }} as ingests
  cross join {{ elements('ingests.sources', 'extent') }}
  group by extent.source
),

files as (
  select
    file.source,
    count(*) as files,
    cast(sum(file.read) as int64) as records_read,
    cast(sum(file.accepted) as int64) as accepted,
    cast(sum(file.excluded) as int64) as excluded,
    cast(sum(file.rejected) as int64) as rejected
  from {{ ref('stg_ingests') }} as ingests
  cross join {{ elements('ingests.files', 'file') }}
  group by file.source
),

holes as (
  select
    source,
    count(*) as holes,
    cast(sum({{ days_between('first_day', 'last_day') }} + 1) as int64) as hole_days
  from {{ ref('int_holes') }}
  group by source
),

run as (
  select max(as_of) as as_of from {{ ref('int_run_of_day') }}
)

select
  extents.source,
  extents.kind,
  extents.first_day,
  extents.watermark,
  {{ days_between('extents.watermark', 'run.as_of') }} as age_days,
  extents.ingests,
  extents.last_ingest_at,
  coalesce(files.files, 0) as files,
  coalesce(files.records_read, 0) as records_read,
  coalesce(files.accepted, 0) as accepted,
  coalesce(files.excluded, 0) as excluded,
  coalesce(files.rejected, 0) as rejected,
  case
    when files.records_read > files.excluded
      then round(files.rejected / cast(files.records_read - files.excluded as {{ float_type() }}), 9)
  end as rejected_share,
  coalesce(holes.holes, 0) as holes,
  coalesce(holes.hole_days, 0) as hole_days
from extents
cross join run
left join files on extents.source = files.source
left join holes on extents.source = holes.source
