-- A catalogue's entry for `all` markets is not a market; sales without a market are.
with named as (
  select market
  from {{ source('sales_history', 'daily_sales') }}
  where ingest_id in (select ingest_id from {{ ref('stg_ingests') }})
  union all
  select market
  from {{ source('new_product', 'catalog') }}
  where ingest_id in (select ingest_id from {{ ref('stg_ingests') }}) and market != 'all'
  union all
  select market from {{ ref('stg_scores') }}
)

select distinct market from named
