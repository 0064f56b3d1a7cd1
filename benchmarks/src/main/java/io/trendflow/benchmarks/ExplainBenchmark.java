package io.trendflow.benchmarks;

import io.trendflow.model.Explainer;
import io.trendflow.model.FeatureEncoder;
import io.trendflow.model.InputFeature;
import io.trendflow.model.MeanCurves;
import io.trendflow.model.PredictionCalibration;
import io.trendflow.model.PredictionTarget;
import io.trendflow.model.Provenance;
import io.trendflow.model.TrendModel;
import io.trendflow.schemas.FeatureFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Explains the rows that XGBoost explained, by the same trees, on one core, then scores them beside
 * MLlib. {@code make bench-explain} runs it.
 */
final class ExplainBenchmark {
  private static final Path WORK = Path.of("benchmarks/target/explain");
  private static final int ROUNDS = 10;

  /** Largest difference: XGBoost computes with floats. */
  private static final double TOLERANCE = 1e-3;

  private ExplainBenchmark() {}

  /** Runs the benchmark; the argument is the Python interpreter that has XGBoost. */
  public static void main(String... args) throws IOException, InterruptedException {
    XgboostPeer peer = XgboostPeer.run(args[0], WORK);
    TrendModel model = model(peer);
    int rows = peer.rows().length;
    print(
        "%n%,d rows of %d features, %d trees; rows per second of processor time%n",
        rows, model.features().size(), model.trees().size());
    double theirs = rows / peer.seconds();
    double ours = rows / CpuStopwatch.best(ROUNDS, () -> check(model.explainer(), peer));
    compare("explain", ours, "XGBoost " + peer.version() + " pred_contribs", theirs);
    try (ModelTransform transform = new ModelTransform(peer, model)) {
      theirs = transform.rows() / CpuStopwatch.best(ROUNDS, transform::mllib);
      ours = transform.rows() / CpuStopwatch.best(ROUNDS, transform::ours);
      compare("score", ours, "MLlib transform", theirs);
    }
  }

  private static void compare(String what, double ours, String peer, double theirs) {
    print("  %-8s %-32s %,10.0f%n", what, peer, theirs);
    print("  %-8s %-32s %,10.0f%n", what, "trendflow", ours);
    print("  %-8s %-32s %10.1f%n", what, "trendflow/this", ours / theirs);
  }

  /** Explains every row and fails if XGBoost's explanation differs. */
  private static void check(Explainer explainer, XgboostPeer peer) {
    for (int row = 0; row < peer.rows().length; row++) {
      double[] ours = explainer.contributions(peer.rows()[row]);
      double[] theirs = peer.contributions()[row];
      for (int f = 0; f < ours.length; f++) {
        if (!(Math.abs(ours[f] - theirs[f]) < TOLERANCE)) {
          throw new IllegalStateException(
              "row %d, feature %d: the contribution is %s, but XGBoost's is %s"
                  .formatted(row, f, ours[f], theirs[f]));
        }
      }
    }
  }

  private static TrendModel model(XgboostPeer peer) {
    return new TrendModel(
        TrendModel.FORMAT_VERSION,
        "benchmark",
        28,
        PredictionTarget.UNITS,
        IntStream.range(0, peer.rows()[0].length)
            .mapToObj(f -> InputFeature.numeric("f" + f, FeatureFamily.HISTORY, "number"))
            .toList(),
        FeatureEncoder.MISSING,
        0,
        peer.trees().stream().map(PeerTree::ours).toList(),
        MeanCurves.uncorrected(),
        null,
        PredictionCalibration.unknown(),
        new Provenance(
            "",
            "",
            Map.of(),
            LocalDate.EPOCH,
            List.of(),
            0,
            List.of(),
            1,
            List.of(),
            Instant.EPOCH),
        null);
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ENGLISH, format, values);
    System.out.flush();
  }
}
