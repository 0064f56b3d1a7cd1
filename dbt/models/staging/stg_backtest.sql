-- Of a backtest's recipes, the model's own; the others are its ablations.
select
  backtest.backtest_id,
  models.model_id,
  backtest.cutoff,
  backtest.horizon_days,
  backtest.horizon_start,
  backtest.market,
  backtest.product_id,
  backtest.lifecycle,
  backtest.actual_units,
  backtest.expected_units,
  backtest.median_units,
  backtest.lower_units,
  backtest.upper_units,
  backtest.baseline_units
from {{ source('prediction', 'backtest') }} as backtest
inner join {{ ref('stg_models') }} as models
  on backtest.backtest_id = models.backtest_id
  and backtest.recipe_id = models.recipe_id
where models.event = 'backtested'
