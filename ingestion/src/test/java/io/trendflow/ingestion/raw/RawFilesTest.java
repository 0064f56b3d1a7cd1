package io.trendflow.ingestion.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trendflow.ingestion.config.SourceConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawFilesTest {
  private static final String PRODUCTS =
      "{kind: 'catalog', files: '%s', columns: {product_id: 'id'}}";

  private final Path root;
  private final RawFolder raw;

  RawFilesTest(@TempDir Path root) {
    this.root = root;
    this.raw = new RawFolder(root);
  }

  @Test
  void findsMatchingFilesWithSizeHashAndPull() {
    raw.source("products", PRODUCTS.formatted("**/*.csv"))
        .text("b/pulled_at=2024-05-01T06:00:00Z/p.csv", "id\n1\n")
        .text("b/pulled_at=2024-05-02/p.csv", "id\n1\n")
        .text("a/p.csv", "abc")
        .text("a/_temporary/p.csv", "x")
        .text("a/.p.csv", "x")
        .text("a/p.txt", "x");
    List<RawFile> files = raw.find();
    assertThat(files)
        .extracting(RawFile::file)
        .containsExactly(
            "a/p.csv", "b/pulled_at=2024-05-01T06:00:00Z/p.csv", "b/pulled_at=2024-05-02/p.csv");
    RawFile first = files.get(0);
    assertThat(first.bytes()).isEqualTo(3);
    // Published test vector of SHA-256.
    assertThat(first.sha256())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(first.pull()).isNull();
    Instant six = Instant.parse("2024-05-01T06:00:00Z");
    assertThat(files.get(1).pull())
        .isEqualTo(new PullTime("pulled_at=2024-05-01T06:00:00Z", six, six, null));
    assertThat(files.get(2).pull())
        .isEqualTo(
            new PullTime(
                "pulled_at=2024-05-02",
                Instant.parse("2024-05-03T00:00:00Z"),
                Instant.parse("2024-05-02T00:00:00Z"),
                null));
  }

  @Test
  void aSourceWithoutFilesIsRefused() {
    raw.source("products", PRODUCTS.formatted("products/*.csv")).text("p.csv", "id\n");
    assertThatThrownBy(raw::find)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "source products: no file below file:.* matches products/\\*\\.csv; put its files there"
                + " or correct raw\\.path or the source's files\\.");
  }

  @Test
  void aFolderThatDoesNotExistIsRefused() {
    Map<String, SourceConfig> none = Map.of();
    String missing = root.resolve("missing").toString();
    assertThatThrownBy(() -> RawFiles.find(new Configuration(), none, missing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "raw.path %s does not exist: set raw.path to the folder of raw files.", missing);
  }

  @Test
  void aFileOfTwoSourcesIsRefused() {
    raw.source("a", PRODUCTS.formatted("*.csv"))
        .source("b", PRODUCTS.formatted("p*"))
        .text("p.csv", "id\n");
    assertThatThrownBy(raw::find)
        .hasMessage(
            "p.csv matches the files of both source a and source b: narrow one of the two globs.");
  }

  @Test
  void aPullFolderWithAnUnclearTimeIsRefused() {
    raw.source("a", PRODUCTS.formatted("**")).text("pulled_at=yesterday/p.csv", "id\n");
    assertThatThrownBy(raw::find)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "pulled_at=yesterday/p.csv is in the folder pulled_at=yesterday, whose time is not valid");
  }
}
