package io.trendflow.training;

import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import io.trendflow.features.CachedRows;
import io.trendflow.model.FeatureEncoder;
import io.trendflow.model.InputFeature;
import io.trendflow.model.InputReference;
import io.trendflow.model.MeanCurves;
import io.trendflow.model.PredictionResidual;
import io.trendflow.model.PredictionTarget;
import io.trendflow.scoring.InputSample;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Fits of a recipe at one or more origins. Few examples are sent to a task for each origin, in one
 * pass over the data for all of them; many are fitted by Spark jobs for each.
 */
final class OriginFits {
  static final int MIN_EXAMPLES = 100;

  /** Number of latest examples from which mean curves are fitted. */
  static final long RECENT_EXAMPLES = 40_000;

  private static final String SAMPLE_HASH = "sample_hash";

  private final TrainingData data;
  private final Recipe recipe;
  private final List<LocalDate> origins;
  private final Set<PredictionTarget> targets;
  private final boolean withReference;

  /** Examples in a partition for each origin; null if there are too many for a task. */
  private final @Nullable JavaRDD<ExampleRow> byOrigin;

  /**
   * Prepares the fits.
   *
   * @param targets targets whose mean curves are wanted
   * @param withReference whether the distributions of the inputs are wanted
   */
  OriginFits(
      TrainingData data,
      Recipe recipe,
      List<LocalDate> origins,
      Set<PredictionTarget> targets,
      boolean withReference) {
    this.data = data;
    this.recipe = recipe;
    this.origins = List.copyOf(origins);
    this.targets = Set.copyOf(targets);
    this.withReference = withReference;
    this.byOrigin = areFew() ? byOrigin() : null;
  }

  /**
   * Fits the examples known at the end of an origin. Several threads may call this.
   *
   * @throws IllegalArgumentException if there are fewer than 100 examples
   */
  FittedExamples at(LocalDate origin) {
    return find(origin).orElseThrow(() -> tooFew(origin));
  }

  /** Does the same, but returns nothing if there are fewer than 100 examples. */
  Optional<FittedExamples> find(LocalDate origin) {
    return byOrigin == null ? inJobs(origin) : inOneTask(byOrigin, origin);
  }

  /** Returns whether the labels of each origin, of which some are examples, are few. */
  private boolean areFew() {
    long few = recipe.kind().oneTaskBelow();
    return few > 0 && (data.labels().count() < few || mostLabels() < few);
  }

  /** Returns the largest number of labels of an origin. */
  private long mostLabels() {
    Row most =
        TrainingExamples.labels(data, recipe, origins)
            .groupBy("known_by")
            .count()
            .agg(max("count"))
            .first();
    return most.isNullAt(0) ? 0 : most.getLong(0);
  }

  private JavaRDD<ExampleRow> byOrigin() {
    Dataset<Row> examples =
        TrainingExamples.knownAt(data, recipe, origins).withColumn(SAMPLE_HASH, InputSample.hash());
    List<InputFeature> inputs = CategoryFit.inputs(data.features(), Map.of(), 0);
    ExampleRow.Reader reader = new ExampleRow.Reader(examples.schema(), inputs, SAMPLE_HASH);
    List<LocalDate> origins = this.origins;
    return examples
        .toJavaRDD()
        .mapToPair(row -> new Tuple2<>(origins.indexOf(row.getAs("known_by")), reader.read(row)))
        .partitionBy(new HashPartitioner(origins.size()))
        .values();
  }

  private Optional<FittedExamples> inOneTask(JavaRDD<ExampleRow> examples, LocalDate origin) {
    LocalFit fit = new LocalFit(data.features(), recipe, targets, withReference);
    return examples
        .mapPartitions(rows -> fit.of(rows).stream().iterator())
        .collectPartitions(new int[] {origins.indexOf(origin)})[0]
        .stream()
        .findFirst();
  }

  /** Fits the examples of an origin by jobs for each step. */
  Optional<FittedExamples> inJobs(LocalDate origin) {
    Dataset<Row> examples = CachedRows.of(TrainingExamples.knownAt(data, recipe, origin));
    try {
      NavigableMap<LocalDate, Long> counts = countByCutoff(examples);
      long count = FittedExamples.count(counts);
      if (count < MIN_EXAMPLES) {
        return Optional.empty();
      }
      List<InputFeature> inputs =
          CategoryFit.fit(examples, data.features(), recipe.maxCategories());
      FittedParts parts = recipe.kind().fit(examples, count, inputs, recipe);
      LocalDate since = ResidualRows.latestSince(counts, RECENT_EXAMPLES);
      Dataset<Row> latest =
          ResidualRows.sample(examples.filter(col("cutoff").geq(since)), ResidualRows.MOST);
      return Optional.of(
          new FittedExamples(
              counts,
              inputs,
              parts,
              means(latest, inputs, parts),
              withReference ? reference(examples, inputs) : null));
    } finally {
      CachedRows.release(examples);
    }
  }

  private Map<PredictionTarget, MeanCurves> means(
      Dataset<Row> latest, List<InputFeature> inputs, FittedParts parts) {
    ToVector toVector = ExampleVectors.toVector(latest.schema(), inputs);
    return means(
        targets,
        target -> {
          FittedEnsemble ensemble = parts.of(target);
          return latest.toJavaRDD().map(row -> toVector.residual(row, ensemble, target)).collect();
        });
  }

  /**
   * Returns the mean curves of the latest examples, because the spread around a median changes with
   * the season. That the model was trained on these examples does no harm (see ADR 14).
   *
   * @param residuals residuals of the latest examples
   */
  static Map<PredictionTarget, MeanCurves> means(
      Set<PredictionTarget> targets,
      Function<PredictionTarget, List<PredictionResidual>> residuals) {
    return targets.stream()
        .collect(toMap(target -> target, target -> MeanCurves.of(residuals.apply(target))));
  }

  private static InputReference reference(Dataset<Row> examples, List<InputFeature> inputs) {
    InputSample sample = InputSample.of(examples, inputs, FeatureEncoder.MISSING);
    return InputReference.of(inputs, FeatureEncoder.MISSING, sample.cutoffs(), sample.rows());
  }

  private static NavigableMap<LocalDate, Long> countByCutoff(Dataset<Row> examples) {
    NavigableMap<LocalDate, Long> counts = new TreeMap<>();
    examples
        .groupBy("cutoff")
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getAs(0), row.getLong(1)));
    return counts;
  }

  private ShortHistoryException tooFew(LocalDate origin) {
    return new ShortHistoryException(
        "only %d examples have a label known at %s, but a fit needs at least %d: choose a later date or ingest more history"
            .formatted(
                TrainingExamples.knownAt(data, recipe, origin).count(), origin, MIN_EXAMPLES));
  }
}
