-- The score job counts the products of each lifecycle; the definitions in SQL must find the same. A run that read
-- ingests that are no longer visible, or not all that are, can't be compared. The emulator has another name for the
-- nested column `rows`.
{{ config(enabled=target.name != 'emulator') }}

with run as (
  select stg_runs.*
  from {{ ref('stg_runs') }} as stg_runs
  inner join {{ ref('int_run_of_day') }} as latest on stg_runs.run_id = latest.run_id
  where latest.is_latest
),

comparable as (
  select {{ reads_visible_ingests('run') }} as same_ingests
),

published as (
  select counted.lifecycle, counted.rows as products
  from run
  cross join {{ elements('run.lifecycles', 'counted') }}
),

ours as (
  select lifecycle, count(*) as products from {{ ref('int_product_state') }} group by lifecycle
)

select coalesce(published.lifecycle, ours.lifecycle) as lifecycle, published.products as published, ours.products as found
from published
full outer join ours on published.lifecycle = ours.lifecycle
cross join comparable
where comparable.same_ingests
  and (select count(*) from run) = 1
  and coalesce(published.products, 0) != coalesce(ours.products, 0)
