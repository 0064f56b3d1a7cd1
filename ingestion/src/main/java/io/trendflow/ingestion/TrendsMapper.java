package io.trendflow.ingestion;

import static io.trendflow.ingestion.Columns.required;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Trend values. Google Trends writes {@code <1} for an interest above zero that rounds to none; it
 * is taken as 0.5, which keeps it between 0 and 1.
 */
final class TrendsMapper implements RecordMapper {
  static final StructType SCHEMA =
      new StructType(
          new StructField[] {
            required("metric", DataTypes.StringType),
            required("keyword", DataTypes.StringType),
            required("geo", DataTypes.StringType),
            required("day", DataTypes.DateType),
            required("period_days", DataTypes.LongType),
            required("value", DataTypes.DoubleType),
            required("pull_id", DataTypes.StringType),
            required("available_at", DataTypes.TimestampType),
            required("available_assumed", DataTypes.BooleanType),
            required("complete_through", DataTypes.DateType)
          });

  private static final String DEFAULT_METRIC = "value";
  private static final String BELOW_ONE = "<1";
  private static final int PULL_ID_LENGTH = 16;

  private final FileTimes times;
  private final long periodDays;
  private final String pullId;
  private final BoundField metric;
  private final BoundField keyword;
  private final BoundField geo;
  private final BoundField date;
  private final BoundField value;

  TrendsMapper(FileTask task, Header header) throws Refusal {
    SourceConfig source = task.source();
    PullTime pull = task.file().pull();
    this.times = new FileTimes(task);
    this.periodDays = source.period().days();
    this.pullId = pull == null ? task.file().sha256().substring(0, PULL_ID_LENGTH) : pull.folder();
    this.metric = new BoundField("metric", source, header);
    this.keyword = new BoundField("keyword", source, header);
    this.geo = new BoundField("geo", source, header);
    this.date = new BoundField("date", source, header);
    this.value = new BoundField("value", source, header);
  }

  @Override
  public Row map(String[] record) throws Defect {
    String term = keyword.required(record);
    LocalDate day = times.observed(date, date.present(date.date(record, ZoneOffset.UTC)));
    LocalDate last = day.plusDays(periodDays - 1);
    return RowFactory.create(
        Objects.requireNonNullElse(metric.text(record), DEFAULT_METRIC),
        Keywords.normalised(term),
        Objects.requireNonNullElse(geo.text(record), BoundMarket.ALL),
        day,
        periodDays,
        value(record),
        pullId,
        times.availableAt(last),
        times.assumed(),
        times.completeThrough(day, last, ZoneOffset.UTC));
  }

  private double value(String[] record) throws Defect {
    if (BELOW_ONE.equals(value.text(record))) {
      return 0.5;
    }
    return value.present(value.amount(record, Columns.TOTAL_LIMIT)).doubleValue();
  }
}
