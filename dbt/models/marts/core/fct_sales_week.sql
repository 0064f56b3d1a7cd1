{{ config(partition_by=partition('week', 'month'), cluster_by=clusters_of('daily_sales')) }}

select
  market,
  product_id,
  {{ week_of('day') }} as week,
  sum(gross_units - return_units) as units,
  sum(gross_units) as gross_units,
  sum(return_units) as return_units,
  case when count(gross_revenue) = count(*) then sum(gross_revenue - refunds) end as revenue,
  case when count(gross_revenue) = count(*) then sum(gross_revenue) end as gross_revenue,
  case when count(gross_revenue) = count(*) then sum(refunds) end as refunds,
  cast(sum(orders) as int64) as orders,
  cast(sum(case when known then 1 else 0 end) as int64) as known_days,
  sum(case when known then 1 else 0 end) = 7 as complete
from {{ ref('int_product_days') }}
group by market, product_id, {{ week_of('day') }}
