-- The latest run has as many rows in the mart as it published.
select run.run_id, run.scored_rows, count(recommendation.product_id) as shown
from {{ ref('stg_runs') }} as run
inner join {{ ref('int_run_of_day') }} as latest on run.run_id = latest.run_id and latest.is_latest
left join {{ ref('fct_recommendation') }} as recommendation on run.run_id = recommendation.run_id
group by run.run_id, run.scored_rows
having run.scored_rows != count(recommendation.product_id)
