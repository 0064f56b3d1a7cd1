{#- BigQuery's partitioning of a mart: by day, as the contract of a table is partitioned. -#}
{% macro partition_of(table) %}
  {{ return(partition(contracts()[table].partition_by)) }}
{% endmacro %}

{#- BigQuery's clustering of a mart: as the contract of a table is clustered. -#}
{% macro clusters_of(table) %}
  {{ return(contracts()[table].cluster_by) }}
{% endmacro %}

{#- BigQuery's partitioning by a day's column; DuckDB has no partitions. -#}
{% macro partition(column, granularity='day') %}
  {{ return({'field': column, 'data_type': 'date', 'granularity': granularity} if target.type == 'bigquery' else none) }}
{% endmacro %}
