package io.trendflow.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Pins the defaults of every configuration: jobs, service, DAGs and Terraform. A change of a
 * default changes what users get without asking, so that it has to be seen.
 */
class DefaultsTest {
  private static final Path ROOT = Path.of("..");
  private static final Path PINNED = Path.of("src/test/resources/defaults.txt");
  private static final Map<String, String> DEFAULTS = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    jobs(
        "jobs",
        new YAMLMapper()
            .readTree(
                text("spark-jobs/src/main/resources/io/trendflow/jobs/config/defaults.yaml")));
    service();
    collect(
        "dags ", "airflow-dags/dags/trendflow/settings.py", "(?m)^    (\\w+): [^=\\n]+ = (.+)$");
    collect(
        "terraform ",
        "terraform/variables.tf",
        "(?s)variable \"(\\w+)\" \\{(?:(?!\\nvariable ).)*?\\n  default\\s+= ([^\\n]+)");
  }

  @Test
  void everyDefaultIsPinned() throws IOException {
    List<String> lines =
        DEFAULTS.entrySet().stream()
            .map(entry -> entry.getKey() + " = " + entry.getValue())
            .toList();
    if (Boolean.parseBoolean(System.getenv("TRENDFLOW_UPDATE_DOCS"))) {
      Files.write(PINNED, lines);
    }
    assertThat(lines)
        .as("%s: make docs writes it again", PINNED)
        .containsExactlyElementsOf(Files.readAllLines(PINNED));
  }

  @Test
  void sharedDefaultsAgree() {
    assertThat(DEFAULTS.get("dags dataset_prefix"))
        .isEqualTo(DEFAULTS.get("terraform dataset_prefix"))
        .isEqualTo('"' + DEFAULTS.get("service trendflow.store.dataset-prefix") + '"');
    assertThat(Double.parseDouble(DEFAULTS.get("terraform max_reject_share")))
        .as("the alert comes before the DAG's check fails")
        .isLessThan(Double.parseDouble(DEFAULTS.get("dags max_rejected")));
    assertThat(DEFAULTS.get("dags location"))
        .as("BigQuery's location follows the region, where Terraform creates the datasets")
        .isEqualTo("\"\"");
  }

  private static void jobs(String path, JsonNode node) {
    if (node.isObject() && !node.isEmpty()) {
      node.properties()
          .forEach(
              field ->
                  jobs(
                      path + (path.equals("jobs") ? " " : ".") + field.getKey(), field.getValue()));
    } else {
      DEFAULTS.put(path, node.toString());
    }
  }

  private static void service() throws IOException {
    Properties properties = new Properties();
    try (Reader in =
        Files.newBufferedReader(
            ROOT.resolve("serving/src/main/resources/application.properties"))) {
      properties.load(in);
    }
    properties.forEach((key, value) -> DEFAULTS.put("service " + key, value.toString()));
  }

  private static void collect(String prefix, String file, String pattern) throws IOException {
    Pattern.compile(pattern)
        .matcher(text(file))
        .results()
        .forEach(
            (MatchResult found) -> DEFAULTS.put(prefix + found.group(1), found.group(2).strip()));
  }

  private static String text(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }
}
