package io.trendflow.jobs.monitor;

import io.trendflow.features.FeatureRows;
import io.trendflow.model.InputDistribution;
import io.trendflow.model.InputFeature;
import io.trendflow.model.InputReference;
import io.trendflow.model.PopulationStability;
import io.trendflow.model.TrendModel;
import io.trendflow.scoring.InputSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Checks of a model's inputs against their distributions in the training examples. */
public final class InputChecks {
  private static final double ALERT = 0.25;

  /** Increase of the share of values that are unknown to the model. */
  private static final double WARN_UNKNOWN = 0.05;

  private static final double ALERT_UNKNOWN = 0.1;

  /** Number of inputs that must differ unless one of them is important. */
  private static final int SEVERAL = 3;

  private static final int MOST_IMPORTANT = 10;
  private static final int MOST_NAMES = 5;

  private InputChecks() {}

  /**
   * Returns a finding for each input that differs, and one about all inputs together, which alone
   * can be an alert about distributions: if three inputs differ much, or one of the ten most
   * important. An input differs by more than any single cutoff of the training did. Those
   * {@linkplain FeatureRows#OF_THE_DAY of the day} are left out. The result is empty if the model
   * has no distributions or there are fewer than 200 rows.
   */
  public static List<MonitorFinding> of(TrendModel model, InputSample sample) {
    InputReference reference = model.reference();
    if (reference == null || sample.rows().size() < InputReference.LEAST_ROWS) {
      return List.of();
    }
    Set<Integer> important = important(model);
    List<MonitorFinding> findings = new ArrayList<>();
    List<String> different = new ArrayList<>();
    double largest = 0;
    boolean anyImportant = false;
    for (int i = 0; i < model.features().size(); i++) {
      InputFeature feature = model.features().get(i);
      if (FeatureRows.OF_THE_DAY.contains(feature.name())) {
        continue;
      }
      InputDistribution usual = reference.inputs().get(i);
      double[] shares =
          usual.sharesOf(feature, model.missing(), InputReference.column(sample.rows(), i));
      double index = PopulationStability.index(usual.shareArray(), shares);
      double alert = Math.max(ALERT, 3 * usual.usualIndex());
      if (index >= alert) {
        different.add(feature.name());
        anyImportant |= important.contains(i);
        findings.add(
            finding(
                feature.name(),
                "one",
                FindingLevel.WARN,
                index,
                usual.usualIndex(),
                alert,
                sample));
      }
      largest = Math.max(largest, index / alert);
      double unknown = shares[shares.length - 1];
      double more = unknown - usual.unknownShare();
      boolean category = feature.kind() == InputFeature.Kind.CATEGORICAL;
      if (category && more >= WARN_UNKNOWN) {
        findings.add(
            finding(
                feature.name(),
                "unseen",
                FindingLevel.above(more, WARN_UNKNOWN, ALERT_UNKNOWN),
                unknown,
                usual.unknownShare(),
                usual.unknownShare() + WARN_UNKNOWN,
                sample));
      }
    }
    findings.add(all(different, anyImportant, largest, sample));
    return findings;
  }

  private static Set<Integer> important(TrendModel model) {
    double[] importances = model.importances();
    return new HashSet<>(
        IntStream.range(0, importances.length)
            .filter(i -> importances[i] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -importances[i]))
            .limit(MOST_IMPORTANT)
            .toList());
  }

  private static MonitorFinding all(
      List<String> different, boolean anyImportant, double largest, InputSample sample) {
    FindingLevel level =
        different.size() >= SEVERAL || anyImportant
            ? FindingLevel.ALERT
            : different.isEmpty() ? FindingLevel.OK : FindingLevel.WARN;
    return new MonitorFinding(
        "inputs",
        "all",
        "psi",
        level,
        largest,
        null,
        null,
        1.0,
        sample.rows().size(),
        different.stream().limit(MOST_NAMES).toList());
  }

  private static MonitorFinding finding(
      String subject,
      String metric,
      FindingLevel level,
      double value,
      double reference,
      double upper,
      InputSample sample) {
    return new MonitorFinding(
        "inputs",
        subject,
        metric,
        level,
        value,
        reference,
        null,
        upper,
        sample.rows().size(),
        List.of());
  }
}
