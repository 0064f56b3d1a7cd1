-- A model has the status of its latest event; its metrics are those of its backtest.
with ranked as (
  select
    model_id,
    event,
    changed_at,
    row_number() over (partition by model_id order by changed_at desc, event asc) as age
  from {{ ref('stg_models') }}
),

backtests as (
  select * from {{ ref('stg_models') }} where event = 'backtested'
)

select
  backtests.model_id,
  backtests.as_of,
  backtests.horizon_days,
  ranked.event as status,
  ranked.changed_at,
  metric.method,
  metric.metric,
  metric.value,
  metric.standard_error
from backtests
inner join ranked on backtests.model_id = ranked.model_id and ranked.age = 1
cross join {{ elements('backtests.metrics', 'metric') }}
