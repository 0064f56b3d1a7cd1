package io.trendflow.serving.sales;

import io.micronaut.serde.annotation.Serdeable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Sales of seven days in a market, summed over products.
 *
 * @param market the market
 * @param firstDay first of the seven days
 * @param units units sold less units returned
 * @param revenue revenue of the units sold less refunds, in the market's currency; null if unknown
 */
@Serdeable
public record SalesWeek(
    String market, LocalDate firstDay, double units, @Nullable Double revenue) {}
