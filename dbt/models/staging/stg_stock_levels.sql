-- A revision of a day's stock counts until a later one of the same source.
with numbered as (
  select
    source,
    market,
    product_id,
    stock_date,
    on_hand,
    on_order,
    next_arrival,
    row_number() over (
      partition by source, market, product_id, stock_date
      order by available_at desc
    ) as age
  from {{ source('sales_history', 'stock_levels') }}
  where ingest_id in (select ingest_id from {{ ref('stg_ingests') }})
)

select source, market, product_id, stock_date, on_hand, on_order, next_arrival from numbered where age = 1
