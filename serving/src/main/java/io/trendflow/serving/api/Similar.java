package io.trendflow.serving.api;

import io.micronaut.serde.annotation.Serdeable;
import io.trendflow.serving.snapshot.ScoreFilters;
import io.trendflow.serving.snapshot.ScoreSort;
import io.trendflow.serving.store.CatalogRecord;
import io.trendflow.serving.store.ScoreRecord;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Scored product of the same market and category, and its distance from another product.
 *
 * @param distance price_distance + attribute_distance; 0 for a twin
 * @param priceDistance |ln(price / other price)|, at most 1; 1 if a price is unknown
 * @param attributeDistance 1 - the attributes (name and value, including the brand) that both
 *     products have / the attributes that either has; 1 if neither has one
 */
@Serdeable
public record Similar(
    double distance, double priceDistance, double attributeDistance, ScoreRecord score) {

  /** Properties that are compared. */
  private record Traits(@Nullable BigDecimal price, Set<CatalogRecord.Attribute> attributes) {
    /**
     * Returns the properties of the score if there is one, as the run used them, otherwise of the
     * catalogue entry.
     */
    static Traits of(@Nullable ScoreRecord score, @Nullable CatalogRecord entry) {
      BigDecimal price = entry == null ? null : entry.price();
      String brand = entry == null ? null : entry.brand();
      Set<CatalogRecord.Attribute> attributes = new HashSet<>();
      if (entry != null) {
        attributes.addAll(entry.attributes());
      }
      if (score != null) {
        price = score.price();
        brand = score.brand();
      }
      if (brand != null) {
        attributes.add(new CatalogRecord.Attribute("brand", brand));
      }
      return new Traits(price, attributes);
    }
  }

  /** Returns the most similar products, the nearest first; ties are ordered by product_id. */
  static List<Similar> to(Product product, CallerView view, int limit) {
    ScoreRecord own = product.score();
    CatalogRecord entry = product.catalog();
    String category = category(own, entry);
    if (category == null || product.market() == null) {
      return List.of();
    }
    Traits traits = Traits.of(own, entry);
    return view
        .select(ScoreFilters.of(product.market(), category, null, null), ScoreSort.POTENTIAL)
        .stream()
        .filter(score -> !score.productId().equals(product.productId()))
        .map(score -> of(traits, score, view))
        .sorted(
            Comparator.comparingDouble(Similar::distance)
                .thenComparing(similar -> similar.score().productId()))
        .limit(limit)
        .toList();
  }

  private static @Nullable String category(
      @Nullable ScoreRecord score, @Nullable CatalogRecord entry) {
    if (score != null) {
      return score.category();
    }
    return entry == null ? null : entry.category();
  }

  private static Similar of(Traits traits, ScoreRecord score, CallerView view) {
    CatalogRecord entry = view.entry(score);
    Traits other = Traits.of(score, entry);
    double price = priceDistance(traits.price(), other.price());
    double attributes = attributeDistance(traits.attributes(), other.attributes());
    return new Similar(price + attributes, price, attributes, score);
  }

  private static double priceDistance(@Nullable BigDecimal a, @Nullable BigDecimal b) {
    if (a == null || b == null || a.signum() <= 0 || b.signum() <= 0) {
      return 1;
    }
    return Math.min(1, Math.abs(Math.log(a.doubleValue() / b.doubleValue())));
  }

  private static double attributeDistance(
      Set<CatalogRecord.Attribute> a, Set<CatalogRecord.Attribute> b) {
    long both = a.stream().filter(b::contains).count();
    long either = a.size() + b.size() - both;
    return either == 0 ? 1 : 1 - (double) both / either;
  }
}
