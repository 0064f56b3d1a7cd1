{#- Returns whether the list `ingest_ids` of a relation with one row names exactly the ingests that are visible now. -#}
{% macro reads_visible_ingests(relation) -%}
(
    select count(*) = count(visible.ingest_id) and count(*) = (select count(*) from {{ ref('stg_ingests') }})
    from {{ relation }}
    cross join {{ elements(relation ~ '.ingest_ids', 'read_id') }}
    left join {{ ref('stg_ingests') }} as visible on read_id = visible.ingest_id
  )
{%- endmacro %}
