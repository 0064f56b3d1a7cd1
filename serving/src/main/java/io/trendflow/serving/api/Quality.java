package io.trendflow.serving.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.trendflow.serving.snapshot.MaxAge;
import io.trendflow.serving.snapshot.RunSnapshot;
import io.trendflow.serving.store.IngestRecord;
import io.trendflow.serving.store.Run;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Freshness of a source's data and the outcome of its raw records. The records read are the
 * accepted, excluded and rejected records together.
 *
 * @param source name of the source
 * @param kind sales, catalog or trends
 * @param watermark latest complete day; null if there is none
 * @param ageDays days from the watermark to today
 * @param maxAgeDays maximum age in days that the configuration allows; null for any age
 * @param read records read
 * @param accepted records that the tables have
 * @param excluded records that a configured filter excluded
 * @param rejected records that have a defect
 * @param exclusions excluded records by filter
 * @param rejections rejected records by reason code
 */
@Serdeable
public record Quality(
    String source,
    String kind,
    @Nullable LocalDate watermark,
    @JsonProperty("age_days_today") @Nullable Long ageDays,
    @Nullable Integer maxAgeDays,
    long read,
    long accepted,
    long excluded,
    long rejected,
    List<Count> exclusions,
    List<Count> rejections) {

  /**
   * Number of records that have a filter or a reason code in common.
   *
   * @param name filter or reason code
   * @param records number of records
   */
  @Serdeable
  public record Count(String name, long records) {}

  static List<Quality> of(RunSnapshot snapshot, MaxAge maxAge, LocalDate today) {
    return snapshot.run().sources().stream()
        .map(source -> of(source, snapshot.ingests(), maxAge, today))
        .toList();
  }

  private static Quality of(
      Run.Source source, List<IngestRecord> ingests, MaxAge maxAge, LocalDate today) {
    String name = source.source();
    List<IngestRecord.File> files =
        ingests.stream()
            .flatMap(ingest -> ingest.files().stream())
            .filter(file -> file.source().equals(name))
            .toList();
    LocalDate watermark = source.watermark();
    return new Quality(
        name,
        source.kind(),
        watermark,
        watermark == null ? null : (Long) ChronoUnit.DAYS.between(watermark, today),
        maxAge.of(name),
        sum(files, IngestRecord.File::read),
        sum(files, IngestRecord.File::accepted),
        sum(files, IngestRecord.File::excluded),
        sum(files, IngestRecord.File::rejected),
        counts(
            ingests.stream()
                .flatMap(ingest -> ingest.exclusions().stream())
                .filter(exclusion -> exclusion.source().equals(name))
                .map(exclusion -> new Count(exclusion.rule(), exclusion.records()))),
        counts(
            ingests.stream()
                .flatMap(ingest -> ingest.rejections().stream())
                .filter(rejection -> rejection.source().equals(name))
                .map(rejection -> new Count(rejection.reason(), rejection.records()))));
  }

  private static long sum(
      List<IngestRecord.File> files, ToLongFunction<IngestRecord.File> records) {
    return files.stream().mapToLong(records).sum();
  }

  private static List<Count> counts(Stream<Count> counts) {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach(count -> sums.merge(count.name(), count.records(), Long::sum));
    return sums.entrySet().stream().map(sum -> new Count(sum.getKey(), sum.getValue())).toList();
  }
}
