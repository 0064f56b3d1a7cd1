-- Best sellers of the last 26 weeks by week, country and category, from the Merchant Center transfer. The transfer
-- writes the latest report every day, so that the last one of each week is taken.
SELECT
  DATE_TRUNC(_PARTITIONDATE, WEEK(MONDAY)) AS date,
  title,
  country_code,
  report_category_id,
  rank,
  relative_demand
FROM {table}
WHERE _PARTITIONDATE >= DATE_SUB(CURRENT_DATE(), INTERVAL 182 DAY)
QUALIFY _PARTITIONDATE = MAX(_PARTITIONDATE) OVER (PARTITION BY DATE_TRUNC(_PARTITIONDATE, WEEK(MONDAY)))
