package io.trendflow.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Tests that the description of the API changes only on purpose. */
class OpenApiTest {
  private static final Path GOLDEN = Path.of("../docs/openapi.yml");

  @Test
  void theDescriptionIsTheOneInDocs() throws Exception {
    String generated;
    try (var in = OpenApiTest.class.getResourceAsStream("/META-INF/swagger/trendflow.yml")) {
      generated = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (Boolean.parseBoolean(System.getenv("TRENDFLOW_UPDATE_DOCS"))) {
      Files.writeString(GOLDEN, generated);
    }
    // The generator writes the keys of an object in the order of reflection, which varies.
    YAMLMapper yaml = new YAMLMapper();
    assertThat(yaml.readTree(generated))
        .as("run `make docs` if the change is meant")
        .isEqualTo(yaml.readTree(Files.readString(GOLDEN)));
  }
}
