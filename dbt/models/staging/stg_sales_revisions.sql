-- A revision holds from the time it became known until the next one of the same source, product and day.
select
  source,
  market,
  product_id,
  sale_date,
  {{ days_after('sale_date', 'period_days - 1') }} as last_day,
  gross_units,
  return_units,
  gross_revenue,
  refunds,
  orders,
  currency,
  {{ utc('available_at') }} as known_from,
  lead({{ utc('available_at') }}) over (
    partition by source, market, product_id, sale_date
    order by available_at
  ) as known_until
from {{ source('sales_history', 'daily_sales') }}
where ingest_id in (select ingest_id from {{ ref('stg_ingests') }})
