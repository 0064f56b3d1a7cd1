-- From the first day of sales to the end of the last forecast.
with bounds as (
  select min(day) as first_day, max(day) as last_day
  from (
    select min(sale_date) as day from {{ ref('stg_sales_days') }}
    union all
    select max(last_day) as day from {{ ref('stg_sales_days') }}
    union all
    select max({{ days_after('horizon_start', 'horizon_days - 1') }}) as day from {{ ref('stg_scores') }}
  ) as days
)

select
  day,
  {{ week_of('day') }} as week,
  {{ month_of('day') }} as month,
  extract(year from day) as year,
  {{ weekday('day') }} as weekday,
  {{ weekday('day') }} >= 6 as weekend
from bounds
cross join {{ days('bounds.first_day', 'bounds.last_day', 'day') }}
