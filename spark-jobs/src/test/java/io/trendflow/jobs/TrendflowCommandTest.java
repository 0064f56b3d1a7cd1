package io.trendflow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.trendflow.jobs.command.JobLauncher;
import io.trendflow.jobs.command.PlainCommand;
import io.trendflow.jobs.command.SparkJob;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class TrendflowCommandTest {
  private static final List<String> OF_THE_LAUNCHER =
      List.of("serve", "synthetic-retail", "key", "doctor");

  @Test
  void theUsageListsEveryCommandOnce() {
    List<String> listed =
        TrendflowCommand.commands()
            .getUsageMessage()
            .lines()
            .filter(line -> line.matches("  [a-z-]+  +[A-Z].*"))
            .map(line -> line.strip().split(" ", -1)[0])
            .toList();
    assertThat(listed)
        .containsExactly(
            "init",
            "check",
            "collect",
            "ingest",
            "replay",
            "train",
            "backtest",
            "score",
            "monitor",
            "digest",
            "plan",
            "backfill",
            "run",
            "models",
            "runs",
            "tables",
            "maintenance",
            "keywords",
            "serve",
            "synthetic-retail",
            "key",
            "doctor");
  }

  @Test
  void everyCommandOfTheModuleIsListed() {
    List<String> listed = ofJava().map(name -> command(name).getClass().getName()).toList();
    assertThat(
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.trendflow.jobs")
                    .stream()
                    .filter(
                        type ->
                            type.isAssignableTo(SparkJob.class)
                                || type.isAssignableTo(PlainCommand.class))
                    .filter(type -> !type.isInterface())
                    .map(JavaClass::getName))
        .containsExactlyInAnyOrderElementsOf(listed);
  }

  @ParameterizedTest
  @MethodSource("ofJava")
  void everyCommandExplainsItsOptions(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, UTF_8);
    JobLauncher launcher = new JobLauncher(Map.of(), print, print);
    Object command = command(name);
    int code =
        command instanceof SparkJob job
            ? launcher.run(job, "--help")
            : launcher.run((PlainCommand) command, "--help");
    assertThat(code).isEqualTo(JobLauncher.DONE);
    assertThat(out.toString(UTF_8)).startsWith("Usage: " + name + " ").contains("--verbose");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          scor   | there is no command "scor": did you mean score? bin/trendflow lists them.
          serv   | there is no command "serv": did you mean serve? bin/trendflow lists them.
          xyzzyx | there is no command "xyzzyx": bin/trendflow lists them.
          """)
  void anUnknownCommandIsNamedWithTheOneThatWasMeant(String name, String message) {
    assertThat(TrendflowCommand.unknown(name)).isEqualTo(message);
  }

  private static Stream<String> ofJava() {
    return TrendflowCommand.commands().getSubcommands().keySet().stream()
        .filter(name -> !OF_THE_LAUNCHER.contains(name));
  }

  private static Object command(String name) {
    CommandLine command = TrendflowCommand.commands().getSubcommands().get(name);
    return Objects.requireNonNull(command, name).getCommand();
  }
}
