{{ config(partition_by=partition_of('scores'), cluster_by=['market', 'product_id']) }}

select
  forecasts.run_id,
  forecasts.as_of,
  forecasts.horizon_start,
  forecasts.market,
  forecasts.product_id,
  forecasts.category,
  forecasts.lifecycle,
  forecasts.rank,
  forecasts.expected_units,
  forecasts.median_units,
  forecasts.lower_units,
  forecasts.upper_units,
  forecasts.baseline_units,
  actuals.actual_units,
  actuals.complete,
  actuals.actual_units >= forecasts.lower_units and actuals.actual_units <= forecasts.upper_units as inside,
  actuals.actual_units > forecasts.baseline_units as beat_baseline,
  forecasts.expected_units - forecasts.baseline_units as promised_uplift,
  actuals.actual_units - forecasts.baseline_units as realised_uplift,
  actuals.actual_revenue as realised_revenue
from {{ ref('fct_forecast_history') }} as forecasts
inner join {{ ref('int_forecast_actuals') }} as actuals
  on forecasts.run_id = actuals.run_id
  and forecasts.market = actuals.market
  and forecasts.product_id = actuals.product_id
