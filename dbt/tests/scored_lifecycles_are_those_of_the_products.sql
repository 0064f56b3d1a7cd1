-- A product that the latest run scored has the same lifecycle in the dimension, unless its sales were read again since.
select recommendation.market, recommendation.product_id, recommendation.lifecycle, product.lifecycle as found
from {{ ref('fct_recommendation') }} as recommendation
left join {{ ref('dim_product') }} as product
  on recommendation.market = product.market and recommendation.product_id = product.product_id
cross join {{ ref('stg_runs') }} as run
where run.run_id = recommendation.run_id
  and (select max(finished_at) from {{ ref('stg_ingests') }}) <= run.published_at
  and coalesce(product.lifecycle, 'none') != recommendation.lifecycle
