{#-
  Selects the rows of each series' latest pull, since values of different pulls may be scaled differently. Pulls of one
  scale have one id and may tell of a day again: the latest value of a day counts.
  cutoff: the day at whose end the rows must be known and over; without it, what is known by now counts.
-#}
{% macro latest_pull(revisions, cutoff=none) %}
select source, metric, keyword, geo, observed_on, last_day, value
from (
  select
    *,
    first_value(pull_id) over (
      partition by source, metric, keyword, geo
      order by known_from desc, pull_id desc
      rows between unbounded preceding and unbounded following
    ) as latest_pull_id,
    row_number() over (
      partition by source, metric, keyword, geo, pull_id, observed_on
      order by known_from desc
    ) as nth_of_day
  from {{ revisions }}
  {%- if cutoff %}
  where known_from <= {{ end_of(cutoff) }} and last_day <= {{ cutoff }}
  {%- endif %}
) as known
where pull_id = latest_pull_id and nth_of_day = 1
{% endmacro %}
