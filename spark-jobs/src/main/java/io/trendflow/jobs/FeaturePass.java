package io.trendflow.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.trendflow.features.CachedRows;
import io.trendflow.features.FeatureRows;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Features of consecutive runs, computed in one pass over the tables when the first needs them and
 * kept until the pass is closed.
 */
final class FeaturePass implements AutoCloseable {
  /**
   * Features as known at the end of a day.
   *
   * @param rows {@link FeatureRows#rows}
   * @param productKeywords {@link FeatureRows#productKeywords}
   */
  record DayFeatures(Dataset<Row> rows, Dataset<Row> productKeywords) {}

  /**
   * Features of some days.
   *
   * @param days the days, in their order
   * @param ingestIds ingests of the tables that were read
   * @param settingsId hash of the settings of the features
   * @param inputs features that the rows have
   * @param features the features, of which the trend series are kept
   * @param rows their rows, which are kept
   */
  private record Computed(
      List<LocalDate> days,
      List<String> ingestIds,
      String settingsId,
      Set<String> inputs,
      FeatureRows features,
      Dataset<Row> rows) {

    static Computed of(
        TableSnapshot snapshot, List<LocalDate> days, int horizonDays, Set<String> inputs) {
      FeatureRows features = snapshot.featureRows(days, horizonDays, inputs);
      // The rows and the keywords of products are both computed from them.
      features.series().persist(StorageLevel.MEMORY_AND_DISK());
      return new Computed(
          List.copyOf(days),
          snapshot.ingestIds(),
          snapshot.settingsId(),
          Set.copyOf(inputs),
          features,
          CachedRows.of(features.rows()));
    }

    boolean suits(TableSnapshot snapshot, LocalDate day, Set<String> needed) {
      return days.contains(day)
          && ingestIds.equals(snapshot.ingestIds())
          && settingsId.equals(snapshot.settingsId())
          && inputs.containsAll(needed);
    }

    DayFeatures at(LocalDate day) {
      Column ofDay = col("cutoff").equalTo(lit(day));
      return new DayFeatures(rows.where(ofDay), features.productKeywords().where(ofDay));
    }

    void release() {
      CachedRows.release(rows);
      features.release();
    }
  }

  private final List<LocalDate> days;
  private final int horizonDays;
  private @Nullable Computed computed;

  /**
   * Creates a pass.
   *
   * @param days the days of the runs, in their order
   * @param horizonDays number of days that the runs predict
   */
  FeaturePass(List<LocalDate> days, int horizonDays) {
    this.days = List.copyOf(days);
    this.horizonDays = horizonDays;
  }

  /**
   * Returns the features as known at the end of a day. A day that does not belong to the pass is
   * computed alone. The days that remain are computed again if the tables, the settings or the
   * model's features have changed since.
   *
   * @param inputs features that the model needs
   */
  DayFeatures at(TableSnapshot snapshot, LocalDate day, Set<String> inputs) {
    Computed kept = computed;
    if (kept == null || !kept.suits(snapshot, day, inputs)) {
      close();
      kept = Computed.of(snapshot, from(day), horizonDays, inputs);
      computed = kept;
    }
    return kept.at(day);
  }

  private List<LocalDate> from(LocalDate day) {
    int position = days.indexOf(day);
    return position < 0 ? List.of(day) : days.subList(position, days.size());
  }

  /** Removes the features from memory and disk. */
  @Override
  public void close() {
    if (computed != null) {
      computed.release();
      computed = null;
    }
  }
}
