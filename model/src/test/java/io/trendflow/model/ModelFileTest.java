package io.trendflow.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trendflow.schemas.FeatureFamily;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelFileTest {
  private static final TrendModel MODEL = model();

  @Test
  void aModelReadBackIsTheSameModel() throws IOException {
    TrendModel back = read(text(MODEL));
    assertThat(text(back)).isEqualTo(text(MODEL));
    assertThat(back.provenance()).isEqualTo(MODEL.provenance());
    assertThat(back.calibration()).isEqualTo(MODEL.calibration());
    assertThat(back.features()).isEqualTo(MODEL.features());
    FeatureEncoder encoder = back.encoder();
    assertThat(back.predict(encoder.encode(Arrays.asList(1.0, "b")))).isEqualTo(0.5 + 10 + 7);
    assertThat(back.predict(encoder.encode(Arrays.asList(3.0, "?")))).isEqualTo(0.5 + 20 + 8);
    assertThat(back.predict(encoder.encode(Arrays.asList(null, null)))).isEqualTo(0.5 + 10 + 8);
  }

  @Test
  void theFileSaysWhatItHoldsInPlainNames() throws IOException {
    assertThat(text(MODEL))
        .contains("\"format_version\" : 6")
        .contains("\"family\" : \"RECENT_SALES\"")
        .contains("\"left_categories\" : [ [ 1 ], [ ], [ ] ]")
        .contains("\"trained_at\" : \"2024-03-01T10:00:00Z\"")
        .contains("\"training_cutoffs\" : [ \"2024-01-27\", \"2024-02-03\" ]");
  }

  @Test
  void anotherFormatVersionIsRefused() throws IOException {
    String other = text(MODEL).replace("\"format_version\" : 6", "\"format_version\" : 7");
    assertThatThrownBy(() -> read(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "model.json cannot be used: format version 7 is not supported: this code reads"
                + " the versions 5 and 6. Restore the file or train the model again.");
  }

  @Test
  void aFileOfTheVersionBeforeHasNoReference() throws IOException {
    String before =
        text(MODEL)
            .replace("\"format_version\" : 6", "\"format_version\" : 5")
            .replaceFirst(",\\s*\"reference\" : \\{[\\s\\S]*\\}(?=\\s*\\}\\s*$)", "");
    assertThat(before).doesNotContain("reference");
    assertThat(read(before).reference()).isNull();
    assertThat(read(before).provenance()).isEqualTo(MODEL.provenance());
    assertThat(read(text(MODEL)).reference()).isNotNull().isEqualTo(MODEL.reference());
  }

  @Test
  void aDamagedFileIsRefusedWithItsPlace() throws IOException {
    String text = text(MODEL);
    String dangling = text.replaceFirst("\"left\" : \\[ 1,", "\"left\" : [ 9,");
    assertThatThrownBy(() -> read(dangling))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at trees #0: node 0 has the child 9");
    assertThatThrownBy(() -> read(text.replaceFirst("\"feature\" : \\[ 0,", "\"feature\" : [ 5,")))
        .hasMessageContaining("tree 0 compares feature 5: the model has the features 0 to 1");
    assertThatThrownBy(() -> read(text.substring(0, 500)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("model.json cannot be used");
    assertThatThrownBy(() -> read(text.replace("\"missing\" : -1.0E9,", "")))
        .hasMessageContaining("missing");
  }

  private static TrendModel read(String text) throws IOException {
    return ModelFile.read(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  private static String text(TrendModel model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelFile.write(model, out);
    return out.toString(UTF_8);
  }

  private static TrendModel model() {
    return new TrendModel(
        TrendModel.FORMAT_VERSION,
        "m1",
        28,
        PredictionTarget.GROWTH,
        List.of(
            InputFeature.numeric("units_28", FeatureFamily.RECENT_SALES, "log(1 + units)"),
            InputFeature.categorical("colour", FeatureFamily.PRODUCT, List.of("a", "b"))),
        FeatureEncoder.MISSING,
        0.5,
        List.of(Trees.numeric(0, 2.5, 10, 20), Trees.categorical(1, new int[] {1}, 7, 8)),
        new MeanCurves(Map.of("new", new MeanCurve(0.3, 0.9)), new MeanCurve(0.1, 1)),
        new MeanTrees(0.25, 0.1, List.of(Trees.numeric(0, 2.5, -1, 1))),
        new PredictionCalibration(
            new ResidualTables(Map.of("new", table(-1, 1)), table(-2, 2)),
            ChanceMap.of(List.of(new ChanceMap.Outcome(LocalDate.EPOCH, 0.8, true))),
            new UpliftShrinkage(new PiecewiseCurve(List.of(0.1, 0.9), List.of(0.5, 1.0)))),
        new Provenance(
            "0.1.0",
            "r1",
            Map.of("trees", "2", "depth", "1"),
            LocalDate.parse("2024-02-29"),
            List.of(LocalDate.parse("2024-01-27"), LocalDate.parse("2024-02-03")),
            1234,
            List.of("i1"),
            7,
            List.of(
                new MetricValue("model", "wape", 0.5, 0.01),
                new MetricValue("model", "ndcg_100", null, null)),
            Instant.parse("2024-03-01T10:00:00Z")),
        new InputReference(
            List.of(
                new InputDistribution("units_28", List.of(1.5, 3.0), List.of(.2, .3, .4, .1), .02),
                new InputDistribution("colour", List.of(), List.of(.5, .3, .2), .01))));
  }

  private static ResidualTable table(double q05, double q95) {
    List<Double> quantiles =
        IntStream.range(0, ResidualCell.LEVELS)
            .mapToObj(level -> q05 + (q95 - q05) * level / (ResidualCell.LEVELS - 1))
            .toList();
    return new ResidualTable(List.of(new ResidualCell(0, 120, quantiles)));
  }
}
