package io.trendflow.ingestion;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import io.trendflow.ingestion.config.SourceConfig;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Trend values to {@code trend.signals}. */
final class SignalRows {
  private SignalRows() {}

  /**
   * The values in the contract's columns; those of sources with {@code sum_repeated} are added up
   * where a pull has several for one series and day.
   */
  static Dataset<Row> of(Dataset<Row> values, Map<String, SourceConfig> sources) {
    Dataset<Row> signals = values.withColumnRenamed("day", "observed_on").drop("file", "record");
    Object[] summed =
        sources.entrySet().stream()
            .filter(source -> source.getValue().sumRepeated())
            .map(Map.Entry::getKey)
            .toArray();
    if (summed.length == 0) {
      return signals;
    }
    Column isSummed = col("source").isin(summed);
    Column[] series =
        Arrays.stream(signals.columns())
            .filter(name -> !name.equals("value"))
            .map(name -> col(name))
            .toArray(Column[]::new);
    Dataset<Row> sums = signals.where(isSummed).groupBy(series).agg(sum("value").as("value"));
    return signals.where(not(isSummed)).unionByName(sums);
  }
}
