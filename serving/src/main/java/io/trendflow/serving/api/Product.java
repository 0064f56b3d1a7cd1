package io.trendflow.serving.api;

import io.micronaut.serde.annotation.Serdeable;
import io.trendflow.serving.snapshot.PastScores;
import io.trendflow.serving.store.CatalogRecord;
import io.trendflow.serving.store.ScoreRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Known facts about a product in a market.
 *
 * @param market the market; null, like all following fields, for an unknown id
 * @param lifecycle the lifecycle at as_of: launch, delayed, new, established, dormant, discontinued
 *     or unreleased
 * @param score the score; null if the product is not scored
 * @param reasonsInWords a sentence for each of the score's reasons, in the language that
 *     Accept-Language asks for: English (en) or French (fr); English by default
 * @param catalog the catalogue entry known at as_of; null if there is none
 * @param history scores of earlier runs, oldest first, for a product that is scored now; runs in
 *     hindsight are left out
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
