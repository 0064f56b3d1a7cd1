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

/** Converts trend values into the rows of {@code trend.signals}. */
final class SignalRows {
  private SignalRows() {}

  /**
   * Returns the values in the contract's columns. If a source has {@code sum_repeated}, the values
   * of one series and day in a pull are added up.
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
