package io.trendflow.ingestion.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.Locale;

/** Period that one record covers, from its date on. */
public enum RecordPeriod {
  @JsonProperty("day")
  DAY,
  @JsonProperty("week")
  WEEK,
  @JsonProperty("month")
  MONTH,
  /** A moment: the record has the state at that time, such as the views of a hashtag so far. */
  @JsonProperty("moment")
  MOMENT,
  /** Days, weeks or months, detected from the distance between the dates in a file of trends. */
  @JsonProperty("detected")
  DETECTED;

  /**
   * Returns the length in days of the period that begins on a day; 1 if it must be detected from
   * the file.
   */
  public int days(LocalDate first) {
    return switch (this) {
      case WEEK -> 7;
      case MONTH -> first.lengthOfMonth();
      case DAY, MOMENT, DETECTED -> 1;
    };
  }

  /** Returns the name in the configuration. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
