package io.trendflow.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trendflow.model.PredictionResidual;
import io.trendflow.model.PredictionTarget;
import io.trendflow.model.Tree;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FittedEnsembleTest {
  private static Tree leaf(double value) {
    TreeNodes nodes = new TreeNodes();
    nodes.leaf(value, 1);
    return nodes.toTree();
  }

  private static FittedEnsemble ensemble(double base, double... leaves) {
    return new FittedEnsemble(
        base, IntStream.range(0, leaves.length).mapToObj(i -> leaf(leaves[i])).toList());
  }

  @Test
  void theMeanIsOneSumOfTreesRoundByRound() {
    FittedEnsemble mean = FittedEnsemble.meanOf(List.of(ensemble(1, 4, 2), ensemble(3, 8, 6)));
    assertThat(mean.baseValue()).isEqualTo(2);
    assertThat(mean.trees())
        .extracting(tree -> tree.predict(new double[0]))
        .containsExactly(2.0, 4.0, 1.0, 3.0);
  }

  @Test
  void theMeanOfOneEnsembleIsTheEnsemble() {
    FittedEnsemble one = ensemble(0.1, 0.2, 0.7);
    FittedEnsemble mean = FittedEnsemble.meanOf(List.of(one));
    assertThat(mean.baseValue()).isCloseTo(0.1, within(0.0));
    assertThat(mean.trees()).usingRecursiveComparison().isEqualTo(one.trees());
  }

  @Test
  void residualsAreTheRawPredictionBesideTheUnits() {
    FittedEnsemble ensemble = new FittedEnsemble(2.5, List.of());
    double[] encoded = {1};
    assertThat(ensemble.residual(PredictionTarget.UNITS, "new", encoded, 7, 4))
        .isEqualTo(new PredictionResidual("new", 2.5, 7));
    assertThat(ensemble.residual(PredictionTarget.GROWTH, "launch", encoded, 0, 4))
        .isEqualTo(new PredictionResidual("launch", 2.5 + Math.log1p(4), 0));
  }
}
