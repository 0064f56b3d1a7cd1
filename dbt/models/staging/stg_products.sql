select
  market,
  product_id,
  name,
  category,
  brand,
  price,
  currency,
  launch_date,
  launch_censored,
  discontinued_on,
  in_stock
from {{ ref('stg_product_revisions') }}
where known_until is null
