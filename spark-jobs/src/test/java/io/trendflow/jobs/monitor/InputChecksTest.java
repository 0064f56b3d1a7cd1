package io.trendflow.jobs.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.model.FeatureEncoder;
import io.trendflow.model.InputFeature;
import io.trendflow.model.InputReference;
import io.trendflow.model.MeanCurves;
import io.trendflow.model.PredictionCalibration;
import io.trendflow.model.PredictionTarget;
import io.trendflow.model.Provenance;
import io.trendflow.model.Tree;
import io.trendflow.model.TrendModel;
import io.trendflow.schemas.FeatureFamily;
import io.trendflow.scoring.InputSample;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class InputChecksTest {
  private static final int NUMBERS = 12;

  /** Position of an input that the calendar decides. */
  private static final int DAY = 6;

  private static final List<InputFeature> FEATURES = features();

  @Test
  void rowsLikeThoseOfTheTrainingAreOk() {
    assertThat(InputChecks.of(model(), sample(2, 1000, row -> row)))
        .extracting(finding -> finding.subject() + " " + finding.level())
        .containsExactly("all OK");
  }

  @Test
  void aRenamedCategoryIsAnAlert() {
    List<MonitorFinding> findings =
        InputChecks.of(
            model(),
            sample(
                3,
                1000,
                row -> {
                  row[NUMBERS] = row[NUMBERS] == 1 ? 5 : row[NUMBERS];
                  return row;
                }));
    assertThat(findings)
        .filteredOn(MonitorFinding::isAlert)
        .extracting(finding -> finding.subject() + " " + finding.metric())
        .contains("category unseen");
  }

  @Test
  void threeInputsThatDifferAreAnAlertAndOneUnimportantIsNot() {
    assertThat(level(1, 11)).isEqualTo(FindingLevel.WARN);
    assertThat(level(3, 9)).isEqualTo(FindingLevel.ALERT);
    assertThat(level(1, 0)).as("the trees use only this one").isEqualTo(FindingLevel.ALERT);
  }

  @Test
  void theCalendarIsNoDrift() {
    assertThat(level(1, DAY - 1)).isEqualTo(FindingLevel.WARN);
    assertThat(level(1, DAY)).isEqualTo(FindingLevel.OK);
    assertThat(level(3, DAY)).as("two others").isEqualTo(FindingLevel.WARN);
  }

  @Test
  void fewRowsHaveNoFinding() {
    assertThat(InputChecks.of(model(), sample(4, 199, row -> row))).isEmpty();
  }

  /** Returns the level of all inputs together if some of them move by two standard deviations. */
  private static FindingLevel level(int count, int from) {
    return InputChecks.of(
            model(),
            sample(
                5,
                1000,
                row -> {
                  for (int i = from; i < from + count; i++) {
                    row[i] += 2;
                  }
                  return row;
                }))
        .stream()
        .filter(finding -> finding.subject().equals("all"))
        .findFirst()
        .orElseThrow()
        .level();
  }

  private static List<InputFeature> features() {
    List<InputFeature> features = new ArrayList<>();
    for (int i = 0; i < NUMBERS; i++) {
      String name = i == DAY ? "season_day" : "x" + i;
      features.add(InputFeature.numeric(name, FeatureFamily.RECENT_SALES, "units"));
    }
    features.add(
        InputFeature.categorical(
            "category", FeatureFamily.PRODUCT, List.of("a", "b", "c", "d", "e")));
    return features;
  }

  private static InputSample sample(int seed, int rows, UnaryOperator<double[]> change) {
    Random random = new Random(seed);
    List<double[]> encoded = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      double[] values = new double[NUMBERS + 1];
      for (int i = 0; i < NUMBERS; i++) {
        values[i] = random.nextInt(20) == 0 ? FeatureEncoder.MISSING : random.nextGaussian();
      }
      values[NUMBERS] = random.nextInt(5);
      encoded.add(change.apply(values));
    }
    return new InputSample(Collections.nCopies(rows, LocalDate.EPOCH), encoded);
  }

  private static TrendModel model() {
    InputSample training = sample(1, 4000, row -> row);
    Tree tree =
        new Tree(
            new int[] {0, -1, -1},
            new double[] {0, 0, 0},
            new int[][] {{}, {}, {}},
            new int[] {1, -1, -1},
            new int[] {2, -1, -1},
            new double[] {0, -1, 1},
            new double[] {2, 1, 1});
    return new TrendModel(
        TrendModel.FORMAT_VERSION,
        "m",
        28,
        PredictionTarget.GROWTH,
        FEATURES,
        FeatureEncoder.MISSING,
        0,
        List.of(tree),
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
        InputReference.of(FEATURES, FeatureEncoder.MISSING, training.cutoffs(), training.rows()));
  }
}
