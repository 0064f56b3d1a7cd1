{#- Returns the longest time in days that a source of sales may be silent. -#}
{% macro cadence_of(source) %}
  {%- set own = var('cadence_days_by_source') -%}
  {%- if own -%}
  case {{ source }}
  {%- for name, days in own.items() %} when '{{ name }}' then {{ days }}{% endfor %} else {{ var('cadence_days') }} end
  {%- else -%}
  {{ var('cadence_days') }}
  {%- endif -%}
{% endmacro %}

{#-
  Selects the holes between the periods of each source of sales: silences that are longer than its cadence.
  revisions: rows with source, sale_date and last_day
-#}
{% macro holes_of(revisions) %}
select
  source,
  {{ days_after('covered_until', 1) }} as first_day,
  {{ days_after('sale_date', -1) }} as last_day
from (
  select
    source,
    sale_date,
    max(last_day) over (
      partition by source
      order by sale_date
      rows between unbounded preceding and 1 preceding
    ) as covered_until
  from (select source, sale_date, max(last_day) as last_day from {{ revisions }} as rows_of group by source, sale_date) as periods
) as covered
where {{ days_between('covered_until', 'sale_date') }} - 1 > {{ cadence_of('source') }}
{% endmacro %}
