package io.trendflow.serving.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.server.types.files.StreamedFile;
import io.trendflow.serving.TestServer;
import io.trendflow.serving.store.Copies;
import io.trendflow.serving.store.Samples;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.store.StoreFolder;
import io.trendflow.serving.web.ProblemBody;
import io.trendflow.serving.web.ProblemException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of recommendations as a Parquet file, which is read back. */
class ParquetExportTest {
  /** Id that a program would take for a number, and name that a spreadsheet would calculate. */
  private static final String ID = "000123";

  private static final String NAME = "=1+\"é\"";

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    List<ScoreRecord> scores = new ArrayList<>(Samples.scores("r1", 300));
    scores.set(0, Copies.with(Copies.with(scores.get(0), "productId", ID), "name", NAME));
    StoreFolder store = new StoreFolder(folder);
    store.publish(Samples.run("r1", 600), scores);
    server = new TestServer(store);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @FunctionalInterface
  private interface FileReader<T> {
    T read(Statement statement, String file) throws Exception;
  }

  private static <T> T read(String query, FileReader<T> reader) throws Exception {
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient()
            .send(
                server
                    .request("/api/v1/recommendations" + query)
                    .header("Accept", ParquetExport.MEDIA_TYPE)
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(ParquetExport.MEDIA_TYPE);
    assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("recommendations-2011-08-31.parquet");
    Path file = Files.createTempFile("answer", ".parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      Files.write(file, answer.body());
      return reader.read(statement, "read_parquet('" + file + "', file_row_number = true)");
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void theColumnsAreThoseOfCsvWithTheTypesOfTheContract() throws Exception {
    Map<String, String> types =
        read(
            "",
            (statement, file) -> {
              Map<String, String> found = new LinkedHashMap<>();
              try (ResultSet row = statement.executeQuery("DESCRIBE SELECT * FROM " + file)) {
                while (row.next()) {
                  found.put(row.getString(1), row.getString(2));
                }
              }
              return found;
            });
    types.remove("file_row_number");
    String header =
        server
            .get("/api/v1/recommendations?limit=1", "Accept", "text/csv")
            .body()
            .lines()
            .findFirst()
            .orElseThrow();
    assertThat(types.keySet()).containsExactly(header.split(","));
    assertThat(types)
        .containsEntry("product_id", "VARCHAR")
        .containsEntry("as_of", "DATE")
        .containsEntry("rank", "BIGINT")
        .containsEntry("expected_units", "DOUBLE")
        .containsEntry("price", "DECIMAL(38,9)")
        .containsEntry("price_assumed", "BOOLEAN")
        .containsEntry("recent_weekly_units", "DOUBLE[]")
        .containsEntry("main_reason", "VARCHAR");
  }

  @Test
  void theRowsAreThoseOfJsonInTheirOrder() throws Exception {
    String query = "?market=uk&sort=expected_units";
    JsonNode items =
        TestServer.json(server.get("/api/v1/recommendations" + query + "&limit=500")).get("items");
    List<List<Object>> rows =
        read(
            query,
            (statement, file) -> {
              List<List<Object>> found = new ArrayList<>();
              try (ResultSet row =
                  statement.executeQuery(
                      "SELECT product_id, name, expected_units, price, chance, as_of,"
                          + " len(recent_weekly_units), recent_weekly_units[12], main_family FROM "
                          + file
                          + " ORDER BY file_row_number")) {
                while (row.next()) {
                  found.add(
                      Stream.of(1, 2, 3, 4, 5, 6, 7, 8, 9)
                          .map(i -> text(row, i))
                          .<Object>map(String::valueOf)
                          .toList());
                }
              }
              return found;
            });
    assertThat(rows).hasSize(300).hasSameSizeAs(items);
    for (int i = 0; i < rows.size(); i++) {
      JsonNode item = items.get(i);
      List<Object> row = rows.get(i);
      assertThat(row.get(0)).isEqualTo(item.get("product_id").asText());
      assertThat(row.get(1)).isEqualTo(item.get("name").asText());
      assertThat(row.get(2)).isEqualTo(String.valueOf(item.get("expected_units").asDouble()));
      assertThat(Double.parseDouble((String) row.get(3))).isEqualTo(item.get("price").asDouble());
      assertThat(row.get(4)).isEqualTo(item.get("chance").asText());
      assertThat(row.get(5)).isEqualTo("2011-08-31");
      assertThat(row.get(6)).isEqualTo("12");
      assertThat(row.get(7))
          .isEqualTo(String.valueOf(item.at("/recent_weekly_units/11").asDouble()));
      assertThat(row.get(8)).isEqualTo(item.at("/reasons/0/family").asText());
    }
    assertThat(rows).anyMatch(row -> row.get(0).equals(ID) && row.get(1).equals(NAME));
  }

  private static Object text(ResultSet row, int column) {
    try {
      return row.getObject(column);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void fieldsAndLimitCount() throws Exception {
    String columns =
        read(
            "?fields=rank,product_id,main_reason&limit=7",
            (statement, file) -> {
              try (ResultSet row =
                  statement.executeQuery(
                      "SELECT count(*), max(rank), any_value(main_reason) FROM " + file)) {
                row.next();
                return row.getLong(1) + " " + row.getString(3).isBlank();
              }
            });
    assertThat(columns).isEqualTo("7 false");
  }

  @Test
  void aWrongColumnIsRefused() {
    var answer =
        server.get("/api/v1/recommendations?fields=reasons", "Accept", ParquetExport.MEDIA_TYPE);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("'reasons'", "main_reason");
  }

  @ParameterizedTest
  @CsvSource({
    "market=xx, 400, market, use one of",
    "limit=0, 400, limit, a whole number from 1 to 500",
    "min_chance=2, 400, min_chance, a number from 0 to 1",
    "sort=uplift_revenue, 400, sort, add the parameter 'market'",
    "cursor=nonsense, 400, cursor, is not a cursor",
    "as_of=tomorrow, 400, as_of, tomorrow",
    "format=parquet, 400, format, There is no parameter",
    "run_id=none, 404, , none"
  })
  void aWrongParameterIsRefusedAsAProblem(
      String query, int status, @Nullable String parameter, String sentence) {
    HttpResponse<String> answer =
        server.get("/api/v1/recommendations?" + query, "Accept", ParquetExport.MEDIA_TYPE);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(ProblemBody.MEDIA_TYPE);
    JsonNode problem = TestServer.json(answer);
    assertThat(problem.path("parameter").asText(null)).isEqualTo(parameter);
    assertThat(problem.get("detail").asText()).contains(sentence);
  }

  private static StreamedFile file(
      ParquetExport export, int rows, Function<ScoreRecord, @Nullable Object> text) {
    ScoreRecord score = Samples.scores("r1", 1).get(0);
    return export.of(
        Collections.nCopies(rows, score), ScoreRecord.class, List.of("t"), Map.of("t", text), "f");
  }

  @Test
  void moreThanTheMaximumOfRowsIsRefusedBeforeOneIsWritten() {
    assertThatThrownBy(
            () ->
                file(
                    new ParquetExport(),
                    250_001,
                    score -> {
                      throw new AssertionError("a row is written");
                    }))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(400);
              assertThat(refused)
                  .hasMessageContainingAll("at most 250,000 rows", "250,001", "add a filter");
            });
  }

  @Test
  void aSecondFileAtTheSameTimeIsRefusedAndALaterOneIsNot() throws Exception {
    ParquetExport export = new ParquetExport();
    assertThatThrownBy(() -> file(export, 1, score -> file(export, 1, inner -> "x")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(503);
              assertThat(refused).hasMessageContaining("try again in 2 s");
            });
    try (InputStream later = file(export, 1, score -> "x").getInputStream()) {
      assertThat(later.readAllBytes()).startsWith("PAR1".getBytes(StandardCharsets.US_ASCII));
    }
  }
}
