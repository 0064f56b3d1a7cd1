package io.trendflow.ingestion.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.Locale;

/** What one record covers, from its date on. */
public enum RecordPeriod {
  @JsonProperty("day")
  DAY,
  @JsonProperty("week")
  WEEK,
  @JsonProperty("month")
  MONTH,
  /** What was there at the moment of the record, such as the views of a hashtag so far. */
  @JsonProperty("moment")
  MOMENT,
  /** Days, weeks or months, as the dates of a file of trends lie apart. */
  @JsonProperty("detected")
  DETECTED;

  /** Length in days of the period that begins on a day; a day where only the file can tell. */
  public int days(LocalDate first) {
    return switch (this) {
      case WEEK -> 7;
      case MONTH -> first.lengthOfMonth();
      case DAY, MOMENT, DETECTED -> 1;
    };
  }

  /** The name in the configuration. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
