package io.trendflow.features;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Takes a product's texts apart, once for the rows of all cutoffs, which follow each other. Every
 * task has its own.
 */
final class LastTexts implements Serializable {
  private transient List<@Nullable String> source = List.of();
  private transient @Nullable ProductTexts texts;

  ProductTexts of(Row product) {
    List<@Nullable String> given =
        Arrays.asList(product.getAs("name"), product.getAs("brand"), product.getAs("category"));
    ProductTexts last = texts;
    if (last == null || !given.equals(source)) {
      last = ProductTexts.of(given.get(0), given.get(1), given.get(2));
      source = given;
      texts = last;
    }
    return last;
  }
}
