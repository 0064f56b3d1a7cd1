{{ config(cluster_by=clusters_of('catalog')) }}

with products as (
  select market, product_id from {{ ref('stg_products') }}
  union distinct
  select market, product_id from {{ ref('int_product_state') }}
),

sold as (
  select
    market,
    product_id,
    min(case when gross_units > 0 then sale_date end) as first_sale,
    max(case when gross_units > 0 then last_day end) as last_sale
  from {{ ref('stg_sales_days') }}
  group by market, product_id
)

select
  products.market,
  products.product_id,
  entries.name,
  entries.category,
  entries.brand,
  entries.price,
  entries.currency,
  coalesce(entries.launch_date, state.launch_day) as launch_date,
  entries.discontinued_on,
  entries.in_stock,
  sold.first_sale,
  sold.last_sale,
  state.lifecycle,
  state.as_of as lifecycle_as_of
from products
left join {{ ref('stg_products') }} as entries
  on products.market = entries.market and products.product_id = entries.product_id
left join {{ ref('int_product_state') }} as state
  on products.market = state.market and products.product_id = state.product_id
left join sold
  on products.market = sold.market and products.product_id = sold.product_id
