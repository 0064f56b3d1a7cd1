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
    assertQuantiles(cell(19), 0.02, 0.18);
    // For 1 to 24 hundredths: the floor(2.5) = 2nd and the ceil(22.5) = 23rd.
    assertQuantiles(cell(24), 0.02, 0.23);
  }

  @Test
  void eightResidualsGiveNoInterval() {
    assertThat(ResidualTables.of(residuals("new", 8, 0, 0))).isEqualTo(ResidualTables.unknown());
    assertThat(ResidualTables.unknown().cell("new", 1)).isNull();
  }

  @Test
  void aCellHoldsAHundredResidualsOrFallsBackToLifecycleThenAll() {
    List<PredictionResidual> all = new ArrayList<>();
    all.addAll(residuals("established", 250, 1, 0.5));
    all.addAll(residuals("established", 249, 4, -0.5));
    all.addAll(residuals("new", 199, 2, 0.2));
    all.addAll(residuals("launch", 99, 3, 9));
    ResidualTables tables = ResidualTables.of(all);
    assertThat(cells(tables, "established")).hasSize(4).allMatch(c -> c.n() >= 100);
    assertThat(cells(tables, "new")).hasSize(1);
    assertThat(tables.byLifecycle()).doesNotContainKey("launch");
    assertThat(cell(tables, "established", 1.2).q90()).isCloseTo(0.5, within(0.05));
    assertThat(cell(tables, "established", 4.2).q10()).isCloseTo(-0.5, within(0.05));
    assertThat(cell(tables, "established", -50).q90()).isCloseTo(0.5, within(0.05));
    ResidualTable everything = requireNonNull(tables.all());
    assertThat(cell(tables, "launch", 1)).isEqualTo(everything.cell(1));
  }

  @Test
  void theOrderOfTheResidualsIsIrrelevant() {
    List<PredictionResidual> residuals = noisy(1000, new Random(1));
    ResidualTables tables = ResidualTables.of(residuals);
    Collections.shuffle(residuals, new Random(2));
    assertThat(ResidualTables.of(residuals)).isEqualTo(tables);
  }

  @Test
  void theIntervalCoversFourOutOfFiveNewCases() {
    Random random = new Random(3);
    ResidualTables tables = ResidualTables.of(noisy(5000, random));
    double inside = 0;
    List<PredictionResidual> fresh = noisy(20000, random);
    for (PredictionResidual residual : fresh) {
      ResidualCell cell = cell(tables, residual.lifecycle(), residual.rawPrediction());
      boolean covered = cell.q10() <= residual.value() && residual.value() <= cell.q90();
      inside += covered ? 1 : 0;
    }
    assertThat(inside / fresh.size()).isBetween(0.78, 0.83);
  }

  private static ResidualCell cell(ResidualTables tables, String lifecycle, double raw) {
    return requireNonNull(tables.cell(lifecycle, raw));
  }

  private static List<ResidualCell> cells(ResidualTables tables, String lifecycle) {
    return requireNonNull(tables.byLifecycle().get(lifecycle)).cells();
  }

  private static void assertQuantiles(ResidualCell cell, double q10, double q90) {
    assertThat(cell.q10()).isCloseTo(q10, within(1e-9));
    assertThat(cell.q90()).isCloseTo(q90, within(1e-9));
  }

  private static ResidualCell cell(int n) {
    return ResidualCell.of(
        IntStream.rangeClosed(1, n)
            .mapToObj(i -> new PredictionResidual("new", 0, Math.expm1(i / 100.0)))
            .toList());
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
  private static List<PredictionResidual> noisy(int n, Random random) {
    List<PredictionResidual> residuals = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double raw = 4 * random.nextDouble();
      double noise = (0.2 + 0.1 * raw) * random.nextGaussian();
      residuals.add(new PredictionResidual("new", raw, Math.max(0, Math.expm1(raw + noise))));
    }
    return residuals;
  }
}
