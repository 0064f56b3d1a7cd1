{#- What BigQuery and DuckDB spell differently. Each macro has one branch for each of the two. -#}

{#- Returns the day that is some days after another. -#}
{% macro days_after(day, days) %}
  {{- 'date_add(' ~ day ~ ', interval (' ~ days ~ ') day)' if target.type == 'bigquery' else '(' ~ day ~ ' + cast(' ~ days ~ ' as integer))' -}}
{% endmacro %}

{#- Returns the number of days from one day to a later one. -#}
{% macro days_between(first, last) %}
  {{- 'date_diff(' ~ last ~ ', ' ~ first ~ ', day)' if target.type == 'bigquery' else "date_diff('day', " ~ first ~ ', ' ~ last ~ ')' -}}
{% endmacro %}

{#- Returns the Monday of a day's week. -#}
{% macro week_of(day) %}
  {{- 'date_trunc(' ~ day ~ ', isoweek)' if target.type == 'bigquery' else "cast(date_trunc('week', " ~ day ~ ') as date)' -}}
{% endmacro %}

{#- Returns the first day of a day's month. -#}
{% macro month_of(day) %}
  {{- 'date_trunc(' ~ day ~ ', month)' if target.type == 'bigquery' else "cast(date_trunc('month', " ~ day ~ ') as date)' -}}
{% endmacro %}

{#- Returns an instant in UTC, as a timestamp without a zone in DuckDB. -#}
{% macro utc(instant) %}
  {{- instant if target.type == 'bigquery' else "timezone('UTC', " ~ instant ~ ')' -}}
{% endmacro %}

{#- Returns the instant at which a cutoff ends: what was known by then counts for the day. -#}
{% macro end_of(day) %}
  {{- 'timestamp(' ~ days_after(day, 1) ~ ')' if target.type == 'bigquery' else 'cast(' ~ days_after(day, 1) ~ ' as timestamp)' -}}
{% endmacro %}

{#- Returns a relation for `cross join` whose rows are the elements of a list; they are read by the name. -#}
{% macro elements(list, name) %}
  {{- 'unnest(' ~ list ~ ') as ' ~ name if target.type == 'bigquery' else 'unnest(' ~ list ~ ') as ' ~ name ~ '_rows(' ~ name ~ ')' -}}
{% endmacro %}

{#- Returns a relation for `cross join` whose rows are the days from one to another, both included. -#}
{% macro days(first, last, name) %}
  {{- elements('generate_date_array(' ~ first ~ ', ' ~ last ~ ')', name) if target.type == 'bigquery'
      else elements('cast(generate_series(' ~ first ~ ', ' ~ last ~ ', interval 1 day) as date[])', name) -}}
{% endmacro %}

{#- Returns the nth element of a list, from 0; null if the list is shorter. -#}
{% macro nth(list, index) %}
  {{- list ~ ('[safe_offset(' ~ index ~ ')]' if target.type == 'bigquery' else '[' ~ (index + 1) ~ ']') -}}
{% endmacro %}

{#- Returns the ISO weekday of a day, 1 for Monday. -#}
{% macro weekday(day) %}
  {{- days_between(week_of(day), day) ~ ' + 1' -}}
{% endmacro %}

{#- Returns the type of an approximate number. -#}
{% macro float_type() %}
  {{- 'float64' if target.type == 'bigquery' else 'double' -}}
{% endmacro %}

{#- Returns the type of an amount of money. -#}
{% macro money_type() %}
  {{- 'numeric' if target.type == 'bigquery' else 'decimal(38, 9)' -}}
{% endmacro %}
