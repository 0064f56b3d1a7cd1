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
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * What {@code explain.py} left behind.
 *
 * @param seconds processor time that XGBoost took to explain the rows, the best of some rounds
 * @param rows the rows, whose numbers are floats
 * @param contributions a row's contributions, after which comes the base value
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record XgboostPeer(
    String version,
    double seconds,
    List<PeerTree> trees,
    double[][] rows,
    double[][] contributions) {

  /** Runs it and reads its files. */
  static XgboostPeer run(String python, Path folder) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(python, "benchmarks/src/main/python/explain.py", folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("explain.py failed: its messages are above.");
    }
    ObjectMapper json = new ObjectMapper();
    JsonNode said = json.readTree(output);
    int features = said.path("features").intValue();
    JsonNode trees = json.readTree(folder.resolve("trees.json").toFile());
    return new XgboostPeer(
        said.path("version").asText(),
        said.path("seconds").doubleValue(),
        StreamSupport.stream(trees.spliterator(), false).map(PeerTree::new).toList(),
        matrix(folder.resolve("rows"), features),
        matrix(folder.resolve("contributions"), features + 1));
  }

  private static double[][] matrix(Path file, int columns) throws IOException {
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
