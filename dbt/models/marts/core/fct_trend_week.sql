{{ config(partition_by=partition('week', 'month'), cluster_by=clusters_of('signals')) }}

-- A period counts in the week of its last day.
select
  source,
  metric,
  keyword,
  geo,
  {{ week_of('last_day') }} as week,
  round(avg(value), 6) as value,
  count(*) as observations
from {{ ref('stg_signals') }}
group by source, metric, keyword, geo, {{ week_of('last_day') }}
