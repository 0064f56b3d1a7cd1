package io.trendflow.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.model.PredictionResidual;
import io.trendflow.model.PredictionTarget;
import java.util.List;
import org.junit.jupiter.api.Test;

class FittedEnsembleTest {
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
