{{ config(cluster_by=clusters_of('scores')) }}
{%- set main = nth('scores.reasons', 0) %}

-- The latest run, a row per product and market as the service shows it.
select
  scores.run_id,
  scores.as_of,
  scores.horizon_days,
  scores.horizon_start,
  scores.market,
  scores.product_id,
  scores.name,
  scores.category,
  scores.brand,
  scores.lifecycle,
  scores.launch_date,
  scores.expected_units,
  scores.median_units,
  scores.lower_units,
  scores.upper_units,
  scores.baseline_units,
  scores.uplift_units,
  scores.uplift_revenue,
  scores.potential,
  scores.rank,
  scores.growth,
  scores.price,
  scores.price_assumed,
  scores.currency,
  scores.model_id,
  scores.units_q05,
  scores.units_q10,
  scores.units_q25,
  scores.units_q50,
  scores.units_q75,
  scores.units_q90,
  scores.units_q95,
  scores.chance,
  scores.state,
  {{ main }}.family as main_family,
  {{ main }}.feature as main_feature,
  {{ main }}.value as main_value,
  {{ main }}.category as main_category,
  {{ main }}.unit as main_unit,
  {{ main }}.effect as main_effect
from {{ ref('stg_scores') }} as scores
inner join {{ ref('int_run_of_day') }} as run on scores.run_id = run.run_id
where run.is_latest
