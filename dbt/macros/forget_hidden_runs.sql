{#-
  Deletes the rows of runs that were retracted, or that a later run of the same cutoff replaced: an incremental model
  only adds days.
-#}
{% macro forget_hidden_runs() %}
  {%- if is_incremental() -%}
  delete from {{ this }} where run_id not in (select run_id from {{ ref('int_run_of_day') }})
  {%- endif -%}
{% endmacro %}
