-- Impressions and clicks in Google's search by query and day, from the bulk export of Search Console. The export
-- adds rows with the same key, so that they are added up; it hides rare queries.
SELECT
  data_date AS date,
  query,
  SUM(impressions) AS impressions,
  SUM(clicks) AS clicks
FROM {table}
WHERE data_date BETWEEN @from AND @to
  AND search_type = 'WEB'
  AND query <> ''
GROUP BY date, query
