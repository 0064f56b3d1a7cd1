{{ config(partition_by=partition('day', 'month'), cluster_by=clusters_of('daily_sales')) }}

with products as (
  select market, product_id, min(sale_date) as first_day from {{ ref('stg_sales_days') }} group by market, product_id
),

sellers as (
  select distinct market, product_id, source from {{ ref('stg_sales_days') }}
),

watermark as (
  select max(last_day) as last_day from {{ ref('stg_sales_days') }}
),

-- Rows that are added up by day: a row of zeros for each day, the sales, and the days in a hole of a source that sells
-- the product. A period counts on its last day, the day on which all of it is known to have been sold.
parts as (
  select
    products.market,
    products.product_id,
    day,
    1 as inside,
    0 as unknown,
    0.0 as gross_units,
    0.0 as return_units,
    cast(0 as {{ money_type() }}) as gross_revenue,
    cast(0 as {{ money_type() }}) as refunds,
    0 as orders,
    0 as without_revenue
  from products
  cross join watermark
  cross join {{ days('products.first_day', 'watermark.last_day', 'day') }}
  union all
  select
    market,
    product_id,
    last_day as day,
    0 as inside,
    0 as unknown,
    gross_units,
    return_units,
    gross_revenue,
    refunds,
    orders,
    case when gross_revenue is null then 1 else 0 end as without_revenue
  from {{ ref('stg_sales_days') }}
  union all
  select
    sellers.market,
    sellers.product_id,
    known_days.day,
    0 as inside,
    1 as unknown,
    0.0 as gross_units,
    0.0 as return_units,
    cast(null as {{ money_type() }}) as gross_revenue,
    cast(null as {{ money_type() }}) as refunds,
    0 as orders,
    0 as without_revenue
  from sellers
  inner join {{ ref('int_known_days') }} as known_days on sellers.source = known_days.source
  where not known_days.known
)

select
  market,
  product_id,
  day,
  max(unknown) = 0 as known,
  sum(gross_units) as gross_units,
  sum(return_units) as return_units,
  case when max(without_revenue) = 0 then sum(gross_revenue) end as gross_revenue,
  case when max(without_revenue) = 0 then sum(coalesce(refunds, 0)) end as refunds,
  cast(sum(orders) as int64) as orders
from parts
group by market, product_id, day
having max(inside) = 1
