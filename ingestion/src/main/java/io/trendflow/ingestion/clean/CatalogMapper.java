package io.trendflow.ingestion.clean;

import static io.trendflow.ingestion.clean.SparkColumns.nullable;
import static io.trendflow.ingestion.clean.SparkColumns.required;

import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.raw.FileHeader;
import io.trendflow.ingestion.raw.FileRejectedException;
import io.trendflow.ingestion.raw.FileTask;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Maps records of a catalogue to descriptions of products. */
public final class CatalogMapper implements RecordMapper {
  private static final StructType ATTRIBUTE =
      new StructType(
          new StructField[] {
            required("name", DataTypes.StringType), required("value", DataTypes.StringType)
          });

  /** Columns with the units on hand and their day, which become a stock level. */
  public static final List<String> STOCK = List.of("on_hand", "stock_day");

  /** Columns of the contract from market on, and {@link #STOCK}. */
  public static final StructType SCHEMA =
      new StructType(
          new StructField[] {
            required("market", DataTypes.StringType),
            required("product_id", DataTypes.StringType),
            nullable("name", DataTypes.StringType),
            nullable("category", DataTypes.StringType),
            nullable("brand", DataTypes.StringType),
            nullable("price", DataTypes.createDecimalType(38, 9)),
            nullable("currency", DataTypes.StringType),
            nullable("launch_date", DataTypes.DateType),
            required("launch_censored", DataTypes.BooleanType),
            nullable("discontinued_on", DataTypes.DateType),
            nullable("in_stock", DataTypes.BooleanType),
            required("keywords", DataTypes.createArrayType(DataTypes.StringType, false)),
            required("attributes", DataTypes.createArrayType(ATTRIBUTE, false)),
            required("inferred", DataTypes.BooleanType),
            required("available_at", DataTypes.TimestampType),
            required("available_assumed", DataTypes.BooleanType),
            nullable("unit_cost", DataTypes.createDecimalType(38, 9)),
            nullable("lead_time_days", DataTypes.LongType),
            nullable("moq", DataTypes.LongType),
            nullable("pack_size", DataTypes.LongType),
            nullable("supplier", DataTypes.StringType),
            nullable("salvage_rate", DataTypes.DoubleType),
            nullable("image_url", DataTypes.StringType),
            nullable("url", DataTypes.StringType),
            nullable("on_hand", DataTypes.DoubleType),
            required("stock_day", DataTypes.DateType)
          });

  private final FileTask task;
  private final FileTimes times;
  private final BoundMarket market;
  private final BoundField productId;
  private final BoundField name;
  private final BoundField category;
  private final BoundField brand;
  private final BoundField price;
  private final BoundField launchDate;
  private final BoundField discontinuedOn;
  private final BoundField inStock;
  private final BoundField onHand;
  private final OrderTermFields orderTerms;
  private final BoundField imageUrl;
  private final BoundField url;
  private final int[] keywords;
  private final int[] attributes;

  CatalogMapper(FileTask task, FileHeader header) throws FileRejectedException {
    SourceConfig source = task.source();
    this.task = task;
    this.times = new FileTimes(task);
    this.market = new BoundMarket(task, header);
    this.productId = new BoundField("product_id", source, header);
    this.name = new BoundField("name", source, header);
    this.category = new BoundField("category", source, header);
    this.brand = new BoundField("brand", source, header);
    this.price = new BoundField("price", source, header);
    this.launchDate = new BoundField("launch_date", source, header);
    this.discontinuedOn = new BoundField("discontinued_on", source, header);
    this.inStock = new BoundField("in_stock", source, header);
    this.onHand = new BoundField("on_hand", source, header);
    this.orderTerms = new OrderTermFields(source, header);
    this.imageUrl = new BoundField("image_url", source, header);
    this.url = new BoundField("url", source, header);
    this.keywords = positions(header, source.keywords());
    this.attributes = positions(header, source.attributes());
  }

  private static int[] positions(FileHeader header, List<String> columns)
      throws FileRejectedException {
    int[] positions = new int[columns.size()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = header.index(columns.get(i));
    }
    return positions;
  }

  @Override
  public CleanedRecord map(String[] record) throws RecordDefectException, FileRejectedException {
    String in = market.name(record);
    ZoneId zone = market.zone(in);
    BigDecimal money = price.amount(record, SparkColumns.UNIT_LIMIT);
    LocalDate launch = FileTimes.planned(launchDate, launchDate.date(record, zone));
    OrderTermFields.Values terms = orderTerms.values(record);
    boolean priced = money != null || terms.unitCost() != null;
    return new CleanedRecord.Accepted(
        RowFactory.create(
            in,
            productId.required(record),
            name.text(record),
            category.text(record),
            brand.text(record),
            SparkColumns.money(money),
            priced ? market.currency(in, record) : null,
            launch,
            false,
            FileTimes.planned(discontinuedOn, discontinuedOn.date(record, zone)),
            inStock.flag(record),
            keywords(record),
            attributes(record),
            false,
            times.availableAt(assumedKnown(launch)),
            times.assumed(),
            terms.unitCost(),
            terms.leadTimeDays(),
            terms.moq(),
            terms.packSize(),
            terms.supplier(),
            terms.salvageRate(),
            imageUrl.text(record),
            url.text(record),
            onHand(record),
            times.lastDayOver(zone)));
  }

  /** Returns the units on hand; oversold units, which shops count as negative stock, are none. */
  private @Nullable Double onHand(String[] record) throws RecordDefectException {
    BigDecimal units = onHand.number(record, SparkColumns.UNIT_LIMIT);
    return units == null ? null : Math.max(0, units.doubleValue());
  }

  /**
   * Returns the assumed time at which a product without pull time was known. A product without
   * launch date was always known. A product with a launch date was known {@code
   * catalog.known_before_launch} before that date; if this is not configured, at the end of the
   * launch day, which cannot be too early.
   */
  private Instant assumedKnown(@Nullable LocalDate launch) {
    return launch == null
        ? Instant.EPOCH
        : FileTimes.beforeStart(launch, task.catalog().knownBeforeLaunch());
  }

  private String[] keywords(String[] record) {
    Set<String> terms = new LinkedHashSet<>();
    for (int column : keywords) {
      terms.addAll(KeywordSpelling.of(record[column]));
    }
    return terms.toArray(String[]::new);
  }

  private Row[] attributes(String[] record) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < attributes.length; i++) {
      String value = record[attributes[i]].strip();
      if (!value.isEmpty()) {
        rows.add(RowFactory.create(task.source().attributes().get(i), value));
      }
    }
    return rows.toArray(Row[]::new);
  }
}
