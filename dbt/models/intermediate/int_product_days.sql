{{ config(partition_by=partition('day', 'month'), cluster_by=clusters_of('daily_sales')) }}

-- A period counts on its last day, the day on which all of it is known to have been sold.
with sales as (
  select
    market,
    product_id,
    last_day as day,
    sum(gross_units) as gross_units,
    sum(return_units) as return_units,
    sum(gross_revenue) as gross_revenue,
    sum(coalesce(refunds, 0)) as refunds,
    cast(sum(orders) as int64) as orders,
    max(case when gross_revenue is null then 1 else 0 end) as without_revenue
  from {{ ref('stg_sales_days') }}
  group by market, product_id, last_day
),

products as (
  select market, product_id, min(sale_date) as first_day from {{ ref('stg_sales_days') }} group by market, product_id
),

sellers as (
  select distinct market, product_id, source from {{ ref('stg_sales_days') }}
),

unknown as (
  select distinct sellers.market, sellers.product_id, known_days.day
  from sellers
  inner join {{ ref('int_known_days') }} as known_days on sellers.source = known_days.source
  where not known_days.known
),

watermark as (
  select max(last_day) as last_day from {{ ref('stg_sales_days') }}
),

filled as (
  select products.market, products.product_id, day
  from products
  cross join watermark
  cross join {{ days('products.first_day', 'watermark.last_day', 'day') }}
)

select
  filled.market,
  filled.product_id,
  filled.day,
  unknown.day is null as known,
  coalesce(sales.gross_units, 0) as gross_units,
  coalesce(sales.return_units, 0) as return_units,
  case when coalesce(sales.without_revenue, 0) = 0 then coalesce(sales.gross_revenue, 0) end as gross_revenue,
  case when coalesce(sales.without_revenue, 0) = 0 then coalesce(sales.refunds, 0) end as refunds,
  coalesce(sales.orders, 0) as orders
from filled
left join sales
  on filled.market = sales.market and filled.product_id = sales.product_id and filled.day = sales.day
left join unknown
  on filled.market = unknown.market and filled.product_id = unknown.product_id and filled.day = unknown.day
