package io.trendflow.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Results of {@code explain.py}.
 *
 * @param seconds processor time of XGBoost's explanation of the rows, the best of several rounds
 * @param rows explained rows, whose numbers are floats
 * @param contributions contributions of each row, followed by the base value
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record XgboostPeer(
    String version,
    double seconds,
    List<PeerTree> trees,
    double[][] rows,
    double[][] contributions) {

  /** Runs the script and reads its files. */
  static XgboostPeer run(String python, Path folder) throws IOException, InterruptedException {
    JsonNode said = PythonPeer.run(python, "explain.py", folder.toString());
    ObjectMapper json = new ObjectMapper();
    int features = said.path("features").intValue();
    JsonNode trees = json.readTree(folder.resolve("trees.json").toFile());
    return new XgboostPeer(
        said.path("version").asText(),
        said.path("seconds").doubleValue(),
        StreamSupport.stream(trees.spliterator(), false).map(PeerTree::new).toList(),
        PythonPeer.matrix(folder.resolve("rows"), features),
        PythonPeer.matrix(folder.resolve("contributions"), features + 1));
  }
}
