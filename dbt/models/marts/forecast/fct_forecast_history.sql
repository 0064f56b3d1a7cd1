{{
  config(
    materialized='table' if target.name == 'emulator' else 'incremental',
    incremental_strategy='insert_overwrite' if target.type == 'bigquery' else 'delete+insert',
    unique_key=none if target.type == 'bigquery' else 'as_of',
    on_schema_change='append_new_columns',
    partition_by=partition_of('scores'),
    cluster_by=clusters_of('scores'),
    pre_hook="{{ forget_hidden_runs() }}",
  )
}}

-- Of the runs of a cutoff, the one published last.
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
  scores.expected_units,
  scores.median_units,
  scores.lower_units,
  scores.upper_units,
  scores.baseline_units,
  scores.uplift_units,
  scores.uplift_revenue,
  scores.potential,
  scores.rank,
  scores.price,
  scores.currency,
  scores.model_id,
  scores.chance,
  scores.state
from {{ ref('stg_scores') }} as scores
inner join {{ ref('int_run_of_day') }} as run on scores.run_id = run.run_id
{%- if is_incremental() %}
where scores.run_id not in (select run_id from {{ this }})
{%- endif %}
