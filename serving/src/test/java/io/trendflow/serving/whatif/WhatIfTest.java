package io.trendflow.serving.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.trendflow.history.PlannedInput;
import io.trendflow.model.InputFeature;
import io.trendflow.model.MeanCurves;
import io.trendflow.model.ModelFile;
import io.trendflow.model.PastPrediction;
import io.trendflow.model.Prediction;
import io.trendflow.model.PredictionCalibration;
import io.trendflow.model.PredictionResidual;
import io.trendflow.model.PredictionTarget;
import io.trendflow.model.Provenance;
import io.trendflow.model.Tree;
import io.trendflow.model.TrendModel;
import io.trendflow.model.UnitQuantiles;
import io.trendflow.model.whatif.SeenPlans;
import io.trendflow.model.whatif.WhatIfVerdict;
import io.trendflow.schemas.FeatureFamily;
import io.trendflow.schemas.Table;
import io.trendflow.serving.TestServer;
import io.trendflow.serving.store.CatalogRecord;
import io.trendflow.serving.store.Copies;
import io.trendflow.serving.store.ModelEventRecord;
import io.trendflow.serving.store.Run;
import io.trendflow.serving.store.Samples;
import io.trendflow.serving.store.ScoreRecord;
import io.trendflow.serving.store.StoreFolder;
import io.trendflow.serving.web.CallerAccessTest;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatIfTest {
  private static final LocalDate START = Samples.AS_OF.plusDays(1);
  private static final double KEPT = 0.8;
  private static final String PROMOTED = "20000";
  private static final String PLAIN = "20148";
  private static final WhatIfVerdict ANSWERED = answered(true);

  private static WhatIfVerdict answered(boolean pricesVary) {
    return WhatIfVerdict.answered(
        "They help.",
        new SeenPlans(
            pricesVary,
            14,
            0.1,
            new SeenPlans.PriceRange(Math.log(0.8), Math.log(1.25)),
            new SeenPlans.PriceRange(Math.log(0.85), Math.log(1.1))));
  }

  private static TestServer server;
  private static List<ScoreRecord> scores = List.of();

  /** Row of {@code prediction.score_inputs}. */
  public record InputRow(
      String market,
      String productId,
      List<Double> inputs,
      @Nullable Double listPrice,
      @Nullable Double currentPrice,
      List<ScoreInputRecord.PlannedPeriod> plannedEvents) {}

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    StoreFolder store = new StoreFolder(folder);
    publish(store, ANSWERED, true);
    server =
        new TestServer(
            store,
            Map.of(
                "trendflow.api-keys.all.hash",
                CallerAccessTest.sha256("key-of-all"),
                "trendflow.api-keys.de.hash",
                CallerAccessTest.sha256("key-of-de"),
                "trendflow.api-keys.de.markets",
                "de"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Publishes a shop of which one product has a planned promotion of a week, 20 % off. */
  private static void publish(StoreFolder store, WhatIfVerdict verdict, boolean withInputs)
      throws IOException {
    TrendModel model = model(verdict);
    scores = Samples.scores("r1", 10).stream().map(score -> predicted(score, model)).toList();
    Path file = store.path().resolve("models/" + model.modelId() + "/model.json");
    Files.createDirectories(file.resolveSibling(""));
    try (OutputStream out = Files.newOutputStream(file)) {
      ModelFile.write(model, out);
    }
    store.write(Table.MODELS, "b1", List.of(event(model)));
    store.write(Table.CATALOG, "ing-1", List.of(entry(PROMOTED), entry(PLAIN), entry("unsold")));
    if (withInputs) {
      store.write(
          Table.SCORE_INPUTS,
          "r1",
          scores.stream()
              .filter(score -> score.lifecycle().equals("established"))
              .map(
                  score ->
                      new InputRow(
                          score.market(),
                          score.productId(),
                          inputs(score),
                          10.0,
                          10.0,
                          score.productId().equals(PROMOTED)
                              ? List.of(
                                  new ScoreInputRecord.PlannedPeriod(
                                      "promo", START, START.plusDays(6), 0.2))
                              : List.of()))
              .toList());
    }
    store.publish(Samples.run("r1", 20), scores);
  }

  private static List<Double> inputs(ScoreRecord score) {
    boolean promoted = score.productId().equals(PROMOTED);
    return promoted ? List.of(7.0, (double) (float) Math.log(0.95), 3.0) : List.of(0.0, 0.0, 3.0);
  }

  /** Returns a score as the jobs publish it: predicted, then with its uplift shrunk. */
  private static ScoreRecord predicted(ScoreRecord score, TrendModel model) {
    double baseline = score.baselineUnits();
    Prediction predicted =
        model.predict(
            inputs(score).stream().mapToDouble(x -> x).toArray(), score.lifecycle(), baseline);
    UnitQuantiles quantiles = predicted.quantiles();
    double expected = predicted.expected() - (predicted.expected() - baseline) * (1 - KEPT);
    ScoreRecord result = Copies.with(score, "expectedUnits", expected);
    result = Copies.with(result, "upliftUnits", expected - baseline);
    result = Copies.with(result, "medianUnits", predicted.median());
    result = Copies.with(result, "chance", predicted.chance());
    if (quantiles != null) {
      result = Copies.with(result, "lowerUnits", quantiles.lower());
      result = Copies.with(result, "upperUnits", quantiles.upper());
    }
    return Copies.with(result, "horizonStart", START);
  }

  /** Returns a model of growth: promotions and low prices sell more. */
  private static TrendModel model(WhatIfVerdict verdict) {
    Random random = new Random(1);
    List<PastPrediction> past = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      double raw = 1 + 4 * random.nextDouble();
      past.add(
          new PastPrediction(
              START.minusWeeks(4 + i % 10),
              new PredictionResidual(
                  "established", raw, Math.expm1(raw + 0.3 * random.nextGaussian())),
              Math.expm1(raw),
              Math.expm1(raw),
              random.nextDouble()));
    }
    return new TrendModel(
        TrendModel.FORMAT_VERSION,
        "gbt-4f1c9a27",
        28,
        PredictionTarget.GROWTH,
        List.of(
            InputFeature.numeric(PlannedInput.PROMOTED_DAYS.feature(), FeatureFamily.PRICE, "days"),
            InputFeature.numeric(
                PlannedInput.PRICE_CHANGE.feature(), FeatureFamily.PRICE, "log ratio"),
            InputFeature.numeric("level", FeatureFamily.RECENT_SALES, "log(1 + units)")),
        -1e9,
        0.1,
        List.of(split(0, 3.5, 0, 0.25), split(0, 10.5, 0, 0.2), split(1, -0.02, 0.15, 0)),
        MeanCurves.uncorrected(),
        null,
        PredictionCalibration.of(past),
        new Provenance(
            "0.1.0",
            "recipe-1",
            verdict.parameters(),
            Samples.AS_OF,
            List.of(),
            400,
            List.of(),
            1,
            List.of(),
            Instant.EPOCH),
        null);
  }

  private static Tree split(int feature, double threshold, double left, double right) {
    return new Tree(
        new int[] {feature, Tree.LEAF, Tree.LEAF},
        new double[] {threshold, 0, 0},
        new int[][] {{}, {}, {}},
        new int[] {1, -1, -1},
        new int[] {2, -1, -1},
        new double[] {0, left, right},
        new double[] {2, 1, 1});
  }

  private static ModelEventRecord event(TrendModel model) {
    return new ModelEventRecord(
        model.modelId(),
        Instant.parse("2011-09-01T01:00:00Z"),
        "promoted",
        "It beats every baseline.",
        "recipe-1",
        Samples.AS_OF,
        28,
        "models/" + model.modelId() + "/model.json",
        model.provenance().parameters().entrySet().stream()
            .map(entry -> new ModelEventRecord.Parameter(entry.getKey(), entry.getValue()))
            .toList(),
        List.of(),
        null,
        null,
        List.of());
  }

  private static CatalogRecord entry(String product) {
    return new CatalogRecord(
        "catalogue",
        "uk",
        product,
        null,
        null,
        null,
        null,
        null,
        null,
        false,
        null,
        null,
        List.of(),
        List.of(),
        false,
        Run.endOf(Samples.AS_OF.minusDays(9)),
        new BigDecimal("4"),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static HttpResponse<String> ask(String product, String body) {
    return ask(server, "key-of-all", product, body);
  }

  private static HttpResponse<String> ask(TestServer of, String key, String product, String body) {
    return of.send(
        of.request("/api/v1/products/" + product + ":whatif")
            .header("X-API-Key", key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static JsonNode answer(String product, String plan) {
    HttpResponse<String> answer = ask(product, "{\"market\": \"uk\"" + plan + "}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestServer.json(answer).get("items").get(0);
  }

  private static String promotion(int first, int last, double depth) {
    return ", \"promotions\": [{\"starts_on\": \"%s\", \"ends_on\": \"%s\", \"depth\": %s}]"
        .formatted(START.plusDays(first), START.plusDays(last), depth);
  }

  private static ScoreRecord score(String product) {
    return scores.stream()
        .filter(score -> score.market().equals("uk") && score.productId().equals(product))
        .findFirst()
        .orElseThrow();
  }

  private static double units(JsonNode item, String forecast) {
    return item.get(forecast).get("expected_units").asDouble();
  }

  @Test
  void anUnchangedPlanIsThePublishedScore() {
    for (String product : List.of(PROMOTED, PLAIN)) {
      JsonNode item = answer(product, "");
      ScoreRecord score = score(product);
      assertThat(units(item, "published")).isEqualTo(score.expectedUnits());
      JsonNode same = item.get("what_if");
      assertThat(same.get("expected_units").asDouble())
          .isCloseTo(score.expectedUnits(), within(1e-9));
      assertThat(same.get("uplift_units").asDouble()).isCloseTo(score.upliftUnits(), within(1e-9));
      for (String column : List.of("median_units", "lower_units", "upper_units", "chance")) {
        assertThat(same.get(column)).as(column).isEqualTo(item.get("published").get(column));
        assertThat(same.get(column).isNull()).isFalse();
      }
      assertThat(same.get("revenue").asDouble())
          .isCloseTo(item.get("published").get("revenue").asDouble(), within(1e-6));
    }
    JsonNode planned = answer(PROMOTED, promotion(0, 6, 0.2));
    assertThat(units(planned, "what_if"))
        .as("the promotion that is planned")
        .isCloseTo(units(planned, "published"), within(1e-9));
  }

  @Test
  void aPromotionThatIsAddedOrTakenAwayChangesTheForecast() {
    JsonNode added = answer(PLAIN, promotion(7, 13, 0.2));
    double baseline = score(PLAIN).baselineUnits();
    double expected = Math.expm1(0.1 + 0.25 + 0.15 + Math.log1p(baseline)) - baseline;
    assertThat(units(added, "what_if")).isCloseTo(baseline + KEPT * expected, within(1e-9));
    assertThat(added.get("what_if").get("promoted_days").asInt()).isEqualTo(7);
    assertThat(added.get("what_if").get("planned_price").asDouble()).isCloseTo(9.5, within(1e-12));
    assertThat(added.get("what_if").get("lower_units").asDouble())
        .isGreaterThan(added.get("published").get("lower_units").asDouble());
    assertThat(added.get("what_if").get("chance").asDouble())
        .isGreaterThan(added.get("published").get("chance").asDouble());
    double more = units(added, "what_if") - units(added, "published");
    assertThat(added.get("what_if").get("revenue").asDouble())
        .as("units that the promotion adds are sold at its price, the others on all days")
        .isCloseTo(units(added, "published") * 9.5 + more * 8, within(1e-6));
    assertThat(added.get("what_if").get("expected_profit").asDouble())
        .isCloseTo(
            added.get("what_if").get("revenue").asDouble() - 4 * units(added, "what_if"),
            within(1e-6));
    assertThat(added.get("meaning").asText()).contains("not proof");

    JsonNode removed = answer(PROMOTED, ", \"promotions\": []");
    assertThat(units(removed, "what_if")).isLessThan(units(removed, "published"));
    assertThat(removed.get("what_if").get("promoted_days").asInt()).isZero();
  }

  @Test
  void aPriceChangesTheForecast() {
    JsonNode item = answer(PLAIN, ", \"price\": 9");
    assertThat(item.get("what_if").get("planned_price").asDouble()).isCloseTo(9, within(1e-12));
    double baseline = score(PLAIN).baselineUnits();
    double uplift = Math.expm1(0.1 + 0.15 + Math.log1p(baseline)) - baseline;
    assertThat(units(item, "what_if")).isCloseTo(baseline + KEPT * uplift, within(1e-9));
    assertThat(item.get("what_if").get("revenue").asDouble())
        .isCloseTo(9 * units(item, "what_if"), within(1e-6));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {} | 400 | 'market' is missing or empty.
          {"market": "xx"} | 400 | use one of de, uk.
          {"market": "uk", "price": -1} | 400 | 'price' is -1.0: use a price above 0
          {"market": "uk", "price": 7.5} | 400 | would be 7.50, but the model has seen prices from 8.00 to 12.50
          {"market": "uk", "price": "x"} | 400 | The request body is not valid
          {"market": "uk", "cost": 1} | 400 | The request body is not valid
          {"market": "uk", "promotions": [null]} | 400 | 'promotions' has an empty entry
          {"market": "uk", "promotions": [{}]} | 400 | 'starts_on' of a promotion is missing
          {"market": "uk", "promotions": [{"starts_on": "2011-02-30", "ends_on": "2011-09-02", "depth": 0.1}]} | 400 | '2011-02-30' is not a valid date for 'starts_on': use YYYY-MM-DD
          {"market": "uk", "promotions": [{"starts_on": "2011-09-05", "ends_on": "2011-09-02", "depth": 0.1}]} | 400 | ends on 2011-09-02, before it starts on 2011-09-05
          {"market": "uk", "promotions": [{"starts_on": "2011-09-05", "ends_on": "2011-09-29", "depth": 0.1}]} | 400 | the forecast period is from 2011-09-01 to 2011-09-28
          {"market": "uk", "promotions": [{"starts_on": "2011-08-31", "ends_on": "2011-09-02", "depth": 0.1}]} | 400 | the forecast period is from 2011-09-01 to 2011-09-28
          {"market": "uk", "promotions": [{"starts_on": "2011-09-01", "ends_on": "2011-09-02", "depth": 1}]} | 400 | 'depth' is 1.0: use a share from 0 to less than 1
          {"market": "uk", "promotions": [{"starts_on": "2011-09-01", "ends_on": "2011-09-02"}]} | 400 | 'depth' is missing
          {"market": "uk", "promotions": [{"starts_on": "2011-09-01", "ends_on": "2011-09-20", "depth": 0.1}]} | 400 | have 20 days of the forecast period, but the model has seen at most 14
          {"market": "uk", "promotions": [{"starts_on": "2011-09-01", "ends_on": "2011-09-14", "depth": 0.4}]} | 400 | by 20.0 % over the forecast period, but the model has seen at most 10.0 %
          """)
  void aBadRequestIsRefusedWithASentence(String body, int status, String sentence) {
    HttpResponse<String> answer = ask(PLAIN, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(TestServer.json(answer).get("detail").asText()).contains(sentence);
  }

  @Test
  void productsWithoutAForecastAndOtherMarketsAreRefused() {
    String uk = "{\"market\": \"uk\"}";
    assertThat(ask("nothing", uk).statusCode()).isEqualTo(404);
    HttpResponse<String> unsold = ask("unsold", uk);
    assertThat(unsold.statusCode()).isEqualTo(409);
    assertThat(unsold.body()).contains("has no forecast in market 'uk': it is unreleased");
    HttpResponse<String> other = ask(server, "key-of-de", PLAIN, uk);
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(other.body()).contains("use one of de.").doesNotContain("expected");
    assertThat(ask(server, "key-of-de", PLAIN, "{\"market\": \"de\"}").statusCode()).isEqualTo(200);
  }

  @Test
  void aModelThatDoesNotAnswerIsRefusedWithItsReason(@TempDir Path folder) throws IOException {
    StoreFolder store = new StoreFolder(folder);
    publish(store, WhatIfVerdict.refused("Plans change nothing."), false);
    try (TestServer refusing = new TestServer(store)) {
      HttpResponse<String> answer = refusing.post(path(), "{\"market\": \"uk\"}");
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(TestServer.json(answer).get("detail").asText())
          .isEqualTo("What-ifs are not answered. Plans change nothing.");
    }
  }

  @Test
  void pricesThatVariedInPromotionsOnlyAreNotAskedAbout(@TempDir Path folder) throws IOException {
    StoreFolder store = new StoreFolder(folder);
    publish(store, answered(false), true);
    try (TestServer promotions = new TestServer(store)) {
      String none = "{\"market\": \"uk\", \"promotions\": []}";
      assertThat(promotions.post(path(), none).statusCode()).isEqualTo(200);
      HttpResponse<String> answer = promotions.post(path(), "{\"market\": \"uk\", \"price\": 9}");
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.body()).contains("prices varied too little without promotions");
    }
  }

  @Test
  void aRunWithoutInputsOrModelIsRefusedWithTheReason(@TempDir Path folder) throws IOException {
    StoreFolder store = new StoreFolder(folder);
    publish(store, ANSWERED, false);
    try (TestServer early = new TestServer(store)) {
      HttpResponse<String> answer = early.post(path(), "{\"market\": \"uk\"}");
      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.body()).contains("run score with --force, or wait for the next run");
      Run later = Copies.with(Samples.run("r2", 20), "asOf", Samples.AS_OF.plusDays(1));
      store.publish(
          Copies.with(later, "modelId", null),
          scores.stream().map(score -> Copies.with(score, "runId", "r2")).toList());
      early.refresh();
      assertThat(early.post(path(), "{\"market\": \"uk\"}").body())
          .contains("was scored without a model");
    }
  }

  private static String path() {
    return "/api/v1/products/" + PLAIN + ":whatif";
  }
}
