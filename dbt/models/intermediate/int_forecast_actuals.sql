{{ config(partition_by=partition('as_of'), cluster_by=['market', 'product_id']) }}

-- A row counts if its whole period is in the horizon. The horizon is complete once each of its days is known in every
-- source that sells the product.
with forecasts as (
  select
    run_id,
    as_of,
    market,
    product_id,
    horizon_start,
    {{ days_after('horizon_start', 'horizon_days - 1') }} as horizon_end
  from {{ ref('fct_forecast_history') }}
),

sold as (
  select
    forecasts.run_id,
    forecasts.market,
    forecasts.product_id,
    sum(sales.gross_units - sales.return_units) as net_units,
    sum(sales.gross_revenue - coalesce(sales.refunds, 0)) as revenue,
    max(case when sales.gross_revenue is null then 1 else 0 end) as without_revenue
  from forecasts
  inner join {{ ref('stg_sales_days') }} as sales
    on forecasts.market = sales.market
    and forecasts.product_id = sales.product_id
    and forecasts.horizon_start <= sales.sale_date
    and forecasts.horizon_end >= sales.last_day
  group by forecasts.run_id, forecasts.market, forecasts.product_id
),

sellers as (
  select distinct market, product_id, source from {{ ref('stg_sales_days') }}
),

unknown as (
  select distinct forecasts.run_id, forecasts.market, forecasts.product_id
  from forecasts
  inner join sellers
    on forecasts.market = sellers.market and forecasts.product_id = sellers.product_id
  inner join {{ ref('int_known_days') }} as known_days
    on sellers.source = known_days.source
    and forecasts.horizon_start <= known_days.day
    and forecasts.horizon_end >= known_days.day
  where not known_days.known
),

watermark as (
  select max(day) as last_day from {{ ref('int_known_days') }}
),

judged as (
  select
    forecasts.run_id,
    forecasts.as_of,
    forecasts.market,
    forecasts.product_id,
    forecasts.horizon_end <= watermark.last_day and unknown.run_id is null as complete,
    coalesce(sold.net_units, 0) as net_units,
    case when coalesce(sold.without_revenue, 0) = 0 then coalesce(sold.revenue, 0) end as revenue
  from forecasts
  cross join watermark
  left join sold
    on forecasts.run_id = sold.run_id
    and forecasts.market = sold.market
    and forecasts.product_id = sold.product_id
  left join unknown
    on forecasts.run_id = unknown.run_id
    and forecasts.market = unknown.market
    and forecasts.product_id = unknown.product_id
)

select
  run_id,
  as_of,
  market,
  product_id,
  complete,
  case when complete then case when net_units > 0 then net_units else 0 end end as actual_units,
  case when complete then revenue end as actual_revenue
from judged
