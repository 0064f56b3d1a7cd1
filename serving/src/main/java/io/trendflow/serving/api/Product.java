package io.trendflow.serving.api;

import io.micronaut.serde.annotation.Serdeable;
import io.trendflow.serving.snapshot.PastScores;
import io.trendflow.serving.store.CatalogRecord;
import io.trendflow.serving.store.ScoreRecord;
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
public record Product(
    String productId,
    @Nullable String market,
    @Nullable String lifecycle,
    @Nullable ScoreRecord score,
    List<String> reasonsInWords,
    @Nullable CatalogRecord catalog,
    List<PastScores.Past> history) {

  static Product unknown(String id) {
    return new Product(id, null, null, null, List.of(), null, List.of());
  }
}
