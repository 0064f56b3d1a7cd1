package io.trendflow.jobs.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedSpark.class)
class JobLauncherTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path config;

  @BeforeEach
  void config(SparkSession spark, @TempDir Path folder) throws IOException {
    config = folder.resolve("conf.yaml");
    Files.writeString(
        config, "raw: {path: data/raw}\nstore: {path: " + folder.resolve("store") + "}\n");
  }

  @Test
  void aJobPrintsItsConfigurationItsProgressAndOneLineOfJson() {
    assertThat(run("--as-of", "2011-07-23")).isEqualTo(JobLauncher.DONE);
    assertThat(err.toString(UTF_8))
        .contains("horizon_days: 28")
        .containsPattern(
            """
            \\[proof] 2 stages, first: write sales_history.daily_sales
            \\[proof 1/2] wrote 2 rows in \\d+\\.\\d s; next: commit
            \\[proof 2/2] committed [0-9a-f]{16} in \\d+\\.\\d s; all done after""");
    assertThat(out.toString(UTF_8))
        .matches(
            "\\{\"job\":\"proof\",\"seconds\":[0-9.]+,\"ingest_id\":\"[0-9a-f]{16}\","
                + "\"day\":\"2011-07-23\",\"rows\":2,\"repeated\":false}\n");
  }

  @Test
  void aSecondRunChangesNothingAndForceDoesItAgain() {
    assertThat(run()).isEqualTo(JobLauncher.DONE);
    assertThat(run()).isEqualTo(JobLauncher.DONE);
    assertThat(out.toString(UTF_8)).contains("\"rows\":0,\"repeated\":true");
    out.reset();
    assertThat(run("--force")).isEqualTo(JobLauncher.DONE);
    assertThat(out.toString(UTF_8)).contains("\"rows\":2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          argument | orders.csv has no column Quantity.
          task     | line 7 has no date.
          bug      | The command failed for a reason that it does not know (oops); --verbose shows where.
          """)
  void aFailureIsOneSentenceAndExitCodeOne(String fail, String sentence) {
    assertThat(run("--fail", fail)).isEqualTo(JobLauncher.FAILED);
    assertThat(err.toString(UTF_8)).endsWith("\n" + sentence + "\n").doesNotContain("\tat ");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void verboseShowsTheStackToo() {
    assertThat(run("--fail", "argument", "--verbose")).isEqualTo(JobLauncher.FAILED);
    assertThat(err.toString(UTF_8))
        .contains("\tat io.trendflow.jobs.command.ProofJob.failIfTold")
        .endsWith("orders.csv has no column Quantity.\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --set horizon_days=4 | horizon_days is 4, but must be from 7 to 180.
          --frce | Unknown option: '--frce'; did you mean --force?
          --as-of 2011-02-30 | Invalid value for option '--as-of': 2011-02-30 is not a valid date: use YYYY-MM-DD, for example 2011-08-31; proof --help lists the options.
          --as-of | Missing required parameter for option '--as-of' (<day>); proof --help lists the options.
          """)
  void aWrongCallIsOneSentenceAndExitCodeTwo(String args, String sentence) {
    assertThat(run(args.split(" "))).isEqualTo(JobLauncher.USAGE);
    assertThat(err.toString(UTF_8)).isEqualTo(sentence + "\n");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void aMissingConfigurationIsAWrongCall() {
    assertThat(new JobLauncher(Map.of(), print(out), print(err)).run(new ProofJob()))
        .isEqualTo(JobLauncher.USAGE);
    assertThat(err.toString(UTF_8))
        .isEqualTo("Missing required option: '--config=<file>'; proof --help lists the options.\n");
    err.reset();
    config = Path.of("nowhere.yaml");
    assertThat(run()).isEqualTo(JobLauncher.USAGE);
    assertThat(err.toString(UTF_8)).isEqualTo("Configuration nowhere.yaml does not exist.\n");
  }

  @Test
  void helpListsTheOptions() {
    assertThat(new JobLauncher(Map.of(), print(out), print(err)).run(new ProofJob(), "--help"))
        .isEqualTo(JobLauncher.DONE);
    assertThat(out.toString(UTF_8))
        .startsWith("Usage: proof ")
        .contains("Writes a day of sales.", "--config=<file>", "--set=<key=value>", "--as-of=<day>")
        .contains("--force", "--verbose", "--help");
  }

  private int run(String... more) {
    List<String> args = new ArrayList<>(List.of("--config", config.toString()));
    args.addAll(List.of(more));
    return new JobLauncher(Map.of(), print(out), print(err))
        .run(new ProofJob(), args.toArray(String[]::new));
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, UTF_8);
  }
}
