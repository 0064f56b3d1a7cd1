package io.trendflow.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResidualTablesTest {
  @Test
  void quantilesAreThoseOfSplitConformalPrediction() {
    // For 1 to 19 hundredths: the (19 + 1) x 0.1 = 2nd and the (19 + 1) x 0.9 = 18th.
    assertQuantiles(19, 0.02, 0.18);
    // For 1 to 24 hundredths: the floor(2.5) = 2nd and the ceil(22.5) = 23rd.
    assertQuantiles(24, 0.02, 0.23);
    // Eight residuals don't reach 0.1 and 0.9: the smallest and the largest.
    assertQuantiles(8, 0.01, 0.08);
  }

  @Test
  void eightResidualsGiveNoInterval() {
    assertThat(ResidualTables.of(residuals("new", 8, 0, 0))).isEqualTo(ResidualTables.unknown());
    assertThat(ResidualTables.unknown().cell("new", 1)).isNull();
  }

  @Test
  void aCellHoldsAHundredResiduals() {
    List<PredictionResidual> all = new ArrayList<>();
    all.addAll(residuals("established", 250, 1, 0.5));
    all.addAll(residuals("established", 249, 4, -0.5));
    all.addAll(residuals("new", 199, 2, 0.2));
    ResidualTables tables = ResidualTables.of(all);
    assertThat(cells(tables, "established")).hasSize(4).allMatch(c -> c.n() >= 100);
    assertThat(cells(tables, "new")).as("cells of all, 199 residuals").hasSize(6);
    assertThat(cells(tables, "new")).allMatch(c -> c.n() == 199);
    assertThat(cell(tables, "established", 1.2).quantile(18)).isCloseTo(0.5, within(0.15));
    assertThat(cell(tables, "established", 4.2).quantile(2)).isCloseTo(-0.5, within(0.15));
    assertThat(cell(tables, "established", -50).quantile(18)).isCloseTo(0.5, within(0.15));
    ResidualTable everything = requireNonNull(tables.all());
    assertThat(cell(tables, "launch", 1)).isEqualTo(everything.cell(1));
  }

  @Test
  void fewResidualsOfALifecycleWidenItsDistribution() {
    Random random = new Random(4);
    List<PredictionResidual> all = noisy("established", 4000, 1, random);
    all.addAll(noisy("launch", 30, 2, random));
    ResidualTables tables = ResidualTables.of(all);
    for (double raw : new double[] {0.5, 2, 3.5}) {
      double usual = cell(tables, "established", raw).halfWidth();
      assertThat(cell(tables, "launch", raw).halfWidth() / usual).isBetween(1.5, 2.3);
      assertThat(cell(tables, "launch", raw).quantiles()).isSorted();
    }
    assertThat(coverage(tables, noisy("launch", 20000, 2, random))).isBetween(0.74, 0.86);
    assertThat(coverage(tables, noisy("established", 20000, 1, random))).isBetween(0.78, 0.83);
  }

  @Test
  void aSingleResidualCountsLittle() {
    Random random = new Random(5);
    List<PredictionResidual> all = noisy("established", 4000, 1, random);
    all.add(new PredictionResidual("launch", 2, Math.expm1(6)));
    ResidualTables tables = ResidualTables.of(all);
    double usual = cell(tables, "established", 2).halfWidth();
    assertThat(cell(tables, "launch", 2).halfWidth() / usual).isBetween(1.0, 2.0);
  }

  @Test
  void everyQuantileOfAKnownDistributionIsFound() {
    // Laplace distribution of scale 0.3: the quantile at p above a half is -0.3 log(2 (1 - p)).
    Random random = new Random(6);
    List<PredictionResidual> residuals = new ArrayList<>();
    for (int i = 0; i < 20000; i++) {
      double noise = -0.3 * Math.log(random.nextDouble()) * (random.nextBoolean() ? 1 : -1);
      double raw = 5 + random.nextDouble();
      residuals.add(new PredictionResidual("new", raw, Math.expm1(raw + noise)));
    }
    ResidualCell cell = cell(ResidualTables.of(residuals), "new", 5.5);
    for (int level = 1; level <= ResidualCell.LEVELS; level++) {
      double p = level / 20.0;
      double expected = p < 0.5 ? 0.3 * Math.log(2 * p) : -0.3 * Math.log(2 * (1 - p));
      assertThat(cell.quantile(level)).isCloseTo(expected, within(0.06));
      assertThat(cell.probability(expected)).isCloseTo(p, within(0.03));
    }
    assertThat(cell.probability(-0.3 * Math.log(100))).isCloseTo(0.005, within(0.004));
    assertThat(cell.probability(0.3 * Math.log(100))).isCloseTo(0.995, within(0.004));
  }

  @Test
  void theProbabilityOfASharedValueIncludesIt() {
    List<Double> quantiles = new ArrayList<>(Collections.nCopies(5, -1.0));
    quantiles.addAll(Collections.nCopies(14, 2.0));
    ResidualCell cell = new ResidualCell(0, 100, quantiles);
    assertThat(cell.probability(-1.01)).isZero();
    assertThat(cell.probability(-1)).isEqualTo(0.25);
    assertThat(cell.probability(0.5)).isCloseTo(0.275, within(1e-12));
    assertThat(cell.probability(2)).isEqualTo(1);
  }

  @Test
  void theOrderOfTheResidualsIsIrrelevant() {
    List<PredictionResidual> residuals = noisy("new", 1000, 1, new Random(1));
    ResidualTables tables = ResidualTables.of(residuals);
    Collections.shuffle(residuals, new Random(2));
    assertThat(ResidualTables.of(residuals)).isEqualTo(tables);
  }

  @Test
  void theIntervalCoversFourOutOfFiveNewCases() {
    Random random = new Random(3);
    ResidualTables tables = ResidualTables.of(noisy("new", 5000, 1, random));
    assertThat(coverage(tables, noisy("new", 20000, 1, random))).isBetween(0.78, 0.83);
  }

  private static double coverage(ResidualTables tables, List<PredictionResidual> fresh) {
    double inside = 0;
    for (PredictionResidual residual : fresh) {
      ResidualCell cell = cell(tables, residual.lifecycle(), residual.rawPrediction());
      boolean covered =
          cell.quantile(2) <= residual.value() && residual.value() <= cell.quantile(18);
      inside += covered ? 1 : 0;
    }
    return inside / fresh.size();
  }

  private static ResidualCell cell(ResidualTables tables, String lifecycle, double raw) {
    return requireNonNull(tables.cell(lifecycle, raw));
  }

  private static List<ResidualCell> cells(ResidualTables tables, String lifecycle) {
    return requireNonNull(tables.byLifecycle().get(lifecycle)).cells();
  }

  private static void assertQuantiles(int n, double q10, double q90) {
    double[] sorted = IntStream.rangeClosed(1, n).mapToDouble(i -> i / 100.0).toArray();
    double[] quantiles = ResidualCell.conformal(sorted);
    assertThat(quantiles).hasSize(ResidualCell.LEVELS).isSorted();
    assertThat(quantiles[1]).isCloseTo(q10, within(1e-9));
    assertThat(quantiles[17]).isCloseTo(q90, within(1e-9));
  }

  /** Returns residuals of one value for raw predictions just above a level. */
  private static List<PredictionResidual> residuals(
      String lifecycle, int n, double level, double value) {
    return IntStream.range(0, n)
        .mapToObj(
            i -> {
              double raw = level + i * 1e-3;
              return new PredictionResidual(lifecycle, raw, Math.expm1(raw + value));
            })
        .toList();
  }

  /** Returns residuals whose spread on the log scale grows with the volume. */
  private static List<PredictionResidual> noisy(
      String lifecycle, int n, double spread, Random random) {
    List<PredictionResidual> residuals = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double raw = 4 * random.nextDouble();
      double noise = spread * (0.2 + 0.1 * raw) * random.nextGaussian();
      residuals.add(new PredictionResidual(lifecycle, raw, Math.max(0, Math.expm1(raw + noise))));
    }
    return residuals;
  }
}
