package io.trendflow.features;

import static org.apache.spark.sql.functions.col;

import io.trendflow.history.Lifecycle;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Invented shop with the cases that make "as known then" hard: a daily and a weekly source, late
 * rows, revisions, changing catalogue entries, and trends that are pulled again on another scale.
 */
record TestShop(List<Sale> sales, List<Entry> entries, List<Signal> signals) {
  static final LocalDate FIRST = LocalDate.parse("2024-01-01");
  static final int DAYS = 560;
  static final List<String> LIFECYCLES =
      Arrays.stream(Lifecycle.values()).map(Lifecycle::label).toList();
  static final FeatureSettings SETTINGS =
      new FeatureSettings(
          28,
          Map.of("day", List.of("GB"), "week", List.of()),
          Map.of("day", "GB"),
          List.of("colour"),
          Map.of(),
          0.4,
          List.of());

  record Sale(
      String source,
      String market,
      String product,
      LocalDate date,
      int days,
      double gross,
      double returned,
      double revenue,
      long orders,
      Instant availableAt) {
    LocalDate last() {
      return date.plusDays(days - 1L);
    }
  }

  record Entry(
      String market,
      String product,
      String name,
      @Nullable String category,
      @Nullable LocalDate launch,
      @Nullable LocalDate discontinued,
      List<String> keywords,
      String colour,
      Instant availableAt) {}

  record Signal(
      String source,
      String keyword,
      String geo,
      LocalDate date,
      int days,
      double value,
      String pull,
      Instant availableAt) {}

  static Instant endOf(LocalDate day) {
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  static TestShop generate(long seed) {
    Random random = new Random(seed);
    TestShop shop = new TestShop(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int p = 0; p < 40; p++) {
      shop.addProduct("p" + p, p % 2 == 0 ? "day" : "week", random);
    }
    for (String keyword : List.of("mug", "lamp", "scarf")) {
      for (String geo : List.of("GB", "FR")) {
        shop.addSeries(keyword, geo, random);
      }
    }
    return shop;
  }

  /**
   * Adds a product. A weekly product sells every week from its launch, for tests of the days after
   * a launch.
   */
  private void addProduct(String product, String market, Random random) {
    LocalDate launch = FIRST.plusDays(random.nextInt(DAYS));
    boolean old = random.nextInt(3) == 0;
    LocalDate from = old ? FIRST : launch;
    String category = List.of("kitchen", "light", "clothes").get(random.nextInt(3));
    String keyword = List.of("mug", "lamp", "scarf").get(random.nextInt(3));
    boolean declares = !product.endsWith("0") && !product.endsWith("5");
    if (random.nextInt(5) > 0) {
      LocalDate leaves = random.nextInt(6) == 0 ? from.plusDays(200) : null;
      entries.add(
          new Entry(
              random.nextInt(4) == 0 ? "all" : market,
              product,
              declares ? "Name of " + product : "Plain " + keyword + " of the house",
              category,
              old ? null : launch,
              leaves,
              declares ? List.of(keyword) : List.of(),
              "red",
              endOf(from.minusDays(20L + random.nextInt(60)))));
      entries.add(
          new Entry(
              market,
              product,
              declares ? "Name of " + product : "Scarves, lamps and mugs: " + product,
              category,
              old ? null : launch,
              leaves,
              declares ? List.of(keyword, "mug") : List.of(),
              "blue",
              endOf(from.plusDays(random.nextInt(60)))));
    }
    int period = market.equals("day") ? 1 : 7;
    LocalDate sells = random.nextInt(4) == 0 ? from.plusDays(42) : from;
    for (LocalDate date = sells;
        date.isBefore(FIRST.plusDays(DAYS));
        date = date.plusDays(period)) {
      if (random.nextInt(3) > 0) {
        addSale(product, market, date, period, random);
      }
    }
  }

  private void addSale(String product, String market, LocalDate date, int period, Random random) {
    LocalDate last = date.plusDays(period - 1L);
    Instant late = endOf(last.plusDays(random.nextInt(10) == 0 ? random.nextInt(90) : 0));
    sales.add(sale(product, market, date, period, late, random));
    if (random.nextInt(12) == 0) {
      sales.add(
          sale(
              product,
              market,
              date,
              period,
              late.plusSeconds(86400L * (1 + random.nextInt(60))),
              random));
    }
  }

  private static Sale sale(
      String product, String market, LocalDate date, int period, Instant known, Random random) {
    double gross = random.nextInt(9);
    double returned = random.nextInt(6) == 0 ? random.nextInt(4) : 0;
    return new Sale(
        "till-" + market,
        market,
        product,
        date,
        period,
        gross,
        returned,
        gross * (5 + random.nextInt(3)),
        gross > 0 ? 1 + random.nextInt(3) : 0,
        known);
  }

  private void addSeries(String keyword, String geo, Random random) {
    for (int pull = 0; pull < 3; pull++) {
      LocalDate pulledOn = FIRST.plusDays(250L + 150L * pull);
      double scale = 1 + pull;
      for (LocalDate date = FIRST.minusDays(200);
          date.isBefore(pulledOn);
          date = date.plusDays(7)) {
        signals.add(
            new Signal(
                "search",
                keyword,
                geo,
                date,
                7,
                scale * (10 + random.nextInt(50)),
                "pull-" + pull,
                endOf(pulledOn)));
      }
    }
  }

  SourceTables tables(SparkSession spark) {
    return new SourceTables(salesTable(spark), catalogTable(spark), signalsTable(spark));
  }

  private Dataset<Row> salesTable(SparkSession spark) {
    StructType schema =
        StructType.fromDDL(
            "source string, market string, product_id string, sale_date date, period_days long,"
                + " gross_units double, return_units double, gross_revenue decimal(38,9),"
                + " orders long, log_units double, squared_units double, capped_units double,"
                + " customers long, currency string, available_at timestamp");
    return spark.createDataFrame(
        sales.stream()
            .map(
                s ->
                    RowFactory.create(
                        s.source,
                        s.market,
                        s.product,
                        s.date,
                        (long) s.days,
                        s.gross,
                        s.returned,
                        BigDecimal.valueOf(s.revenue),
                        s.orders,
                        s.days == 1 ? Math.log1p(s.gross) : null,
                        s.days == 1 ? s.gross * s.gross : null,
                        s.days == 1 ? Math.min(48, s.gross) : null,
                        s.days == 1 ? s.orders : null,
                        "GBP",
                        s.availableAt))
            .toList(),
        schema);
  }

  private Dataset<Row> catalogTable(SparkSession spark) {
    StructType schema =
        StructType.fromDDL(
            "market string, product_id string, name string, category string, brand string,"
                + " price decimal(38,9), currency string, launch_date date,"
                + " launch_censored boolean, discontinued_on date, keywords array<string>,"
                + " attributes array<struct<name:string,value:string>>, available_at timestamp");
    return spark.createDataFrame(
        entries.stream()
            .map(
                e ->
                    RowFactory.create(
                        e.market,
                        e.product,
                        e.name,
                        e.category,
                        null,
                        null,
                        null,
                        e.launch,
                        false,
                        e.discontinued,
                        e.keywords.toArray(),
                        new Object[] {RowFactory.create("colour", e.colour)},
                        e.availableAt))
            .toList(),
        schema);
  }

  private Dataset<Row> signalsTable(SparkSession spark) {
    StructType schema =
        new StructType()
            .add("source", DataTypes.StringType)
            .add("metric", DataTypes.StringType)
            .add("keyword", DataTypes.StringType)
            .add("geo", DataTypes.StringType)
            .add("observed_on", DataTypes.DateType)
            .add("period_days", DataTypes.LongType)
            .add("value", DataTypes.DoubleType)
            .add("pull_id", DataTypes.StringType)
            .add("available_at", DataTypes.TimestampType);
    return spark
        .createDataFrame(
            signals.stream()
                .map(
                    s ->
                        RowFactory.create(
                            s.source,
                            "interest",
                            s.keyword,
                            s.geo,
                            s.date,
                            (long) s.days,
                            s.value,
                            s.pull,
                            s.availableAt))
                .toList(),
            schema)
        .select(col("*"));
  }
}
