package io.trendflow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/**
 * Checks that the shipped jar contains our code and the two libraries that Spark doesn't include.
 */
class JarIT {
  private static final Path JAR = Path.of("target", "trendflow-jobs.jar");

  @Test
  void theJarHoldsOurCodeAndNothingThatSparkBrings() throws IOException {
    List<String> classes = entries(".class");
    assertThat(classes)
        .contains("io/trendflow/jobs/command/JobLauncher.class", "picocli/CommandLine.class");
    assertThat(classes)
        .allMatch(
            name ->
                name.startsWith("io/trendflow/")
                    || name.startsWith("de/siegmar/fastcsv/")
                    || name.startsWith("org/dhatim/fastexcel/")
                    || name.startsWith("com/github/rzymek/opczip/")
                    || name.startsWith("dev/failsafe/")
                    || name.startsWith("de/focus_shift/jollyday/")
                    || name.startsWith("com/fasterxml/jackson/dataformat/xml/")
                    || name.startsWith("org/codehaus/stax2/")
                    || name.startsWith("picocli/"));
  }

  @Test
  void theJarHoldsTheContractsAndTheDefaults() throws IOException {
    assertThat(entries(""))
        .contains("prediction/scores.json", "io/trendflow/jobs/config/defaults.yaml")
        .contains("io/trendflow/jobs/report.html", "io/trendflow/jobs/chart.umd.min.js")
        .noneMatch(name -> name.contains("log4j"));
    try (JarFile jar = new JarFile(JAR.toFile())) {
      String version =
          new String(
              jar.getInputStream(jar.getEntry("io/trendflow/jobs/command/version.txt"))
                  .readAllBytes(),
              UTF_8);
      assertThat(version.strip()).matches("\\d+\\.\\d+\\.\\d+.*");
    }
  }

  private static List<String> entries(String end) throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return jar.stream().map(entry -> entry.getName()).filter(name -> name.endsWith(end)).toList();
    }
  }
}
