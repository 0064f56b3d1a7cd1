package io.trendflow.ingestion.clean;

import static io.trendflow.ingestion.clean.SparkColumns.required;

import io.trendflow.ingestion.config.FileFormat;
import io.trendflow.ingestion.config.FilterConfig;
import io.trendflow.ingestion.config.RecordPeriod;
import io.trendflow.ingestion.config.SourceConfig;
import io.trendflow.ingestion.raw.FileHeader;
import io.trendflow.ingestion.raw.FileRejectedException;
import io.trendflow.ingestion.raw.FileTask;
import io.trendflow.ingestion.raw.GoogleTrendsFile;
import io.trendflow.ingestion.raw.PullTime;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Maps records to trend values. Google Trends writes {@code <1}, in words of its page's language,
 * for an interest above zero that rounds to zero; it becomes 0.5, which is between 0 and 1.
 */
public final class TrendsMapper implements RecordMapper {
  public static final StructType SCHEMA =
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
            required("available_assumed", DataTypes.BooleanType)
          });

  private static final String DEFAULT_METRIC = "value";
  private static final String BELOW_ONE = "<1";
  private static final int PULL_ID_LENGTH = 16;

  /** Pull id of values that can be compared with those of every other pull of the source. */
  private static final String COMPARABLE = "comparable";

  private final SourceConfig source;
  private final FileTimes times;
  private final String pullId;
  private final @Nullable LocalDate pulledOn;
  private final BoundField metric;
  private final BoundField keyword;
  private final BoundField geo;
  private final BoundField date;
  private final BoundField value;
  private final int detectedPeriod;

  TrendsMapper(FileTask task, FileHeader header) throws FileRejectedException {
    this.source = task.source();
    PullTime pull = task.file().pull();
    this.times = new FileTimes(task);
    this.pullId = pullId(task, pull);
    this.pulledOn = pull == null ? null : pull.completeUntil().atZone(ZoneOffset.UTC).toLocalDate();
    this.metric = new BoundField("metric", source, header);
    this.keyword = new BoundField("keyword", source, header);
    this.geo = new BoundField("geo", source, header);
    this.date = new BoundField("date", source, header);
    this.value = new BoundField("value", source, header);
    this.detectedPeriod =
        source.period() == RecordPeriod.DETECTED ? header.index(DetectedPeriod.COLUMN) : -1;
    if (!date.bound() && (pulledOn == null || detectedPeriod >= 0)) {
      throw new FileRejectedException(
          task.file().label()
              + " has no dates: map a column to date, or put the file into a folder with the time of"
              + " its pull, such as pulled_at=2024-05-31, and set the source's period.");
    }
  }

  private static String pullId(FileTask task, @Nullable PullTime pull) {
    if (task.source().comparesPulls()) {
      return COMPARABLE;
    }
    return pull == null ? task.file().sha256().substring(0, PULL_ID_LENGTH) : pull.folder();
  }

  @Override
  public CleanedRecord map(String[] record) throws RecordDefectException {
    String term = term(keyword.required(record));
    LocalDate day = times.observed(date, day(record));
    long days =
        detectedPeriod < 0 ? source.period().days(day) : Integer.parseInt(record[detectedPeriod]);
    LocalDate last = day.plusDays(days - 1);
    if (source.period() != RecordPeriod.MOMENT && !times.over(last, ZoneOffset.UTC)) {
      // The value of an incomplete period would later be mistaken for the value of the whole
      // period.
      return new CleanedRecord.Excluded(FilterConfig.INCOMPLETE_PERIOD);
    }
    if (!times.told(day, last)) {
      return new CleanedRecord.Excluded(FilterConfig.OUTSIDE_PULL);
    }
    return new CleanedRecord.Accepted(
        RowFactory.create(
            Objects.requireNonNullElse(metric.text(record), DEFAULT_METRIC),
            term,
            GeoSpelling.code(Objects.requireNonNullElse(geo.text(record), GeoSpelling.EVERYWHERE)),
            day,
            days,
            value(record),
            pullId,
            times.availableAt(last),
            times.assumed()));
  }

  /** Returns the normalised search term; non-breaking spaces remain in a trimmed text. */
  private String term(String text) throws RecordDefectException {
    String term = KeywordSpelling.normalised(text);
    return keyword.present(term.isEmpty() ? null : term);
  }

  private LocalDate day(String[] record) throws RecordDefectException {
    return date.bound() || pulledOn == null
        ? date.present(date.date(record, ZoneOffset.UTC))
        : pulledOn;
  }

  private double value(String[] record) throws RecordDefectException {
    String text = value.text(record);
    if (BELOW_ONE.equals(text)
        || (text != null
            && source.format().type() == FileFormat.GOOGLE_TRENDS
            && GoogleTrendsFile.isBelowOne(text))) {
      return 0.5;
    }
    return value.present(value.amount(record, SparkColumns.TOTAL_LIMIT)).doubleValue();
  }
}
