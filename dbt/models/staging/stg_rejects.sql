select ingest_id, ingested_on, source, file, record, reason, detail
from {{ source('quality', 'rejects') }}
where ingest_id in (select ingest_id from {{ ref('stg_ingests') }})
