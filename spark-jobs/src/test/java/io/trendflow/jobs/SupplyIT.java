package io.trendflow.jobs;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.trendflow.examples.DemandEpisode;
import io.trendflow.examples.MeanDemand;
import io.trendflow.examples.PlantedTruth;
import io.trendflow.examples.RetailSettings;
import io.trendflow.examples.SupplyEpisode;
import io.trendflow.jobs.command.JobContext;
import io.trendflow.schemas.Table;
import io.trendflow.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests what stock and calendars are worth, in a shop whose stock runs out on a tenth of the days
 * and whose promotions double the demand: three backtests on the same sales, without both, with
 * stock, and with stock and calendar.
 */
@Tag("long")
@ExtendWith(SharedSpark.class)
class SupplyIT {
  private static final LocalDate END = LocalDate.parse("2026-06-30");
  private static final int HORIZON = 28;
  private static final String[] RECIPE = {
    "train.kind=xgboost",
    "train.cutoffs=26",
    "train.origins=[2026-02-03,2026-03-03,2026-03-31,2026-04-28,2026-05-26]"
  };

  /** Forecast of a product at an origin. */
  private record Forecast(double expected, double median) {}

  private static final Map<String, Double> DEMAND = new HashMap<>();

  /** Days of the horizon with a promotion. */
  private static final Map<String, Integer> PROMOTED = new HashMap<>();

  /** Rows in whose horizon a planted rise begins, which neither stock nor a calendar explains. */
  private static final Set<String> RISING = new TreeSet<>();

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Map<String, Forecast> blind;

  @SuppressWarnings("NullAway.Init")
  private static Map<String, Forecast> stocked;

  @SuppressWarnings("NullAway.Init")
  private static Map<String, Forecast> planned;

  @BeforeAll
  static void backtest(@TempDir Path folder) throws IOException {
    RetailSettings settings = new RetailSettings(7, 300, 760, END).withSupply();
    SampleShop shop = SampleShop.generate(folder, settings);
    planned = forecasts(shop, "planned");
    Path plans = folder.resolve("raw/calendar/plans.csv");
    Files.writeString(plans, Files.readAllLines(plans).get(0) + "\n");
    stocked = forecasts(shop, "stocked");
    Files.write(
        folder.resolve("raw/stock/levels.csv.gz"), gzip("product_id,market,stock_date,on_hand\n"));
    blind = forecasts(shop, "blind");
    truth(shop.truth());
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static JobContext context(SampleShop shop, String store) {
    List<String> sets = new ArrayList<>(List.of(RECIPE));
    sets.add("store.path=" + shop.store().resolveSibling(store));
    return shop.context(sets.toArray(String[]::new));
  }

  private static Map<String, Forecast> forecasts(SampleShop shop, String store) {
    JobContext context = context(shop, store);
    Ingest.run(context, false);
    Backtest.run(context, Optional.empty(), false);
    Map<String, Forecast> forecasts = new TreeMap<>();
    for (Row row :
        context
            .store()
            .read(Table.BACKTEST)
            .filter(col("lifecycle").equalTo("established"))
            .collectAsList()) {
      forecasts.put(
          key(row.getAs("market"), row.getAs("product_id"), row.getAs("cutoff")),
          new Forecast(row.getAs("expected_units"), row.getAs("median_units")));
    }
    return forecasts;
  }

  private static String key(String market, String product, LocalDate origin) {
    return market + " " + product + " " + origin;
  }

  /** Notes the mean demand after each origin, and the promoted days. */
  private static void truth(PlantedTruth truth) {
    Set<LocalDate> origins = new TreeSet<>();
    blind.keySet().forEach(key -> origins.add(LocalDate.parse(key.substring(key.length() - 10))));
    for (MeanDemand demand : truth.demand()) {
      for (LocalDate origin : origins) {
        DEMAND.put(key(demand.market(), demand.productId(), origin), demand.after(origin, HORIZON));
      }
    }
    for (DemandEpisode rise : truth.episodes()) {
      for (LocalDate origin : origins) {
        long ahead = ChronoUnit.DAYS.between(origin, rise.riseStart());
        if (ahead >= 0 && ahead <= HORIZON) {
          RISING.add(key(rise.market(), rise.productId(), origin));
        }
      }
    }
    for (SupplyEpisode episode : truth.supply()) {
      if (episode.kind().equals("promo")) {
        promoted(origins, episode);
      }
    }
  }

  private static void promoted(Set<LocalDate> origins, SupplyEpisode promo) {
    for (LocalDate origin : origins) {
      for (int day = 1; day <= HORIZON; day++) {
        LocalDate at = origin.plusDays(day);
        if (!at.isBefore(promo.startsOn()) && !at.isAfter(promo.endsOn())) {
          PROMOTED.merge(key(promo.market(), promo.productId(), origin), 1, Integer::sum);
        }
      }
    }
  }

  private static List<String> rows() {
    List<String> rows = new ArrayList<>(blind.keySet());
    rows.retainAll(stocked.keySet());
    rows.retainAll(planned.keySet());
    rows.removeAll(RISING);
    assertThat(rows).hasSizeGreaterThan(1000);
    return rows;
  }

  private static double demand(String row) {
    return DEMAND.getOrDefault(row, 0.0);
  }

  /** Returns by how much of the demand the expected units are too high. */
  private static double bias(Map<String, Forecast> forecasts) {
    double expected = 0;
    double demand = 0;
    for (String row : rows()) {
      expected += Objects.requireNonNull(forecasts.get(row)).expected();
      demand += demand(row);
    }
    return expected / demand - 1;
  }

  /** Returns the median over the promoted rows of the error's share of the demand. */
  private static double promotedError(Map<String, Forecast> forecasts) {
    double[] errors =
        rows().stream()
            .filter(row -> PROMOTED.getOrDefault(row, 0) >= HORIZON / 2)
            .mapToDouble(
                row ->
                    Math.abs(Objects.requireNonNull(forecasts.get(row)).median() - demand(row))
                        / Math.max(1, demand(row)))
            .sorted()
            .toArray();
    assertThat(errors.length).isGreaterThan(100);
    return errors[errors.length / 2];
  }

  @Test
  void withStockTheExpectedUnitsAreTheDemand() {
    assertThat(bias(blind)).isBetween(-0.16, -0.08);
    assertThat(bias(stocked)).isBetween(-0.03, 0.03);
    assertThat(bias(planned)).isBetween(-0.03, 0.03);
  }

  @Test
  void theCalendarLowersTheErrorOfPromotedProducts() {
    assertThat(promotedError(planned)).isLessThan(0.75 * promotedError(stocked));
  }
}
