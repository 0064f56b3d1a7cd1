package io.trendflow.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.trendflow.model.PredictionTarget;
import io.trendflow.training.ModelKind;
import io.trendflow.training.TrendUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  private static final String SMALLEST = "raw: {path: data/raw}\nstore: {path: data/store}\n";

  private Path file;

  @BeforeEach
  void folder(@TempDir Path folder) {
    file = folder.resolve("conf.yaml");
  }

  @Test
  void whatTheFileDoesNotSayIsTheDefault() {
    JobConfig config = load(SMALLEST);
    assertThat(config.raw().path()).isEqualTo("data/raw");
    assertThat(config.horizonDays()).isEqualTo(28);
    assertThat(config.train())
        .isEqualTo(
            new TrainConfig(
                52,
                3,
                List.of(),
                ModelKind.GBT,
                PredictionTarget.BOTH,
                50,
                6,
                0.12,
                40,
                0.7,
                0.33,
                64,
                60,
                List.of(),
                TrendUse.AUTO,
                List.of(),
                false,
                1));
    assertThat(config.score().lifecycles())
        .containsExactly("launch", "delayed", "new", "established");
    assertThat(config.score().allowStale()).isFalse();
    assertThat(config.spark().master()).isEqualTo("local[*]");
  }

  @Test
  void theEnvironmentGoesBeforeTheFileAndSetBeforeTheEnvironment() throws IOException {
    Files.writeString(file, SMALLEST + "train: {trees: 10, depth: 3}\n");
    JobConfig config =
        JobConfig.load(
            file,
            Map.of(
                "TRENDFLOW_STORE_PATH", "gs://bucket/store",
                "TRENDFLOW_TRAIN_TREES", "20",
                "TRENDFLOW_RAW_PATH", "",
                "TRENDFLOW_HEAP", "3g"),
            List.of(
                "train.trees=30",
                "spark.master=local[4]",
                "train.origins=[2011-04-30, 2011-06-11]",
                "features.attributes=[color]",
                "raw.path=/data/2011",
                "raw.path=2011"));
    assertThat(config.store().path()).isEqualTo("gs://bucket/store");
    assertThat(config.train().trees()).isEqualTo(30);
    assertThat(config.train().depth()).isEqualTo(3);
    assertThat(config.train().origins())
        .containsExactly(LocalDate.parse("2011-04-30"), LocalDate.parse("2011-06-11"));
    assertThat(config.features().attributes()).containsExactly("color");
    assertThat(config.raw().path()).isEqualTo("2011");
    assertThat(config.spark().master()).isEqualTo("local[4]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          horizon_day=28 | horizon_day is not a valid key: did you mean horizon_days?
          train.tress=5 | train.tress is not a valid key: did you mean train.trees?
          trees=5 | trees is not a valid key: did you mean train.trees?
          store.size=5 | store.size is not a valid key: use one of artifacts, dataset_prefix, location, path, project.
          horizon_days=400 | horizon_days is 400, but must be from 7 to 180.
          horizon_days=28.5 | horizon_days is 28.5, but must be a whole number.
          horizon_days=four weeks | horizon_days is "four weeks", but must be a whole number.
          horizon_days=[56, 28] | horizon_days is [56, 28], but must be a number of days or a list of rising ones, such as [28, 56, 91].
          horizon_days=[28, 28] | horizon_days is [28, 28], but must be a number of days or a list of rising ones, such as [28, 56, 91].
          horizon_days=[] | horizon_days is [], but must be a number of days or a list of rising ones, such as [28, 56, 91].
          horizon_days=[28, 181] | horizon_days is 181, but must be from 7 to 180.
          horizon_days=[28, eight weeks] | horizon_days[1] is "eight weeks", but must be a whole number.
          horizon_days= | horizon_days has no value: set one or remove the key.
          train.depth=0 | train.depth is 0, but must be from 1 to 12.
          train.max_categories=5000 | train.max_categories is 5000, but must be from 1 to 1000.
          train.learning_rate=0 | train.learning_rate is 0.0, but must be greater than 0 and at most 1.
          train.subsample=lots | train.subsample is "lots", but must be a number.
          train.kind=lightgbm | train.kind is "lightgbm", but must be one of gbt, xgboost.
          train.origins=2011-04-30 | train.origins is "2011-04-30", but must be a list such as [a, b].
          train.origins=[2011-04-31] | train.origins[0] is "2011-04-31", but must be a date such as 2011-08-31.
          train.origins=[2011-06-11, 2011-04-30] | train.origins is [2011-06-11, 2011-04-30], but must be ascending days without duplicates.
          train=fast | train is "fast", but must be keys with values: cutoffs, cutoff_weeks, origins, kind, target, trees, depth, learning_rate, min_instances, subsample, feature_fraction, bins, max_categories, leave_out, trends, ablation, what_if, seed.
          train.ablation=[trend_*, trend_*] | train.ablation is [trend_*, trend_*], but must be without duplicates.
          search.minutes=-1 | search.minutes is -1, but must be from 0 to 10080.
          score.allow_stale=maybe | score.allow_stale is "maybe", but must be true or false.
          score.lifecycles=[dormant] | score.lifecycles is dormant, but must be one of launch, delayed, new, established.
          score.lifecycles=[] | score.lifecycles is empty: name at least one of [launch, delayed, new, established].
          features.attributes=[a, a] | features.attributes is [a, a], but must be without duplicates.
          store.path=[a] | store.path is ["a"], but must be a text.
          store.path=" " | store.path is empty: set it to a folder.
          store.project=p | store.path and project are both set: set only path for files or only project for BigQuery.
          store.location=EU | store.path is set together with dataset_prefix, location or artifacts, which are for BigQuery: remove them.
          train.trees | "train.trees" is not a valid --set: use key=value.
          =5 | "=5" is not a valid --set: use key=value.
          train..trees=5 | train. is not a valid key: use one of ablation, bins, cutoff_weeks, cutoffs, depth, feature_fraction, kind, learning_rate, leave_out, max_categories, min_instances, origins, seed, subsample, target, trees, trends, what_if.
          """)
  void aWrongValueIsRefusedInASentence(String set, String sentence) throws IOException {
    Files.writeString(file, SMALLEST);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JobConfig.load(file, Map.of(), List.of(set)))
        .withMessage(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "horizon_days=7",
        "horizon_days=180",
        "train.subsample=1",
        "train.depth=12",
        "train.learning_rate=0.0001",
        "train.max_categories=2"
      })
  void theBordersOfARangeAreInIt(String set) throws IOException {
    Files.writeString(file, SMALLEST);
    assertThatNoException().isThrownBy(() -> JobConfig.load(file, Map.of(), List.of(set)));
  }

  @Test
  void aListOfHorizonsHasAFirstOneAndFurtherOnes() throws IOException {
    Files.writeString(file, SMALLEST);
    JobConfig config =
        JobConfig.load(file, Map.of("TRENDFLOW_HORIZON_DAYS", "[28, 56, 91]"), List.of());
    assertThat(config.horizonDays()).isEqualTo(28);
    assertThat(config.furtherHorizons()).containsExactly(56, 91);
    assertThat(config.recipe().horizonDays()).isEqualTo(28);
    assertThat(load(config.toYaml())).isEqualTo(config);
    JobConfig single = config.ofHorizon(56);
    assertThat(single).isEqualTo(load(SMALLEST + "horizon_days: 56"));
    assertThat(single.furtherHorizons()).isEmpty();
    assertThat(single.toYaml()).contains("horizon_days: 56\n");
  }

  @Test
  void aWrongValueInTheEnvironmentIsRefusedToo() throws IOException {
    Files.writeString(file, SMALLEST);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JobConfig.load(file, Map.of("TRENDFLOW_TRAIN_SEED", "x"), List.of()))
        .withMessage("train.seed is \"x\", but must be a whole number.");
  }

  @Test
  void aMissingKeyIsNamedWithTheWaysToGiveIt() {
    refused("raw: {path: r}")
        .withMessage(
            "store.path is missing: set it to the folder of the tables, or set project, location and"
                + " artifacts for BigQuery.");
    refused("raw: {path: r}\nstore: {project: p, location: EU}")
        .withMessage(
            "store.artifacts is missing: set it to the folder of the model files, for example"
                + " gs://bucket/trendflow.");
    refused("raw: {path: r}\nstore: {project: p, artifacts: a}")
        .withMessage(
            "store.location is missing: set it to the datasets' BigQuery location, for example EU.");
    refused("raw: {path: r}\nstore: {project: p, dataset_prefix: a-b}")
        .withMessage(
            "store.dataset_prefix is a-b, but must consist of letters, digits and underscores.");
  }

  @Test
  void aFileThatIsNoConfigurationIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JobConfig.load(file, Map.of(), List.of()))
        .withMessage("Configuration " + file + " does not exist.");
    refused("")
        .withMessage(
            "Configuration " + file + " has no keys: it must be YAML of the form key: value.");
    refused("- a").withMessageContaining("has no keys");
    refused(SMALLEST + "horizon_days: [28\n")
        .withMessageStartingWith("Configuration " + file + " is not valid YAML in line ");
    refused(SMALLEST + "raw: {path: other}")
        .withMessageStartingWith("Configuration " + file + " is not valid YAML in line 3")
        .withMessageContaining("raw");
    refused(SMALLEST + "horizon_days:\n")
        .withMessage("horizon_days has no value: set one or remove the key.");
  }

  @Test
  void theResolvedConfigurationIsYamlThatGivesItselfAgain() {
    JobConfig config = load(SMALLEST + "train: {origins: [2011-04-30]}");
    String yaml = config.toYaml();
    assertThat(yaml).contains("  learning_rate: 0.12\n").contains("2011-04-30");
    assertThat(load(yaml)).isEqualTo(config);
  }

  /** Shapes of other modules' records: maps, lists of records, enums, choices. */
  record Sources(Map<String, Source> sources, @Nullable String apiToken) {
    enum Kind {
      SALES,
      TRENDS
    }

    record Filter(String rule, @Nullable Integer keepAbove) {
      Filter {
        if (rule.isBlank()) {
          throw new IllegalArgumentException("a filter must have a rule.");
        }
      }
    }

    record Source(
        Kind kind,
        @JsonDeserialize(using = Days.class) @Nullable Duration lag,
        List<Filter> filters,
        Map<String, String> columns,
        boolean deduplicate) {}

    static final class Days extends StdDeserializer<Duration> {
      Days() {
        super(Duration.class);
      }

      @Override
      public Duration deserialize(JsonParser json, DeserializationContext context)
          throws IOException {
        if (!json.getText().endsWith("d")) {
          throw new IllegalArgumentException(json.getText() + " is not a duration such as 28d.");
        }
        return Duration.parse("P" + json.getText());
      }
    }
  }

  private static final String SOURCES =
      """
      api_token: s3cret
      sources:
        shop:
          kind: sales
          filters: [{rule: not_a_sale, keep_above: 0}]
          columns: {keyword: k, product_key: p}
      """;

  private Sources sources(String yaml) {
    try {
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return new ConfigLoader<>(Sources.class, "/empty.yaml", tree -> {})
        .load(file, Map.of(), List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kind: sales | kind: sale | sources.shop.kind is "sale", but must be one of sales, trends.
          keep_above | keep_over | sources.shop.filters[0].keep_over is not a valid key: did you mean sources.shop.filters[0].keep_above?
          rule: not_a_sale | rule: '' | sources.shop.filters[0]: a filter must have a rule.
          kind: sales | lag: 4 weeks | sources.shop.lag: 4 weeks is not a duration such as 28d.
          {keyword: k, product_key: p} | x | sources.shop.columns is "x", but must be keys with values.
          {keyword: k, product_key: p} | {product_key: [p]} | sources.shop.columns.product_key is ***, but must be a text.
          """)
  void problemsDeepInsideNameTheFullPath(String good, String bad, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sources(SOURCES.replace(good, bad)))
        .withMessage(sentence);
  }

  @Test
  void secretsAreMaskedInWhatIsPrinted() {
    ConfigLoader<Sources> loader = new ConfigLoader<>(Sources.class, "/empty.yaml", tree -> {});
    assertThat(loader.print(sources(SOURCES)))
        .contains("api_token: '***'", "keyword: k", "product_key: '***'", "kind: sales")
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "api_key,true", "apiKey,true", "key.file,true", "gcpAccessToken,true", "db_password,true",
    "client-secret,true", "keyword,false", "keywords,false", "search_keywords,false", "path,false"
  })
  void aKeyIsASecretByItsName(String key, boolean secret) {
    assertThat(SecretKeys.isSecret(key)).isEqualTo(secret);
  }

  private JobConfig load(String yaml) {
    try {
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return JobConfig.load(file, Map.of(), List.of());
  }

  private ThrowableAssertAlternative<IllegalArgumentException> refused(String yaml) {
    return assertThatIllegalArgumentException().isThrownBy(() -> load(yaml));
  }
}
