package io.trendflow.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a peer's Python script and reads its results. */
final class PythonPeer {
  private PythonPeer() {}

  /** Runs a script of {@code src/main/python} and returns the JSON that it prints. */
  static JsonNode run(String python, String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(python, "benchmarks/src/main/python/" + script));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(script + " failed: see its messages above");
    }
    return new ObjectMapper().readTree(output);
  }

  /** Returns a file of floats as rows of the given number of columns. */
  static double[][] matrix(Path file, int columns) throws IOException {
    FloatBuffer floats =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    double[][] rows = new double[floats.remaining() / columns][columns];
    for (double[] row : rows) {
      for (int i = 0; i < columns; i++) {
        row[i] = floats.get();
      }
    }
    return rows;
  }
}
