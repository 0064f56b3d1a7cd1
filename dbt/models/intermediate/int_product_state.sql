{#- The definitions of docs/architecture.md; a test compares the lifecycles with those of the latest run. -#}
{%- set recent_days, launch_ahead_days, delayed_days, new_days = 84, 28, 56, 56 %}

-- What was known at the end of the latest run's cutoff, or by now if there is no run.
with cutoff as (
  select coalesce(
    (select max(as_of) from {{ ref('int_run_of_day') }}),
    (select max(last_day) from {{ ref('stg_sales_days') }})
  ) as day
),

known_sales as (
  select revisions.*
  from {{ ref('stg_sales_revisions') }} as revisions
  cross join cutoff
  where revisions.known_from <= {{ end_of('cutoff.day') }}
    and (revisions.known_until is null or revisions.known_until > {{ end_of('cutoff.day') }})
),

known_entries as (
  select revisions.*
  from {{ ref('stg_product_revisions') }} as revisions
  cross join cutoff
  where revisions.known_from <= {{ end_of('cutoff.day') }}
    and (revisions.known_until is null or revisions.known_until > {{ end_of('cutoff.day') }})
),

bounds as (
  select
    max(cutoff.day) as cutoff,
    case when max(known_sales.last_day) < max(cutoff.day) then max(known_sales.last_day) else max(cutoff.day) end as last_day
  from cutoff
  left join known_sales on true
),

holes as (
  {{ holes_of('known_sales') }}
),

sources as (
  select source, min(sale_date) as first_day from known_sales group by source
),

sold as (
  select
    known_sales.market,
    known_sales.product_id,
    min(case when known_sales.gross_units > 0 then known_sales.sale_date end) as first_sale,
    max(case when known_sales.gross_units > 0 then known_sales.last_day end) as last_sale,
    sum(case
      when known_sales.sale_date > {{ days_after('bounds.last_day', -recent_days) }} and known_sales.last_day <= bounds.last_day
        then known_sales.gross_units
      else 0
    end) as recent_gross_units
  from known_sales
  cross join bounds
  group by known_sales.market, known_sales.product_id
),

-- The source of the first sale: the first by name if several sold on that day.
first_sources as (
  select known_sales.market, known_sales.product_id, min(known_sales.source) as source
  from known_sales
  inner join sold
    on known_sales.market = sold.market
    and known_sales.product_id = sold.product_id
    and known_sales.sale_date = sold.first_sale
  where known_sales.gross_units > 0
  group by known_sales.market, known_sales.product_id
),

unknown as (
  select distinct known_sales.market, known_sales.product_id
  from known_sales
  inner join holes on known_sales.source = holes.source
  cross join bounds
  where holes.last_day > {{ days_after('bounds.last_day', -recent_days) }} and holes.first_day <= bounds.last_day
),

products as (
  select market, product_id from known_entries
  union distinct
  select market, product_id from sold where first_sale is not null
),

described as (
  select
    products.market,
    products.product_id,
    bounds.cutoff as as_of,
    sold.first_sale,
    sold.last_sale,
    case
      when known_entries.launch_date is not null or coalesce(known_entries.launch_censored, false)
        then known_entries.launch_date
      when sold.first_sale >= {{ days_after('sources.first_day', recent_days) }} then sold.first_sale
    end as launch_day,
    known_entries.discontinued_on,
    case when unknown.product_id is null then sold.recent_gross_units end as recent_gross_units
  from products
  cross join bounds
  left join known_entries
    on products.market = known_entries.market and products.product_id = known_entries.product_id
  left join sold
    on products.market = sold.market and products.product_id = sold.product_id
  left join first_sources
    on products.market = first_sources.market and products.product_id = first_sources.product_id
  left join sources
    on first_sources.source = sources.source
  left join unknown
    on products.market = unknown.market and products.product_id = unknown.product_id
)

select
  market,
  product_id,
  as_of,
  first_sale,
  last_sale,
  launch_day,
  case
    when discontinued_on <= {{ days_after('as_of', 1) }} then 'discontinued'
    when first_sale is null and (launch_day is null or launch_day > {{ days_after('as_of', launch_ahead_days) }}) then 'unreleased'
    when first_sale is null and launch_day > as_of then 'launch'
    when first_sale is null and {{ days_between('launch_day', 'as_of') }} <= {{ delayed_days }} then 'delayed'
    when first_sale is null then 'dormant'
    when recent_gross_units = 0 then 'dormant'
    when launch_day is not null and {{ days_between('first_sale', 'as_of') }} < {{ new_days }} then 'new'
    else 'established'
  end as lifecycle
from described
