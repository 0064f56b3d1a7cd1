-- The job `monitor` and these models both compare a forecast with what was sold; they must find the same. The job scales
-- the sales of products that were out of stock, the mart has what was sold. Both are comparable if the latest monitoring
-- knew all sales that are known now.
with numbered as (
  select
    as_of,
    ingest_ids,
    row_number() over (order by as_of desc, finished_at desc) as age
  from {{ ref('stg_monitors') }}
),

latest as (
  select as_of, ingest_ids from numbered where age = 1
),

comparable as (
  select
    (select max(known_from) from {{ ref('stg_sales_revisions') }}) <= {{ end_of('latest.as_of') }}
    and {{ reads_visible_ingests('latest') }} as same_sales
  from latest
),

judged as (
  select outcomes.*
  from {{ ref('stg_outcomes') }} as outcomes
  where outcomes.run_id in (select run_id from {{ ref('fct_forecast_outcome') }})
),

stocked as (
  select distinct market, product_id from {{ ref('stg_stock_levels') }}
),

ours as (
  select outcomes.*
  from {{ ref('fct_forecast_outcome') }} as outcomes
  where outcomes.complete and outcomes.run_id in (select run_id from judged)
),

paired as (
  select
    coalesce(judged.run_id, ours.run_id) as run_id,
    coalesce(judged.market, ours.market) as market,
    coalesce(judged.product_id, ours.product_id) as product_id,
    judged.stockout_days,
    judged.actual_units as monitored_units,
    ours.actual_units as found_units,
    judged.hit = ours.beat_baseline and judged.inside = ours.inside as same_answers
  from judged
  full outer join ours
    on judged.run_id = ours.run_id
    and judged.market = ours.market
    and judged.product_id = ours.product_id
)

select paired.run_id, paired.market, paired.product_id, paired.monitored_units, paired.found_units
from paired
left join stocked
  on paired.product_id = stocked.product_id
  and stocked.market in (paired.market, 'all')
cross join comparable
where comparable.same_sales
  -- The columns of outcomes that an earlier version wrote don't say whether the product was out of stock.
  and (stocked.product_id is null or paired.stockout_days = 0)
  and (
    paired.monitored_units is null
    or paired.found_units is null
    or abs(paired.monitored_units - paired.found_units) > 1e-6
    or not paired.same_answers
  )
