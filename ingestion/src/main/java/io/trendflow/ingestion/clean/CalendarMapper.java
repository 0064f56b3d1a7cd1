package io.trendflow.ingestion.clean;

import static io.trendflow.ingestion.clean.SparkColumns.nullable;
import static io.trendflow.ingestion.clean.SparkColumns.required;

import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.raw.FileHeader;
import io.trendflow.ingestion.raw.FileRejectedException;
import io.trendflow.ingestion.raw.FileTask;
import io.trendflow.ingestion.raw.QuotedText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Maps records to planned events: promotions, prices, holidays and campaigns. */
public final class CalendarMapper implements RecordMapper {
  /** Columns of the contract from market on. */
  public static final StructType SCHEMA =
      new StructType(
          new StructField[] {
            required("market", DataTypes.StringType),
            required("scope", DataTypes.StringType),
            required("subject", DataTypes.StringType),
            required("starts_on", DataTypes.DateType),
            required("ends_on", DataTypes.DateType),
            required("kind", DataTypes.StringType),
            nullable("depth", DataTypes.DoubleType),
            required("available_at", DataTypes.TimestampType),
            required("available_assumed", DataTypes.BooleanType)
          });

  private static final String EVERY_PRODUCT = "all";
  private static final List<String> SCOPES = List.of("product", "category", EVERY_PRODUCT);
  private static final List<String> KINDS = List.of("promo", "price", "holiday", "campaign");
  private static final BigDecimal LARGEST_DEPTH = BigDecimal.ONE;

  private final FileTask task;
  private final FileTimes times;
  private final BoundMarket market;
  private final BoundField scope;
  private final BoundField subject;
  private final BoundField startsOn;
  private final BoundField endsOn;
  private final BoundField kind;
  private final BoundField depth;
  private final BoundField plannedOn;

  CalendarMapper(FileTask task, FileHeader header) throws FileRejectedException {
    SourceConfig source = task.source();
    this.task = task;
    this.times = new FileTimes(task);
    this.market = new BoundMarket(task, header);
    this.scope = new BoundField("scope", source, header);
    this.subject = new BoundField("subject", source, header);
    this.startsOn = new BoundField("starts_on", source, header);
    this.endsOn = new BoundField("ends_on", source, header);
    this.kind = new BoundField("kind", source, header);
    this.depth = new BoundField("depth", source, header);
    this.plannedOn = new BoundField("planned_on", source, header);
  }

  @Override
  public CleanedRecord map(String[] record) throws RecordDefectException {
    String in = market.name(record);
    ZoneId zone = market.zone(in);
    LocalDate from = day(startsOn, record, zone);
    LocalDate to = day(endsOn, record, zone);
    if (to.isBefore(from)) {
      throw new RecordDefectException(
          RejectReason.ENDS_BEFORE_START,
          endsOn + " is " + to + ", which is before " + startsOn + ", " + from + ".");
    }
    String about = subject.text(record);
    String extent =
        oneOf(scope, scope.text(record), about == null ? EVERY_PRODUCT : "product", SCOPES);
    boolean everything = extent.equals(EVERY_PRODUCT);
    return new CleanedRecord.Accepted(
        RowFactory.create(
            in,
            extent,
            everything ? EVERY_PRODUCT : subject.required(record),
            from,
            to,
            oneOf(kind, kind.required(record), "", KINDS),
            depth(record),
            times.availableAt(assumedKnown(from, plannedOn.date(record, zone))),
            times.assumed()));
  }

  private static LocalDate day(BoundField field, String[] record, ZoneId zone)
      throws RecordDefectException {
    return field.present(FileTimes.planned(field, field.date(record, zone)));
  }

  private static String oneOf(
      BoundField field, @Nullable String text, String otherwise, List<String> allowed)
      throws RecordDefectException {
    String value = text == null ? otherwise : text.toLowerCase(Locale.ROOT);
    if (!allowed.contains(value)) {
      throw new RecordDefectException(
          RejectReason.BAD_TEXT,
          field + " is " + QuotedText.quoted(value) + ", which is not one of " + allowed + ".");
    }
    return value;
  }

  private @Nullable Double depth(String[] record) throws RecordDefectException {
    BigDecimal share = depth.number(record, SparkColumns.UNIT_LIMIT);
    if (share != null && share.compareTo(LARGEST_DEPTH) >= 0) {
      throw new RecordDefectException(
          RejectReason.OUT_OF_RANGE,
          depth + " is " + share + ", which is not a share below 1, such as 0.2 for 20 % off.");
    }
    return share == null ? null : share.doubleValue();
  }

  /**
   * Returns the assumed time at which an entry without pull time was known: the end of the day on
   * which it was planned; without one, {@code catalog.known_before_launch} before it starts, or the
   * end of its first day, which cannot be too early.
   */
  private Instant assumedKnown(LocalDate from, @Nullable LocalDate planned) {
    if (planned != null) {
      return planned.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    return FileTimes.beforeStart(from, task.catalog().knownBeforeLaunch());
  }
}
