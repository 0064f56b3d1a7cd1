-- An entry for `all` markets describes the product in every market; of two entries that became known at the same time,
-- the market's own one counts.
with entries as (
  select
    product_id,
    market,
    name,
    category,
    brand,
    price,
    currency,
    launch_date,
    launch_censored,
    discontinued_on,
    in_stock,
    {{ utc('available_at') }} as known_from
  from {{ source('new_product', 'catalog') }}
  where ingest_id in (select ingest_id from {{ ref('stg_ingests') }})
),

in_markets as (
  select entries.*, entries.market as in_market, 1 as own
  from entries
  where entries.market != 'all'
  union all
  select entries.*, markets.market as in_market, 0 as own
  from entries
  cross join {{ ref('stg_markets') }} as markets
  where entries.market = 'all'
)

select
  in_market as market,
  product_id,
  name,
  category,
  brand,
  price,
  currency,
  launch_date,
  launch_censored,
  discontinued_on,
  in_stock,
  known_from,
  lead(known_from) over (
    partition by in_market, product_id
    order by known_from, own
  ) as known_until
from in_markets
