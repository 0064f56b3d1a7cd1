{%- set described = [
  'name', 'category', 'brand', 'price', 'currency', 'launch_date', 'launch_censored', 'discontinued_on', 'in_stock'
] %}

-- An entry for `all` markets describes the product in every market; of two entries that became known at the same time,
-- the market's own one counts.
with entries as (
  select market as listed_in, product_id, {{ described | join(', ') }}, {{ utc('available_at') }} as known_from
  from {{ source('new_product', 'catalog') }}
  where ingest_id in (select ingest_id from {{ ref('stg_ingests') }})
),

in_markets as (
  select listed_in as market, product_id, {{ described | join(', ') }}, known_from, 1 as own
  from entries
  where listed_in != 'all'
  union all
  select markets.market, product_id, {{ described | join(', ') }}, known_from, 0 as own
  from entries
  cross join {{ ref('stg_markets') }} as markets
  where listed_in = 'all'
)

select
  market,
  product_id,
  {{ described | join(',\n  ') }},
  known_from,
  lead(known_from) over (
    partition by market, product_id
    order by known_from, own
  ) as known_until
from in_markets
