package io.trendflow.jobs.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.jobs.alert.AlertEvent;
import io.trendflow.jobs.store.FileTableStore;
import io.trendflow.jobs.store.Sample;
import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedSpark.class)
class RaisedFindingsTest {
  private static final LocalDate MONDAY = LocalDate.parse("2026-06-01");

  private final SparkSession spark;

  @SuppressWarnings("NullAway.Init") // set before each test
  private FileTableStore store;

  RaisedFindingsTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void open(@TempDir Path folder) {
    store = new FileTableStore(spark, folder.toString());
  }

  @Test
  void aFindingIsRaisedOnceUntilTwoMonitoringsWereWithoutIt() {
    assertThat(raised(0, FindingLevel.ALERT)).hasSize(1);
    assertThat(raised(1, FindingLevel.ALERT)).isEmpty();
    assertThat(raised(2, FindingLevel.OK)).isEmpty();
    assertThat(raised(3, FindingLevel.ALERT)).as("one monitoring without it").isEmpty();
    assertThat(raised(4, FindingLevel.OK)).isEmpty();
    assertThat(raised(5, FindingLevel.OK)).isEmpty();
    assertThat(raised(6, FindingLevel.ALERT)).as("two monitorings without it").hasSize(1);
  }

  @Test
  void aWarningThatBecomesAnAlertIsRaisedAgain() {
    assertThat(events("m0", 0, FindingLevel.WARN, "warn")).hasSize(1);
    assertThat(events("m0", 0, FindingLevel.WARN, "alert")).isEmpty();
    commit("m0", 0, FindingLevel.WARN);
    assertThat(events("m1", 1, FindingLevel.WARN, "warn")).isEmpty();
    assertThat(events("m1", 1, FindingLevel.ALERT, "warn")).hasSize(1);
  }

  @Test
  void theEventHasTheFindingInWordsAndAnIdOfItsOwn() {
    AlertEvent event = events("m0", 0, FindingLevel.ALERT, "alert").get(0);
    assertThat(event.id()).isEqualTo("finding-m0-source-shop_orders_uk-price");
    assertThat(event.text())
        .isEqualTo(
            "TrendFlow alert, data of 2026-06-01: Prices of shop_orders uk are 100 times those of"
                + " the four weeks before. Check the unit of the prices.");
    assertThat(event.data()).containsEntry("level", "alert").containsEntry("value", 100.0);
  }

  /** Raises what is new in a day's monitoring, and then commits it. */
  private List<AlertEvent> raised(int day, FindingLevel level) {
    List<AlertEvent> events = events("m" + day, day, level, "alert");
    commit("m" + day, day, level);
    return events;
  }

  private List<AlertEvent> events(String id, int day, FindingLevel level, String least) {
    return new RaisedFindings(store)
        .events(id, MONDAY.plusDays(day), List.of(finding(level)), least);
  }

  private static MonitorFinding finding(FindingLevel level) {
    return new MonitorFinding(
        "source", "shop_orders uk", "price", level, 100.0, 1.0, 0.5, 2.0, 9, List.of());
  }

  private void commit(String id, int day, FindingLevel level) {
    Row row = finding(level).row(id, MONDAY.plusDays(day));
    var unused = store.append(Table.FINDINGS, id, Sample.rows(spark, Table.FINDINGS, List.of(row)));
    store.commit(
        Table.MONITORS,
        id,
        Sample.of(spark, Table.MONITORS, Map.of("monitor_id", id, "as_of", MONDAY.plusDays(day))));
  }
}
