package io.trendflow.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.trendflow.features.FeatureRows;
import io.trendflow.features.FeatureSettings;
import io.trendflow.features.FeatureSpec;
import io.trendflow.features.KeywordDecision;
import io.trendflow.features.OptionalInput;
import io.trendflow.features.SalesCalendar;
import io.trendflow.features.SourceTables;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.ShufflePartitions;
import io.trendflow.jobs.config.ContentIds;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.jobs.store.SmallQueries;
import io.trendflow.jobs.store.TableStore;
import io.trendflow.schemas.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The clean tables as of the ingests that were visible when the job began, and the features' other
 * inputs.
 *
 * @param ingestIds the visible ingests
 * @param settings settings of the features, with people's decisions on keywords when the job began
 */
record TableSnapshot(
    List<String> ingestIds, SourceTables tables, SalesCalendar calendar, FeatureSettings settings) {

  /**
   * Returns the snapshot of the visible ingests.
   *
   * @throws IllegalArgumentException if there are no sales, or the keyword review can't be read
   */
  static TableSnapshot of(JobContext context) {
    FeatureSettings settings = settings(context.config(), decisions(context));
    List<String> ingests = context.store().batches(Table.INGESTS);
    SourceTables tables =
        new SourceTables(
            context.store().read(Table.DAILY_SALES, ingests),
            context.store().read(Table.CATALOG, ingests),
            context.store().read(Table.SIGNALS, ingests),
            optional(context.store(), ingests));
    SalesCalendar calendar = SalesCalendar.of(tables.sales(), settings);
    if (calendar.watermark().isEmpty()) {
      throw new IllegalArgumentException(
          "Store %s has no sales: run ingest first.".formatted(context.config().store().name()));
    }
    ShufflePartitions.set(context.spark(), calendar.rows());
    SmallQueries.set(context.spark(), calendar.rows());
    calendar.holes().forEach(hole -> context.progress().note("%s", hole));
    return new TableSnapshot(ingests, tables, calendar, settings);
  }

  private static Map<OptionalInput, Dataset<Row>> optional(TableStore store, List<String> ingests) {
    Map<OptionalInput, Dataset<Row>> tables = new EnumMap<>(OptionalInput.class);
    tables.put(OptionalInput.STOCK, store.read(Table.STOCK_LEVELS, ingests));
    tables.put(OptionalInput.CALENDAR, store.read(Table.CALENDAR, ingests));
    tables.values().removeIf(Dataset::isEmpty);
    return tables;
  }

  /** Returns the features that a model of these tables can have. */
  List<FeatureSpec> features() {
    return FeatureRows.specs(settings, tables.optional().keySet());
  }

  /** Returns the feature rows of some cutoffs and of a horizon with some of their columns. */
  FeatureRows featureRows(List<LocalDate> cutoffs, int horizonDays, Set<String> columns) {
    return FeatureRows.at(
        tables, calendar, cutoffs, settings.ofHorizon(horizonDays), columns::contains);
  }

  private static List<KeywordDecision> decisions(JobContext context) {
    String file = context.config().features().keywordReview();
    return file == null
        ? List.of()
        : KeywordReview.read(
            context.spark().sessionState().newHadoopConf(),
            file,
            context.config().markets().keySet());
  }

  /** Returns the hash of the features' inputs other than the ingests. */
  String settingsId() {
    return ContentIds.hash(settings);
  }

  /** Returns the latest complete day of sales. */
  LocalDate lastDay() {
    return calendar.watermark().orElseThrow();
  }

  /** Returns the first day of sales. */
  LocalDate firstDay() {
    return calendar.firstDay().orElseThrow();
  }

  private static FeatureSettings settings(JobConfig config, List<KeywordDecision> decisions) {
    Map<String, List<String>> geos =
        config.markets().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, market -> market.getValue().trendGeos()));
    Map<String, String> countries = new TreeMap<>();
    config
        .markets()
        .forEach(
            (name, market) -> {
              if (market.country() != null) {
                countries.put(name, market.country());
              }
            });
    Map<String, Integer> cadences = new TreeMap<>();
    config
        .sources()
        .forEach(
            (name, source) -> {
              if (source.cadence() != null) {
                cadences.put(name, (int) source.cadence().toDays());
              }
            });
    return new FeatureSettings(
        config.horizonDays(),
        geos,
        countries,
        config.features().attributes(),
        cadences,
        config.features().keywordConfidence(),
        decisions);
  }

  /**
   * Returns the latest complete day of each sales and trend source, as known at the end of a day.
   */
  Map<String, LocalDate> watermarks(LocalDate asOf) {
    Map<String, LocalDate> days = new TreeMap<>(calendar.watermarks(asOf));
    Instant end = asOf.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    tables
        .signals()
        .filter(col("available_at").leq(lit(end)))
        .groupBy("source")
        .agg(max(expr("date_add(observed_on, cast(period_days as int) - 1)")))
        .collectAsList()
        .forEach(row -> days.put(row.getString(0), row.getAs(1)));
    return days;
  }
}
