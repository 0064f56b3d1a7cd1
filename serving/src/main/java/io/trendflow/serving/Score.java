package io.trendflow.serving;

import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code prediction.scores}, which its contract describes, and an item of the API's
 * answers. A new column of the contract is a new component here and nothing else.
 */
@Serdeable
record Score(
    String runId,
    LocalDate asOf,
    long horizonDays,
    LocalDate horizonStart,
    String market,
    String productId,
    @Nullable String name,
    @Nullable String category,
    @Nullable String brand,
    String lifecycle,
    @Nullable LocalDate launchDate,
    double expectedUnits,
    double medianUnits,
    double lowerUnits,
    double upperUnits,
    double baselineUnits,
    double upliftUnits,
    @Nullable Double upliftRevenue,
    double potential,
    long rank,
    @Nullable Double growth,
    @Nullable BigDecimal price,
    boolean priceAssumed,
    @Nullable String currency,
    List<Double> recentWeeklyUnits,
    @Nullable String modelId)
    implements Keyed {}
