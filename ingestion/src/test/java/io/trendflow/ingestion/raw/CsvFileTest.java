package io.trendflow.ingestion.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trendflow.ingestion.config.FileFormat;
import io.trendflow.ingestion.config.FormatConfig;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {
  private static final Configuration HADOOP = new Configuration();

  private final Path folder;

  CsvFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void readsQuotesDelimitersAndLineBreaksInsideFields() throws Exception {
    String text = "a,b\r\n\"x \"\"y\"\", z\",\"1\r\n2\"\r\nq\"r\",\"\"\n";
    assertThat(read("a.csv", text.getBytes(StandardCharsets.UTF_8), FormatConfig.DEFAULT))
        .containsExactly(List.of("x \"y\", z", "1\r\n2"), List.of("q\"r\"", ""));
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheHeader() throws Exception {
    byte[] bytes = "\uFEFFa,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
    Files.write(folder.resolve("a.csv"), bytes);
    try (CsvFile csv = open("a.csv", FormatConfig.DEFAULT)) {
      assertThat(csv.header().index("a")).isZero();
      assertThat(csv.next()).containsExactly("1", "2");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"windows-1252", "ISO-8859-15", "UTF-16", "UTF-8"})
  void readsTheConfiguredEncoding(String encoding) throws Exception {
    byte[] bytes = "a;b\né;ü\n".getBytes(Charset.forName(encoding));
    assertThat(read("a.csv", bytes, new FormatConfig(FileFormat.CSV, ";", encoding, null)))
        .containsExactly(List.of("é", "ü"));
  }

  @Test
  void blankLinesAreNoRecordsButEmptyFieldsAre() throws Exception {
    byte[] bytes = "\na,b\n\n1,2\n   \n,\n\r\n3,4".getBytes(StandardCharsets.UTF_8);
    assertThat(read("a.csv", bytes, FormatConfig.DEFAULT))
        .containsExactly(List.of("1", "2"), List.of("", ""), List.of("3", "4"));
  }

  @Test
  void textInAnotherEncodingIsRefused() {
    byte[] bytes = "a,b\n1,2\né,2\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> read("a.csv", bytes, FormatConfig.DEFAULT))
        .isInstanceOf(FileRejectedException.class)
        .hasMessageMatching(
            "a\\.csv \\(source s\\), after record \\d+: the text is not UTF-8; set format\\.encoding"
                + " of the source, for example to windows-1252\\.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF", "\n\n"})
  void aFileWithoutHeaderIsRefused(String text) {
    assertThatThrownBy(
            () -> read("a.csv", text.getBytes(StandardCharsets.UTF_8), FormatConfig.DEFAULT))
        .hasMessage("a.csv (source s) is empty: it needs a header line; remove it or replace it.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\n1,2\n3,\"4\n5,6\n", // opened in the last column, where the count of fields is right
        "a,b\n1,2\n\"3,4\n",
        "a,b\n1,\"",
        "a,b\n1,\"\n",
        "a,b\n1,\"x\"\"\n"
      })
  void aQuoteThatIsNeverClosedIsRefused(String text) {
    assertThatThrownBy(
            () -> read("a.csv", text.getBytes(StandardCharsets.UTF_8), FormatConfig.DEFAULT))
        .isInstanceOf(FileRejectedException.class)
        .hasMessageContaining("opens a quote that is never closed");
  }

  @Test
  void textAfterAClosingQuoteIsRefused() {
    byte[] bytes = "a,b\n1,2\n\"3\"x,4\n5,6\n".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> read("a.csv", bytes, FormatConfig.DEFAULT))
        .isInstanceOf(FileRejectedException.class)
        .hasMessageStartingWith("a.csv (source s), after record 1: malformed CSV (")
        .hasMessageContaining("closing quote: 'x'");
  }

  @Test
  void gzipIsReadToTheEndOfItsLastMember() throws Exception {
    byte[] one = RawFolder.gzip("a,b\n1,2\n");
    byte[] two = RawFolder.gzip("3,4\n");
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    assertThat(read("a.csv.gz", both, FormatConfig.DEFAULT))
        .containsExactly(List.of("1", "2"), List.of("3", "4"));
  }

  @Test
  void gzipCutOffAnywhereIsRefused() {
    byte[] whole = RawFolder.gzip("a,b\n" + "1,2\n".repeat(50));
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read("a.csv.gz", part, FormatConfig.DEFAULT))
          .as("the first %d of %d bytes", length, whole.length)
          .isInstanceOf(FileRejectedException.class)
          .hasMessageStartingWith("a.csv.gz (source s)");
    }
  }

  @Test
  void aFileThatIsNoGzipIsRefused() {
    byte[] bytes = ("a,b\n" + "1,2\n".repeat(50)).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> read("a.csv.gz", bytes, FormatConfig.DEFAULT))
        .isInstanceOf(FileRejectedException.class)
        .hasMessageContaining("not a gzip file");
  }

  private List<List<String>> read(String name, byte[] bytes, FormatConfig config)
      throws IOException, FileRejectedException {
    Files.write(folder.resolve(name), bytes);
    List<List<String>> records = new ArrayList<>();
    try (CsvFile csv = open(name, config)) {
      for (String[] next = csv.next(); next != null; next = csv.next()) {
        records.add(List.of(next));
      }
    }
    return records;
  }

  private CsvFile open(String name, FormatConfig config) throws FileRejectedException {
    String location = folder.resolve(name).toString();
    return new CsvFile(new RawFile("s", name, location, 1, "", null, null), config, HADOOP);
  }
}
