package io.trendflow.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs of other languages and shows their output if they fail or do not end in time. */
final class ExternalProgram {
  private final Path log;

  /** Creates a runner that keeps output in a folder. */
  ExternalProgram(Path folder) {
    log = folder.resolve("said.txt");
  }

  /** Runs a program and returns the lines of its output. */
  List<String> run(int minutes, String... command) throws IOException, InterruptedException {
    return run(minutes, Map.of(), command);
  }

  /** Runs a program with further environment variables and returns the lines of its output. */
  List<String> run(int minutes, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
      assertThat(ended).as(Files.readString(log)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(log)).isZero();
      return Files.readAllLines(log);
    } finally {
      process.destroyForcibly();
    }
  }
}
