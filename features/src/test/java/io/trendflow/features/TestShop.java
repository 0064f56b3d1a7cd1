package io.trendflow.features;

import static org.apache.spark.sql.functions.col;

import io.trendflow.history.Lifecycle;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
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
 * rows, revisions, changing catalogue entries, trends that are pulled again on another scale, stock
 * that runs out, and promotions that are planned, pulled again and cancelled.
 */
record TestShop(
    List<Sale> sales,
    List<Entry> entries,
    List<Signal> signals,
    List<Level> levels,
    List<Plan> plans) {
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

  /** Stock at the end of a day; null units are in stock. */
  record Level(
      String source,
      String market,
      String product,
      LocalDate date,
      @Nullable Double units,
      Instant availableAt) {}

  record Plan(
      String market,
      String scope,
      String subject,
      LocalDate starts,
      LocalDate ends,
      String kind,
      @Nullable Double depth,
      Instant availableAt,
      boolean assumed) {}

  /** Creates a shop without stock or plans. */
  TestShop(List<Sale> sales, List<Entry> entries, List<Signal> signals) {
    this(sales, entries, signals, List.of(), List.of());
  }

  static Instant endOf(LocalDate day) {
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  static TestShop generate(long seed) {
    Random random = new Random(seed);
    TestShop shop =
        new TestShop(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    for (int p = 0; p < 40; p++) {
      shop.addProduct("p" + p, p % 2 == 0 ? "day" : "week", random);
    }
    for (String keyword : List.of("mug", "lamp", "scarf")) {
      for (String geo : List.of("GB", "FR")) {
        shop.addSeries(keyword, geo, random);
      }
    }
    for (int p = 0; p < 40; p += 3) {
      shop.addStock("p" + p, p % 2 == 0 ? "day" : "week", random);
    }
    shop.addPlans(random);
    return shop;
  }

  /** Lets the stock of a product run out; a few sales remain, as if there had been some. */
  private void addStock(String product, String market, Random random) {
    List<String> sources = random.nextInt(3) == 0 ? List.of("shelf", "store") : List.of("shelf");
    int every = market.equals("day") ? 1 : 7;
    for (int from = 5 + random.nextInt(40); from < DAYS; from += 40 + random.nextInt(60)) {
      LocalDate out = FIRST.plusDays(from);
      LocalDate back = out.plusDays(3L + random.nextInt(25));
      sales.removeIf(
          sale ->
              sale.product().equals(product)
                  && sale.last().isAfter(out)
                  && sale.date().isBefore(back)
                  && random.nextInt(12) > 0);
      for (String source : sources) {
        for (LocalDate day = out.minusDays(7);
            day.isBefore(back.plusDays(7));
            day = day.plusDays(every)) {
          boolean isOut = !day.isBefore(out) && day.isBefore(back);
          Double units = isOut ? Double.valueOf(0) : random.nextInt(4) == 0 ? null : 5.0;
          Instant known = endOf(day.plusDays(random.nextInt(9) == 0 ? random.nextInt(60) : 0));
          levels.add(new Level(source, market, product, day, units, known));
          if (random.nextInt(15) == 0) {
            levels.add(new Level(source, market, product, day, 3.0, known.plusSeconds(864000)));
          }
        }
      }
    }
  }

  /** Plans events, some of which a later pull moves or no longer has. */
  private void addPlans(Random random) {
    for (int i = 0; i < 120; i++) {
      LocalDate starts = FIRST.plusDays(random.nextInt(DAYS + 30));
      String subject =
          switch (i % 5) {
            case 0 -> "kitchen";
            case 1 -> "all";
            default -> "p" + random.nextInt(40);
          };
      plans.add(
          new Plan(
              i % 7 == 0 ? "all" : i % 2 == 0 ? "day" : "week",
              i % 5 == 0 ? "category" : i % 5 == 1 ? "all" : "product",
              subject,
              starts,
              starts.plusDays(random.nextInt(12)),
              List.of("promo", "price", "holiday", "promo").get(random.nextInt(4)),
              random.nextInt(8) == 0 ? null : (random.nextInt(60) - 10) / 100.0,
              endOf(starts.minusDays(random.nextInt(40))),
              true));
    }
    for (int pull = 0; pull < 60; pull++) {
      Instant at = endOf(FIRST.plusDays(10L * pull)).minusSeconds(3600);
      for (int p = 0; p < 12; p++) {
        LocalDate starts = FIRST.plusDays(10L * pull + 2L * p);
        if (random.nextInt(4) > 0) {
          plans.add(
              new Plan(
                  "all", "product", "p" + p, starts, starts.plusDays(6), "promo", 0.3, at, false));
        }
      }
    }
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
    Map<OptionalInput, Dataset<Row>> optional = new EnumMap<>(OptionalInput.class);
    if (!levels.isEmpty()) {
      optional.put(OptionalInput.STOCK, stockTable(spark));
    }
    if (!plans.isEmpty()) {
      optional.put(OptionalInput.CALENDAR, calendarTable(spark));
    }
    return new SourceTables(salesTable(spark), catalogTable(spark), signalsTable(spark), optional);
  }

  private Dataset<Row> stockTable(SparkSession spark) {
    StructType schema =
        StructType.fromDDL(
            "source string, market string, product_id string, stock_date date, on_hand double,"
                + " available_at timestamp");
    return spark.createDataFrame(
        levels.stream()
            .map(
                l ->
                    RowFactory.create(
                        l.source, l.market, l.product, l.date, l.units, l.availableAt))
            .toList(),
        schema);
  }

  private Dataset<Row> calendarTable(SparkSession spark) {
    StructType schema =
        StructType.fromDDL(
            "source string, market string, scope string, subject string, starts_on date,"
                + " ends_on date, kind string, depth double, available_at timestamp,"
                + " available_assumed boolean");
    return spark.createDataFrame(
        plans.stream()
            .map(
                p ->
                    RowFactory.create(
                        "plan",
                        p.market,
                        p.scope,
                        p.subject,
                        p.starts,
                        p.ends,
                        p.kind,
                        p.depth,
                        p.availableAt,
                        p.assumed))
            .toList(),
        schema);
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
