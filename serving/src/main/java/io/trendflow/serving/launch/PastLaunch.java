package io.trendflow.serving.launch;

import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Earlier launch that a product can be compared with: of the same market and category, on sale for
 * 28 days or more.
 *
 * @param productId id of the launched product
 * @param name its name in the catalogue; null if it has none
 * @param price price in the catalogue, in the market's currency; null if unknown
 * @param firstSale day of the first sale
 * @param unitsSold units sold less units returned from the first sale to the end of each of the
 *     first 28 days
 */
@Serdeable
public record PastLaunch(
    String productId,
    @Nullable String name,
    @Nullable BigDecimal price,
    LocalDate firstSale,
    List<Double> unitsSold) {
  /** Number of days from the first sale that are compared. */
  public static final int DAYS = 28;

  /** Returns the units sold in the first days, at most {@link #DAYS}. */
  public double unitsIn(int days) {
    return unitsSold.get(days - 1);
  }
}
