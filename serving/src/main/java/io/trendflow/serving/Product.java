package io.trendflow.serving;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a product in a market.
 *
 * @param market null, as all that follows, for an id that nobody knows
 * @param lifecycle at as_of: one of the scored ones, dormant, discontinued or unreleased
 * @param score null where the product is not scored
 * @param reasonsInWords a sentence for each of the score's reasons, in the language that
 *     Accept-Language asks for: English (en) or French (fr), English else
 * @param catalog as the catalogue described it at as_of; null where it doesn't
 * @param history what earlier runs said of a product that is scored now, oldest first; without runs
 *     in hindsight
 */
@Serdeable
record Product(
    String productId,
    @Nullable String market,
    @Nullable String lifecycle,
    @Nullable Score score,
    List<String> reasonsInWords,
    @Nullable CatalogEntry catalog,
    List<PastScores.Past> history) {

  static Product unknown(String id) {
    return new Product(id, null, null, null, List.of(), null, List.of());
  }
}
