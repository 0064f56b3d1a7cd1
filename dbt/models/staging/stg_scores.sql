select *
from {{ source('prediction', 'scores') }}
where run_id in (select run_id from {{ ref('stg_runs') }})
