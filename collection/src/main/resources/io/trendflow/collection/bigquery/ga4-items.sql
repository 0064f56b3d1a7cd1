-- Views of products and additions to carts by day, from the export of Google Analytics 4. Tables of unfinished
-- days have other suffixes and are left out.
SELECT
  PARSE_DATE('%Y%m%d', event_date) AS date,
  item.item_name AS item_name,
  COUNTIF(event_name = 'view_item') AS item_views,
  COUNTIF(event_name = 'add_to_cart') AS cart_additions
FROM {table}, UNNEST(items) AS item
WHERE _TABLE_SUFFIX BETWEEN FORMAT_DATE('%Y%m%d', @from) AND FORMAT_DATE('%Y%m%d', @to)
  AND event_name IN ('view_item', 'add_to_cart')
  AND item.item_name NOT IN ('', '(not set)')
GROUP BY date, item_name
