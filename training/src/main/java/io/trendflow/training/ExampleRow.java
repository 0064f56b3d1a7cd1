package io.trendflow.training;

import io.trendflow.model.FeatureEncoder;
import io.trendflow.model.InputFeature;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Example as it is sent to the task that fits it. Spark writes arrays to a shuffle many times
 * faster than rows.
 *
 * @param key key of {@link ExampleVectors#key}, by which examples are sorted
 * @param sampleHash hash by which {@link io.trendflow.scoring.InputSample} chooses rows
 * @param numbers a number for each feature, encoded; any number for a category
 * @param categories values of the categorical features, in their order
 * @param units units of the horizon
 * @param baselineUnits units that the baseline predicts
 */
@SuppressWarnings("ArrayRecordComponent") // examples are never compared
record ExampleRow(
    String key,
    LocalDate cutoff,
    long sampleHash,
    String lifecycle,
    float[] numbers,
    @Nullable String[] categories,
    double units,
    double baselineUnits)
    implements Serializable {

  /** Returns the encoded numbers of the features. */
  double[] encoded(FeatureEncoder encoder, int[] categorical) {
    double[] encoded = new double[numbers.length];
    for (int i = 0; i < encoded.length; i++) {
      encoded[i] = numbers[i];
    }
    for (int c = 0; c < categorical.length; c++) {
      encoded[categorical[c]] = encoder.encode(categorical[c], categories[c]);
    }
    return encoded;
  }

  /**
   * Returns this example with the objects that equal ones share. Examples that were read from a
   * shuffle have a copy each, which takes as much memory as their numbers.
   *
   * @param shared objects by themselves, to which those of this example are added
   */
  ExampleRow sharing(Map<Object, Object> shared) {
    @Nullable String[] names = new String[categories.length];
    for (int c = 0; c < names.length; c++) {
      names[c] = categories[c] == null ? null : share(categories[c], shared);
    }
    return new ExampleRow(
        key,
        share(cutoff, shared),
        sampleHash,
        share(lifecycle, shared),
        numbers,
        names,
        units,
        baselineUnits);
  }

  @SuppressWarnings("unchecked") // an object equals those of its own class only
  private static <T> T share(T value, Map<Object, Object> shared) {
    Object first = shared.putIfAbsent(value, value);
    return first == null ? value : (T) first;
  }

  /** Returns the positions of the categorical features. */
  static int[] categorical(List<InputFeature> inputs) {
    return IntStream.range(0, inputs.size())
        .filter(i -> inputs.get(i).kind() == InputFeature.Kind.CATEGORICAL)
        .toArray();
  }

  /** Reader of rows. */
  static final class Reader implements Serializable {
    private final FeatureEncoder encoder;
    private final int[] columns;
    private final int[] categorical;
    private final int lifecycle;
    private final int label;
    private final int baseline;
    private final int hash;

    /**
     * Locates the columns.
     *
     * @param examples columns of {@link TrainingExamples}, and {@code hashColumn}
     * @param inputs inputs without categories
     */
    Reader(StructType examples, List<InputFeature> inputs, String hashColumn) {
      this.encoder = new FeatureEncoder(inputs, FeatureEncoder.MISSING);
      this.columns = inputs.stream().mapToInt(i -> examples.fieldIndex(i.name())).toArray();
      this.categorical = ExampleRow.categorical(inputs);
      this.lifecycle = examples.fieldIndex("lifecycle");
      this.label = examples.fieldIndex("label_units");
      this.baseline = examples.fieldIndex("baseline_units");
      this.hash = examples.fieldIndex(hashColumn);
    }

    ExampleRow read(Row row) {
      float[] numbers = new float[columns.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) encoder.encode(i, row.get(columns[i]));
      }
      @Nullable String[] categories = new String[categorical.length];
      for (int c = 0; c < categories.length; c++) {
        categories[c] = row.getString(columns[categorical[c]]);
      }
      return new ExampleRow(
          ExampleVectors.key(row),
          row.getAs("cutoff"),
          row.getLong(hash),
          row.getString(lifecycle),
          numbers,
          categories,
          row.getDouble(label),
          row.getDouble(baseline));
    }
  }
}
