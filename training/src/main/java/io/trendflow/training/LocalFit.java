package io.trendflow.training;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.trendflow.features.FeatureSpec;
import io.trendflow.model.FeatureEncoder;
import io.trendflow.model.InputFeature;
import io.trendflow.model.InputReference;
import io.trendflow.model.PredictionResidual;
import io.trendflow.model.PredictionTarget;
import io.trendflow.scoring.InputSample;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Fit of the examples of an origin in one task, which has them in memory: no shuffle and no job for
 * each of its steps. Trees, curves and distributions are those of {@link OriginFits#inJobs}.
 *
 * @param targets targets whose mean curves are wanted
 * @param withReference whether distributions of the inputs are wanted
 */
record LocalFit(
    List<FeatureSpec> features, Recipe recipe, Set<PredictionTarget> targets, boolean withReference)
    implements Serializable {

  /** Fits examples, in any order; returns nothing if there are too few. */
  Optional<FittedExamples> of(Iterator<ExampleRow> rows) {
    List<ExampleRow> examples = new ArrayList<>();
    Map<Object, Object> shared = new HashMap<>();
    rows.forEachRemaining(row -> examples.add(row.sharing(shared)));
    if (examples.size() < OriginFits.MIN_EXAMPLES) {
      return Optional.empty();
    }
    examples.sort(Comparator.comparing(ExampleRow::key));
    List<InputFeature> inputs = inputs(examples);
    FeatureEncoder encoder = new FeatureEncoder(inputs, FeatureEncoder.MISSING);
    int[] categorical = ExampleRow.categorical(inputs);
    Function<ExampleRow, double[]> encoded = example -> example.encoded(encoder, categorical);
    TreeGrower grower =
        new LocalBins(examples.size(), i -> encoded.apply(examples.get(i)), inputs, recipe)
            .grower(recipe);
    FittedParts parts = GbtFit.inOneTask(grower, target -> labels(examples, target), recipe);
    NavigableMap<LocalDate, Long> counts =
        new TreeMap<>(examples.stream().collect(groupingBy(ExampleRow::cutoff, counting())));
    LocalDate since = ResidualRows.latestSince(counts, OriginFits.RECENT_EXAMPLES);
    List<ExampleRow> latest =
        examples.stream().filter(example -> !example.cutoff().isBefore(since)).toList();
    return Optional.of(
        new FittedExamples(
            counts,
            inputs,
            parts,
            OriginFits.means(
                targets, target -> residuals(latest, parts.of(target), target, encoded)),
            withReference ? reference(examples, inputs, encoded) : null));
  }

  private List<InputFeature> inputs(List<ExampleRow> examples) {
    List<String> names =
        features.stream()
            .filter(feature -> feature.kind() == FeatureSpec.Kind.CATEGORICAL)
            .map(FeatureSpec::name)
            .toList();
    Map<String, Map<String, Long>> counts = new HashMap<>();
    for (ExampleRow example : examples) {
      for (int c = 0; c < names.size(); c++) {
        if (example.categories()[c] != null) {
          counts
              .computeIfAbsent(names.get(c), name -> new HashMap<>())
              .merge(example.categories()[c], 1L, Long::sum);
        }
      }
    }
    return CategoryFit.inputs(features, counts, recipe.maxCategories());
  }

  private static double[] labels(List<ExampleRow> examples, PredictionTarget target) {
    return examples.stream()
        .mapToDouble(e -> ToVector.label(e.units(), e.baselineUnits(), target))
        .toArray();
  }

  private static List<PredictionResidual> residuals(
      List<ExampleRow> examples,
      FittedEnsemble ensemble,
      PredictionTarget target,
      Function<ExampleRow, double[]> encoded) {
    return examples.stream()
        .sorted(Comparator.comparingLong(ExampleRow::sampleHash))
        .limit(ResidualRows.MOST)
        .map(
            e ->
                ensemble.residual(
                    target, e.lifecycle(), encoded.apply(e), e.units(), e.baselineUnits()))
        .toList();
  }

  private static InputReference reference(
      List<ExampleRow> examples,
      List<InputFeature> inputs,
      Function<ExampleRow, double[]> encoded) {
    List<ExampleRow> sample =
        examples.stream()
            .filter(example -> InputSample.includes(example.sampleHash(), examples.size()))
            .toList();
    return InputReference.of(
        inputs,
        FeatureEncoder.MISSING,
        sample.stream().map(ExampleRow::cutoff).toList(),
        sample.stream().map(encoded).toList());
  }
}
