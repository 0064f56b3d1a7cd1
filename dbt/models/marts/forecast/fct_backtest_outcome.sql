{{ config(partition_by=partition_of('backtest'), cluster_by=['model_id']) }}

select
  model_id,
  cutoff,
  horizon_start,
  market,
  product_id,
  lifecycle,
  expected_units,
  median_units,
  lower_units,
  upper_units,
  baseline_units,
  actual_units,
  actual_units >= lower_units and actual_units <= upper_units as inside,
  actual_units > baseline_units as beat_baseline,
  expected_units - baseline_units as promised_uplift,
  actual_units - baseline_units as realised_uplift
from {{ ref('stg_backtest') }}
