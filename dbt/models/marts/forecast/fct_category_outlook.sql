-- The sums that the service shows for a market's categories; they add up to the market's.
select
  run_id,
  as_of,
  market,
  category,
  count(*) as products,
  round(sum(expected_units), 6) as expected_units,
  round(sum(baseline_units), 6) as baseline_units,
  round(sum(uplift_units), 6) as uplift_units,
  round(sum(expected_units * cast(price as {{ float_type() }})), 6) as expected_revenue,
  round(sum(uplift_revenue), 6) as uplift_revenue,
  max(currency) as currency
from {{ ref('fct_recommendation') }}
group by run_id, as_of, market, category
