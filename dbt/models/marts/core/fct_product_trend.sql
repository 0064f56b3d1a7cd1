{{ config(cluster_by=clusters_of('product_keywords')) }}
{%- set recent_weeks, weeks, stale_days = 4, 16, 28 %}

-- How each series of the latest run moves, as the service shows it: the mean of its latest 4 weeks relative to the mean
-- of the 12 weeks before them. A series without a value in one of the 16 weeks has no movement.
with run as (
  select run_id, as_of from {{ ref('int_run_of_day') }} where is_latest
),

revisions as (
  select revisions.*, run.as_of
  from {{ ref('stg_signal_revisions') }} as revisions
  cross join run
),

points as (
  {{ latest_pull('revisions', 'as_of') }}
),

ends as (
  select source, metric, keyword, geo, max(last_day) as last_day
  from points
  group by source, metric, keyword, geo
),

-- A period counts in a week if the whole period is inside; the weeks end with the series.
aged as (
  select
    points.source,
    points.metric,
    points.keyword,
    points.geo,
    points.value,
    {{ days_between('points.observed_on', 'ends.last_day') }} as first_age,
    {{ days_between('points.last_day', 'ends.last_day') }} as last_age
  from points
  inner join ends
    on points.source = ends.source
    and points.metric = ends.metric
    and points.keyword = ends.keyword
    and points.geo = ends.geo
),

weekly as (
  select *, (last_age - mod(last_age, 7)) / 7 as week
  from aged
  where first_age < 7 * {{ weeks }}
),

moves as (
  select
    source,
    metric,
    keyword,
    geo,
    count(distinct case when first_age - mod(first_age, 7) = last_age - mod(last_age, 7) then week end) as whole_weeks,
    avg(case when first_age < 7 * {{ recent_weeks }} then value end) as recent_mean,
    avg(case when last_age >= 7 * {{ recent_weeks }} then value end) as earlier_mean
  from weekly
  group by source, metric, keyword, geo
)

select
  keywords.market,
  keywords.product_id,
  keywords.source,
  ends.metric,
  keywords.keyword,
  keywords.geo,
  keywords.confidence,
  keywords.matched_by,
  ends.last_day,
  case when moves.whole_weeks = {{ weeks }} then round(moves.recent_mean, 6) end as recent_mean,
  case when moves.whole_weeks = {{ weeks }} then round(moves.earlier_mean, 6) end as earlier_mean,
  case
    when moves.whole_weeks = {{ weeks }} and moves.earlier_mean > 0
      then round(moves.recent_mean / moves.earlier_mean - 1, 6)
  end as change
from {{ ref('stg_product_keywords') }} as keywords
inner join run on keywords.run_id = run.run_id
inner join ends
  on keywords.source = ends.source and keywords.keyword = ends.keyword and keywords.geo = ends.geo
left join moves
  on ends.source = moves.source
  and ends.metric = moves.metric
  and ends.keyword = moves.keyword
  and ends.geo = moves.geo
where {{ days_between('ends.last_day', 'run.as_of') }} < {{ stale_days }}
