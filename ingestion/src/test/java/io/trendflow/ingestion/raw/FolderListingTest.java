package io.trendflow.ingestion.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.config.SourceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Entries of a folder that are not files, and names that other programs cannot write. */
@Timeout(60)
class FolderListingTest {
  private final Configuration hadoop = new Configuration();
  private final Path folder;

  FolderListingTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(folder.resolve("orders.csv"), "sku,day,qty\nA,2024-01-01,1\n");
  }

  @Test
  void linksPipesAndDevicesAreNamedAndTheOthersAreRead() throws Exception {
    Files.createSymbolicLink(folder.resolve("gone.csv"), folder.resolve("nowhere.csv"));
    Files.createSymbolicLink(folder.resolve("self.csv"), Path.of("self.csv"));
    Files.createDirectory(folder.resolve("sub"));
    Files.createSymbolicLink(folder.resolve("sub/loop"), Path.of(".."));
    Files.createSymbolicLink(folder.resolve("zero.csv"), Path.of("/dev/zero"));
    int made =
        new ProcessBuilder("mkfifo", folder.resolve("pipe.csv").toString()).start().waitFor();
    assumeThat(made).isZero();
    assertThat(RawFiles.all(hadoop, folder.toString()))
        .extracting(RawFile::file)
        .containsExactly("orders.csv");
    Map<String, String> faults = RawFiles.faults(hadoop, folder.toString());
    assertThat(faults)
        .containsOnlyKeys("gone.csv", "self.csv", "sub/loop", "zero.csv", "pipe.csv")
        .containsEntry("sub/loop", "it is a link to a folder that contains the link: remove it.");
    assertThat(faults.get("pipe.csv")).contains("pipe or a device");
    assertThat(faults.get("gone.csv")).contains("does not exist");
    assertThatThrownBy(() -> RawFiles.find(hadoop, source("*.csv"), folder.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gone.csv (source s): it is a link to a file that does not exist");
  }

  @Test
  void hiddenFilesAreNamedUnlessTheyMarkSomething() throws IOException {
    Files.writeString(folder.resolve("_orders.csv"), "a\n");
    Files.writeString(folder.resolve("_SUCCESS"), "");
    Files.writeString(folder.resolve(".orders.csv.crc"), "");
    assertThat(RawFiles.faults(hadoop, folder.toString())).containsOnlyKeys("_orders.csv");
  }

  @Test
  void aNameMayHaveAColon() throws IOException, FileRejectedException {
    Path file = folder.resolve("orders_2026-01-05T10:30:00.csv");
    Files.writeString(file, "sku,day,qty\nA,2024-01-01,1\n");
    RawFile found = RawFiles.find(hadoop, source("orders_*.csv"), folder.toString()).get(0);
    assertThat(RawBytes.open(found, hadoop).readAllBytes())
        .asString(UTF_8)
        .startsWith("sku,day,qty");
  }

  @Test
  void aFileIsNotAFolder() {
    String file = folder.resolve("orders.csv").toString();
    assertThatThrownBy(() -> RawFiles.all(hadoop, file))
        .hasMessageContaining("is a file: set raw.path to the folder");
  }

  private static Map<String, SourceConfig> source(String files) {
    return Map.of(
        "s",
        new SourceConfig(
            SourceKind.CATALOG,
            files,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Map.of("product_id", "any"),
            null,
            List.of(),
            null,
            null,
            null,
            null,
            null,
            null,
            null));
  }
}
