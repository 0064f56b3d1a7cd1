-- Terms with the most searches by week and country, from Google's public data. The scores of a country's regions are
-- averaged. The latest refresh has the last five years of each term.
SELECT
  week AS date,
  term,
  country_code,
  MIN(rank) AS rank,
  AVG(score) AS score
FROM {table}
-- The first condition alone makes BigQuery leave the other days' partitions unread.
WHERE refresh_date >= DATE_SUB(CURRENT_DATE(), INTERVAL 4 DAY)
  AND refresh_date = (
    SELECT MAX(refresh_date) FROM {table} WHERE refresh_date >= DATE_SUB(CURRENT_DATE(), INTERVAL 4 DAY)
  )
  AND score IS NOT NULL
GROUP BY date, term, country_code
