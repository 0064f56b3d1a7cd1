package io.trendflow.jobs.config;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.trendflow.ingestion.config.CatalogConfig;
import io.trendflow.ingestion.config.MarketConfig;
import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.config.SourcePresets;
import io.trendflow.model.order.DecideSettings;
import io.trendflow.training.Recipe;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The configuration of every job, loaded from YAML. {@code defaults.yaml} beside this class lists
 * and explains the keys. The constructors reject a value with a sentence that begins with its key.
 *
 * @param raw the folder with the raw files
 * @param store where tables and model files are kept
 * @param horizons numbers of days predicted, ascending; lists, states and outcomes are those of the
 *     first one
 * @param markets market to its settings; `all` if the data have no market
 * @param sources source to how its raw files are read
 */
public record JobConfig(
    @JsonProperty(required = true) StoreFolder raw,
    @JsonProperty(required = true) StoreConfig store,
    @JsonProperty(value = "horizon_days", required = true)
        @JsonDeserialize(using = HorizonDays.class)
        @JsonFormat(with = JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED)
        List<Integer> horizons,
    @JsonProperty(required = true) Map<String, MarketConfig> markets,
    @JsonProperty(required = true) Map<String, SourceConfig> sources,
    @JsonProperty(required = true) CatalogConfig catalog,
    @JsonProperty(required = true) FeaturesConfig features,
    @JsonProperty(required = true) TrainConfig train,
    @JsonProperty(required = true) SearchConfig search,
    @JsonProperty(required = true) ScoreConfig score,
    @JsonProperty(required = true) DecideSettings decide,
    @JsonProperty(required = true) AlertsConfig alerts,
    @JsonProperty(required = true) SparkConfig spark) {

  static final ConfigLoader<JobConfig> LOADER =
      new ConfigLoader<>(
          JobConfig.class,
          "defaults.yaml",
          tree -> {
            tree.expandPresets("sources", SourcePresets::yaml);
            tree.fillPulledFiles("sources");
          });

  public JobConfig {
    horizons = List.copyOf(horizons);
    KeyValidation.that(
        !horizons.isEmpty() && horizons.equals(horizons.stream().sorted().distinct().toList()),
        "horizon_days is %s, but must be a number of days or a list of rising ones, such as [28, 56, 91]."
            .formatted(horizons));
    horizons.forEach(days -> KeyValidation.range("horizon_days", days, 7, 180));
    markets = Collections.unmodifiableMap(new TreeMap<>(markets));
    sources = Collections.unmodifiableMap(new TreeMap<>(sources));
    train.recipe(horizons.get(0), score.lifecycles());
  }

  /** Returns the number of days of the first horizon. */
  public int horizonDays() {
    return horizons.get(0);
  }

  /** Returns the horizons after the first one; empty if there are none. */
  public List<Integer> furtherHorizons() {
    return horizons.subList(1, horizons.size());
  }

  /** Returns this configuration with a single horizon. */
  public JobConfig ofHorizon(int days) {
    return new JobConfig(
        raw,
        store,
        List.of(days),
        markets,
        sources,
        catalog,
        features,
        train,
        search,
        score,
        decide,
        alerts,
        spark);
  }

  /** Returns the recipe that {@code train} and {@code backtest} fit. */
  public Recipe recipe() {
    return train.recipe(horizonDays(), score.lifecycles());
  }

  /**
   * Loads a configuration: defaults, then the file, then the environment, then {@code --set}.
   *
   * @param env environment variables; {@code TRENDFLOW_} and a key in upper case, with {@code _}
   *     for every point, sets that key
   * @param sets {@code key=value}, the value as in YAML
   * @throws IllegalArgumentException if it is not valid; the message has the key, its value and
   *     what is allowed
   */
  public static JobConfig load(Path yaml, Map<String, String> env, List<String> sets) {
    return LOADER.load(yaml, env, sets);
  }

  /** Returns the configuration as YAML, secrets masked. */
  public String toYaml() {
    return LOADER.print(this);
  }
}
