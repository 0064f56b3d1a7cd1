select run_id, as_of, market, product_id, source, keyword, geo, confidence, matched_by
from {{ source('features', 'product_keywords') }}
where run_id in (select run_id from {{ ref('stg_runs') }})
