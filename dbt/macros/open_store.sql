{#-
  Makes the store's Parquet files readable in DuckDB under the names that the tables have in BigQuery, each with the
  contract's columns: a column that no file has is null, and a table without files is empty.
-#}
{% macro open_store() %}
  {%- if execute and target.type == 'duckdb' and flags.WHICH in ('build', 'run', 'test', 'seed', 'snapshot') -%}
    {%- set store = env_var('TRENDFLOW_STORE_PATH', 'demo/store') -%}
    {%- for table, contract in contracts().items() -%}
      {%- set name = contract.schema ~ '.' ~ table -%}
      {%- set files = store ~ '/' ~ contract.files -%}
      {%- set found = run_query("select count(*) from glob('" ~ files ~ "')").rows[0][0] -%}
      {%- do run_query('create schema if not exists ' ~ contract.schema) -%}
      {%- set columns = [] -%}
      {%- for column, type in contract.columns.items() -%}
        {%- do columns.append('cast(null as ' ~ type ~ ') as "' ~ column ~ '"') -%}
      {%- endfor -%}
      {%- set empty = 'select ' ~ columns | join(', ') ~ ' where false' -%}
      {%- set rows = " union all by name select * from read_parquet('" ~ files ~ "', union_by_name = true, hive_partitioning = false)" -%}
      {%- do run_query('create or replace view ' ~ name ~ ' as ' ~ empty ~ (rows if found else '')) -%}
    {%- endfor -%}
    {%- do run_query('create or replace view quality.visible_ingests as ' ~ visible_ingests('quality.ingests')) -%}
    {%- do run_query('create or replace view prediction.visible_runs as ' ~ visible_runs('prediction.runs')) -%}
  {%- endif -%}
{% endmacro %}
