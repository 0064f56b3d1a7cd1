package io.trendflow.scoring;

import io.trendflow.schemas.FeatureFamily;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Contribution of a family of inputs to a row's uplift on the log scale.
 *
 * @param contribution sum over the family's inputs
 * @param inputs inputs of the family
 */
record FamilySum(FeatureFamily family, double contribution, List<ExplainedInput> inputs) {
  static final StructType SCHEMA =
      new StructType()
          .add("family", DataTypes.StringType, false)
          .add("contribution", DataTypes.DoubleType, false)
          .add("units", DataTypes.DoubleType, false)
          .add("effect", DataTypes.DoubleType, false);

  private static final int MOST_REASONS = 5;

  /** Smallest effect of a family, in %, that is worth a reason. */
  private static final double LEAST_EFFECT = 1;

  private static final Comparator<FamilySum> LARGEST_FIRST =
      Comparator.comparingDouble((FamilySum sum) -> -Math.abs(sum.contribution()))
          .thenComparing(FamilySum::family);

  /**
   * Returns the families that contribute, the largest contribution first.
   *
   * @param usualLevel contribution of {@link FeatureFamily#USUAL_LEVEL}
   */
  static List<FamilySum> of(List<ExplainedInput> inputs, double usualLevel) {
    Map<FeatureFamily, List<ExplainedInput>> families = new EnumMap<>(FeatureFamily.class);
    for (ExplainedInput input : inputs) {
      families.computeIfAbsent(input.family(), family -> new ArrayList<>()).add(input);
    }
    List<FamilySum> sums = new ArrayList<>();
    sums.add(new FamilySum(FeatureFamily.USUAL_LEVEL, usualLevel, List.of()));
    families.forEach(
        (family, own) ->
            sums.add(
                new FamilySum(
                    family, own.stream().mapToDouble(ExplainedInput::contribution).sum(), own)));
    sums.removeIf(sum -> sum.contribution() == 0);
    sums.sort(LARGEST_FIRST);
    return sums;
  }

  /**
   * Returns the reasons for an uplift: the evidence of up to 5 families. The main one comes first:
   * that of the family with the largest contribution of the uplift's sign. Returns none if no
   * family with evidence has this sign.
   *
   * @param families families, the largest contribution first
   */
  static List<ExplainedInput> reasons(List<FamilySum> families, double uplift) {
    List<ExplainedInput> reasons =
        new ArrayList<>(
            families.stream().map(FamilySum::evidence).flatMap(Optional::stream).toList());
    Optional<ExplainedInput> main =
        reasons.stream().filter(reason -> reason.contribution() * uplift > 0).findFirst();
    if (main.isEmpty()) {
      return List.of();
    }
    reasons.remove(main.get());
    reasons.add(0, main.get());
    return reasons.subList(0, Math.min(MOST_REASONS, reasons.size()));
  }

  /**
   * Returns the credible input that contributes most to the family's side; empty if there is none
   * or the family is not worth a reason.
   */
  private Optional<ExplainedInput> evidence() {
    if (!family.explains() || Math.abs(ExplainedInput.effect(contribution)) < LEAST_EFFECT) {
      return Optional.empty();
    }
    return inputs.stream()
        .filter(input -> input.contribution() * contribution > 0)
        .filter(ExplainedInput::credible)
        .max(Comparator.comparingDouble(input -> Math.abs(input.contribution())));
  }

  /**
   * Returns the element of the column families.
   *
   * @param unitsOfOne units for a contribution of 1, which makes the families' units add up to
   *     uplift_units
   */
  Row toRow(double unitsOfOne) {
    return RowFactory.create(
        family.label(),
        contribution,
        contribution * unitsOfOne,
        ExplainedInput.effect(contribution));
  }
}
