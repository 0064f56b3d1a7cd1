package io.trendflow.ingestion;

import static io.trendflow.ingestion.clean.SparkColumns.required;

import io.trendflow.ingestion.config.MarketConfig;
import io.trendflow.ingestion.raw.PullTime;
import io.trendflow.ingestion.raw.RawFile;
import io.trendflow.schemas.PullManifest.PullDays;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Days of which pulls have every record, from their manifests. A day that was not over in a market
 * at the pull is left out.
 */
final class ToldDays {
  private static final StructField SOURCE = required("source", DataTypes.StringType);
  private static final StructField MARKET = required("market", DataTypes.StringType);
  private static final StructField KNOWN = required("available_at", DataTypes.TimestampType);

  private record Pull(String source, PullTime time, List<PullDays> days) {}

  private record Range(Pull pull, String market, LocalDate first, LocalDate last) {}

  private final List<Pull> pulls;
  private final List<Range> ranges = new ArrayList<>();

  private ToldDays(List<Pull> pulls, Map<String, MarketConfig> markets) {
    this.pulls = pulls;
    for (Pull pull : pulls) {
      for (PullDays days : pull.days()) {
        markets.forEach(
            (market, config) -> {
              ZoneId zone = config.zone();
              LocalDate over = pull.time().completeUntil().atZone(zone).toLocalDate().minusDays(1);
              LocalDate last = days.to().isBefore(over) ? days.to() : over;
              if (!last.isBefore(days.from())) {
                ranges.add(new Range(pull, market, days.from(), last));
              }
            });
      }
    }
  }

  /** Returns the days of the pulls that the files belong to. */
  static ToldDays of(List<RawFile> files, Map<String, MarketConfig> markets) {
    Map<String, Pull> pulls = new LinkedHashMap<>();
    for (RawFile file : files) {
      PullTime time = file.pull();
      if (time != null && time.days() != null) {
        pulls.putIfAbsent(
            file.source() + "/" + time.folder(), new Pull(file.source(), time, time.days()));
      }
    }
    return new ToldDays(List.copyOf(pulls.values()), markets);
  }

  boolean isEmpty() {
    return pulls.isEmpty();
  }

  /** Returns the last day of a source's pulls; empty if none of its pulls has days. */
  Optional<LocalDate> last(String source) {
    return ranges.stream()
        .filter(range -> range.pull().source().equals(source))
        .map(Range::last)
        .max(LocalDate::compareTo);
  }

  /** Returns the pulls: source and available_at. */
  Dataset<Row> pulls(SparkSession spark) {
    return spark.createDataFrame(
        pulls.stream()
            .map(pull -> RowFactory.create(pull.source(), pull.time().knownAt()))
            .toList(),
        new StructType(new StructField[] {SOURCE, KNOWN}));
  }

  /** Returns the ranges of days: source, market, available_at, first_day, last_day, is_told. */
  Dataset<Row> ranges(SparkSession spark) {
    return spark.createDataFrame(
        ranges.stream()
            .map(
                range ->
                    RowFactory.create(
                        range.pull().source(),
                        range.market(),
                        range.pull().time().knownAt(),
                        range.first(),
                        range.last(),
                        true))
            .toList(),
        new StructType(
            new StructField[] {
              SOURCE,
              MARKET,
              KNOWN,
              required("first_day", DataTypes.DateType),
              required("last_day", DataTypes.DateType),
              required("is_told", DataTypes.BooleanType)
            }));
  }

  /** Returns the days: source, market, available_at, sale_date. */
  Dataset<Row> days(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    for (Range range : ranges) {
      range
          .first()
          .datesUntil(range.last().plusDays(1))
          .forEach(
              day ->
                  rows.add(
                      RowFactory.create(
                          range.pull().source(),
                          range.market(),
                          range.pull().time().knownAt(),
                          day)));
    }
    return spark.createDataFrame(
        rows,
        new StructType(
            new StructField[] {SOURCE, MARKET, KNOWN, required("sale_date", DataTypes.DateType)}));
  }
}
