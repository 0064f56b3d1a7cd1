with sold as (
  select market, min(sale_date) as first_day, max(last_day) as last_day, max(currency) as currency
  from {{ ref('stg_sales_days') }}
  group by market
),

listed as (
  select market, count(*) as products, max(currency) as currency
  from {{ ref('dim_product') }}
  group by market
)

select
  markets.market,
  coalesce(sold.currency, listed.currency) as currency,
  sold.first_day,
  sold.last_day,
  coalesce(listed.products, 0) as products
from {{ ref('stg_markets') }} as markets
left join sold on markets.market = sold.market
left join listed on markets.market = listed.market
