-- The outcomes of a run are those of the latest monitoring that has any; a monitoring has all or none.
with numbered as (
  select
    outcomes.*,
    dense_rank() over (
      partition by outcomes.run_id
      order by monitors.as_of desc, monitors.finished_at desc
    ) as age
  from {{ source('prediction', 'outcomes') }} as outcomes
  inner join {{ ref('stg_monitors') }} as monitors on outcomes.monitor_id = monitors.monitor_id
)

select
  run_id,
  market,
  product_id,
  monitor_id,
  actual_units,
  stockout_days,
  inside,
  hit,
  {{ utc('known_at') }} as known_at
from numbered
where age = 1
