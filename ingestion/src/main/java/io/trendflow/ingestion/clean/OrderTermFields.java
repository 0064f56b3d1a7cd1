package io.trendflow.ingestion.clean;

import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.raw.FileHeader;
import io.trendflow.ingestion.raw.FileRejectedException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Fields of a catalogue about ordering a product from its supplier. */
final class OrderTermFields {
  /** Longest lead time in days. */
  private static final BigDecimal LONGEST_LEAD = new BigDecimal(1_000);

  private final BoundField unitCost;
  private final BoundField leadTimeDays;
  private final BoundField moq;
  private final BoundField packSize;
  private final BoundField supplier;
  private final BoundField salvageRate;

  OrderTermFields(SourceConfig source, FileHeader header) throws FileRejectedException {
    this.unitCost = new BoundField("unit_cost", source, header);
    this.leadTimeDays = new BoundField("lead_time_days", source, header);
    this.moq = new BoundField("moq", source, header);
    this.packSize = new BoundField("pack_size", source, header);
    this.supplier = new BoundField("supplier", source, header);
    this.salvageRate = new BoundField("salvage_rate", source, header);
  }

  /** Returns the terms of a record; a term without a text is null. */
  Values values(String[] record) throws RecordDefectException {
    BigDecimal cost = unitCost.amount(record, SparkColumns.UNIT_LIMIT);
    BigDecimal rate = salvageRate.amount(record, BigDecimal.ONE);
    return new Values(
        SparkColumns.money(cost),
        leadTimeDays.whole(record, 0, LONGEST_LEAD),
        moq.whole(record, 1, SparkColumns.UNIT_LIMIT),
        packSize.whole(record, 1, SparkColumns.UNIT_LIMIT),
        supplier.text(record),
        rate == null ? null : rate.doubleValue());
  }

  /**
   * Terms of a record.
   *
   * @param unitCost purchase price of a unit
   * @param leadTimeDays days from an order to its arrival
   * @param moq minimum order quantity in units
   * @param packSize units in a pack
   * @param salvageRate share of the cost, from 0 to 1, that an unsold unit brings
   */
  record Values(
      @Nullable BigDecimal unitCost,
      @Nullable Long leadTimeDays,
      @Nullable Long moq,
      @Nullable Long packSize,
      @Nullable String supplier,
      @Nullable Double salvageRate) {}
}
