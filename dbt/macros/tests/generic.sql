{#- Data tests with arguments; each selects the rows that fail. -#}

{% test unique_key(model, columns) %}
select {{ columns | join(', ') }}
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1
{% endtest %}

{% test between(model, column_name, least, most=none) %}
select {{ column_name }}
from {{ model }}
where {{ column_name }} < {{ least }} {%- if most is not none %} or {{ column_name }} > {{ most }}{% endif %}
{% endtest %}

{#- Values of a row must not fall from one column to the next. -#}
{% test ordered(model, columns) %}
select {{ columns | join(', ') }}
from {{ model }}
where {% for column in columns[1:] %}{{ columns[loop.index0] }} > {{ column }}{{ ' or ' if not loop.last }}{% endfor %}
{% endtest %}

{% test adds_up(model, total, parts) %}
select {{ total }}
from {{ model }}
where {{ total }} != {{ parts | join(' + ') }}
{% endtest %}

{#- A column must add up to the same as in another model, so that a join neither loses nor repeats rows. -#}
{% test same_sum(model, column, of, as=none) %}
select ours.total as ours, theirs.total as theirs
from (select sum({{ column }}) as total from {{ model }}) as ours
cross join (select {{ as or 'sum(' ~ column ~ ')' }} as total from {{ of }}) as theirs
where abs(coalesce(ours.total, 0) - coalesce(theirs.total, 0)) > 1e-6
{% endtest %}

{#- A column must have a value exactly in the complete rows. -#}
{% test complete_has(model, column) %}
select complete, {{ column }}
from {{ model }}
where complete != ({{ column }} is not null)
{% endtest %}
