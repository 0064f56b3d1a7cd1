package io.trendflow.serving.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.serving.TestServer;
import io.trendflow.serving.store.Shop;
import io.trendflow.serving.store.StoreFolder;
import io.trendflow.serving.web.WorkbookFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of recommendations as a workbook. */
class RecommendationWorkbookTest {
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = new TestServer(Shop.publish(new StoreFolder(folder)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static byte[] workbook(String path, String language) throws Exception {
    HttpRequest request =
        server
            .request(path)
            .header("Accept", WorkbookFile.MEDIA_TYPE)
            .header("Accept-Language", language)
            .build();
    HttpResponse<byte[]> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(WorkbookFile.MEDIA_TYPE);
    assertThat(response.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"recommendations-2011-08-31.xlsx\"");
    return response.body();
  }

  private static List<Row> rows(byte[] file) throws IOException {
    try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(file))) {
      return workbook.getFirstSheet().read();
    }
  }

  private static Map<String, String> parts(byte[] file, Path folder) throws IOException {
    Map<String, String> parts = new HashMap<>();
    Path path = Files.write(folder.resolve("workbook.xlsx"), file);
    try (ZipFile zip = new ZipFile(path.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        parts.put(
            entry.getName(),
            new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return parts;
  }

  @Test
  void numbersAreNumbersAndIdsAreTexts() throws Exception {
    List<Row> rows = rows(workbook("/api/v1/recommendations?market=uk&sort=uplift_units", "en"));
    JsonNode items =
        TestServer.json(server.get("/api/v1/recommendations?market=uk&sort=uplift_units&limit=500"))
            .get("items");
    assertThat(rows).hasSize(items.size() + 1);
    List<String> names = rows.get(0).stream().map(cell -> cell.getText()).toList();
    for (int i = 0; i < items.size(); i++) {
      JsonNode item = items.get(i);
      Row row = rows.get(i + 1);
      assertThat(row.getCell(names.indexOf("product_id")).getType()).isEqualTo(CellType.STRING);
      assertThat(row.getCell(names.indexOf("product_id")).getText())
          .isEqualTo(item.get("product_id").asText());
      for (String number : List.of("rank", "expected_units", "uplift_revenue", "growth")) {
        assertThat(row.getCellAsNumber(names.indexOf(number)).orElseThrow().doubleValue())
            .as(number)
            .isCloseTo(item.get(number).asDouble(), within(1e-9));
      }
    }
  }

  @Test
  void reasonsAreSentencesInTheLanguageOfTheCaller() throws Exception {
    String path = "/api/v1/recommendations?market=uk&q=20000";
    for (String language : List.of("en", "fr")) {
      Row row = rows(workbook(path, language)).get(1);
      JsonNode words =
          TestServer.json(
                  server.get("/api/v1/products/20000?market=uk", "Accept-Language", language))
              .at("/items/0/reasons_in_words");
      assertThat(row.getCellText(row.getCellCount() - 1))
          .startsWith(words.get(0).asText())
          .contains(words.get(1).asText());
    }
  }

  @Test
  void theHeaderStaysFiltersAndEachProductHasALink(@TempDir Path folder) throws Exception {
    Map<String, String> parts =
        parts(workbook("/recommendations.xlsx?market=uk&q=20000", "en"), folder);
    String sheet = parts.get("xl/worksheets/sheet1.xml");
    assertThat(sheet).contains("state=\"frozen\"", "ySplit=\"1\"", "<autoFilter ref=\"A1:S2\"");
    assertThat(parts.get("xl/styles.xml")).contains("formatCode=\"#,##0.00\"", "formatCode=\"0%\"");
    assertThat(parts.get("xl/worksheets/_rels/sheet1.xml.rels"))
        .contains(server.address() + "/products/20000?market=uk");
  }
}
