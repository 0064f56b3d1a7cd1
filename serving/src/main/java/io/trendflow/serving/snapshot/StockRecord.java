package io.trendflow.serving.snapshot;

import io.trendflow.serving.store.ProductKeyed;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Columns of {@code sales_history.stock_levels}: stock of a product at the end of a day. */
public record StockRecord(
    String source,
    String market,
    String productId,
    LocalDate stockDate,
    @Nullable Double onHand,
    @Nullable Double onOrder,
    Instant availableAt)
    implements ProductKeyed {}
