package io.trendflow.serving.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.schemas.Table;
import io.trendflow.serving.store.Copies;
import io.trendflow.serving.store.DuckDbWarehouse;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.Samples;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.store.StoreFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which run is served, with real files. */
class LatestRunTest {
  private StoreFolder store;
  private LatestRun latest;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    // A name with a pattern and a quote, which must be taken literally.
    Path path = Files.createDirectory(folder.resolve("st[o]re *'s"));
    store = new StoreFolder(path);
    latest = new LatestRun(new DuckDbWarehouse(path.toString()), new MaxAge(100_000, null));
  }

  @Test
  void beforeTheFirstLookItSaysThatItLoads() {
    publish(Samples.run("r1", 6));
    assertThat(latest.served().whyNothing()).contains("is being loaded");
    latest.refresh();
    assertThat(servedRun()).isEqualTo("r1");
  }

  @Test
  void nothingIsServedBeforeTheFirstCommit() {
    store.scores("r1", Samples.scores("r1", 3));
    latest.refresh();
    assertThat(latest.served().snapshot()).isNull();
    assertThat(latest.served().whyNothing()).contains("run bin/trendflow ingest, train and score");
  }

  @Test
  void theHighestAsOfWinsThenTheLatestPublished() {
    Run older = at(Samples.run("r1", 6), 0, "2011-09-03T00:00:00Z");
    Run first = at(Samples.run("r2", 6), 1, "2011-09-01T00:00:00Z");
    Run second = at(Samples.run("r0", 6), 1, "2011-09-02T00:00:00Z");
    List.of(older, second, first).forEach(this::publish);
    latest.refresh();
    assertThat(servedRun()).isEqualTo("r0");
    assertThat(latest.served().degraded()).isFalse();
  }

  @Test
  void aLaterRunReplacesTheServedOneOnceItIsCommitted() {
    publish(Samples.run("r1", 6));
    latest.refresh();
    RunSnapshot before = latest.served().snapshot();

    Run next = at(Samples.run("r2", 8), 1, "2011-09-02T00:00:00Z");
    store.scores("r2", Samples.scores("r2", 4));
    latest.refresh();
    assertThat(latest.served().snapshot()).isSameAs(before);

    store.commit(next);
    latest.refresh();
    assertThat(servedRun()).isEqualTo("r2");
    assertThat(snapshot().scores().rows())
        .extracting(ScoreRecord::runId)
        .containsOnly("r2")
        .hasSize(8);
    assertThat(Objects.requireNonNull(before).scores().rows()).hasSize(6);
  }

  @Test
  void retractedAndHindsightRunsAreHidden() {
    publish(Samples.run("r1", 6));
    publish(Copies.with(at(Samples.run("r2", 6), 1, "2011-09-02T00:00:00Z"), "retracted", true));
    publish(Copies.with(at(Samples.run("r3", 6), 2, "2011-09-03T00:00:00Z"), "hindsight", true));
    latest.refresh();
    assertThat(servedRun()).isEqualTo("r1");
    assertThat(latest.served().problems()).isEmpty();
  }

  @Test
  void theServedRunGoesWhenItIsRetracted() {
    publish(Samples.run("r1", 6));
    Run bad = at(Samples.run("r2", 6), 1, "2011-09-02T00:00:00Z");
    publish(bad);
    latest.refresh();
    store.commit(Copies.with(bad, "retracted", true));
    latest.refresh();
    assertThat(servedRun()).isEqualTo("r1");
    store.commit(Copies.with(Samples.run("r1", 6), "retracted", true));
    latest.refresh();
    assertThat(latest.served().snapshot()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "empty", "truncated", "scrambled", "gone"})
  void aRunWithABrokenFileIsRefusedAndTheServedOneStays(String damage) throws IOException {
    publish(Samples.run("r1", 6));
    latest.refresh();
    publish(at(Samples.run("r2", 6), 1, "2011-09-02T00:00:00Z"));
    damage(store.file(Table.SCORES, "r2"), damage);
    latest.refresh();
    assertThat(servedRun()).isEqualTo("r1");
    assertThat(latest.served().degraded()).isTrue();
    assertThat(latest.served().degradedReasons())
        .singleElement()
        .asString()
        .startsWith("Run r2 (as of 2011-09-01) is refused: ")
        .doesNotContain(store.path().toString());
  }

  @Test
  void aRunWithoutAllItsRowsIsRefused() {
    publish(Samples.run("r1", 6));
    store.scores("r2", Samples.scores("r2", 2));
    store.commit(at(Samples.run("r2", 6), 1, "2011-09-02T00:00:00Z"));
    latest.refresh();
    assertThat(servedRun()).isEqualTo("r1");
    assertThat(latest.served().problems())
        .singleElement()
        .asString()
        .contains("its batch has 4 rows, but the run published 6");
  }

  @Test
  void rowsOfAnotherRunOrOfTwoRunsAreRefused() {
    store.scores("r1", Samples.scores("r9", 3));
    store.commit(Samples.run("r1", 6));
    List<ScoreRecord> twice = Samples.scores("r2", 3).subList(0, 3);
    store.scores("r2", List.of(twice.get(0), twice.get(1), twice.get(1)));
    store.commit(Samples.run("r2", 3));
    latest.refresh();
    assertThat(latest.served().snapshot()).isNull();
    assertThat(latest.served().whyNothing())
        .contains("its batch has rows of run r9")
        .contains("has two rows in market uk");
  }

  @Test
  void aColumnThatIsMissingOrOfAnotherTypeOrWithoutAValueIsNamed() {
    rewrite(Table.SCORES, "r1", "* EXCLUDE (rank)");
    latest.refresh();
    assertThat(latest.served().whyNothing()).contains("\"rank\" not found");
    rewrite(Table.SCORES, "r1", "* REPLACE ('many' AS expected_units)");
    latest.refresh();
    assertThat(latest.served().whyNothing())
        .contains("column expected_units has the value many, not a double");
    rewrite(Table.SCORES, "r1", "* REPLACE (NULL::VARCHAR AS market)");
    latest.refresh();
    assertThat(latest.served().whyNothing()).contains("column market lacks a value");
  }

  @Test
  void aNumberThatIsNoneIsRefused() {
    rewrite(Table.SCORES, "r1", "* REPLACE ('NaN'::DOUBLE AS median_units)");
    latest.refresh();
    assertThat(latest.served().whyNothing()).contains("column median_units has the value NaN");
  }

  @Test
  void aBrokenCommitHidesNoOtherRunAndCantTakeTheServedOneAway() throws IOException {
    publish(Samples.run("r1", 6));
    publish(at(Samples.run("r2", 6), 1, "2011-09-02T00:00:00Z"));
    latest.refresh();
    damage(store.file(Table.RUNS, "r2"), "garbage");
    latest.refresh();
    assertThat(servedRun()).isEqualTo("r2");
    assertThat(latest.served().problems()).singleElement().asString().contains("runs/r2/");

    LatestRun restarted =
        new LatestRun(new DuckDbWarehouse(store.path().toString()), new MaxAge(100_000, null));
    restarted.refresh();
    assertThat(Objects.requireNonNull(restarted.served().snapshot()).run().runId()).isEqualTo("r1");
  }

  @Test
  void aStoreThatVanishesLeavesTheServedRun() throws IOException {
    publish(Samples.run("r1", 6));
    latest.refresh();
    Files.move(store.path(), store.path().resolveSibling("elsewhere"));
    latest.refresh();
    assertThat(servedRun()).isEqualTo("r1");
    assertThat(latest.served().problems()).containsExactly("The store folder no longer exists.");
  }

  @Test
  void aPartThatIsRepairedLaterIsServed() throws IOException {
    publish(Samples.run("r1", 6));
    store.write(Table.CATALOG, "ing-1", List.of());
    Path catalogue = store.file(Table.CATALOG, "ing-1");
    byte[] whole = Files.readAllBytes(catalogue);
    Files.writeString(catalogue, "not a Parquet file");
    latest.refresh();
    latest.refresh();
    assertThat(latest.served().problems())
        .singleElement()
        .asString()
        .startsWith("The catalogue can't be read");
    Files.write(catalogue, whole);
    latest.refresh();
    latest.refresh();
    assertThat(latest.served().problems()).isEmpty();
    assertThat(servedRun()).isEqualTo("r1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../scores/r1", "r1/../r1", "", ".", "/", "*", "r1') --"})
  void aRunIdThatIsAPathReachesNothing(String runId) {
    store.scores("r1", Samples.scores("r1", 3));
    store.write(Table.RUNS, "r9", List.of(Samples.run(runId, 6)));
    latest.refresh();
    assertThat(latest.served().snapshot()).isNull();
  }

  @Test
  void timesWithoutAZoneAreUtc() {
    Run run = Samples.run("r1", 6);
    rewrite(Table.RUNS, "r1", "* REPLACE (published_at::TIMESTAMP AS published_at)");
    latest.refresh();
    assertThat(snapshot().run()).isEqualTo(run);
  }

  private void publish(Run run) {
    store.publish(run, Samples.scores(run.runId(), (int) run.scoredRows() / 2));
  }

  /** Returns the run as of some days later, published at a time. */
  private static Run at(Run run, int days, String published) {
    Run later = Copies.with(run, "asOf", run.asOf().plusDays(days));
    return Copies.with(later, "publishedAt", Instant.parse(published));
  }

  private RunSnapshot snapshot() {
    return Objects.requireNonNull(latest.served().snapshot());
  }

  private String servedRun() {
    return snapshot().run().runId();
  }

  private void rewrite(Table table, String batch, String columns) {
    store.publish(Samples.run("r1", 6), Samples.scores("r1", 3));
    String file = store.file(table, batch).toString().replace("'", "''");
    StoreFolder.execute(
        "SET TimeZone = 'UTC'",
        "CREATE TABLE t AS SELECT " + columns + " FROM read_parquet(['" + file + "'])",
        "COPY t TO '" + file + "' (FORMAT parquet)");
  }

  private static void damage(Path file, String damage) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    switch (damage) {
      case "garbage" -> Files.writeString(file, "not a Parquet file, though it is long enough");
      case "empty" -> Files.write(file, new byte[0]);
      case "truncated" -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      case "scrambled" -> {
        Arrays.fill(bytes, 4, bytes.length / 2, (byte) 0xAB);
        Files.write(file, bytes);
      }
      case "gone" -> Files.delete(file);
      default -> throw new IllegalArgumentException(damage);
    }
  }
}
