select
  model_id,
  {{ utc('changed_at') }} as changed_at,
  event,
  reason,
  recipe_id,
  backtest_id,
  as_of,
  horizon_days,
  metrics
from {{ source('prediction', 'models') }}
