package io.trendflow.features;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Clean tables from which features are computed, with the columns of their contracts.
 *
 * @param sales {@code sales_history.daily_sales}
 * @param catalog {@code new_product.catalog}
 * @param signals {@code trend.signals}
 * @param optional tables that have rows
 */
public record SourceTables(
    Dataset<Row> sales,
    Dataset<Row> catalog,
    Dataset<Row> signals,
    Map<OptionalInput, Dataset<Row>> optional) {

  public SourceTables {
    optional = Map.copyOf(optional);
  }
}
