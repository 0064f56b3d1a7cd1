-- A day up to the watermark without rows has zero sales, unless it is in a hole.
with sources as (
  select source, min(sale_date) as first_day from {{ ref('stg_sales_days') }} group by source
),

watermark as (
  select max(last_day) as last_day from {{ ref('stg_sales_days') }}
),

source_days as (
  select sources.source, day
  from sources
  cross join watermark
  cross join {{ days('sources.first_day', 'watermark.last_day', 'day') }}
),

unknown as (
  select holes.source, day
  from {{ ref('int_holes') }} as holes
  cross join {{ days('holes.first_day', 'holes.last_day', 'day') }}
)

select source_days.source, source_days.day, unknown.day is null as known
from source_days
left join unknown
  on source_days.source = unknown.source and source_days.day = unknown.day
