{{ config(partition_by=partition('week', 'month'), cluster_by=clusters_of('rejects')) }}

-- The counts are those of the ingests' commit rows, which have every record; an example is the first rejected record.
with counts as (
  select {{ week_of('ingests.ingested_on') }} as week, rejection.source, rejection.reason, rejection.records
  from {{ ref('stg_ingests') }} as ingests
  cross join {{ elements('ingests.rejections', 'rejection') }}
),

sums as (
  select week, source, reason, cast(sum(records) as int64) as records from counts group by week, source, reason
),

ordered as (
  select
    {{ week_of('ingested_on') }} as week,
    source,
    reason,
    file,
    record,
    detail,
    row_number() over (
      partition by {{ week_of('ingested_on') }}, source, reason
      order by file, record, ingest_id
    ) as ordinal
  from {{ ref('stg_rejects') }}
)

select
  sums.week,
  sums.source,
  sums.reason,
  sums.records,
  ordered.file as example_file,
  ordered.record as example_record,
  ordered.detail as example_detail
from sums
left join ordered
  on sums.week = ordered.week
  and sums.source = ordered.source
  and sums.reason = ordered.reason
  and ordered.ordinal = 1
