package io.trendflow.ingestion.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.ingestion.raw.RawFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers of interfaces in their documented form, read by the presets that collect them. */
class CollectedAnswersTest {
  private final RawFolder raw;

  CollectedAnswersTest(@TempDir Path folder) {
    this.raw = new RawFolder(folder);
  }

  private List<String> read(String preset, String answer, String columns) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            CollectedAnswersTest.class.getResourceAsStream("../collected/" + answer))) {
      raw.bytes("s/page-00001" + answer.substring(answer.indexOf('.')), in.readAllBytes());
    }
    boolean ofMarkets = preset.startsWith("shopify") || preset.startsWith("woocommerce");
    String market = ofMarkets ? ", constants: {market: 'uk'}" : "";
    return raw.preset("s", preset, "{files: 's/*'" + market + "}").records(columns);
  }

  @Test
  void shopifysOrdersAreOnTheDayOfTheShop() throws IOException {
    // Half past eleven in UTC is half past midnight in London's summer.
    assertThat(
            read(
                "shopify-orders-api",
                "shopify-orders.json",
                "product_id day units amount currency order_id brand"))
        .containsExactly(
            "MUG-1 2024-05-02 2.0 9.000000000 GBP #1001 Acme",
            "Gift card 2024-05-02 1.0 10.000000000 GBP #1001 null",
            "excluded cancelled_order",
            "read 3");
  }

  @Test
  void shopifysRefundsAreReturns() throws IOException {
    assertThat(
            read(
                "shopify-refunds-api",
                "shopify-refunds.json",
                "product_id day units amount order_id"))
        .containsExactly("MUG-1 2024-05-02 -1.0 4.500000000 #1001", "read 1");
  }

  @Test
  void shopifysVariantsAreProducts() throws IOException {
    for (String preset : List.of("shopify-products-api", "shopify-stock-api")) {
      assertThat(
              read(
                  preset, "shopify-products.json", "product_id name category brand price in_stock"))
          .containsExactly("MUG-1 Mug Kitchen Acme 4.500000000 false", "read 1");
    }
  }

  @Test
  void woocommercesOrdersAreOnTheDayOfTheSite() throws IOException {
    assertThat(
            read(
                "woocommerce-orders-api",
                "woocommerce-orders.json",
                "product_id day units amount order_id"))
        .containsExactly(
            "MUG-1 2024-05-02 2.0 9.000000000 727",
            "22 2024-05-02 1.0 10.000000000 727",
            "excluded unpaid_order",
            "read 3");
  }

  @Test
  void woocommercesRefundsAreReturns() throws IOException {
    assertThat(
            read(
                "woocommerce-refunds-api",
                "woocommerce-refunds.json",
                "product_id day units amount order_id"))
        .containsExactly("MUG-1 2024-05-02 -1.0 4.500000000 723", "read 1");
  }

  @Test
  void woocommercesProductsAreProducts() throws IOException {
    assertThat(
            read(
                "woocommerce-products-api",
                "woocommerce-products.json",
                "product_id name category price in_stock unit_cost image_url url"))
        .containsExactly(
            "MUG-1 Mug Kitchen 4.500000000 false null https://shop.example/mug.jpg"
                + " https://shop.example/mug",
            "read 1");
  }

  @Test
  void serpapisValuesAreSeries() throws IOException {
    assertThat(read("serpapi", "serpapi.json", "keyword geo day period_days value"))
        .containsExactly(
            "mug GB 2024-05-05 7 40.0",
            "lamp GB 2024-05-05 7 0.0",
            "mug GB 2024-05-12 7 100.0",
            "lamp GB 2024-05-12 7 3.0",
            "read 4");
  }

  @Test
  void googlesBestSellersAreWeeksOfDemand() throws IOException {
    assertThat(
            read(
                "merchant-best-sellers",
                "merchant-best-sellers.json",
                "keyword geo metric day period_days value"))
        .containsExactly(
            "acme mug GB shopping_interest 2024-05-06 7 75.5",
            "travel mug GB shopping_interest 2024-05-06 7 15.5",
            "excluded unknown_demand",
            "excluded incomplete_period",
            "read 4");
  }

  @Test
  void analyticsItemsAreDaysOfVisits() throws IOException {
    assertThat(read("ga4-items", "ga4-items.jsonl", "keyword geo metric day period_days value"))
        .containsExactly(
            "mug all item_views 2024-05-01 1 120.0",
            "mug all cart_additions 2024-05-01 1 14.0",
            "mug all item_views 2024-05-02 1 95.0",
            "mug all cart_additions 2024-05-02 1 0.0",
            "read 4");
  }

  @Test
  void searchConsolesQueriesAreDaysOfSearches() throws IOException {
    assertThat(
            read("search-console", "search-console.jsonl", "keyword metric day period_days value"))
        .containsExactly(
            "enamel mug search_impressions 2024-05-01 1 1520.0",
            "enamel mug search_impressions 2024-05-02 1 1480.0",
            "read 2");
  }

  @Test
  void theTransfersBestSellersAreWeeksOfDemand() throws IOException {
    assertThat(
            read(
                "best-sellers-transfer",
                "best-sellers-transfer.jsonl",
                "keyword geo metric day period_days value"))
        .containsExactly(
            "acme mug GB shopping_interest 2024-05-06 7 75.5",
            "travel mug GB shopping_interest 2024-05-06 7 15.5",
            "excluded unknown_demand",
            "read 3");
  }

  @Test
  void googlesTermsAreWeeksOfInterest() throws IOException {
    assertThat(
            read(
                "google-trends-terms",
                "google-trends-terms.jsonl",
                "keyword geo metric day period_days value"))
        .containsExactly(
            "enamel mug GB interest 2024-05-05 7 37.5",
            "enamel mug GB interest 2024-05-12 7 61.0",
            "read 2");
  }
}
