-- Of the runs of a cutoff, the one published last; of the cutoffs, the latest.
with ranked as (
  select
    run_id,
    as_of,
    horizon_days,
    model_id,
    published_at,
    row_number() over (partition by as_of order by published_at desc, run_id desc) as of_its_day,
    row_number() over (order by as_of desc, published_at desc, run_id desc) as of_all
  from {{ ref('stg_runs') }}
)

select run_id, as_of, horizon_days, model_id, published_at, of_all = 1 as is_latest
from ranked
where of_its_day = 1
