package io.trendflow.serving.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.schemas.CommitView;
import io.trendflow.schemas.Visibility;
import io.trendflow.schemas.Visibility.IngestRow;
import io.trendflow.schemas.Visibility.RunRow;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The views' SQL in DuckDB against the rule in Java, on random commit rows. */
class CommitViewTest {
  private Connection database;

  @BeforeEach
  void open() throws SQLException {
    database = DriverManager.getConnection("jdbc:duckdb:");
    run("create schema quality");
    run("create table quality.ingests (ingest_id varchar, supersedes varchar[])");
    run("create schema prediction");
    run("create table prediction.runs (run_id varchar, retracted boolean, hindsight boolean)");
    for (CommitView view : CommitView.values()) {
      run("create view %s as %s".formatted(view, view.sql(view.table().toString())));
    }
  }

  @AfterEach
  void close() throws SQLException {
    database.close();
  }

  static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  /**
   * Up to 12 ingests, which supersede earlier ones, some of them several times, and unknown ids.
   */
  @ParameterizedTest
  @MethodSource("seeds")
  void theSameIngestsAreVisible(int seed) throws SQLException {
    Random random = new Random(seed);
    List<IngestRow> rows = new ArrayList<>();
    for (int i = random.nextInt(13); i > 0; i--) {
      rows.add(new IngestRow("i" + rows.size(), superseded(rows, random)));
    }
    for (IngestRow row : rows) {
      insert("quality.ingests", "'%s', %s".formatted(row.ingestId(), list(row.supersedes())));
    }
    assertThat(ids(CommitView.VISIBLE_INGESTS)).isEqualTo(Visibility.ingests(rows));
  }

  private static List<String> superseded(List<IngestRow> earlier, Random random) {
    List<String> ids = new ArrayList<>();
    earlier.stream()
        .map(IngestRow::ingestId)
        .filter(id -> random.nextInt(4) == 0)
        .forEach(ids::add);
    if (random.nextInt(5) == 0) {
      ids.add("unknown");
    }
    return ids;
  }

  /** Up to 12 rows of few runs, retracted, in hindsight or both, and retractions without a run. */
  @ParameterizedTest
  @MethodSource("seeds")
  void theSameRunsAreVisible(int seed) throws SQLException {
    Random random = new Random(seed);
    List<RunRow> rows = new ArrayList<>();
    for (int i = random.nextInt(13); i > 0; i--) {
      String run = "r" + random.nextInt(8);
      rows.add(new RunRow(run, random.nextInt(4) == 0, random.nextInt(6) == 0));
    }
    for (RunRow row : rows) {
      insert(
          "prediction.runs",
          "'%s', %s, %s".formatted(row.runId(), row.retracted(), row.hindsight()));
    }
    assertThat(ids(CommitView.VISIBLE_RUNS)).isEqualTo(Visibility.runs(rows));
  }

  @Test
  void aListWithoutAValueHidesNothing() throws SQLException {
    insert("quality.ingests", "'i1', null");
    insert("quality.ingests", "'i2', [null]");
    insert("quality.ingests", "'i3', ['i2', null]");
    assertThat(ids(CommitView.VISIBLE_INGESTS)).containsExactly("i1", "i3");
  }

  private static String list(Collection<String> ids) {
    return ids.stream()
        .map(id -> "'" + id + "'")
        .collect(Collectors.joining(", ", "[", "]::varchar[]"));
  }

  private void insert(String table, String values) throws SQLException {
    run("insert into %s values (%s)".formatted(table, values));
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  private SortedSet<String> ids(CommitView view) throws SQLException {
    SortedSet<String> ids = new TreeSet<>();
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("select * from " + view)) {
      while (rows.next()) {
        ids.add(rows.getString(view.table().batchColumn()));
      }
    }
    return ids;
  }
}
