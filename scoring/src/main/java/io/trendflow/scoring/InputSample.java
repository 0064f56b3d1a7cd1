package io.trendflow.scoring;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import io.trendflow.model.FeatureEncoder;
import io.trendflow.model.InputFeature;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Encoded inputs of a part of the feature rows, which is the same for the same rows.
 *
 * @param cutoffs cutoff of each row
 * @param rows rows of {@link FeatureEncoder#encode}
 */
public record InputSample(List<LocalDate> cutoffs, List<double[]> rows) {
  /** Most rows that are read, about 30 MB. */
  private static final int MOST = 20_000;

  private static final long PARTS = 1_000_000;

  /** Reads about 20,000 of the rows, or all if there are fewer. */
  public static InputSample of(
      Dataset<Row> featureRows, List<InputFeature> features, double missing) {
    long parts = parts(featureRows.count());
    FeatureEncoder encoder = new FeatureEncoder(features, missing);
    List<LocalDate> cutoffs = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
    featureRows
        .filter(pmod(hash(), lit(PARTS)).lt(parts))
        .select(
            Stream.concat(
                    Stream.of(col("cutoff")),
                    features.stream().map(feature -> col("`" + feature.name() + "`")))
                .toArray(Column[]::new))
        .toLocalIterator()
        .forEachRemaining(
            row -> {
              cutoffs.add(row.getAs(0));
              List<@Nullable Object> values = new ArrayList<>();
              for (int i = 1; i <= features.size(); i++) {
                values.add(row.get(i));
              }
              rows.add(encoder.encode(values));
            });
    return new InputSample(cutoffs, rows);
  }

  /** Returns the hash of a row by which it is chosen. */
  public static Column hash() {
    return xxhash64(col("cutoff"), col("market"), col("product_id"));
  }

  /**
   * Returns whether a row is among those that are read.
   *
   * @param hash {@link #hash} of the row
   * @param count number of all rows
   */
  public static boolean includes(long hash, long count) {
    return Math.floorMod(hash, PARTS) < parts(count);
  }

  private static long parts(long count) {
    return count <= MOST ? PARTS : PARTS * MOST / count;
  }
}
