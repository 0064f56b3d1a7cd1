package io.trendflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.features.FeatureRows;
import io.trendflow.ingestion.RawIngestion;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.jobs.command.JobProgress;
import io.trendflow.jobs.config.JobConfig;
import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Days of pulls, each of which tells the three weeks before it as they were known then: with lines
 * that come late, are corrected and vanish. With {@code TRENDFLOW_INGEST_EVERY_PULL=true}, which
 * takes minutes, there are sixty, and each is ingested when it comes.
 */
@ExtendWith(SharedSpark.class)
class PullsTest {
  private static final boolean EVERY_PULL =
      Boolean.parseBoolean(System.getenv("TRENDFLOW_INGEST_EVERY_PULL"));
  private static final LocalDate FIRST = LocalDate.parse("2025-01-01");
  private static final int DAYS_TOLD = 21;

  /** More than the longest window of the features that are checked. */
  private static final int PULLS = EVERY_PULL ? 60 : 32;

  private static final List<String> PRODUCTS = List.of("pen", "ink", "cup");

  // The first pulls, those about the one that no longer tells the first day, and the last.
  private static final Set<Integer> INGESTED_AFTER =
      Set.of(0, 1, DAYS_TOLD - 1, DAYS_TOLD, DAYS_TOLD + 1, PULLS - 1);

  private final SparkSession spark;
  private final Path folder;

  /**
   * Units by product and day, one map for each pull; a day that a pull tells has every product or
   * none of it.
   */
  private final List<Map<String, Integer>> pulls = new ArrayList<>();

  PullsTest(SparkSession spark, @TempDir Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  @Test
  void dayByDayOrAllAtOnceFeaturesAreWhatWasKnownThen() throws IOException {
    invent(new Random(7));
    List<String> ingests = new ArrayList<>();
    for (int pull = 0; pull < PULLS; pull++) {
      write(pull);
      if (EVERY_PULL || INGESTED_AFTER.contains(pull)) {
        Ingest.Result result = Ingest.run(context("steps", pull), false);
        assertThat(result.alreadyDone()).isFalse();
        ingests.add(result.ingestId());
      }
    }
    assertThat(context("steps", PULLS).store().batches(Table.INGESTS))
        .as("earlier ingests stay, and their files are not read again")
        .containsExactlyInAnyOrderElementsOf(ingests);
    assertThat(Ingest.run(context("steps", PULLS), false).alreadyDone()).isTrue();
    Ingest.run(context("once", PULLS), false);

    assertThat(stored("steps")).as("equal rows have equal features").isEqualTo(stored("once"));
    checkFeatures(context("steps", PULLS));
  }

  @Test
  void aPullThatCameLateMakesTheLaterOnesBeReadAgain() throws IOException {
    invent(new Random(8));
    write(0);
    write(2);
    Ingest.Result first = Ingest.run(context("late", 2), false);
    write(3);
    Ingest.Result second = Ingest.run(context("late", 3), false);
    write(1);
    Ingest.Result third = Ingest.run(context("late", 3), false);
    JobContext context = context("late", 3);
    Row commit = context.store().read(Table.INGESTS, third.ingestId()).first();
    assertThat(commit.<String>getList(commit.fieldIndex("supersedes")))
        .containsExactlyInAnyOrder(first.ingestId(), second.ingestId());
    Ingest.run(context("late_once", 3), false);
    assertThat(stored("late")).isEqualTo(stored("late_once"));
  }

  @Test
  void aFileOfTheSameSizeAndTimeIsNotReadAgainUnlessForced() throws IOException {
    invent(new Random(10));
    write(0);
    JobContext context = context("same", 1);
    Ingest.Result first = Ingest.run(context, false);
    pulls.get(0).replaceAll((key, units) -> 9 - units);
    write(0);
    assertThat(Ingest.run(context, false).ingestId()).isEqualTo(first.ingestId());
    assertThat(Ingest.run(context, true).ingestId()).isNotEqualTo(first.ingestId());
    pulls.get(0).replaceAll((key, units) -> 9 - units);
    write(0);
    Files.setLastModifiedTime(file(0), FileTime.from(Instant.now()));
    assertThat(Ingest.run(context, false).alreadyDone()).isFalse();
  }

  @Test
  void ofTwoIngestsAtOnceOneIsRefused() throws IOException {
    invent(new Random(9));
    write(0);
    JobContext slow = context("race", 1);
    IngestPlan reading =
        IngestPlan.of(
            VisibleIngest.all(slow.store()),
            RawIngestion.find(spark, slow.config().sources(), slow.config().raw().path(), Map.of()),
            "hash",
            false);
    Ingest.run(context("race", 1), false);
    assertThatThrownBy(() -> reading.checkStillTrue(slow.store()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Another ingest was committed while this one ran");
  }

  // Lines of a day become known up to four days later; some are then changed or withdrawn.
  private void invent(Random random) {
    Map<String, Integer> known = new TreeMap<>();
    for (int pull = 0; pull < PULLS; pull++) {
      for (String product : PRODUCTS) {
        for (int ago = 1; ago <= 5; ago++) {
          if (random.nextInt(4) == 0) {
            known.put(product + " " + day(pull).minusDays(ago), 1 + random.nextInt(5));
          }
        }
      }
      if (!known.isEmpty() && random.nextInt(3) == 0) {
        List<String> lines = new ArrayList<>(known.keySet());
        known.remove(lines.get(random.nextInt(lines.size())));
      }
      LocalDate first = day(pull).minusDays(DAYS_TOLD);
      Map<String, Integer> told = new TreeMap<>();
      known.forEach(
          (key, units) -> {
            if (!dayOf(key).isBefore(first)) {
              told.put(key, units);
            }
          });
      pulls.add(told);
    }
  }

  private static LocalDate day(int pull) {
    return FIRST.plusDays(pull);
  }

  private static LocalDate dayOf(String key) {
    return LocalDate.parse(key.substring(key.indexOf(' ') + 1));
  }

  private void write(int pull) throws IOException {
    StringBuilder csv = new StringBuilder("sku,day,qty,order\n");
    pulls
        .get(pull)
        .forEach(
            (key, units) ->
                csv.append(key.replace(' ', ',')).append(',').append(units).append(",o\n"));
    Path file = file(pull);
    Files.createDirectories(file.getParent());
    Files.writeString(file, csv);
    Files.setLastModifiedTime(
        file, FileTime.from(day(pull).atTime(3, 0).toInstant(ZoneOffset.UTC)));
  }

  private Path file(int pull) {
    return folder.resolve("raw/pulled_at=" + day(pull) + "T03:00:00Z").resolve("orders.csv");
  }

  private JobContext context(String store, int pull) throws IOException {
    Path yaml = folder.resolve("conf.yaml");
    Files.writeString(
        yaml,
        """
        raw: {path: %s}
        store: {path: %s}
        markets: {all: {currency: GBP}}
        sources:
          orders:
            kind: sales
            files: "**/orders.csv"
            columns: {product_id: sku, date: day, units: qty, order_id: order}
        catalog: {infer_from_sales: true}
        """
            .formatted(folder.resolve("raw"), folder.resolve(store)));
    JobProgress progress = new JobProgress("test", new PrintStream(PrintStream.nullOutputStream()));
    Instant now = day(pull).atTime(4, 0).toInstant(ZoneOffset.UTC);
    return JobContext.open(
        spark,
        JobConfig.load(yaml, Map.of(), List.of()),
        progress,
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private List<String> stored(String store) throws IOException {
    return SampleShop.pulledRows(context(store, PULLS).store());
  }

  private void checkFeatures(JobContext context) {
    List<LocalDate> cutoffs = FIRST.plusDays(4).datesUntil(day(PULLS)).toList();
    TableSnapshot snapshot = TableSnapshot.of(context);
    Map<String, Row> rows = new HashMap<>();
    FeatureRows.at(snapshot.tables(), cutoffs, snapshot.settings())
        .rows()
        .collectAsList()
        .forEach(
            row -> rows.put(row.getAs("product_id") + " " + row.<LocalDate>getAs("cutoff"), row));
    for (LocalDate cutoff : cutoffs) {
      for (String product : PRODUCTS) {
        Row row =
            Objects.requireNonNull(rows.get(product + " " + cutoff), product + " at " + cutoff);
        for (int days : new int[] {7, 14, 28}) {
          assertThat(row.<Double>getAs("units_" + days))
              .as("units_%d of %s at %s", days, product, cutoff)
              .isCloseTo(Math.log1p(known(product, cutoff, days)), within(1e-9));
        }
      }
    }
  }

  /** Sums, for every day, what the latest pull by then that tells the day has of it. */
  private double known(String product, LocalDate cutoff, int days) {
    int last = (int) (cutoff.toEpochDay() - FIRST.toEpochDay());
    LocalDate watermark = FIRST.minusYears(1);
    for (int pull = 0; pull <= last; pull++) {
      for (String key : pulls.get(pull).keySet()) {
        watermark = dayOf(key).isAfter(watermark) ? dayOf(key) : watermark;
      }
    }
    double units = 0;
    for (LocalDate day = watermark.minusDays(days - 1);
        !day.isAfter(watermark);
        day = day.plusDays(1)) {
      units += told(product, day, last);
    }
    return units;
  }

  private int told(String product, LocalDate day, int lastPull) {
    for (int pull = lastPull; pull >= 0; pull--) {
      List<LocalDate> days =
          pulls.get(pull).keySet().stream().map(PullsTest::dayOf).sorted().toList();
      if (!days.isEmpty()
          && !day.isBefore(days.get(0))
          && !day.isAfter(days.get(days.size() - 1))) {
        return pulls.get(pull).getOrDefault(product + " " + day, 0);
      }
    }
    return 0;
  }
}
