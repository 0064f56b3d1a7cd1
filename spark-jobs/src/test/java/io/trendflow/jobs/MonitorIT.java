package io.trendflow.jobs;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.examples.PlantedDrift;
import io.trendflow.examples.RetailSettings;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.commons.lang3.ArrayUtils;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Monitors an invented shop week by week, then plants a drift in the files of the last week. */
@Tag("long")
class MonitorIT {
  private static final LocalDate END = LocalDate.parse("2026-06-07");
  private static final LocalDate DRIFT = LocalDate.parse("2026-06-01");

  /** A year if {@code TRENDFLOW_MONITOR_EVERY_WEEK=true}, which takes half an hour. */
  private static final int WEEKS =
      Boolean.parseBoolean(System.getenv("TRENDFLOW_MONITOR_EVERY_WEEK")) ? 52 : 6;

  /** Weeks after which the shop trains again: a model older than 60 days is a finding. */
  private static final int MODEL_WEEKS = 8;

  private static final String[] SETS = {
    "train.cutoffs=16",
    "train.trees=30",
    "train.depth=3",
    "train.trends=keep",
    "score.allow_stale=true"
  };

  @TempDir
  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Path folder;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static SampleShop clean;

  private static final List<String> alerts = new ArrayList<>();

  @BeforeAll
  static void monitorEachWeek() throws IOException {
    int days = 574 + 7 * WEEKS;
    clean = SampleShop.generate(folder.resolve("clean"), new RetailSettings(5, 220, days, END));
    Path last = clean.folder().resolve("raw/orders/2026-06.csv.gz");
    Path aside = folder.resolve("2026-06.csv.gz");
    Files.move(last, aside);
    Ingest.run(clean.context(SETS), false);
    for (int week = WEEKS; week > 0; week -= MODEL_WEEKS) {
      LocalDate trained = DRIFT.minusDays(7L * week + 1);
      JobContext context = clean.context(ArrayUtils.add(SETS, "train.origins=" + origins(trained)));
      ModelsCommand.promote(context, Train.run(context, Optional.of(trained), false).modelId());
      SharedSpark.clearCache();
      Backfill.run(
              context,
              trained.plusDays(7),
              trained.plusDays(7L * Math.min(week, MODEL_WEEKS)),
              new Backfill.Steps(7, false, true),
              false)
          .monitors()
          .forEach(done -> alerts(context, done).forEach(a -> alerts.add(done.asOf() + " " + a)));
    }
    Files.move(aside, last);
  }

  /** Returns eight days whose horizons are over when a model is trained. */
  private static List<LocalDate> origins(LocalDate trained) {
    return IntStream.range(0, 8).mapToObj(i -> trained.minusDays(154 - 14L * i)).toList();
  }

  @Test
  void cleanWeeksRaiseAtMostOneAlert() {
    assertThat(alerts).hasSizeLessThanOrEqualTo(1);
    JobContext context = clean.context(SETS);
    assertThat(context.store().read(Table.MONITORS).count()).isEqualTo(WEEKS);
    assertThat(context.store().read(Table.OUTCOMES).count()).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void aDriftRaisesItsOwnAreaAndNoOther(PlantedDrift drift) throws IOException {
    Path own = Files.createDirectory(folder.resolve(drift.name()));
    SampleShop shop = new SampleShop(FolderCopy.make(clean.folder(), own), clean.truth());
    drift.plant(own.resolve("raw"), drift == PlantedDrift.SILENT_FEED ? DRIFT.plusDays(2) : DRIFT);
    JobContext context = shop.context(SETS);
    Ingest.run(context, false);
    Score.run(context, Optional.of(END), false, false);
    Monitor.Result done = Monitor.run(context, Optional.of(END), false);
    SharedSpark.clearCache();
    List<String> found = alerts(context, done);
    TreeSet<String> areas =
        found.stream().map(alert -> alert.split(" ", 2)[0]).collect(toCollection(TreeSet::new));
    assertThat(areas)
        .as("%s", found)
        .isEqualTo(drift.area().isEmpty() ? new TreeSet<>() : new TreeSet<>(List.of(drift.area())));
  }

  private static List<String> alerts(JobContext context, Monitor.Result done) {
    List<String> alerts = new ArrayList<>();
    for (Row row : context.store().read(Table.FINDINGS, done.monitorId()).collectAsList()) {
      if (row.getAs("level").equals("alert")) {
        alerts.add(
            row.<String>getAs("area")
                + " "
                + row.<String>getAs("subject")
                + " "
                + row.<String>getAs("metric")
                + " "
                + row.getAs("value")
                + " "
                + row.getAs("arguments"));
      }
    }
    return alerts;
  }
}
