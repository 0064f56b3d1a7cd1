package io.trendflow.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.features.CachedRows;
import io.trendflow.features.FeatureSpec;
import io.trendflow.model.FeatureEncoder;
import io.trendflow.model.ModelFile;
import io.trendflow.model.PredictionCalibration;
import io.trendflow.model.PredictionTarget;
import io.trendflow.model.TrendModel;
import io.trendflow.schemas.FeatureFamily;
import io.trendflow.training.ModelKind;
import io.trendflow.training.Recipe;
import io.trendflow.training.Trainer;
import io.trendflow.training.TrainingData;
import io.trendflow.training.TrainingLineage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Fits the rows that XGBoost and LightGBM fitted in Python, by each model kind, and predicts new
 * rows. The rows are in Spark's memory; the time includes joining rows and labels, encoding them
 * and reading the trees. {@code make bench-fit} runs it.
 */
final class FitBenchmark {
  private static final Path WORK = Path.of("benchmarks/target/fit");
  private static final LocalDate AS_OF = LocalDate.of(2024, 6, 30);
  private static final int HORIZON_DAYS = 28;
  private static final int CUTOFFS = 52;
  private static final int ROUNDS = 2;

  private final Recipe recipe;
  private final List<FeatureSpec> features;
  private final double[][] freshRows;
  private final double[][] freshValues;

  private FitBenchmark(int features) throws IOException {
    this.recipe = recipe(ModelKind.GBT);
    this.features =
        IntStream.range(0, features)
            .mapToObj(
                f ->
                    new FeatureSpec(
                        "f" + f,
                        FeatureSpec.Kind.NUMERIC,
                        FeatureFamily.RECENT_SALES,
                        "",
                        "A number."))
            .toList();
    this.freshRows = PythonPeer.matrix(WORK.resolve("fresh-rows"), features);
    this.freshValues = PythonPeer.matrix(WORK.resolve("fresh-values"), 1);
  }

  /** Runs the benchmark; the argument is the Python interpreter that has XGBoost and LightGBM. */
  public static void main(String... args) throws IOException, InterruptedException {
    JsonNode said = PythonPeer.run(args[0], "fit.py", WORK.toString(), pythonRecipe());
    FitBenchmark benchmark = new FitBenchmark(said.path("features").intValue());
    print(
        "%n%,d rows of %d features, %d trees of depth %d; seconds per fit, error on new rows%n",
        rows(), benchmark.features.size(), benchmark.recipe.trees(), benchmark.recipe.depth());
    for (JsonNode peer : said.path("peers")) {
      line(
          peer.path("name").asText(),
          peer.path("seconds").doubleValue(),
          peer.path("rmse").doubleValue());
    }
    double xgboost = said.path("peers").path(0).path("seconds").doubleValue();
    try (SparkSession spark = session()) {
      TrainingData data = benchmark.data(spark);
      for (ModelKind kind : List.of(ModelKind.XGBOOST, ModelKind.GBT)) {
        double seconds = benchmark.fit(kind, data);
        print("  %-28s %9.1f times XGBoost in Python%n", "", seconds / xgboost);
      }
    }
  }

  /** Fits several times and fails if the model files differ. */
  private double fit(ModelKind kind, TrainingData data) throws IOException {
    double best = Double.POSITIVE_INFINITY;
    String file = "";
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      TrendModel model =
          Trainer.train(
              data,
              recipe(kind),
              AS_OF,
              PredictionCalibration.unknown(),
              List.of(),
              new TrainingLineage("", List.of(), "", Instant.EPOCH));
      best = Math.min(best, (System.nanoTime() - start) / 1e9);
      String text = text(model);
      if (round == 0) {
        file = text;
      } else if (!text.equals(file)) {
        throw new IllegalStateException(kind + ": the same rows gave two different models");
      }
      if (round == ROUNDS - 1) {
        line("trendflow " + kind.name().toLowerCase(Locale.ROOT), best, rmse(model));
      }
    }
    return best;
  }

  private double rmse(TrendModel model) {
    FeatureEncoder encoder = model.encoder();
    double sum = 0;
    for (int i = 0; i < freshRows.length; i++) {
      List<Double> row = Arrays.stream(freshRows[i]).boxed().toList();
      double error = model.predict(encoder.encode(new ArrayList<>(row))) - freshValues[i][0];
      sum += error * error;
    }
    return Math.sqrt(sum / freshRows.length);
  }

  private TrainingData data(SparkSession spark) throws IOException {
    double[][] rows = PythonPeer.matrix(WORK.resolve("rows"), features.size());
    double[][] values = PythonPeer.matrix(WORK.resolve("values"), 1);
    List<Row> featureRows = new ArrayList<>();
    List<Row> labels = new ArrayList<>();
    Instant known = AS_OF.atStartOfDay(ZoneOffset.UTC).toInstant();
    for (int i = 0; i < rows.length; i++) {
      LocalDate cutoff = AS_OF.minusDays(HORIZON_DAYS).minusWeeks(i % CUTOFFS);
      String product = "p" + i / CUTOFFS;
      List<Object> row = new ArrayList<>(List.of(cutoff, "all", product, "established", 0.0));
      Arrays.stream(rows[i]).forEach(row::add);
      featureRows.add(RowFactory.create(row.toArray()));
      labels.add(RowFactory.create(cutoff, "all", product, AS_OF, Math.expm1(values[i][0]), known));
    }
    StructType schema =
        StructType.fromDDL(
            "cutoff DATE, market STRING, product_id STRING, lifecycle STRING, baseline_units DOUBLE");
    for (FeatureSpec feature : features) {
      schema = schema.add(feature.name(), DataTypes.DoubleType);
    }
    return new TrainingData(
        kept(spark.createDataFrame(featureRows, schema)),
        kept(
            spark.createDataFrame(
                labels,
                StructType.fromDDL(
                    "cutoff DATE, market STRING, product_id STRING, known_by DATE,"
                        + " label_units DOUBLE, label_known_at TIMESTAMP"))),
        features);
  }

  private static Dataset<Row> kept(Dataset<Row> rows) {
    Dataset<Row> kept = CachedRows.of(rows);
    kept.count();
    return kept;
  }

  private static Recipe recipe(ModelKind kind) {
    return new Recipe(
        kind,
        PredictionTarget.UNITS,
        true,
        HORIZON_DAYS,
        List.of("established"),
        CUTOFFS,
        1,
        number("BENCH_TREES", 50),
        6,
        0.1,
        80,
        0.7,
        0.5,
        128,
        60,
        1);
  }

  private static String pythonRecipe() {
    Recipe recipe = recipe(ModelKind.XGBOOST);
    return String.format(
        Locale.ROOT,
        "{\"rows\": %d, \"trees\": %d, \"depth\": %d, \"learning_rate\": %s, \"bins\": %d, \"min_instances\": %d, \"subsample\": %s, \"feature_fraction\": %s}",
        rows(),
        recipe.trees(),
        recipe.depth(),
        recipe.learningRate(),
        recipe.bins(),
        recipe.minInstances(),
        recipe.subsample(),
        recipe.featureFraction());
  }

  private static int rows() {
    return number("BENCH_ROWS", 100_000);
  }

  private static int number(String variable, int standard) {
    return Integer.parseInt(System.getenv().getOrDefault(variable, Integer.toString(standard)));
  }

  private static SparkSession session() {
    return SparkSession.builder()
        .master("local[*]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.datetime.java8API.enabled", "true")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate();
  }

  private static String text(TrendModel model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.write(model, out);
    return out.toString(UTF_8);
  }

  private static void line(String name, double seconds, double rmse) {
    print("  %-28s %9.1f s %9.4f%n", name, seconds, rmse);
  }

  private static void print(String format, Object... values) {
    System.out.printf(Locale.ENGLISH, format, values);
    System.out.flush();
  }
}
