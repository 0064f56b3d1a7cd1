package io.trendflow.jobs;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Draft of a configuration whose sources are collected from interfaces. */
final class CollectedDraft {
  private static final String SHOPIFY =
      """
        orders:
          preset: shopify-orders-api
          constants: {market: all}
          collect: {shop: acme.myshopify.com, token: "${SHOPIFY_TOKEN}"}     # to do: your shop
        refunds:
          preset: shopify-refunds-api
          constants: {market: all}
          collect: {shop: acme.myshopify.com, token: "${SHOPIFY_TOKEN}"}     # to do: your shop
        stock:
          preset: shopify-stock-api
          constants: {market: all}
          collect: {shop: acme.myshopify.com, token: "${SHOPIFY_TOKEN}"}     # to do: your shop
      """;

  private static final String WOOCOMMERCE =
      """
        woo_orders:
          preset: woocommerce-orders-api
          constants: {market: all}
          collect: {shop: "https://acme.example", key: "${WOO_KEY}", secret: "${WOO_SECRET}"}     # to do: your shop
        woo_refunds:
          preset: woocommerce-refunds-api
          constants: {market: all}
          collect: {shop: "https://acme.example", key: "${WOO_KEY}", secret: "${WOO_SECRET}"}     # to do: your shop
        woo_products:
          preset: woocommerce-products-api
          constants: {market: all}
          collect: {shop: "https://acme.example", key: "${WOO_KEY}", secret: "${WOO_SECRET}"}     # to do: your shop
      """;

  private static final String SERPAPI =
      """
        search_trends:
          preset: serpapi
          collect: {key: "${SERPAPI_KEY}", keywords: [running shoes], places: [GB]}     # to do: your keywords and places
      """;

  private static final String MERCHANT =
      """
        best_sellers:
          preset: merchant-best-sellers
          collect: {account: 1234, token: "${MERCHANT_TOKEN}", countries: [GB], categories: [166]}     # to do: your account, countries and Google's categories
      """;

  private static final String ANALYTICS =
      """
        visits:
          preset: ga4-items
          collect: {project: acme-shop, table: "acme-shop.analytics_1234.events_*", token: "${BIGQUERY_TOKEN}"}     # to do: your project and table
      """;

  private static final String SEARCH_CONSOLE =
      """
        searches:
          preset: search-console
          collect: {project: acme-shop, table: acme-shop.searchconsole.searchdata_site_impression, token: "${BIGQUERY_TOKEN}"}     # to do: your project and table
      """;

  private static final String BIGQUERY =
      """
        clicks:
          kind: trends
          format: json_lines
          period: day
          pulls: comparable
          columns: {keyword: topic, date: date, value: clicks}     # to do: the columns of your query
          constants: {metric: newsletter_clicks}
          collect:
            api: bigquery
            project: acme-shop     # to do: your project
            token: "${BIGQUERY_TOKEN}"
            # to do: your query, with a column date of the type DATE
            sql: |
              SELECT day AS date, topic, SUM(clicks) AS clicks
              FROM `acme-shop.mail.clicks`
              WHERE day BETWEEN @from AND @to
              GROUP BY day, topic
      """;

  private static final Map<String, String> SOURCES =
      new TreeMap<>(
          Map.of(
              "shopify",
              SHOPIFY,
              "woocommerce",
              WOOCOMMERCE,
              "serpapi",
              SERPAPI,
              "merchant",
              MERCHANT,
              "analytics",
              ANALYTICS,
              "search-console",
              SEARCH_CONSOLE,
              "bigquery",
              BIGQUERY));

  private CollectedDraft() {}

  /**
   * Returns a configuration.
   *
   * @param names names of interfaces, such as shopify
   * @throws IllegalArgumentException if a name is unknown
   */
  static String yaml(List<String> names, String raw, String store) {
    StringBuilder sources = new StringBuilder();
    Set<String> distinct = new LinkedHashSet<>(names);
    for (String name : distinct) {
      String blocks = SOURCES.get(name);
      if (blocks == null) {
        throw new IllegalArgumentException(
            "--source is %s: use one of %s.".formatted(name, SOURCES.keySet()));
      }
      sources.append(blocks);
    }
    return """
    # Sources that bin/trendflow collect pulls; docs/collection.md explains the keys. Secrets come from the
    # environment variables that ${...} names. Complete the lines that are marked with "to do".
    raw: {path: %s}
    store: {path: %s}
    markets:
      all: {currency: EUR, time_zone: Europe/Paris}     # to do: the shop's currency and time zone
    catalog: {infer_from_sales: true}
    sources:
    %s"""
        .formatted(raw, store, sources);
  }
}
