package io.trendflow.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.trendflow.features.FeatureRows;
import io.trendflow.training.CachedRows;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.jspecify.annotations.Nullable;

/** Features of consecutive runs, computed in one pass over the tables when the first needs them. */
final class FeaturePass implements AutoCloseable {
  /**
   * Features of the remaining days of the pass.
   *
   * @param ingestIds ingests of the tables that were read
   * @param settingsId hash of the settings of the features
   * @param inputs features that the rows have
   */
  private record Computed(
      List<String> ingestIds, String settingsId, Set<String> inputs, FeatureRows features) {

    boolean suits(TableSnapshot snapshot, Set<String> needed) {
      return ingestIds.equals(snapshot.ingestIds())
          && settingsId.equals(snapshot.settingsId())
          && inputs.containsAll(needed);
    }
  }

  private final List<LocalDate> days;
  private @Nullable Computed computed;

  /**
   * Creates a pass.
   *
   * @param days the days of the runs, in their order
   */
  FeaturePass(List<LocalDate> days) {
    this.days = List.copyOf(days);
  }

  /**
   * Returns the features as known at the end of a day. A day that does not belong to the pass, or
   * that is its last, is computed alone. The days are computed again if the tables, the settings or
   * the model's features have changed since.
   *
   * @param inputs features that the model needs
   */
  FeatureRows at(TableSnapshot snapshot, LocalDate day, Set<String> inputs) {
    int position = days.indexOf(day);
    Computed kept = computed;
    if (position < 0) {
      return features(snapshot, List.of(day), inputs);
    }
    if (kept == null || !kept.suits(snapshot, inputs)) {
      close();
      if (position == days.size() - 1) {
        return features(snapshot, List.of(day), inputs);
      }
      kept = computed(snapshot, days.subList(position, days.size()), inputs);
      computed = kept;
    }
    Column ofDay = col("cutoff").equalTo(lit(day));
    return new FeatureRows(
        kept.features().rows().where(ofDay), kept.features().productKeywords().where(ofDay));
  }

  private static Computed computed(
      TableSnapshot snapshot, List<LocalDate> cutoffs, Set<String> inputs) {
    FeatureRows all = features(snapshot, cutoffs, inputs);
    return new Computed(
        snapshot.ingestIds(),
        snapshot.settingsId(),
        Set.copyOf(inputs),
        new FeatureRows(CachedRows.of(all.rows()), CachedRows.of(all.productKeywords())));
  }

  private static FeatureRows features(
      TableSnapshot snapshot, List<LocalDate> cutoffs, Set<String> inputs) {
    return snapshot.featureRows(cutoffs, snapshot.settings().horizonDays(), inputs);
  }

  /** Removes the features from memory and disk. */
  @Override
  public void close() {
    if (computed != null) {
      CachedRows.release(computed.features().rows());
      CachedRows.release(computed.features().productKeywords());
      computed = null;
    }
  }
}
