package io.trendflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares the population stability index with evidently's, on random bins with empty ones. Its
 * packages take minutes to install; {@link PopulationStabilityTest} has values computed by hand.
 */
@Tag("long")
class EvidentlyIT {
  private static final int PAIRS = 20;
  private static final int ROWS = 1000;
  private static final int BINS = 11;

  private final Path folder;

  EvidentlyIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void theIndexIsThatOfEvidently() throws IOException, InterruptedException {
    Random random = new Random(11);
    int[][] columns = new int[2 * PAIRS][ROWS];
    List<String> names = new ArrayList<>();
    for (int column = 0; column < columns.length; column++) {
      names.add((column % 2 == 0 ? "reference_" : "current_") + column / 2);
      double skew = .3 + 3 * random.nextDouble();
      for (int row = 0; row < ROWS; row++) {
        columns[column][row] = (int) (BINS * Math.pow(random.nextDouble(), skew));
        if (column % 6 == 1 && columns[column][row] == 4) {
          columns[column][row] = 5; // a bin that only the reference has
        }
      }
    }
    List<String> lines = new ArrayList<>(List.of(String.join(",", names)));
    for (int row = 0; row < ROWS; row++) {
      List<String> cells = new ArrayList<>();
      for (int[] column : columns) {
        cells.add("b" + column[row]);
      }
      lines.add(String.join(",", cells));
    }
    Path file = Files.write(folder.resolve("bins.csv"), lines);
    List<Double> theirs = evidently(file);
    assertThat(theirs).hasSize(PAIRS);
    for (int pair = 0; pair < PAIRS; pair++) {
      assertThat(
              PopulationStability.index(shares(columns[2 * pair]), shares(columns[2 * pair + 1])))
          .as("pair %d", pair)
          .isCloseTo(theirs.get(pair), within(1e-6));
    }
  }

  private static double[] shares(int[] bins) {
    double[] shares = new double[BINS];
    for (int bin : bins) {
      shares[bin] += 1.0 / bins.length;
    }
    return shares;
  }

  private List<Double> evidently(Path file) throws IOException, InterruptedException {
    run("../bin/require-python", "model/src/test/python/requirements.txt", "model/target/venv");
    String said = run("target/venv/bin/python", "src/test/python/psi.py", file.toString());
    return said.lines().map(Double::valueOf).toList();
  }

  private String run(String... command) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Path problems = folder.resolve("problems.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(problems.toFile())
            .start();
    try {
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(problems)).isZero();
      return Files.readString(out);
    } finally {
      process.destroyForcibly();
    }
  }
}
