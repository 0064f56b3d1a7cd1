package io.trendflow.jobs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStoreTest {
  @Test
  void aFileIsWrittenWholeReplacedAndReadBack(@TempDir Path root) throws IOException {
    ArtifactStore artifacts = new ArtifactStore(new Configuration(), root.toString());
    assertThat(artifacts.exists("models/m1/model.json")).isFalse();

    String path = artifacts.write("m1", "model.json", "{\"a\": \"old é\"}");
    assertThat(path).isEqualTo("models/m1/model.json");
    artifacts.write("m1", "model.json", "{\"a\": \"é½日\"}");

    assertThat(artifacts.exists(path)).isTrue();
    assertThat(artifacts.read(path)).isEqualTo("{\"a\": \"é½日\"}");
    assertThat(Files.readString(root.resolve(path))).isEqualTo("{\"a\": \"é½日\"}");
    try (Stream<Path> files = Files.list(root.resolve("models/m1"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("model.json", ".model.json.crc");
    }
  }

  @Test
  void aMissingFileIsNamed(@TempDir Path root) {
    ArtifactStore artifacts = new ArtifactStore(new Configuration(), root.toString());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> artifacts.read("models/m1/model.json"))
        .withMessage(root + "/models/m1/model.json does not exist.");
  }
}
