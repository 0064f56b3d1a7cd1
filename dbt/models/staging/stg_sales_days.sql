{{ config(materialized='table', cluster_by=clusters_of('daily_sales')) }}

select
  source,
  market,
  product_id,
  sale_date,
  last_day,
  gross_units,
  return_units,
  gross_revenue,
  refunds,
  orders,
  currency
from {{ ref('stg_sales_revisions') }}
where known_until is null
